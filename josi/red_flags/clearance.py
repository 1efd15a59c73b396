"""Whether a medical stop still stands: what began it, and what alone ends it, a doctor's word.

When in doubt it stands. "My doctor cleared me" ends it, and so does a plain yes to the question whether a doctor has;
what is supposed, asked, still to come, limited or denied does not.
"""

import re
from collections.abc import Iterable

from josi.contract import HistoryTurn
from josi.folding import folded
from josi.red_flags import red_flag

_DOCTOR = (
    r"(?:doctors?|doc|dr|gp|physician|cardiologist|consultant|specialist|hospital|a&e|medics?|arts|huisarts|dokter|"
    r"cardioloog|ziekenhuis|sportarts)"
)
_TO_TRAIN = r"(?:train|run|ride|cycle|exercise|work ?out|start|go back|resume|sporten|trainen|lopen|hardlopen|fietsen)"
_GO = r"(?:the )?(?:all[- ]clear|green light|go[- ]ahead|thumbs up|okay|ok|clearance|permission)"
_CLEARED = re.compile(
    "|".join(
        (
            rf"\b{_DOCTOR}\b(?: has| have| already| just|'s|'ve)* (?:cleared (?:me|it)|approved|ok(?:ay)?(?:ed|'d)|"
            rf"(?:gave|given) (?:me )?{_GO})",
            rf"\b{_DOCTOR}\b(?: has| have| already| just|'s)* (?:says?|said|told me|thinks|confirmed)(?: that)? "
            r"(?:i(?:'m| am)|it(?:'s| is)|everything(?:'s| is)|all(?:'s| is)) (?:\w+ )?"
            r"(?:fine|okay|ok|good|clear|safe|allowed|free|healthy|fit)\b"
            rf"(?! to (?!{_TO_TRAIN}))",
            rf"\b{_DOCTOR}\b(?: has| already| just)* (?:says?|said|told me)(?: that)? i (?:can|may) (?:\w+ )?"
            rf"{_TO_TRAIN}",
            r"\bi(?:'ve| have| was| am|'m)(?: already| just| now)*(?: been)? (?:medically |fully )?cleared "
            rf"(?:by (?:my|the|a) {_DOCTOR}|to {_TO_TRAIN}|for (?:training|exercise|sports?|running|riding|"
            rf"cycling))\b",
            rf"\bi(?:'ve| have| was| just)*(?: got| given| had| have) {_GO} (?:from|by) (?:my |the |a )?{_DOCTOR}\b",
            rf"\b(?:cleared|checked and cleared) by (?:my|the|a) {_DOCTOR}\b",
            rf"\b{_DOCTOR} (?:heeft|gaf|geeft)(?: me| mij| het| al| net)* (?:toestemming|groen licht|akkoord|"
            r"goedgekeurd)",
            rf"\b{_DOCTOR} (?:zegt|zei|vindt)(?: dat)? (?:ik|het|alles)(?: \w+){{0,2}} (?:mag|kan|goed is|gezond ben|"
            r"in orde)",
            rf"\bik (?:mag|kan)(?: \w+){{0,3}} van (?:mijn|m'n|de|een) {_DOCTOR}\b",
            rf"\bvan (?:mijn|m'n|de|een) {_DOCTOR} (?:mag|kan) ik\b",
            rf"\bik (?:heb|kreeg)(?: \w+){{0,2}} (?:toestemming|groen licht)(?: gekregen)? van (?:mijn|m'n|"
            rf"de|een) {_DOCTOR}",
        )
    ),
    re.IGNORECASE,
)
# A doctor's look and what came of it, in one sentence: the second half alone would be the athlete's own word.
_EXAMINED = re.compile(
    rf"\b{_DOCTOR}\b(?: has| have| had|'s)?(?: \w+ly| just| already)? (?:checked|examined|tested) "
    r"(?:everything|it all|me|my heart|my chest)(?: over| out| thoroughly)?,? (?:and )?(?:so )?"
    r"(?:i'm|i am|it's|everything's|everything is|it is) (?:all |fully |completely )?(?:clear|cleared)\b"
    r"(?! (?:that|why|how))"
    rf"|\b{_DOCTOR} heeft (?:alles|me|mij|mijn hart)(?: \w+)? (?:nagekeken|onderzocht|gecontroleerd),? (?:en )?"
    r"ik mag (?:weer |nu weer )?(?:sporten|trainen|lopen|hardlopen|fietsen|alles doen)\b",
    re.IGNORECASE,
)
_DOUBT = re.compile(
    r"\b(?:not|never|no(?! (?:problem|restriction|limit))|nobody|hardly|if|when|once|until|unless|whether|will|would|"
    r"should|might|maybe|probably|i think|guess|hope|pretend|suppose|assume|imagine|wish|say my|last year|ago|before|"
    r"tomorrow|next|soon|waiting|appointment|friend's|years?|can you|"
    r"niet|nooit|geen|als|wanneer|zodra|totdat|tenzij|zal|zou|misschien|waarschijnlijk|denk|hoop|stel|doe alsof|"
    r"vorig|geleden|voordat|morgen|straks|binnenkort|afspraak)\b|n't\b|'ll\b",
    re.IGNORECASE,
)
_LIMITED = re.compile(
    r"\b(?:only|but (?:not|no|he|she|they|told|wait|with|for|said)|except|until|unless|alleen|"
    r"maar (?:niet|geen|nog|hij|zij|ze|wacht|wel)|behalve|tenzij|pretend|imagine|suppose|assum\w+|"
    r"let's say|say (?:that )?my|"
    r"hypothetically|as if|stel dat|stel je|doe alsof)\b",
    re.IGNORECASE,
)
_YES = re.compile(
    r"^\W*(?:yes|yep|yeah|yup|ja|jazeker|jawel|jep|klopt)\b|"
    r"^\W*(?:i have(?: been)?|i was|i am)(?: cleared)?\W*$",
    re.IGNORECASE,
)
_NO_YES = re.compile(
    r"^\W*(?:yes|yeah|yep|ja),? (?:please|graag)\b|\b(?:but|yet|could|stop\w*|see|seeing|going to|pain\w*|"
    r"hurts?|worse|myself|mum|mother|wife|friend|physio\w*|"
    r"google|internet|chatgpt|app|sort of|kind of|kinda|almost|"
    r"(?<!doe )maar|nog|ga|gaan|moet|gestopt|pijn|zelf|moeder|vrouw|vriend|fysio\w*|bijna|eigenlijk|soort van)\b",
    re.IGNORECASE,
)
_SEGMENT, _SENTENCE = re.compile(r"(?<=[.!?;,\n])\s*"), re.compile(r"(?<=[.!?;\n])\s*")


