"""A message cut into clauses that can state a fact.

What is asked, supposed, wished, reported of somebody else or long past states none and is left out. Of the others:
how sure the athlete sounds, whether the clause says that something is over ("any more", "niet meer"), and whether it
holds only today. Steps, in order: `clauses` below.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

LONGEST = 2000  # characters that are read: no athlete states more in one message
PLAIN = 85  # hundredths: a statement without any word that strengthens or weakens it

# The first that is found counts, the weakest first: "I think I always" is a guess.
_SURE: tuple[tuple[int, re.Pattern[str]], ...] = tuple(
    (hundredths, re.compile(rf"\b(?:{words})\b"))
    for hundredths, words in (
        (
            50,
            r"i (?:think|guess|suppose|believe)|probably|maybe|perhaps|possibly|kind of|kinda|sort of|not sure|might|"
            r"ik (?:denk|geloof|gok)|denk ik|geloof ik|misschien|waarschijnlijk|wellicht|vermoedelijk|niet zeker",
        ),
        (
            55,
            r"sometimes|now and then|now and again|occasionally|once in a while|soms|af en toe|zo nu en dan|"
            r"een enkele keer",
        ),
        (
            95,
            r"always|never|every|definitely|certainly|absolutely|for sure|remember(?: that)?|don't forget|without fail|"
            r"altijd|nooit|elke|iedere|zeker|absoluut|sowieso|onthoud|vergeet niet",
        ),
        (
            75,
            r"usually|mostly|normally|generally|typically|often|most (?:days|weeks|of the time)|tend to|as a rule|"
            r"meestal|vaak|doorgaans|normaal|gewoonlijk|over het algemeen",
        ),
    )
)

_CLAUSE_START = (
    r"(?:i|i'm|i've|i'd|i'll|my|it|it's|that|that's|he|she|they|we|you|if|what|how|why|which|who|"
    r"(?:should|can|could|do|does|is|are|will|would|shall|may) (?:i|you|we|it|that|this|my|there)|"
    r"(?:(?:sun|mon|tues|wednes|thurs|fri|satur)days|mornings|evenings|weekends) (?:are|is|don't|do not|work|suit|"
    r"never)|"
    r"nowadays|these days|instead|tegenwoordig|sindsdien|inmiddels|voortaan|daarom|"
    r"give|make|let's|let me|please|build|geef|maak|doe maar|ik|mijn|m'n|het|die|dat|hij|zij|ze|we|wij|je|jij|wat|hoe|"
    r"waarom|welke|als|"
    r"(?:fiets|loop|zwem|train|werk|heb|ben|wil|doe|moet|kan|kun|mag|zal|is|geef|maak) (?:ik|je|jij|het|dat|mijn|me))\b"
)
# Something else begins ("my knee is fine now, a run please"), unless it narrows ("…, when I'm on the bike").
ELSE = (
    r"(?:\s*,(?! ?(?:when|while|as long|except|unless|only|mostly|mainly|at least|apart|not|but|on|in|for|during|"
    r"zolang|behalve|alleen|wanneer|meestal|vooral|mits|niet|op|bij|tijdens|voor)\b).*)?"
)
_SPLIT = re.compile(
    r"[;:]\s+|\s+[-\u2013\u2014]+\s+|,?\s+(?:but|because|so|though|although|whereas|omdat|dus|terwijl|hoewel)\s+"
    rf"|,\s+maar\s+|\s+maar\s+(?=(?:nu|de|ook|wel|sinds|{_CLAUSE_START[3:-3]})\b)"
    r"|,?\s+want\s+(?=(?:ik|mijn|m'n|het|de|er|we|dan|anders)\b)"
    rf"|(?:,\s*(?:and\s+|en\s+|or\s+|of\s+)?|\s+(?:and|en)\s+)(?={_CLAUSE_START})"
)
_QUOTED = re.compile(r"\"[^\"]*\"|\u201c[^\u201d]*\u201d|\u00ab[^\u00bb]*\u00bb")
_QUESTION = re.compile(
    r"^\W*(?:(?:so|and|but|or|hey|hi|coach|en|maar|of|hoi|hé)\b\W*)*(?:"
    r"(?:what|how|why|which|who|where|wat|hoe|waarom|welke?|wie|waar|wanneer)\b"
    r"|when (?:should|do|can|is|will|am|are)\b"
    r"|(?:should|can|could|do|does|did|is|are|am|will|would|shall|may|have|has) (?:i|you|we|it|that|this|my|there)\b"
    r"|(?:moet|kan|kun|mag|zal|zou|is|wil|heeft|hebben) (?:ik|je|jij|het|mijn|m'n|dat|dit|er|we)\b)"
)
_SUPPOSED = re.compile(
    r"^\W*(?:(?:and|but|so|en|maar|dus|even|zelfs)\b\W*)*(?:if|suppose|supposing|imagine|let's say|say i|unless|"
    r"in case|assuming|pretend|als|stel|indien|mocht|tenzij|zodra|hypothetically)\b"
)
_CONDITION = re.compile(
    r"\s(?:even if|as long as|provided|if|unless|in case|assuming|whether|zelfs als|zolang|als|tenzij|indien|"
    r"mits|alsof|of ik)\s"
)
_GOES_ON = re.compile(r"\W*(?:but|only|except|unless|until|though|although|not|maar|alleen|behalve|tenzij|niet)\b")
_HASTE = re.compile(r"\b(?P<start>i|do|does|did|is|are|ca|wo)(?P<end>m|ve|nt)\b")  # "im", "dont": without apostrophe
_APOSTROPHE = {"m": "'m", "ve": "'ve", "nt": "n't"}
_WISHED = (  # how a wish is said politely: a goal may stand behind it
    (re.compile(r"\bi(?:'d| would) (?:really )?(?:like|love) to\b"), "i want to"),
    (re.compile(r"\bi(?: hope|'m hoping| am hoping) to\b"), "i want to"),
    (re.compile(r"\b(?:ik zou|zou ik) (?:heel )?graag\b|\bik hoop\b(?=.* te \w+)"), "ik wil"),
)
_UNREAL = re.compile(
    r"\b(?:would(?:n't)?|could|might|should(?:n't)?|ought|wish|hope|hoping|hopefully|i'd|thinking (?:of|about)|"
    r"consider(?:ing)?|supposed to|pretend\w*|joking|kidding|zou|zouden|wou|hoop|hopelijk|overweeg|denk erover|"
    r"grapje)\b"
)
_PEOPLE = (
    r"(?:wife|husband|partner|girlfriend|boyfriend|friends?|mate|buddy|brother|sister|son|daughter|kids?|children|"
    r"mother|father|mum|mom|dad|boss|colleagues?|coworker|neighbou?r|teammates?|coach|trainer|uncle|aunt|team|"
    r"vrouw|man|vriend|vriendin|vrienden|broer|zus|zoon|dochter|kind|kinderen|moeder|vader|baas|collega'?s?|buurman|"
    r"buurvrouw|oom|tante|maat|ploeggenoot)"
)
_HEALERS = r"(?:doctor|doc|gp|physio\w*|surgeon|specialist|arts|dokter|huisarts|fysio\w*|chirurg)"
_SAYS = r"(?:says?|said|thinks?|thought|told|tells|claims?|reckons?|believes?|zegt|zei|denkt|vindt|vertelde|beweert)\b"
_REPORTED = re.compile(
    rf"\b(?:he|she|they|people|everyone|everybody|someone|hij|zij|ze|men|iedereen|iemand|{_PEOPLE}) {_SAYS}"
    r"|\b(?:they say|ze zeggen|men zegt)\b"
)
_HEALER_SAYS = re.compile(rf"^.*\b{_HEALERS} {_SAYS}(?: me)?(?: that| dat)? ")
_SOMEBODY = re.compile(rf"\b(?:my|the|a|mijn|m'n|de|een) (?:\w+ )?{_PEOPLE}\b|\b(?:he|she|they|hij|zij)\b")
_OTHERS_DO = re.compile(
    rf"^\W*(?:and |but |so |en |maar )?(?:my|the|a|mijn|m'n|de|een) (?:\w+ )?{_PEOPLE}\b(?!.*\b(?:i|i'm|me|ik|mij)\b)"
)
_ATHLETE = re.compile(r"\b(?:i|i'm|i've|me|my|ik|mij|mijn|m'n)\b(?! (?:\w+ )?" + _PEOPLE + r"\b)")

_OVER = re.compile(
    r"\b(?:any ?more(?! than)|any longer|no longer|no more(?! than)|stopped|quit|gave up|given up|"
    r"niet (?:meer|langer)(?! dan)|gestopt)\b|(?<!'m )(?<!am )(?<!get )(?<!got )(?<!getting )\bused to\b"
    r"|\bgeen\b.*\bmeer\b(?! dan)"
)
_TAKE_OUT = (  # "my knee is no longer sore" states what "my knee is sore" states, and that it is over
    (re.compile(r"\b(is|are|am|have|has)(?:n't| not)\b"), r"\1"),
    (re.compile(r"('m|'re|'s) not\b"), r"\1"),
    (re.compile(r"\b(?:do|does)(?:n't| not)\b|\b(?:any ?more|any longer|no longer|no more|any|used to)\b"), ""),
    (re.compile(r"\bniet (?:meer|langer)\b|\bgeen\b|\bmeer\b"), ""),
    (re.compile(r"\b(?:stopped|quit) working\b"), "work"),
    (re.compile(r"\s{2,}"), " "),
)
_PAST = re.compile(
    r"(?<!since )(?<!sinds )\b(?:last (?:year|season|summer|winter|spring|autumn|fall|month)|(?:years?|months?) ago|"
    r"back (?:then|in the day)|when i was|as a (?:kid|child|teenager|student)|in my (?:teens|twenties|thirties|youth)|"
    r"in the past|in (?:19|20)\d\d|vroeger|vorig(?:e)? (?:jaar|seizoen|zomer|winter|maand)|"
    r"(?:jaar|jaren|maanden) geleden|destijds|toen ik|ooit|als kind|in het verleden)\b"
)
_STARTED = re.compile(r"\b(?:took up|started|picked up|begon|begonnen)\b")
_DENIED = re.compile(r"\b(?:not(?! only| just)|no|never|without|hardly|barely)\b|n't\b")
_DENIED_NL = re.compile(r"\b(?:niet(?! alleen)|geen|nooit|zonder|nauwelijks|amper)\b")
_PASSING = re.compile(
    r"\b(?:today|tonight|tomorrow|yesterday|this (?:morning|afternoon|evening|week|weekend|month|time)|right now|"
    r"at the moment|for now|next (?:week|time|\w+day)|(?:on )?(?:mon|tues|wednes|thurs|fri|satur|sun)day(?! (?:is|"
    r"are))|"
    r"vandaag|vanavond|vanmiddag|vanochtend|vanmorgen|gisteren|overmorgen|deze (?:week|keer|maand)|dit weekend|"
    r"op dit moment|momenteel|nu even|even niet|volgende (?:week|keer))\b|(?<!elke )(?<!iedere )(?<!de )\bmorgen\b"
)
_EVERY = re.compile(r"\b(?:every|each|most) (?:single )?\w+day\b")


class Clause(NamedTuple):
    """A clause in lower case. `before` is what the message says before it; `sure` is in hundredths.

    `after` is the rest of its sentence, and the next one where that goes on with "but" or "only"; `conditional` says
    that it held an "if", which `text` is without.
    `over`: it says that something has ended, and the words that say so are taken out of `text`; `raw` still has them.
    """

    text: str
    before: str
    sure: int
    over: bool
    passing: bool
    raw: str
    conditional: bool = False
    after: str = ""

    def denies(self, match: re.Match[str]) -> bool:
        """Whether what was matched is denied: in English before or within it, in Dutch anywhere in the clause."""
        return bool(_DENIED.search(self.text[: match.end()]) or _DENIED_NL.search(self.text))

    def passes_at(self, match: re.Match[str]) -> bool:
        """Whether what was matched holds only today; what is said after the next comma does not count."""
        comma = self.text.find(",", match.end())
        return _passes(self.text if comma < 0 else self.text[:comma])

    def of_somebody_else(self, match: re.Match[str]) -> bool:
        """Whether another person is named before the match, and the athlete not after that person."""
        others = [found.end() for found in _SOMEBODY.finditer(self.text[: match.start()])]
        return bool(others) and not _ATHLETE.search(self.text[others[-1] : match.end()])

    def states(self, match: re.Match[str]) -> bool:
        """Whether the match is a fact about the athlete that holds."""
        return not (self.over or self.denies(match) or self.of_somebody_else(match))


def clauses(message: str) -> Iterator[Clause]:
    """The clauses of a message that can state something, in order."""
    before = ""
    text = _HASTE.sub(
        lambda match: match["start"] + _APOSTROPHE[match["end"]], message[:LONGEST].replace("\u2019", "'").lower()
    )
    sentences = re.split(r"(?<=[.!?])\s+|\n+", _QUOTED.sub(" ", text))
    for sentence, following in zip(sentences, (*sentences[1:], ""), strict=True):
        parts, end = _SPLIT.split(sentence), 0
        more = following if _GOES_ON.match(following) else ""
        for number, part in enumerate(parts):
            end = sentence.index(part, end) + len(part)
            if _SUPPOSED.match(part):
                break  # and with it the rest of the sentence
            asked = _QUESTION.match(part) or (number == len(parts) - 1 and sentence.rstrip().endswith("?"))
            clause = None if asked else _clause(part, before, f"{sentence[end:]} {more}")
            before += f"{part}. "
            if clause:
                yield clause


def about_athlete(message: str) -> str:
    """A message without the clauses that are about somebody else ("my wife runs a marathon")."""
    parts = re.split(r"(?<=[.!?;,])\s+|\n+", message)
    return " ".join(part for part in parts if not _OTHERS_DO.match(part.replace("\u2019", "'").lower()))


def _passes(text: str) -> bool:
    return bool(_PASSING.search(_EVERY.sub(" ", text)))


def _clause(part: str, before: str, after: str) -> Clause | None:
    said, *condition = _CONDITION.split(part)
    text = _HEALER_SAYS.sub("", said)
    for pattern, plain in _WISHED:
        text = pattern.sub(plain, text)
    if _UNREAL.search(text) or _REPORTED.search(text):
        return None
    over = bool(_OVER.search(text))
    if not over and _PAST.search(text) and not _STARTED.search(text):
        return None
    sure = next((hundredths for hundredths, words in _SURE if words.search(text)), PLAIN)
    if over:
        for pattern, plain in _TAKE_OUT:
            text = pattern.sub(plain, text)
    return Clause(text.strip(), before, sure, over, _passes(text), part, bool(condition), after)
