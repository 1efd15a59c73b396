"""Words with which an answer says: stop, and have somebody look at it. English and Dutch.

`STOPS` and `CARE` together are what an answer to a medical red flag must hold. A sentence *speaks of care* with less:
one such word, or a plain call to stop or to have it looked at, is enough that no rule may take it out of an answer.
"""

import re

# Written for regular expressions of JSON Schema as well (ECMA-262): no groups with names, no flags inside.
STOP_WORDS = (
    r"\b(?:stop|pause|rest|cease|no training|not train|don.t train|stoppen|rust|niet trainen|geen training|"
    r"train (?:\w+ ){0,2}niet|before (?:continuing|resuming)|(?:when|until) you(?:.re| are) cleared)\b"
)
CARE_WORDS = (
    r"\b(?:doctors?|physician|medical|healthcare|emergency|urgent care|ambulance|a&e|the er|gp|hospital|cardiologists?|"
    r"dokter|huisarts|huisartsenpost|arts|medisch|medische|ziekenhuis|eerste hulp|cardioloog|spoed\w*)\b"
)
STOPS = re.compile(STOP_WORDS, re.IGNORECASE)
CARE = re.compile(CARE_WORDS, re.IGNORECASE)
# "Stop" alone is no care ("never stop believing"): it is said of training, at once, with a symptom, or by itself.
_STOP_NOW = re.compile(
    r"\b(?:stop|pause|stoppen|rest|rust)\b(?:(?:\s+\w+){0,2}\s+(?:train\w*|exercis\w*|running|riding|lopen|fietsen|"
    r"sporten)\b|(?:\s+\w+)?\s+(?:right away|immediately|at once|straight away|meteen|direct|onmiddellijk)\b)"
    r"|\b(?:stop|stoppen) (?:right )?(?:now|nu)\b(?! and then)"
    r"|(?:^\W*|[,;:.!?\u2026\u2013-]\s*|\b(?:then|please|just|dan)\s+)(?:please )?stop(?: (?:here|hier|dan|maar))?"
    r"\s*(?:[.!;\u2026]|$)"
    r"|\b(?:no|not|don't|geen|niet) (?:train\w*|exercise|sporten)\b"
    r"|\btrain (?:\w+ ){0,2}niet\b(?! (?:te|zo|meer|alleen|altijd|elke|zwaar|hard|lang)\b)"
    r"|\b(?:call|bel|dial) (?:112|911|999|000)\b",
    re.IGNORECASE,
)
_WAITS_FOR_HEALTH = re.compile(
    r"\b(?:no|not|don't|geen|niet) (?:\w+ )?(?:run|running|ride|riding|bike|cycling|swim\w*|sports?|workouts?|"
    r"hardlopen|lopen|rennen|fietsen|zwemmen)\b.*\b(?:until|till|before|tot|totdat|voordat) "
    r"(?:it|that|this|you(?:'ve|'re| have| are| feel)|your (?:doctor|gp)|the (?:pain|swelling|fever|symptoms?|wound)|"
    r"het|dat|je|de (?:pijn|zwelling|koorts|"
    r"klachten|arts|huisarts))\b",
    re.IGNORECASE | re.DOTALL,
)
_GEAR = r"(?!bikes?\b|fiets|shoes?\b|schoenen|gear\b|chain\b|brakes?\b)"
_LOOKED_AT = re.compile(
    rf"\b(?:get|have|getting|having) (?:it|that|this|them|yourself|(?:your|the) {_GEAR}\w+) (?:\w+ )?"
    r"(?:checked|looked at|examined|seen to|assessed)\b"
    rf"|\blaat (?:je |de |het )?{_GEAR}(?:\w+ ){{1,4}}(?:nakijken|onderzoeken|checken|controleren|naar kijken)\b"
    r"|\b(?:physio|fysio)(?:therapist|therapeut)?(?:s|en)?\b"
    r"|\bseek (?:\w+ )?(?:help|care|advice)\b|\bzoek (?:\w+ )?hulp\b",
    re.IGNORECASE,
)
_SYMPTOM = re.compile(
    r"\b(?:pain\w*|hurts?|chest|heart|dizz\w+|faint\w*|breath\w*|symptoms?|fever|sick|ill|"
    r"pijn\w*|borst|hart|duizel\w*|flauw\w*|adem\w*|klachten|koorts|ziek)\b",
    re.IGNORECASE,
)


def stops_and_cares(text: str) -> bool:
    """Whether an answer does what a medical red flag asks for: it says to stop, and to seek care."""
    return bool(STOPS.search(text) and CARE.search(text))


def speaks_of_care(sentence: str) -> bool:
    """Whether a sentence tells to stop or to seek care, so that an answer may not lose it."""
    text = sentence.replace("\u2019", "'")
    if any(found.search(text) for found in (CARE, _STOP_NOW, _WAITS_FOR_HEALTH, _LOOKED_AT)):
        return True
    return bool(STOPS.search(text) and _SYMPTOM.search(text))
