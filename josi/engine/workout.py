"""Building a workout: what the athlete wants, held back by what the body and the plan allow."""

from collections.abc import Mapping

from josi.contract import ChatContext, Decision, GATCRequest, Goal, Outcome, Sport
from josi.engine import words
from josi.engine.limits import Ceiling, Limit, Source, caps, limits, lowest, phase_of
from josi.engine.say import on_day, workout_in_words
from josi.language.which import Language

ZONE_BY_GOAL: Mapping[Goal | None, int] = {
    Goal.ENDURANCE: 2,
    Goal.THRESHOLD: 4,
    Goal.VO2: 5,
    Goal.RECOVERY: 1,
    Goal.STRENGTH: 3,
    Goal.RACE_PREP: 4,
    None: 2,
}
HARD_GOALS = frozenset({Goal.THRESHOLD, Goal.VO2, Goal.RACE_PREP})
MINUTES_BY_SPORT: Mapping[Sport, int] = {
    Sport.RUN: 45,
    Sport.BIKE: 60,
    Sport.SKI: 60,
    Sport.SKATE: 45,
    Sport.STRENGTH: 40,
    Sport.OTHER: 45,
}
RECOVERY_MINUTES = 30
MOST_REASONS = 3


def build(request: GATCRequest, context: ChatContext, language: Language) -> Decision:
    """A workout for a request that names its sport. Under a rest gate: rest, or a refusal when hard work was asked for."""
    sport = request.sport or Sport.OTHER
    wanted, found = _wanted(request, sport), limits(request, context, language)
    allowed = lowest(found)
    zone, minutes = min(wanted.zone, allowed.zone), min(wanted.minutes, allowed.minutes)
    gated = zone == 0
    return Decision(
        outcome=Outcome.DECLINED if gated and request.goal in HARD_GOALS else Outcome.WORKOUT,
        workout_summary=workout_in_words(sport, zone, minutes, language) + on_day(request.date, context.today, language),
        rationale_bullets=_reasons(request, context, sport, zone, found, language),
        safety_caps_applied=caps(wanted, found, language),
    )


def _wanted(request: GATCRequest, sport: Sport) -> Ceiling:
    """Zone and minutes before anything holds them back. The time available is the athlete's own and is not exceeded."""
    zone = 3 if sport is Sport.STRENGTH and request.goal is None else ZONE_BY_GOAL[request.goal]
    usual = RECOVERY_MINUTES if request.goal is Goal.RECOVERY else MINUTES_BY_SPORT[sport]
    return Ceiling(zone, request.time_available_min or usual)


def _reasons(
    request: GATCRequest,
    context: ChatContext,
    sport: Sport,
    zone: int,
    found: tuple[Limit, ...],
    language: Language,
) -> tuple[str, ...]:
    """Readiness first, then what the athlete said, then the phase, then what the session is good for."""
    readiness = context.readiness.level
    said = [limit.cause for limit in found if limit.source not in (Source.READINESS, Source.PHASE)]
    phase = phase_of(context)
    purpose = words.PURPOSE[language][min(zone, 5)]
    if sport is Sport.STRENGTH and zone:
        purpose = words.STRENGTH_PURPOSE[language]
    told = [
        words.LEVEL_TODAY[language][readiness],
        *([words.STATE[language][context.readiness.state]] if zone == 0 else []),
        *said,
        *([words.PHASE[language][phase]] if phase else []),
        purpose,
    ]
    return tuple(dict.fromkeys(told))[:MOST_REASONS]
