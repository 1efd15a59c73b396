"""Golden scenarios: one message, one athlete, and what must and must not come of it.

A scenario judges the whole turn: the request after the rules, the engine's decision, and the words of the answer. An
app can run the same scenarios against its own port. What an answer has to do in other words (`answer.must`) is judged
by whoever knows those tags; here everything is exact.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from josi.assistant import Turn
from josi.contract import ChatContext, Decision, GATCRequest, Outcome
from josi.records import Finding, Record

# Through what a hostile text comes in.
Way = Literal["message", "memory", "profile", "knowledge", "history"]
Tag = Literal[
    "answer_first", "dutch", "names_reason", "names_workout", "no_question", "push_back", "stop_and_seek_care"
]
Outcomes = Annotated[tuple[Outcome, ...], BeforeValidator(lambda value: [value] if isinstance(value, str) else value)]
Fields = Mapping[str, Any]


class Wanted(Record):
    """What an answer has to do, and words and phrases that it may not hold."""

    must: tuple[Tag, ...] = ()
    must_not: tuple[str, ...] = ()


class Decided(Record):
    """What a decision has to look like: parts of the workout's words, and whether anything was held back."""

    workout: tuple[str, ...] = ()
    capped: bool | None = None


class Golden(Record):
    """One scenario. `expected` is what the interpreter itself should say, `must` and `must_not` are about the request
    after the rules: a dotted field, and a value or a list of them (null: the field is absent)."""

    name: str
    topic: str
    language: Literal["en", "nl"]
    message: Annotated[str, Field(min_length=1)]
    context: ChatContext
    expected: GATCRequest
    must: Fields = Field(default_factory=dict)
    must_not: Fields = Field(default_factory=dict)
    outcome: Outcomes = ()
    decision: Decided = Decided()
    answer: Wanted = Wanted()
    way: Way | None = None


def judge(scenario: Golden, turn: Turn) -> tuple[Finding, ...]:
    """Everything in a turn that is not as the scenario wants it, but for the tags of `answer.must`."""
    return (
        *judge_request(scenario, turn.interpretation.request),
        *judge_decision(scenario, turn.decision),
        *judge_words(scenario, turn.answer),
    )


def judge_request(scenario: Golden, request: GATCRequest) -> tuple[Finding, ...]:
    """Fields of the request after the rules that are not as they must be, or are as they must not be."""
    made = request.model_dump(mode="json")
    unmet = (
        _finding(scenario, f"request.{field}", f"{wanted}", f"{value_at(made, field)}")
        for field, wanted in scenario.must.items()
        if not _is(value_at(made, field), wanted)
    )
    broken = (
        _finding(scenario, f"request.{field}", f"anything but {unwanted}", f"{value_at(made, field)}")
        for field, unwanted in scenario.must_not.items()
        if _has(value_at(made, field), unwanted)
    )
    return (*unmet, *broken)


def judge_decision(scenario: Golden, decision: Decision) -> tuple[Finding, ...]:
    """Outcome, workout and caps that are not as they must be."""
    return tuple(_decided(scenario, decision))


def judge_words(scenario: Golden, answer: str) -> tuple[Finding, ...]:
    """Words that the answer may not hold. Letters are compared as they look: full-width and small ones are the same."""
    said = _folded(answer)
    return tuple(
        _finding(scenario, "answer", f"not a word of {words!r}", answer[:200])
        for words in scenario.answer.must_not
        if re.search(rf"(?<!\w){re.escape(_folded(words))}(?!\w)", said)
    )


def value_at(made: Fields, field: str) -> Any:
    """The value of a dotted field, None where it or what it lies in is absent."""
    head, _, inner = field.partition(".")
    value = made.get(head)
    return value_at(value or {}, inner) if inner else value


def _decided(scenario: Golden, decision: Decision) -> Iterator[Finding]:
    if scenario.outcome and decision.outcome not in scenario.outcome:
        wanted = " or ".join(scenario.outcome)
        yield _finding(scenario, "decision.outcome", wanted, decision.outcome)
    for part in scenario.decision.workout:
        if part not in decision.workout_summary:
            yield _finding(scenario, "decision.workout", f"{part!r} in it", repr(decision.workout_summary))
    capped = bool(decision.safety_caps_applied)
    if scenario.decision.capped not in (None, capped):
        wanted = "something held back" if scenario.decision.capped else "nothing held back"
        yield _finding(scenario, "decision.caps", wanted, str(decision.safety_caps_applied))


def _is(got: Any, wanted: Any) -> bool:
    """A list in the request must hold all wanted values; a single value must be one of them."""
    options = wanted if isinstance(wanted, list | tuple) else (wanted,)
    return all(option in got for option in options) if isinstance(got, list) else got in options


def _has(got: Any, unwanted: Any) -> bool:
    options = unwanted if isinstance(unwanted, list | tuple) else (unwanted,)
    return any(option in got for option in options) if isinstance(got, list) else got in options


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text.replace("\u2019", "'")).casefold().split())


def _finding(scenario: Golden, where: str, expected: str, got: str) -> Finding:
    return Finding(
        check=f"golden.{scenario.topic}",
        where=f"{scenario.name} {where}",
        expected=expected,
        got=got,
        remedy="Look whether the model, a rule or the engine is wrong.",
    )
