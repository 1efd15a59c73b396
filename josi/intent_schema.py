"""The JSON schema of LLMIntent: what `josi.intent` checks in Python, in the words of JSON Schema."""

import re
from typing import Any

from josi.contract import Intent
from josi.intent import GuardrailReason, LLMIntent, ResponseType
from josi.language.care import CARE_WORDS, STOP_WORDS

Schema = dict[str, Any]

_VIOLATIONS = [reason.value for reason in GuardrailReason if reason is not GuardrailReason.MEDICAL_RED_FLAG]
_MEDICAL = {"const": GuardrailReason.MEDICAL_RED_FLAG.value}
_NOTHING = {"type": "null"}


def intent_schema() -> Schema:
    """The fields from the record, and the rules between fields."""
    return {**LLMIntent.model_json_schema(), "allOf": _rules()}


def _rules() -> list[Schema]:
    """The rules of `josi.intent`, in its order."""
    return [
        {
            **_if({"guardrail_triggered": {"const": True}}, {"guardrail_reason": {"type": "string"}}),
            "else": {"properties": {"guardrail_reason": _NOTHING}},
        },
        {
            **_if({"intent": {"const": Intent.MEDICAL_RED_FLAG.value}}, {"guardrail_reason": _MEDICAL}),
            "else": {"properties": {"guardrail_reason": {"not": _MEDICAL}}},
        },
        _if({"guardrail_reason": _MEDICAL}, {"response_type": {"const": ResponseType.SAFETY_WARNING.value}}),
        *(
            _if({"guardrail_reason": _MEDICAL}, {"message": {"pattern": _any_case(words)}})
            for words in (STOP_WORDS, CARE_WORDS)
        ),
        _if({"intent": {"const": Intent.BLOCKED.value}}, {"guardrail_reason": {"enum": _VIOLATIONS}}),
        _if({"guardrail_reason": {"enum": _VIOLATIONS}}, {"response_type": {"const": ResponseType.DECLINE.value}}),
        {
            "if": {"properties": {"guardrail_triggered": {"const": True}}, "required": ["guardrail_triggered"]},
            "then": {"properties": {"replan_request": _NOTHING, "tool_call": _NOTHING}},
        },
        _if({"replan_request": {"type": "object"}}, {"intent": {"const": Intent.REPLAN.value}}),
    ]


def _if(fields: Schema, then: Schema) -> Schema:
    """Where all `fields` are there and fit, those of `then` have to be there and fit."""
    return {
        "if": {"properties": fields, "required": list(fields)},
        "then": {"properties": then, "required": list(then)},
    }


def _any_case(pattern: str) -> str:
    """The pattern for small letters and capitals: a pattern in a schema has no flags."""
    return re.sub(
        r"\\.|[a-z]", lambda found: found[0] if "\\" in found[0] else f"[{found[0]}{found[0].upper()}]", pattern
    )
