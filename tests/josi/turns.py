"""Small builders for contexts and requests in tests."""

from typing import Any

from josi.contract import ChatContext, GATCRequest

TODAY = "2026-03-04"  # a Wednesday


def context(**changes: Any) -> ChatContext:
    """A coach-tier athlete, recovered and green, without a sport or a session."""
    return ChatContext.model_validate(
        {
            "athlete_id": "a1",
            "tier": "coach",
            "mode": changes.get("tier", "coach"),
            "persona_id": "balanced",
            "today": TODAY,
            "readiness": {"state": "Recovered", "level": "Green"},
            **changes,
        }
    )


def planned(**changes: Any) -> dict[str, Any]:
    """What a context with a planned session adds: an hour in Z4 in the build phase."""
    session = {
        "intent": "Z4",
        "target_zone": "Z4",
        "target_duration_min": 60,
        "structure_label": "Intervals",
        "meso_day": 10,
        "phase": "build",
        **changes,
    }
    return {"has_session_context": True, "planned_session": session}


def asked(action: str, text: str = "Please help me with my training", **fields: Any) -> GATCRequest:
    """A valid request: what its action needs is filled in where it is not given."""
    needed: dict[str, dict[str, Any]] = {
        "create_workout": {"sport": "run"},
        "replan": {"replan_type": "skip_today"},
        "explain": {"question": text},
        "answer_question": {"question": text},
        "clarify": {"missing": ["intent"], "clarify_message": "What would you like?"},
    }
    return GATCRequest.model_validate({"action": action, "free_text": text, **needed[action], **fields})
