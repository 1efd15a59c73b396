"""Changing the plan: seven kinds of change, each with its words, its reason and the gates that still hold."""

from collections.abc import Callable, Mapping

from josi.contract import ChatContext, Decision, GATCRequest, Outcome, ReplanType, Sport
from josi.engine import clauses, words
from josi.engine.caps import caps, lowest, of_readiness
from josi.engine.limits import ANY_MINUTES, EASY, Ceiling, limits, todays_session
from josi.engine.say import is_rest, moved_to, workout_in_words, zone_number
from josi.illness import is_recovering
from josi.language.which import Language

SHORTER = 0.75  # an eased session lasts three quarters of the planned one
LEAST_MINUTES = 10

Summary = Callable[[GATCRequest, ChatContext, Language], str]


def change(request: GATCRequest, context: ChatContext, language: Language) -> Decision:
    """The changed plan. Moving work never moves it past a readiness gate: what is held back stands in the caps."""
    kind = request.replan_type or ReplanType.RESCHEDULE
    if kind is ReplanType.ILLNESS:
        return _illness(request, context, language)
    return Decision(
        outcome=Outcome.REPLAN,
        workout_summary=_SUMMARY[kind](request, context, language),
        rationale_bullets=_reasons(kind, request, context, language),
        safety_caps_applied=_gates(kind, request, context, language),
    )


def _illness(request: GATCRequest, context: ChatContext, language: Language) -> Decision:
    returning = is_recovering(request.free_text) and lowest(limits(request, context, language)).zone > 0
    reason = clauses.RETURN_REASON if returning else None
    return Decision(
        outcome=Outcome.REPLAN,
        workout_summary=clauses.RETURN[language] if returning else clauses.REPLAN[language][ReplanType.ILLNESS],
        rationale_bullets=(
            reason[language] if reason else clauses.REPLAN_REASON[language][ReplanType.ILLNESS],
            words.PURPOSE[language][0],
        ),
        safety_caps_applied=() if returning else (clauses.UNTIL_WELL[language],),
    )


def _reasons(kind: ReplanType, request: GATCRequest, context: ChatContext, language: Language) -> tuple[str, ...]:
    """The reason of this kind of change, what the athlete said, and readiness."""
    hint = request.constraints.fatigue_hint if request.constraints else None
    return (
        clauses.REPLAN_REASON[language][kind],
        *((words.FATIGUE[language][hint],) if hint else ()),
        words.LEVEL_TODAY[language][context.readiness.level],
    )


def _gates(kind: ReplanType, request: GATCRequest, context: ChatContext, language: Language) -> tuple[str, ...]:
    """Easing and skipping need no cap. Any other change may bring hard work nearer: readiness holds it back."""
    if kind in (ReplanType.SKIP_TODAY, ReplanType.REDUCE_INTENSITY):
        return ()
    return caps(Ceiling(EASY + 1, 0), of_readiness(limits(request, context, language)), language)


def _fixed(kind: ReplanType) -> Summary:
    return lambda _request, _context, language: clauses.REPLAN[language][kind]


def _rescheduled(request: GATCRequest, context: ChatContext, language: Language) -> str:
    day = moved_to(request.date, context.today, language)
    return clauses.REPLAN[language][ReplanType.RESCHEDULE].format(day=day)


def _eased(request: GATCRequest, context: ChatContext, language: Language) -> str:
    """The planned session one step easier and a quarter shorter, or within the time the athlete names."""
    session = todays_session(context)
    if session is None or (request.date and request.date != context.today):
        return clauses.REPLAN[language][ReplanType.REDUCE_INTENSITY]
    allowed = lowest(limits(request, context, language))
    if is_rest(session) or allowed.zone == 0:
        return words.REST[language]
    zone = EASY if zone_number(session.target_zone) > EASY else 1
    shorter = 5 * round(session.target_duration_min * SHORTER / 5)
    minutes = min(shorter, request.time_available_min or ANY_MINUTES, allowed.minutes)
    return workout_in_words(
        request.sport or Sport.OTHER, min(zone, allowed.zone), max(minutes, LEAST_MINUTES), language
    )


_SUMMARY: Mapping[ReplanType, Summary] = {
    ReplanType.SKIP_TODAY: _fixed(ReplanType.SKIP_TODAY),
    ReplanType.SWAP_DAYS: _fixed(ReplanType.SWAP_DAYS),
    ReplanType.RESCHEDULE: _rescheduled,
    ReplanType.REDUCE_INTENSITY: _eased,
    ReplanType.ILLNESS: _fixed(ReplanType.ILLNESS),
    ReplanType.TRAVEL: _fixed(ReplanType.TRAVEL),
    ReplanType.GOAL_CHANGE: _fixed(ReplanType.GOAL_CHANGE),
}
