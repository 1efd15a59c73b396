"""Words with which an answer says: stop, and have somebody look at it. English and Dutch."""

import re

STOPS = re.compile(
    r"\b(?:stop|pause|rest|no training|not train|don't train|stoppen|rust|niet trainen|geen training)\b", re.IGNORECASE
)
CARE = re.compile(
    r"\b(?:doctors?|physician|medical|emergency|gp|hospital|dokter|huisarts|arts|medisch|medische|"
    r"ziekenhuis|spoed\w*)\b",
    re.IGNORECASE,
)
# "Stop" alone is no care ("never stop believing"): it is said of training, at once, or with a symptom.
_STOP_NOW = re.compile(
    r"\b(?:stop|pause|stoppen|rest|rust)\b(?:(?:\s+\w+){0,2}\s+(?:train\w*|exercis\w*|running|riding|lopen|fietsen|"
    r"sporten)\b|(?:\s+\w+)?\s+(?:right away|immediately|at once|straight away|meteen|direct|onmiddellijk)\b)"
    r"|\b(?:no|not|don't|geen|niet) (?:train\w*|exercise|sporten)\b"
    r"|\b(?:call|bel|dial) (?:112|911|999|000)\b",
    re.IGNORECASE,
)
_SYMPTOM = re.compile(
    r"\b(?:pain\w*|hurts?|chest|heart|dizz\w+|faint\w*|breath\w*|symptoms?|fever|sick|ill|"
    r"pijn\w*|borst|hart|duizel\w*|flauw\w*|adem\w*|klachten|koorts|ziek)\b",
    re.IGNORECASE,
)


def speaks_of_care(sentence: str) -> bool:
    """Whether a sentence tells to stop or to seek care, so that an answer may not lose it."""
    text = sentence.replace("\u2019", "'")
    if CARE.search(text) or _STOP_NOW.search(text):
        return True
    return bool(STOPS.search(text) and _SYMPTOM.search(text))
