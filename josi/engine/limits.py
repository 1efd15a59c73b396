"""What holds training back: one table per cause, each entry the highest zone and the most minutes it allows."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from josi.contract import (
    ChatContext,
    Constraints,
    DataTier,
    Fatigue,
    GATCRequest,
    Injury,
    Level,
    Phase,
    PlannedSession,
    Sport,
    State,
)
from josi.engine import clauses, words
from josi.engine.say import is_rest
from josi.language.which import Language

ANY_ZONE, ANY_MINUTES = 8, 300
EASY = 2  # the highest zone that is no hard work


class Ceiling(NamedTuple):
    """The highest zone (0 is rest) and the longest duration in minutes."""

    zone: int
    minutes: int


class Source(StrEnum):
    """Where a limit comes from. WISH is the athlete's own preference: it holds, but it is no safety cap."""

    READINESS = "readiness"
    SAID = "said"
    WISH = "wish"
    PHASE = "phase"
    PLAN = "plan"


class Limit(NamedTuple):
    """A ceiling and the clause that gives its cause."""

    source: Source
    ceiling: Ceiling
    cause: str


REST = Ceiling(0, 0)

BY_LEVEL: Mapping[Level, Ceiling] = {
    Level.GREEN: Ceiling(ANY_ZONE, ANY_MINUTES),
    Level.YELLOW: Ceiling(3, 90),
    Level.ORANGE: Ceiling(2, 45),
    Level.RED: REST,
}
BY_STATE: Mapping[State, Ceiling] = {
    State.RECOVERED: Ceiling(ANY_ZONE, ANY_MINUTES),
    State.PRODUCTIVE: Ceiling(ANY_ZONE, ANY_MINUTES),
    State.ACCUMULATED: Ceiling(3, 90),
    State.OVERREACHED: Ceiling(2, 45),
    State.ILLNESS_RISK: REST,
}
BY_PHASE: Mapping[Phase, Ceiling] = {
    Phase.BASE: Ceiling(3, ANY_MINUTES),
    Phase.BUILD: Ceiling(ANY_ZONE, ANY_MINUTES),
    Phase.PEAK: Ceiling(ANY_ZONE, ANY_MINUTES),
    Phase.TAPER: Ceiling(ANY_ZONE, 60),
    Phase.RECOVERY: Ceiling(2, 60),
}
BY_FATIGUE: Mapping[Fatigue, Ceiling] = {
    Fatigue.FRESH: Ceiling(ANY_ZONE, ANY_MINUTES),
    Fatigue.OK: Ceiling(ANY_ZONE, ANY_MINUTES),
    Fatigue.TIRED: Ceiling(2, 60),
    Fatigue.VERY_TIRED: Ceiling(1, 30),
}
LOADED_BY: Mapping[Injury, frozenset[Sport]] = {
    Injury.KNEE: frozenset({Sport.RUN, Sport.SKI, Sport.SKATE, Sport.STRENGTH}),
    Injury.BACK: frozenset({Sport.RUN, Sport.SKI, Sport.SKATE, Sport.STRENGTH}),
    Injury.ANKLE: frozenset({Sport.RUN, Sport.SKI, Sport.SKATE}),
    Injury.SHOULDER: frozenset({Sport.SKI, Sport.STRENGTH, Sport.OTHER}),
    Injury.OTHER: frozenset(Sport),
}
INJURY_LOADED, INJURY_SPARED = Ceiling(1, 30), Ceiling(2, 60)
NO_INTENSITY = Ceiling(2, ANY_MINUTES)
LITTLE_DATA = Ceiling(3, 60)
REST_PLANNED = Ceiling(2, 45)


def todays_session(context: ChatContext) -> PlannedSession | None:
    """The planned session that the turn may talk about."""
    return context.planned_session if context.has_session_context else None


def phase_of(context: ChatContext) -> Phase | None:
    """The phase of the plan: from the session, else from the profile when it names one we know."""
    if session := todays_session(context):
        return session.phase
    named = (context.profile_summary.current_phase or "") if context.profile_summary else ""
    return next((phase for phase in Phase if phase.value == named.strip().lower()), None)


def limits(request: GATCRequest, context: ChatContext, language: Language) -> tuple[Limit, ...]:
    """Everything that holds this request back, in the order in which causes are told."""
    readiness, phase = context.readiness, phase_of(context)
    found = [
        Limit(Source.READINESS, BY_LEVEL[readiness.level], words.LEVEL[language][readiness.level]),
        Limit(Source.READINESS, BY_STATE[readiness.state], words.STATE[language][readiness.state]),
        *_stated(request.constraints or Constraints(), request.sport, language),
    ]
    if phase:
        found.append(Limit(Source.PHASE, BY_PHASE[phase], words.PHASE[language][phase]))
    if readiness.data_tier is DataTier.NONE:
        found.append(Limit(Source.PLAN, LITTLE_DATA, clauses.LITTLE_DATA[language]))
    session = todays_session(context)
    if session and is_rest(session) and _is_today(request.date, context):
        found.append(Limit(Source.PLAN, REST_PLANNED, clauses.REST_PLANNED[language]))
    return tuple(found)


def _stated(constraints: Constraints, sport: Sport | None, language: Language) -> list[Limit]:
    found = []
    if constraints.fatigue_hint:
        hint = constraints.fatigue_hint
        found.append(Limit(Source.SAID, BY_FATIGUE[hint], words.FATIGUE[language][hint]))
    if constraints.injury and constraints.injury is not Injury.NONE:
        loaded = sport is None or sport in LOADED_BY[constraints.injury]
        cause = words.INJURY[language][constraints.injury]
        found.append(Limit(Source.SAID, INJURY_LOADED if loaded else INJURY_SPARED, cause))
    if constraints.no_intensity:
        found.append(Limit(Source.WISH, NO_INTENSITY, clauses.NO_INTENSITY[language]))
    return found


def _is_today(day: date | None, context: ChatContext) -> bool:
    return day is None or day == context.today