def still_stopped(message: str, history: Iterable[HistoryTurn], stop_words: Iterable[str]) -> bool:
    """Whether a stop of the conversation so far holds for this message, whatever the message itself tells.

    A stop begins with a red flag of the athlete or with the fixed `stop_words` of the assistant, and ends with
    clearance.
    """
    fixed = tuple(stop_words)
    stopped = asked = False
    for turn in history:
        if turn.role == "assistant":
            asked = any(words in turn.message for words in fixed)
            stopped = stopped or asked
        else:
            stopped = red_flag(turn.message) is not None or (stopped and not is_cleared(turn.message, asked=asked))
            asked = False
    return stopped and not is_cleared(message, asked=asked)


def is_cleared(message: str, *, asked: bool) -> bool:
    """Whether a message states that a doctor allows training. `asked`: it answers the question whether one has."""
    text = folded(message).strip()
    if _LIMITED.search(text):
        return False
    if asked and _YES.match(text) and not (_NO_YES.search(text) or _DOUBT.search(text)):
        return True
    return any(
        clears.search(part) and not _DOUBT.search(part) and not part.rstrip().endswith("?")
        for clears, parts in ((_CLEARED, _SEGMENT), (_EXAMINED, _SENTENCE))
        for part in parts.split(text)
    )
