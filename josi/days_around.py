"""What stands around a day and makes it another than the one that a message is about.

What was, other people's days, races and holidays; days that only say which session is meant; days that are denied.
"""

import re

_I = re.IGNORECASE
_SINCE = re.compile(r"\b(?:since|last|past|sinds|afgelopen|vorige|was|yesterday|every|elke|iedere)\s+(?:the\s+)?$", _I)

# What was done on a weekday lies behind; "I did more than you said today" is about today.
_DID = (
    r"(?:ran|rode|rested|did|skipped|missed|swam|lifted|skied|skated|trained|raced|fell|hurt|tore|broke|"
    r"went|felt|slept|"
    r"took|came|caught|overdid|blew|hit|won|lost|walked|hiked|cycled|climbed|played|finished|completed|rolled|twisted|"
    r"sprained|strained|pulled|tweaked|crashed|tripped|banged|bumped|smashed|bonked|collapsed|managed|tried)"
)
_DEED = (
    r"(?:liep|reed|fietste|rustte|deed|trainde|zwom|schaatste|miste|viel|ging|sliep|voelde|haalde|verzwikte|verrekte|"
    r"kwam|wandelde|speelde|won|verloor|stootte|brak|scheurde)"
)
_PERSON = r"(?:i|we|he|she|they|my \w+|our \w+|the \w+)"
_DONE = re.compile(
    rf"(?:(?:^|[.!?,;]\s*|\band ){_DID}|\b{_PERSON}(?:'ve)? (?:\w+ly |already |just |also )?(?:{_DID}|"
    rf"\w{{3,}}(?<!ne)ed)"
    rf"|\b{_PERSON} (?:was|were) (?:ill|sick|tired|off|away|out|knackered|shattered|sore|in bed)"
    rf"|\b(?:ik|we|mijn \w+|hij|zij) {_DEED})\b[^.!?,;]*$",
    _I,
)
_DONE_AFTER = re.compile(
    rf"^,? (?:i|we) (?:already |just |also )?{_DID}\b|^ {_DEED} (?:ik|we)\b"
    r"|^(?: \w+){0,5} (?:verzwikt|verrekt|verstuikt|verdraaid|overgeslagen)\b",
    _I,
)
_PARTICIPLE = re.compile(r"^(?: \w+){0,5} ge(?!pland|noeg|en\b|makkelijk|woon|luk)\w{3,}(?:d|t|en)\b", _I)
_AUXILIARY = re.compile(r"\b(?:heb|heeft|ben|had|was|hebben|zijn)\b(?! (?:tijd|zin))[^.!?,;]*$", _I)
_STILL_TO_COME = re.compile(
    r"\b(?:plan\w*|schedul\w*|want\w*|hop(?:ed|ing)|need\w*|signed|book\w*|enter\w*|decid\w*|mov\w+|push\w*|swapp\w*|"
    r"going to|thinking|meant|suppos\w*|would|gepland|to (?:run|ride|train|do|be|go)|from)\b[^.!?,;]*$"
    r"|\b(?:for|to|till|until|by|naar|tot)\s+(?:the |next )?$",
    _I,
)

# Races and holidays, before and behind the day; "at race pace on Saturday" is a training.
_EVENTS = (
    r"(?:races?|marathon|event|competition|match|wedding|holidays?|vacation|triathlon|sportive|gran fondo|"
    r"championships?|"
    r"wedstrijd|vakantie|bruiloft|toertocht|triatlon|ronde|elfstedentocht|kampioenschap)(?![- ](?:pace|"
    r"effort|prep|simulation|tempo))"
)
_EVENT_BEFORE = re.compile(
    rf"\b{_EVENTS}(?:\s(?:is|are|'s|starts?|begins?|comes?|begint))?\s(?:(?:on|this|next|op|komende|aanstaande)\s)?$",
    _I,
)
_EVENT_AFTER = re.compile(
    r"^(?:'s)?,? (?:(?:is|are|i|ik|we|i'm|i've|have|got|heb|rijd|loop|schaats|doe|start|sta|ride|run|do|"
    r"there's|er|my|our|"
    rf"the|a|an|mijn|m'n|de|het|een|big|first|eerste|grote|half|halve|local|club|racing|at|aan) ){{0,7}}{_EVENTS}\b"
    r"|^,? (?:i race|race i|i'm racing|i am racing)\b",
    _I,
)
_SOMEBODY = re.compile(
    r"\b(?:my|our|mijn|m'n|onze|his|her) (?:\w+ )?(?:wife|husband|partner|son|daughter|kids?|sister|"
    r"brother|mother|mum|mom|"
    r"father|dad|boss|colleague|friend|mate|buddy|neighbou?r|girlfriend|boyfriend|cousin|uncle|aunt|man|vrouw|zoon|"
    r"dochter|kinderen|zus|broer|moeder|vader|baas|collega|vriend|vriendin|maat|buurman|buurvrouw|nicht|neef|oom|tante|"
    r"zwager|schoon\w+|[a-z]+-in-law)\b(?! and i| en ik) (?:also |ook )?(?:runs?|rac(?:es?|ing)|rides?|"
    r"trains?|swims?|skis?|skates?|plays?|cycles?|"
    r"is (?:running|racing|riding|doing|playing)|loopt|rijdt|fietst|traint|zwemt|schaatst|speelt|doet|"
    r"start)\b[^.!?,;]*$",
    _I,
)
_TOGETHER = re.compile(r"\b(?:join|with (?:him|her|them)|together|along|tag|mee|samen|same)\b", _I)

