"""Building a workout: what the athlete wants, held back by what the body and the plan allow."""

from collections.abc import Mapping

from josi.contract import ChatContext, Decision, GATCRequest, Goal, Outcome, Sport
from josi.engine import words
from josi.engine.caps import caps, lowest
from josi.engine.limits import Ceiling, Limit, Source, limits, phase_of
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
    """A workout for a request that names its sport. A rest gate gives rest, and declines hard work that was wished."""
    sport = request.sport or Sport.OTHER
    wanted, found = _wanted(request, sport), limits(request, context, language)
    allowed = lowest(found)
    zone, minutes = min(wanted.zone, allowed.zone), min(wanted.minutes, allowed.minutes)
    gated = zone == 0
    return Decision(
        outcome=Outcome.DECLINED if gated and request.goal in HARD_GOALS else Outcome.WORKOUT,
        workout_summary=workout_in_words(sport, zone, minutes, language)
        + on_day(request.date, context.today, language),
        rationale_bullets=_reasons(context, sport, zone, found, language),
        safety_caps_applied=caps(wanted, found, language),
    )


def _wanted(request: GATCRequest, sport: Sport) -> Ceiling:
    """Zone and minutes before anything holds them back. The time available is the athlete's own and is not exceeded."""
    zone = 3 if sport is Sport.STRENGTH and request.goal is None else ZONE_BY_GOAL[request.goal]
    usual = RECOVERY_MINUTES if request.goal is Goal.RECOVERY else MINUTES_BY_SPORT[sport]
    return Ceiling(zone, request.time_available_min or usual)


def _reasons(
    context: ChatContext, sport: Sport, zone: int, found: tuple[Limit, ...], language: Language
) -> tuple[str, ...]:
    """Readiness first, then what the athlete said, then the phase, then what the session is good for.

    Rest is explained by what asks for rest: "your readiness is green" would not be a reason for it.
    """
    readiness, phase = context.readiness, phase_of(context)
    level, state = words.LEVEL_TODAY[language][readiness.level], words.STATE[language][readiness.state]
    if zone == 0:
        asks_rest = {limit.cause for limit in found if limit.ceiling.zone == 0}
        reds = [level] if words.LEVEL[language][readiness.level] in asks_rest else []
        return (*reds, *([state] if state in asks_rest else []), words.PURPOSE[language][0])
    purpose = words.STRENGTH_PURPOSE[language] if sport is Sport.STRENGTH else words.PURPOSE[language][min(zone, 5)]
    said = [limit.cause for limit in found if limit.source not in (Source.READINESS, Source.PHASE)]
    told = [level, *said, *([words.PHASE[language][phase]] if phase else []), purpose]
    return tuple(told)[:MOST_REASONS]
