"""Which questions of an answer wait for one. English and Dutch.

A question is *rhetorical*, and waits for nothing, when it is
- a call that starts something: "Ready?", "Shall we?", "Klaar?", "Zin in?";
- one that says its own answer: "Who wouldn't want that?", "Isn't that great?", "Wie wil dat nou niet?";
- a statement with a tag behind a comma: "That was tough, wasn't it?", "Lekker gegaan, toch?";
- a heading that the next sentence fills in: "The best part?", "Het mooiste?".
It is *answered* when the next sentence starts with "because", "yes," or the like. Every other question *waits*.
"""

import re
from collections.abc import Sequence
from enum import StrEnum

from josi.language.sentences import Sentence


class Asked(StrEnum):
    """What a sentence asks for."""

    NOTHING = "nothing"
    RHETORICAL = "rhetorical"
    ANSWERED = "answered"
    WAITS = "waits"


_CALL = re.compile(
    r"(?:so |well |and |dus |nou |en )?(?:(?:are you |you |all |ben je |ben jij )?(?:ready|set|klaar)"
    r"(?: (?:to go|for it|for this|for more|voor|ervoor|om te gaan))?|shall we|deal|agreed|game|"
    r"zin in|zin erin|heb je er zin in|zullen we|doen we|afgesproken|gaan we|kom je)",
    re.IGNORECASE,
)
_SAYS_ITSELF = re.compile(
    r"(?:and |but |en |maar )?(?:who (?:wouldn't|doesn't|needs|would have thought|could ask)|(?:isn't|wasn't|ain't) "
    r"(?:that|it|this)|aren't (?:you|we)|how (?:good|great|cool|nice|lovely) is|what's not to|what more|what could be|"
    r"why not\b|how about that|guess what|you know what|know what|what did i (?:say|tell)|"
    r"wie (?:wil|wou|zou|houdt|heeft)\b.*\bniet|wie (?:had|kan) dat|is (?:dat|het|dit) niet\b|wat wil je (?:nog )?meer|"
    r"waarom (?:ook )?niet|weet je wat|raad eens|hoe (?:mooi|fijn|lekker|goed|gaaf|leuk) is|ben je niet trots)",
    re.IGNORECASE,
)
_TAG = re.compile(
    r",\s*(?:right|ok|okay|yes|eh|huh|no|you know|don't you think|wouldn't you say|"
    r"(?:is|are|was|were|do|does|did|has|have|can|could|will|would|should|am)(?:n't)? (?:it|you|that|we|they|he|she|i)|"
    r"h\u00e8|he|toch|niet|nietwaar|niet waar|of niet|of wel|goed|ok\u00e9|vind je niet|denk je niet)$",
    re.IGNORECASE,
)
_HEADING = re.compile(
    r"(?:and |en )?(?:the|your|my|het|de|jouw|mijn|onze|our)\s(?:[^\W\d_]+[ -]?){1,4}|(?:why|how come|waarom|hoezo)",
    re.IGNORECASE,
)
# A bare "no" or "zeker" is an answer only before a mark or a pronoun: "No training until you have" answers nothing.
_ANSWER = re.compile(
    r"\W*(?:(?:because|since it|that's because|not at all|absolutely|of course|simple|simply|"
    r"omdat|want|natuurlijk|heel simpel|simpel)\b|"
    r"(?:yes|yep|no|nope|ja|jazeker|nee|zeker)(?:\s*(?:[,.!:;)\u2026\u2013\u2014-]|$)|\s+(?:"
    r"you|we|i|it|they|he|she|that|this|indeed|je|jij|we|ik|het|dat|dit|die|hoor|weten|wel)\b))",
    re.IGNORECASE,
)


def kinds(found: Sequence[Sentence]) -> tuple[Asked, ...]:
    """What each sentence of a text asks for, in order."""
    return tuple(kind_of(one, found[place + 1 : place + 2]) for place, one in enumerate(found))


def kind_of(sentence: Sentence, after: Sequence[Sentence]) -> Asked:
    """What a sentence asks for; `after` begins with the one behind it, where there is one."""
    if not sentence.asks:
        return Asked.NOTHING
    words = re.sub(r"^\W+|\W+$", "", sentence.text.replace("\u2019", "'"))
    if _CALL.fullmatch(words) or _SAYS_ITSELF.match(words) or _TAG.search(words):
        return Asked.RHETORICAL
    answers = bool(after) and not after[0].asks
    if answers and _ANSWER.match(after[0].text):
        return Asked.ANSWERED
    return Asked.RHETORICAL if answers and _HEADING.fullmatch(words) else Asked.WAITS
