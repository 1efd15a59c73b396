"""Red flags in an athlete's message: symptoms that belong with a doctor before any training.

Rule (docs: contract.md, GATCRequest): chest pain, dizziness, fainting and heart symptoms, and pain that is more than a
niggle, lead to a question for medical clearance, whatever else is said. The patterns stand in `josi.red_flag_words`.
"""

import re

from josi.red_flag_words import DOUBLE_NEGATION, HARMLESS, NEGATION, NEGATION_FILLERS, PAIN, SYMPTOMS

_HARMLESS = re.compile("|".join(rf"(?:\b(?:{pattern}))" for pattern in HARMLESS), re.I)
_FLAGS = {
    **{name: re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.I) for name, patterns in SYMPTOMS.items()},
    "pain": re.compile("|".join(f"(?:{pattern})" for pattern in PAIN), re.I),
}
_DENIED = re.compile(rf"{NEGATION}(?:\s+{NEGATION_FILLERS})*\s+$", re.I)
_DOUBLY_DENIED = re.compile(rf"{DOUBLE_NEGATION}(?:\s+{NEGATION_FILLERS})*\s+$", re.I)


def red_flag(message: str) -> str | None:
    """The kind of red flag in a message (chest, heart, head, breath, nerve, pain), or None.

    Harmless phrases with the same words ("heart rate zone", "dizzyingly fun", "chest day") and denied symptoms
    ("no chest pain today") are none.
    """
    text = _HARMLESS.sub(" ~ ", message.replace("\u2019", "'"))
    return next((name for name, pattern in _FLAGS.items() if _found(pattern, text)), None)


def _found(pattern: re.Pattern[str], text: str) -> bool:
    start = 0
    while match := pattern.search(text, start):
        if not _denied(text[: match.start()]):
            return True
        start = match.end()
    return False


def _denied(before: str) -> bool:
    """Whether what stands before a symptom denies it."""
    return bool(_DENIED.search(before)) and not _DOUBLY_DENIED.search(before)
