"""The output of the single-model line (v3): an LLMIntent, or plain words where the model answers in chat shape.

Where contract.md gives a rule, it is checked here; what it leaves open stays open:
- `guardrail_triggered` says that there is a `guardrail_reason`, and the other way round;
- intent medical_red_flag goes with reason medical_red_flag and response SafetyWarning, whose message says to stop and
  to seek care (`josi.language.care`);
- intent blocked goes with a reason that is not medical;
- a tier violation or an I6 violation is answered by Decline;
- where a guardrail holds nothing is done: no replan_request, no tool_call;
- replan_request only with intent replan, and only in mode coach: no other tier replans.
A replan may come without a request (which day is asked back), Decline and SafetyWarning may come without a guardrail,
and names of tools and their arguments are the app's.
"""

import json
from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import Field, JsonValue, StringConstraints, ValidationError, model_validator

from josi.contract import Flag, Intent, Level, ReplanType, Sentence, Tier, Words, compact_json
from josi.language.care import stops_and_cares
from josi.parsing import load_strictly
from josi.records import Finding, Record

CHECK = "intent_output"
CardName = Annotated[str, StringConstraints(min_length=1, max_length=80)]
ToolName = Annotated[str, StringConstraints(min_length=1, max_length=40)]


class ResponseType(StrEnum):
    QUESTION_ANSWER = "QuestionAnswer"
    EXPLAIN_ZONE = "ExplainZone"
    EXPLAIN_WORKOUT = "ExplainWorkout"
    READINESS_SUMMARY = "ReadinessSummary"
    DECLINE = "Decline"
    ENCOURAGEMENT = "Encouragement"
    SAFETY_WARNING = "SafetyWarning"
    WEEKLY_REVIEW = "WeeklyReview"
    DAILY_BRIEF = "DailyBrief"


class GuardrailReason(StrEnum):
    I6_VIOLATION = "i6_violation"
    TIER_VIOLATION = "tier_violation"
    MEDICAL_RED_FLAG = "medical_red_flag"


class ReplanRequest(Record):
    """A change of the plan, handed to the engine, which decides. Readiness is that of the moment of asking."""

    type: ReplanType
    reason: Sentence
    mode: Literal[Tier.COACH]
    readiness_at_request: Level


class ToolCall(Record):
    """A tool of the app by name. Names and arguments are the app's, so `args` is an open object."""

    tool: ToolName
    args: Mapping[str, JsonValue]


class LLMIntent(Record):
    """What the single model says. Field order is the order of the output; every key is written, absence as null."""

    intent: Intent
    response_type: ResponseType
    message: Words
    source_cards: Annotated[tuple[CardName, ...], Field(max_length=10)] = ()
    guardrail_triggered: Flag = False
    guardrail_reason: GuardrailReason | None = None
    replan_request: ReplanRequest | None = None
    tool_call: ToolCall | None = None

    @model_validator(mode="after")
    def _keeps_the_rules(self) -> Self:
        broken = [claim for claim, holds in _rules(self) if not holds]
        if broken:
            raise ValueError("; ".join(broken))
        return self

    def to_json(self) -> str:
        """The canonical form: fixed key order, no white space, all eight keys."""
        return compact_json(self.model_dump(mode="json"))


class PlainAnswer(Record):
    """An answer in chat shape: words for the athlete and nothing else."""

    message: Words


def _rules(said: LLMIntent) -> tuple[tuple[str, bool], ...]:
    """Each rule in words, and whether it holds."""
    reason, medical = said.guardrail_reason, GuardrailReason.MEDICAL_RED_FLAG
    does = said.replan_request is not None or said.tool_call is not None
    return (
        ("guardrail_triggered goes with a guardrail_reason", said.guardrail_triggered == (reason is not None)),
        (
            "intent medical_red_flag goes with this reason",
            (said.intent is Intent.MEDICAL_RED_FLAG) == (reason is medical),
        ),
        ("a medical red flag is answered by SafetyWarning", reason is not medical or _answers(said, "SafetyWarning")),
        ("a medical red flag says to stop and to seek care", reason is not medical or stops_and_cares(said.message)),
        ("intent blocked goes with a guardrail", said.intent is not Intent.BLOCKED or reason is not None),
        ("a violation is answered by Decline", reason in (None, medical) or _answers(said, "Decline")),
        ("where a guardrail holds nothing is done", not (does and said.guardrail_triggered)),
        ("replan_request needs intent replan", said.replan_request is None or said.intent is Intent.REPLAN),
    )


def _answers(said: LLMIntent, response: str) -> bool:
    return said.response_type == response


def read_output(raw: str) -> LLMIntent | PlainAnswer | tuple[Finding, ...]:
    """What a model of the single line said, or everything that is wrong with it.

    JSON may stand in a Markdown fence and have its keys in any order. Text is plain words only where it holds nothing
    that looks like an object, a fence or a control token: half an object is never shown to an athlete.
    """
    text = _unfenced(raw.strip())
    if not any(mark in text for mark in _NOT_WORDS):
        return _plain(text)
    if not text.startswith("{"):
        return (_finding("output", "one JSON object, or words alone", raw),)
    try:
        value = load_strictly(text)
        return LLMIntent.model_validate_json(json.dumps(value))
    except ValidationError as error:
        return tuple(
            _finding(".".join(str(part) for part in fault["loc"]) or "intent", fault["msg"], fault["input"])
            for fault in error.errors(include_url=False)
        )
    except (ValueError, RecursionError) as error:
        return (_finding("output", f"one JSON object ({error})", raw),)


_NOT_WORDS = ("{", "}", "```", "<|", "|>")


def _plain(text: str) -> PlainAnswer | tuple[Finding, ...]:
    try:
        return PlainAnswer(message=text)
    except ValidationError as error:
        return tuple(_finding("output", fault["msg"], fault["input"]) for fault in error.errors(include_url=False))


def _unfenced(text: str) -> str:
    """The text within a fence that spans all of it; any other text as it is."""
    if not (text.startswith("```") and text.endswith("```") and len(text) >= 6):
        return text
    return text[3:-3].removeprefix("json").strip()


def _finding(where: str, expected: str, got: object) -> Finding:
    return Finding(
        check=CHECK,
        where=where,
        expected=expected,
        got=str(got)[:200],
        remedy="Clean the row, or train the single model on the closed form (schemas/llm_intent.schema.json).",
    )
