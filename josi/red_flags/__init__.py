"""Red flags in an athlete's message: symptoms that belong with a doctor before any training.

Rule (docs: contract.md, GATCRequest): chest pain, dizziness, fainting and heart symptoms, and pain that is more than a
niggle, lead to a question for medical clearance, whatever else is said. The patterns stand in the
modules beside this one.
"""

import re

from josi.folding import folded, unspelt
from josi.red_flags.denial import DOUBLE_NEGATION, NEGATION, NEGATION_FILLERS
from josi.red_flags.harmless import HARMLESS
from josi.red_flags.pain import PAIN
from josi.red_flags.symptoms import SYMPTOMS
from josi.red_flags.triage import TRIAGE

_HARMLESS = re.compile("|".join(rf"(?:\b(?:{pattern}))" for pattern in HARMLESS), re.IGNORECASE)
_FLAGS = {
    name: re.compile(
        "|".join(f"(?:{pattern})" for pattern in (*patterns, *TRIAGE.get(name, ()))),
        re.IGNORECASE,
    )
    for name, patterns in {**SYMPTOMS, "pain": PAIN}.items()
}
_STRETCHED = re.compile(r"([^\W\d_])\1{2,}")  # "dizzzy", "paaain"
_DENIED = re.compile(rf"{NEGATION}(?:\s+{NEGATION_FILLERS})*\s+$", re.IGNORECASE)
_TURN = re.compile(r"(?<=.)(?:\b(?:but|yet|only|maar|alleen|wel)\b|, *(?:my|mijn|m'n|the|de|het)\b)", re.IGNORECASE)
_DOUBLY_DENIED = re.compile(rf"{DOUBLE_NEGATION}(?:\s+{NEGATION_FILLERS})*\s+$", re.IGNORECASE)


def red_flag(message: str) -> str | None:
    """The kind of red flag in a message (chest, heart, head, breath, nerve, pain), or None.

    Harmless phrases with the same words ("heart rate zone", "dizzyingly fun", "chest day") and denied symptoms
    ("no chest pain today") are none. Letters count as they look: accents, zero-width characters and look-alikes from
    other scripts hide nothing.
    """
    return next((flag for text in _readings(message) if (flag := _flag_in(text))), None)


def _readings(message: str) -> tuple[str, ...]:
    """The message as it looks, and, where letters are stretched or words spelt out, what then is meant as well."""
    text = folded(message)
    read = (text, _STRETCHED.sub(r"\1\1", text), _STRETCHED.sub(r"\1", text), unspelt(text))
    return tuple(dict.fromkeys(read))


def _flag_in(text: str) -> str | None:
    text = _HARMLESS.sub(" _ ", text)
    return next((name for name, pattern in _FLAGS.items() if _found(pattern, text)), None)


def _found(pattern: re.Pattern[str], text: str) -> bool:
    start = 0
    while match := pattern.search(text, start):
        if not _denied(text[: match.start()]):
            return True
        turn = _TURN.search(match[0])  # "no pain in my legs, but my chest hurts" denies the first part only
        start = match.start() + turn.start() if turn else match.end()
    return False


def _denied(before: str) -> bool:
    """Whether what stands before a symptom denies it."""
    return bool(_DENIED.search(before)) and not _DOUBLY_DENIED.search(before)
