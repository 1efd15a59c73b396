"""A whole context from the few lines that a hand-written case gives: the rest is an ordinary day."""

from collections.abc import Mapping
from typing import Any

from josi.contract import ChatContext

ORDINARY: Mapping[str, Any] = {
    "athlete_id": "athlete",
    "tier": "coach",
    "mode": "coach",
    "persona_id": "balanced",
    "today": "2026-03-04",  # a Wednesday
    "readiness": {"state": "Productive", "level": "Green", "confidence": 0.8, "data_tier": "Standard"},
}


def context_of(given: Mapping[str, Any]) -> ChatContext:
    """`given` laid over an ordinary day. A planned session is shown, and facts may be plain strings.

    Raises pydantic.ValidationError for what the contract does not know.
    """
    made = _over(ORDINARY, given)
    made.setdefault("has_session_context", made.get("planned_session") is not None)
    memory = made.get("athlete_memory") or {}
    if "key_facts" in memory:
        made["athlete_memory"] = {**memory, "key_facts": [_fact(fact) for fact in memory["key_facts"]]}
    return ChatContext.model_validate(made)


def _fact(fact: Any) -> Any:
    return {"fact": fact, "source": "conversation", "confidence": 0.9} if isinstance(fact, str) else fact


def _over(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(below)
    for key, value in above.items():
        under = merged.get(key)
        merged[key] = _over(under, value) if isinstance(under, Mapping) and isinstance(value, Mapping) else value
    return merged
