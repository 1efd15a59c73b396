"""What goes in and out of the models. Apps use these names: change one only with a new contract version.

`schemas/` is generated from here by `make schemas`; the grammar comes from the same definitions (`josi.grammar`).
"""

import datetime
import json
import re
from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, ConfigDict, Field, Strict, StringConstraints, model_validator

from josi.records import Record

CONTRACT_VERSION = 1

# Bounds of ours: a grammar needs them, and no phone should decode for ever.
Words = Annotated[str, StringConstraints(min_length=1, max_length=1000)]
Sentence = Annotated[str, StringConstraints(min_length=1, max_length=300)]
FieldName = Annotated[str, StringConstraints(min_length=1, max_length=40)]


def _as_written(value: object) -> object:
    if isinstance(value, datetime.date) or (isinstance(value, str) and re.fullmatch(r"[0-9]{4}(-[0-9]{2}){2}", value)):
        return value
    raise ValueError("a day is written YYYY-MM-DD")


# Strict, like the schemas: by itself pydantic also takes "yes" for true, "0.5" for a number and 0 for a day in 1970.
Flag = Annotated[bool, Strict()]
Share = Annotated[float, Field(ge=0, le=1, strict=True)]
Day = Annotated[datetime.date, BeforeValidator(_as_written)]


class Action(StrEnum):
    CREATE_WORKOUT = "create_workout"
    REPLAN = "replan"
    EXPLAIN = "explain"
    ANSWER_QUESTION = "answer_question"
    CLARIFY = "clarify"


class Sport(StrEnum):
    RUN = "run"
    BIKE = "bike"
    SKI = "ski"
    SKATE = "skate"
    STRENGTH = "strength"
    OTHER = "other"


class Goal(StrEnum):
    ENDURANCE = "endurance"
    THRESHOLD = "threshold"
    VO2 = "vo2"
    RECOVERY = "recovery"
    STRENGTH = "strength"
    RACE_PREP = "race_prep"


class Injury(StrEnum):
    NONE = "none"
    KNEE = "knee"
    BACK = "back"
    ANKLE = "ankle"
    SHOULDER = "shoulder"
    OTHER = "other"


class Fatigue(StrEnum):
    FRESH = "fresh"
    OK = "ok"
    TIRED = "tired"
    VERY_TIRED = "very_tired"


class ReplanType(StrEnum):
    SKIP_TODAY = "skip_today"
    SWAP_DAYS = "swap_days"
    RESCHEDULE = "reschedule"
    REDUCE_INTENSITY = "reduce_intensity"
    ILLNESS = "illness"
    TRAVEL = "travel"
    GOAL_CHANGE = "goal_change"


class Constraints(Record):
    """Limits the athlete states. A key that is absent means its default: injury none, no_intensity false."""

    injury: Injury | None = None
    fatigue_hint: Fatigue | None = None
    no_intensity: Flag | None = None


REQUIRED_BY_ACTION: Mapping[Action, tuple[str, ...]] = MappingProxyType(
    {
        Action.CREATE_WORKOUT: ("sport",),
        Action.REPLAN: ("replan_type",),
        Action.EXPLAIN: ("question",),
        Action.ANSWER_QUESTION: ("question",),
        Action.CLARIFY: ("missing", "clarify_message"),
    }
)


class GATCRequest(Record):
    """What the interpreter says an athlete wants. Field order is the order of the output."""

    action: Action
    free_text: Words
    sport: Sport | None = None
    date: Day | None = None
    time_available_min: Annotated[int, Field(ge=10, le=300, strict=True)] | None = None
    goal: Goal | None = None
    constraints: Constraints | None = None
    replan_type: ReplanType | None = None
    question: Words | None = None
    missing: Annotated[tuple[FieldName, ...], Field(min_length=1, max_length=5)] | None = None
    clarify_message: Sentence | None = None
    confidence: Share | None = None

    @model_validator(mode="after")
    def _has_what_its_action_needs(self) -> Self:
        lacking = [name for name in REQUIRED_BY_ACTION[self.action] if getattr(self, name) is None]
        if lacking:
            raise ValueError(f"action {self.action.value} needs {', '.join(lacking)}")
        return self

    def to_json(self, *, without: tuple[str, ...] = ()) -> str:
        """The canonical form: fixed key order, no white space, absent keys left out."""
        return compact_json(self.model_dump(mode="json", exclude_none=True, exclude=set(without)))


