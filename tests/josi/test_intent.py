"""The single model's output: record, schema and reader agree. Cases of the rules: the vectors `llm_intent`."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from josi.contract import Intent, Level, ReplanType
from josi.intent import GuardrailReason, LLMIntent, PlainAnswer, ResponseType, read_output
from josi.intent_schema import intent_schema

SCHEMA = jsonschema.Draft202012Validator(intent_schema())
REPLAN = st.fixed_dictionaries(
    {
        "type": st.sampled_from([*(kind.value for kind in ReplanType), "rest"]),
        "reason": st.sampled_from(["work trip", ""]),
        "mode": st.sampled_from(["coach", "coach", "coach", "advisor"]),
        "readiness_at_request": st.sampled_from([level.value for level in Level]),
    },
    optional={"new_date": st.just("2026-05-01")},
)
CALL = st.fixed_dictionaries({"tool": st.just("get_user_status"), "args": st.just({"days": 7})})
# Values that fit and values that do not, so that both ways are often taken.
OBJECTS = st.fixed_dictionaries(
    {
        "intent": st.sampled_from([intent.value for intent in Intent]),
        "response_type": st.sampled_from([kind.value for kind in ResponseType]),
        "message": st.sampled_from(
            ["Rest well.", "STOP now. See a Doctor.", "Don\u2019t train: bel 112 of spoed.", "A&E!", ""]
        ),
    },
    optional={
        "source_cards": st.sampled_from([[], ["zones"], [""], None]),
        "guardrail_triggered": st.sampled_from([True, False, False, None]),
        "guardrail_reason": st.sampled_from([None, None, *(reason.value for reason in GuardrailReason)]),
        "replan_request": st.one_of(st.none(), REPLAN),
        "tool_call": st.one_of(st.none(), CALL),
        "axis": st.just("x"),
    },
)
STEERED = st.builds(
    lambda value, over: {**value, **over},
    OBJECTS,
    st.sampled_from(
        [
            {},
            {
                "intent": "blocked",
                "response_type": "Decline",
                "guardrail_triggered": True,
                "guardrail_reason": "i6_violation",
            },
            {
                "intent": "medical_red_flag",
                "response_type": "SafetyWarning",
                "guardrail_triggered": True,
                "guardrail_reason": "medical_red_flag",
            },
            {"intent": "replan", "guardrail_triggered": False, "guardrail_reason": None},
        ]
    ),
)


def accepted(value: dict[str, Any]) -> bool:
    try:
        LLMIntent.model_validate_json(json.dumps(value))
    except ValidationError:
        return False
    return True


@given(STEERED)
@settings(max_examples=1500, deadline=None)
def test_schema_and_record_accept_the_same(value: dict[str, Any]) -> None:
    assert SCHEMA.is_valid(value) == accepted(value)


@given(STEERED.filter(accepted), st.randoms())
@settings(max_examples=300, deadline=None)
def test_any_order_and_a_fence_are_read_and_the_canonical_form_is_one(value: dict[str, Any], chance: Any) -> None:
    keys = list(value)
    chance.shuffle(keys)
    shuffled = json.dumps({key: value[key] for key in keys}, indent=chance.choice([None, 2]))

    plain, fenced = read_output(shuffled), read_output(f"```json\n{shuffled}\n```")

    assert isinstance(plain, LLMIntent)
    assert plain == fenced == read_output(plain.to_json())
    assert list(json.loads(plain.to_json())) == list(LLMIntent.model_fields)


@pytest.mark.parametrize(("file", "of", "refused"), [("train_v3", LLMIntent, 8), ("smollm2_train", PlainAnswer, 0)])
def test_existing_rows_are_read_and_the_refused_ones_carry_a_key_too_many(
    shared_data: Path, file: str, of: type, refused: int
) -> None:
    lines = (shared_data / "mivalta" / f"{file}.jsonl").read_text("utf-8").splitlines()
    read = [read_output(json.loads(line)["messages"][-1]["content"]) for line in lines]
    findings = [finding for one in read if isinstance(one, tuple) for finding in one]

    assert sum(isinstance(one, of) for one in read) == len(lines) - refused
    assert [finding.where for finding in findings] == ["replan_request.new_goal_date"] * refused