# "Today's session", "de rit van vrijdag", "what I have today": which session is meant, not when it shall be.
_IS = (
    r"(?:even|better|best|good|great|fine|free|ok|okay|perfect|easier|possible|not|no|out|full|busy|"
    r"packed|when|the|my|a|an|"
    r"open|impossible|too|also|still|clear|off|looking|going|gonna|just|really|so)"
)
_OWNED = re.compile(rf"^'s(?! {_IS}\b)", _I)
_OWNER = re.compile(
    r"\b(?:van|what i have|what i've got|what's on|what is on|whatever is on|what's planned|planned for|"
    r"scheduled for|set for|"
    r"due|gepland voor|gepland staat voor|wat er op|wat er|wat ik)\s+(?:on |op )?$",
    _I,
)

_DENIED_BEFORE = re.compile(
    r"(?<!why )(?<!waarom )\b(?:not|niet|instead of|rather than|in plaats van|ipv)(?: on| for| the| op| de)?\s+$"
    r"|(?<!why )\b(?:can't|cannot|won't|can not|unable to)(?: (?:do|make|manage|train|run|ride|swim|lift|"
    r"ski|skate|fit))?"
    r"(?: (?:it|that|this|anything|the \w+|my \w+))?(?: in| on)?\s+$",
    _I,
)
_DENIED_AFTER = re.compile(
    r"^\s+(?:(?:echt|toch|helaas|dus|really) )?(?:niet|not)\b"
    r"|^(?:'s| is| was| looks)(?: \w+)? (?:not|no good|out|impossible|hopeless|packed|full|a mess|no-go)\b"
    r"|^ (?:doesn't|won't|does not|will not|can't|isn't|cannot)\b|"
    r"^ (?:lukt|gaat|kan|past|red|haal)(?: \w+){0,3} niet\b",
    _I,
)


_NEAR = 200  # characters on each side that are read: a sentence


def is_another_day(text: str, start: int, end: int, *, today: bool) -> bool:
    """Whether the day at `start` to `end` (characters) is of what was, of a race or a holiday, or of somebody else."""
    before, after = _around(text, start, end)
    if _SINCE.search(before) or _EVENT_BEFORE.search(before):
        return True
    if _STILL_TO_COME.search(before):
        return False
    if _EVENT_AFTER.match(after) or (_SOMEBODY.search(before) and not _TOGETHER.search(before + after)):
        return True
    done = _DONE.search(before) or _DONE_AFTER.match(after)
    return not today and bool(done or (_AUXILIARY.search(before) and _PARTICIPLE.match(after)))


def names_the_session(text: str, start: int, end: int) -> bool:
    """Whether the day says which session is meant ("today's run"), so that another day is the one to move it to."""
    before, after = _around(text, start, end)
    return bool(text[start:end].lower() == "todays" or _OWNED.match(after) or _OWNER.search(before))


def is_denied(text: str, start: int, end: int) -> bool:
    """Whether the day is one on which something cannot or shall not be."""
    before, after = _around(text, start, end)
    return bool(_DENIED_BEFORE.search(before) or _DENIED_AFTER.match(after))


def _around(text: str, start: int, end: int) -> tuple[str, str]:
    return text[max(0, start - _NEAR) : start], text[end : end + _NEAR]
