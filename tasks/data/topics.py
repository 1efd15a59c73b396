"""What a row is an example of, seen in the row itself wherever it can be, and how many of each the road asks for."""

import re
from collections.abc import Callable, Mapping

from josi.contract import Action, Decision, Level, Outcome, Persona
from josi.durations import Stated, stated
from josi.records import Role
from josi.sports import first_sport, sports_in
from josi.tiers import MEDICAL
from tasks.data.athletes import LEAST_MESSAGES
from tasks.data.expand import Turn

# Phases 3, 4 and 5 of the road: the fewest rows of each that a corpus for it holds.
WANTED: Mapping[Role, Mapping[str, int]] = {
    Role.INTERPRETER: {
        "edge": 500, "memory": 300, "multi_turn": 200, "ambiguous": 200, "time": 200, "long": 500,
        "no_memory": 300, "contradiction": 50, "confidence": 200,
    },
    Role.EXPLAINER: {
        "grounded": 500, "memory": 300, "negative": 200, "low_readiness": 200, "encouragement": 200, "long": 500,
        "no_memory": 300, "persona": 200,
    },
}  # fmt: skip
WHOLE = 3500  # rows a role, of which WANTED speaks
DUTCH_SHARE = 0.10
FAMILIES = 1000  # distinct phrasings a role
LARGEST_FAMILY = 0.01  # of the rows

_PLAIN = re.compile(r"\d{1,3}[- ]?min(?:utes?|s|uten)?\b", re.IGNORECASE)
_LOW = (Level.YELLOW, Level.ORANGE, Level.RED)
_GROUNDED = (Outcome.WORKOUT, Outcome.REPLAN, Outcome.EXPLANATION)


def topics_of(row: Turn, decision: Decision | None = None) -> tuple[str, ...]:
    """The topics of a row, sorted; with a decision those of the explainer, which answers it."""
    group = row.family.group
    found = {name for name, holds in _BOTH.items() if holds(row)}
    if decision is None:
        found |= {name for name, holds in _INTERPRETER.items() if holds(row)}
    else:
        found |= {name for name, holds in _EXPLAINER.items() if holds(row, decision)}
    return tuple(sorted(found | set(group.topics)))


def sure(row: Turn) -> float:
    """The confidence that the interpreter is taught to state (phase 9): act from 0.8, check from 0.5, else ask."""
    if is_unclear(row):
        return 0.35
    return 0.65 if "unsure" in row.family.group.topics else 0.95


def is_unclear(row: Turn) -> bool:
    """The athlete has to be asked what is wanted: not for a doctor's word, and not for the sport alone."""
    request = row.request
    return request.action is Action.CLARIFY and not {MEDICAL, "sport"} & set(request.missing or ())


def _has_memory(row: Turn) -> bool:
    return row.context.athlete_memory is not None


def _contradicts(row: Turn) -> bool:
    """The memory names one sport and the message another."""
    memory, said = row.context.athlete_memory, sports_in(row.message)
    known = first_sport(fact.fact for fact in memory.key_facts) if memory else None
    return known is not None and bool(said) and known not in said


def _says_time_in_words(row: Turn) -> bool:
    """A length of time in any other form than "45 minutes"."""
    return any(not _is_plain(row.message, item) for item in stated(row.message))


def _is_plain(text: str, item: Stated) -> bool:
    return bool(_PLAIN.fullmatch(text[item.start : item.end]))


def _asks(row: Turn) -> bool:
    return row.request.action is Action.CLARIFY and MEDICAL not in (row.request.missing or ())


_BOTH: Mapping[str, Callable[[Turn], bool]] = {
    "memory": _has_memory,
    "no_memory": lambda row: not _has_memory(row),
    "contradiction": _contradicts,
    "multi_turn": lambda row: len(row.context.history) >= 2,
    "long": lambda row: len(row.context.history) >= LEAST_MESSAGES and _has_memory(row),
}
_INTERPRETER: Mapping[str, Callable[[Turn], bool]] = {
    "ambiguous": _asks,
    "time": _says_time_in_words,
    "confidence": lambda row: is_unclear(row) or "unsure" in row.family.group.topics,
    "edge": lambda row: "lookalike" in row.family.group.category or ".typos" in row.family.group.category,
}
_EXPLAINER: Mapping[str, Callable[[Turn, Decision], bool]] = {
    "grounded": lambda _, decision: decision.outcome in _GROUNDED and bool(decision.workout_summary),
    "low_readiness": lambda row, _: row.context.readiness.level in _LOW,
    "persona": lambda row, _: row.context.persona_id is not Persona.BALANCED,
}
