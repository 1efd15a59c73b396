"""Red flags in an athlete's message: symptoms that belong with a doctor before any training.

Rule (docs: contract.md, GATCRequest): chest pain, dizziness, fainting and heart symptoms, and pain that is more than a
niggle, lead to a question for medical clearance, whatever else is said. The patterns stand in the
modules beside this one.
"""

import re
from functools import lru_cache

from josi.folding import folded, unspelt
from josi.red_flags.blood import BLOOD
from josi.red_flags.collapse import COLLAPSE
from josi.red_flags.denial import (
    ASKED,
    CONDITIONED,
    DEGREE,
    DOUBLE_NEGATION,
    NARROWED,
    NEGATION,
    NEGATION_FILLERS,
    TURNED,
)
from josi.red_flags.harmless import HARMLESS
from josi.red_flags.lookalikes import LOOKALIKES
from josi.red_flags.lungs import LUNGS
from josi.red_flags.pain import PAIN
from josi.red_flags.rhythm import RHYTHM
from josi.red_flags.senses import SENSES
from josi.red_flags.symptoms import SENSATION, SYMPTOMS
from josi.red_flags.trauma import TRAUMA
from josi.red_flags.triage import TRIAGE

KINDS = ("chest", "heart", "head", "breath", "nerve", "pain")  # the graver first
_TABLES = (SYMPTOMS, {"pain": PAIN}, TRIAGE, RHYTHM, COLLAPSE, SENSES, LUNGS, BLOOD, TRAUMA)
_HARMLESS = re.compile("|".join(rf"(?:\b(?:{pattern}))" for pattern in (*HARMLESS, *LOOKALIKES)), re.IGNORECASE)
_FLAGS = {
    kind: re.compile(
        "|".join(f"(?:{pattern})" for table in _TABLES for pattern in table.get(kind, ())),
        re.IGNORECASE,
    )
    for kind in KINDS
}
_STRETCHED = re.compile(r"([^\W\d_])\1{2,}")  # "dizzzy", "paaain"
_DENIED = re.compile(rf"{NEGATION}(?:\s+{NEGATION_FILLERS})*\s+$", re.IGNORECASE)
_TURN = re.compile(r"(?<=.)(?:\b(?:but|yet|only|maar|alleen|wel)\b|, *(?:my|mijn|m'n|the|de|het)\b)", re.IGNORECASE)
_DEGREE, _ASKED = re.compile(DEGREE, re.IGNORECASE), re.compile(ASKED, re.IGNORECASE)
_CONDITIONED = re.compile(CONDITIONED, re.IGNORECASE)
_QUESTION_MARK = re.compile(r"[^.!;\n]*\?")
_NARROWED, _TURNED = re.compile(NARROWED, re.IGNORECASE), re.compile(TURNED, re.IGNORECASE)
_TURNED_NEXT = re.compile(
    rf"\W*(?:(?:well|and|but|maar|en|nou|ja)\b\W*)?(?:{TURNED}|(?:until|till|tot|except|behalve|tenzij)\b)",
    re.IGNORECASE,
)
_SENSES_NOT = re.compile(rf"(?:\b(?:not?|niet|geen|zonder)|n'?t) (?P<sensation>{SENSATION})", re.IGNORECASE)
_SENTENCE = re.compile(r"[.!?;\n]+")
_DOUBLY_DENIED = re.compile(rf"{DOUBLE_NEGATION}(?:\s+{NEGATION_FILLERS})*\s+$", re.IGNORECASE)


@lru_cache(maxsize=16384)  # several rules ask about the same words, and a corpus says them to many athletes
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
    read = (text, _STRETCHED.sub(r"\1\1", text), _STRETCHED.sub(r"\1", text), unspelt(text), _admitted(text))
    return tuple(dict.fromkeys(read))


def _flag_in(text: str) -> str | None:
    text = _HARMLESS.sub(" _ ", text)
    return next((name for name, pattern in _FLAGS.items() if _found(pattern, text)), None)


def _admitted(text: str) -> str:
    """The text without the "not" of a sensation that it admits after all: "my chest doesn't hurt at rest".

    Not admitted is that it comes just then: a comma parts the two.
    """
    return _SENSES_NOT.sub(
        lambda match: f" {match['sensation']}," if _is_turned(text[match.end() :]) else match[0], text
    )


def _found(pattern: re.Pattern[str], text: str) -> bool:
    start = 0
    while match := pattern.search(text, start):
        if not _denied(text[: match.start()], text[match.end() :]):
            return True
        turn = _TURN.search(match[0])  # "no pain in my legs, but my chest hurts" denies the first part only
        start = match.start() + turn.start() if turn else match.end()
    return False


def _denied(before: str, after: str) -> bool:
    """Whether what stands before a symptom denies it, and what stands after it lets that hold."""
    if not _DENIED.search(before) or _DOUBLY_DENIED.search(before) or _is_turned(after):
        return False
    asks = _ASKED.search(before) and _QUESTION_MARK.match(after)
    return not (asks or _DEGREE.search(before) or _CONDITIONED.search(before))


def _is_turned(after: str) -> bool:
    """Whether a denial is narrowed or turned by the rest of its sentence, or by how the next one begins."""
    rest, *others = _SENTENCE.split(after, maxsplit=2)
    return bool(_NARROWED.search(rest) or _TURNED.search(rest) or (others and _TURNED_NEXT.match(others[0])))