def compact_json(value: Mapping[str, Any]) -> str:
    """JSON in the given key order and without white space, as the models write it."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


class Tier(StrEnum):
    MONITOR = "monitor"
    ADVISOR = "advisor"
    COACH = "coach"


class Persona(StrEnum):
    BALANCED = "balanced"
    DIRECT = "direct"
    TECHNICAL = "technical"
    ENCOURAGING = "encouraging"


class Level(StrEnum):
    GREEN = "Green"
    YELLOW = "Yellow"
    ORANGE = "Orange"
    RED = "Red"


class State(StrEnum):
    RECOVERED = "Recovered"
    PRODUCTIVE = "Productive"
    ACCUMULATED = "Accumulated"
    OVERREACHED = "Overreached"
    ILLNESS_RISK = "IllnessRisk"


class DataTier(StrEnum):
    NONE = "None"
    MINIMAL = "Minimal"
    BASIC = "Basic"
    STANDARD = "Standard"
    GOOD = "Good"
    FULL = "Full"
    ENHANCED = "Enhanced"


class Phase(StrEnum):
    BASE = "base"
    BUILD = "build"
    PEAK = "peak"
    TAPER = "taper"
    RECOVERY = "recovery"


Zone = Literal["R", "Z1", "Z2", "Z3", "Z4", "Z5", "Z6", "Z7", "Z8"]


class Readiness(Record):
    state: State
    level: Level
    confidence: Share = 0.8
    data_tier: DataTier = DataTier.STANDARD


class PlannedSession(Record):
    intent: Zone | Literal["OFF", "REST"]
    target_zone: Zone
    target_duration_min: Annotated[int, Field(ge=0, le=1440, strict=True)]
    structure_label: str
    meso_day: Annotated[int, Field(ge=1, le=28, strict=True)]
    phase: Phase


class ProfileSummary(Record):
    """Who the athlete is. `model_config` leaves this one part open, as the contract says."""

    model_config = ConfigDict(frozen=True, extra="allow")

    name: str | None = None
    sport: str | None = None
    level: str | None = None
    goal_type: str | None = None
    current_phase: str | None = None


class AutoReplan(Record):
    trigger: Literal["fatigue_detected", "foster_guardrail_red"]
    scope: Literal["micro", "meso", "macro"]
    summary: str
    days_affected: Annotated[int, Strict()] | tuple[Day, ...]


class MemoryFact(Record):
    fact: str
    source: Literal["conversation", "behavior", "profile_change"]
    confidence: Share


class AthleteMemory(Record):
    key_facts: Annotated[tuple[MemoryFact, ...], Field(max_length=15)] = ()
    patterns: Annotated[tuple[str, ...], Field(max_length=5)] = ()
    coaching_notes: Annotated[tuple[str, ...], Field(max_length=5)] = ()


class GATCResult(Record):
    """The part of a decision that the explainer sees."""

    workout_summary: str = ""
    rationale_bullets: tuple[str, ...] = ()
    safety_caps_applied: tuple[str, ...] = ()


class HistoryTurn(Record):
    role: Literal["user", "assistant"]
    message: str
    ts: str | None = None


class ChatContext(Record):
    """Everything a turn may know about the athlete. `today` is the day at the athlete's place."""

    athlete_id: str
    tier: Tier
    mode: Tier
    persona_id: Persona
    today: Day
    readiness: Readiness
    has_session_context: Flag = False
    history: Annotated[tuple[HistoryTurn, ...], Field(max_length=60)] = ()
    planned_session: PlannedSession | None = None
    profile_summary: ProfileSummary | None = None
    recent_auto_replan: AutoReplan | None = None
    ui_hints: Mapping[str, Any] | None = None
    athlete_memory: AthleteMemory | None = None
    gatc_result: GATCResult | None = None
    knowledge: str | None = None

    @model_validator(mode="after")
    def _shows_the_session_it_promises(self) -> Self:
        if self.has_session_context and self.planned_session is None:
            raise ValueError("has_session_context needs planned_session")
        return self

    def after(self, message: str, answer: str) -> Self:
        """The context of the next turn: what was said is in its history, the newest 60 turns at most."""
        said = (HistoryTurn(role="user", message=message), HistoryTurn(role="assistant", message=answer))
        return self.model_copy(update={"history": (*self.history, *said)[-60:]})


class Outcome(StrEnum):
    """What the engine did with a request."""

    WORKOUT = "workout"
    REPLAN = "replan"
    EXPLANATION = "explanation"
    ANSWER = "answer"
    CLARIFY = "clarify"
    STOP = "stop"  # medical: nothing is trained until a doctor has said so
    DECLINED = "declined"  # above the tier, or against a readiness gate


class Decision(Record):
    """The engine's answer to a request. Never without a reason.

    Reasons and caps are clauses in the athlete's language that can follow "because", without a capital or a full stop.
    """

    outcome: Outcome
    workout_summary: str = ""
    rationale_bullets: Annotated[tuple[str, ...], Field(min_length=1)]
    safety_caps_applied: tuple[str, ...] = ()

    @property
    def gatc_result(self) -> GATCResult:
        return GATCResult(**self.model_dump(exclude={"outcome"}))


class Intent(StrEnum):
    QUESTION = "question"
    BLOCKED = "blocked"
    REPLAN = "replan"
    ENCOURAGEMENT = "encouragement"
    GENERAL = "general"
    FEEDBACK = "feedback"
    COMPLIANCE = "compliance"
    MEDICAL_RED_FLAG = "medical_red_flag"
