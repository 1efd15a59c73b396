"""The reference engine: deterministic, without state, and never without a reason.

It stands in for GATC (Rust, elsewhere) in training, evaluation and tests; apps bring the real one behind
`DecisionEngine`.
The gates, in this order: medical clearance before everything, then the tier, then what the athlete wants under what
readiness, state, phase and their own limits allow.
"""

from collections.abc import Callable, Mapping

from josi.contract import Action, ChatContext, Decision, GATCRequest, Outcome, ReplanType, Tier
from josi.engine import clauses, words
from josi.engine.caps import caps, of_readiness
from josi.engine.limits import Ceiling, limits, phase_of, todays_session
from josi.engine.protocol import DecisionEngine
from josi.engine.replan import change
from josi.engine.say import is_rest, session_in_words, zone_number
from josi.engine.workout import MOST_REASONS, build
from josi.language.which import Language, language_of

MEDICAL = "medical_clearance"
_ORDER = (Tier.MONITOR, Tier.ADVISOR, Tier.COACH)

Rule = Callable[[GATCRequest, ChatContext, Language], Decision]


class ReferenceEngine(DecisionEngine):
    """Decides from tables. The language of its words is that of the athlete's message."""

    def decide(self, request: GATCRequest, context: ChatContext) -> Decision:
        """What happens with this request. Raises nothing: every valid request gets a decision with a reason."""
        language = language_of(request.free_text)
        if request.action is Action.CLARIFY and MEDICAL in (request.missing or ()):
            return _stop(language)
        return _above_tier(request, context, language) or _RULES[request.action](request, context, language)


def tier_of(context: ChatContext) -> Tier:
    """What the athlete may use: the tier, or the mode where it is the lower of the two."""
    return min(context.tier, context.mode, key=_ORDER.index)


def _stop(language: Language) -> Decision:
    return Decision(
        outcome=Outcome.STOP,
        rationale_bullets=(clauses.DOCTOR_FIRST[language],),
        safety_caps_applied=(clauses.UNTIL_CLEARED[language],),
    )


def _above_tier(request: GATCRequest, context: ChatContext, language: Language) -> Decision | None:
    """Monitor has no chat; advisor explains and builds today's workout only; coach has everything."""
    tier = tier_of(context)
    if tier is Tier.MONITOR:
        return Decision(outcome=Outcome.DECLINED, rationale_bullets=(clauses.NO_CHAT[language],))
    if tier is Tier.COACH:
        return None
    if request.action is Action.REPLAN:
        ill = request.replan_type is ReplanType.ILLNESS
        return Decision(
            outcome=Outcome.DECLINED,
            rationale_bullets=(clauses.NO_REPLAN[language],),
            # The plan stays, but nobody is left to train while ill because of a tier.
            safety_caps_applied=(clauses.UNTIL_WELL[language],) if ill else (),
        )
    if request.action is Action.CREATE_WORKOUT and request.date not in (None, context.today):
        return Decision(outcome=Outcome.DECLINED, rationale_bullets=(clauses.TODAY_ONLY[language],))
    return None


def _create_workout(request: GATCRequest, context: ChatContext, language: Language) -> Decision:
    if request.date and request.date < context.today:
        return Decision(outcome=Outcome.CLARIFY, rationale_bullets=(clauses.DAY_PASSED[language],))
    return build(request, context, language)


def _explain(request: GATCRequest, context: ChatContext, language: Language) -> Decision:
    """The planned session in words, and what stands behind it. A hard session under a gate shows the gate."""
    session, phase = todays_session(context), phase_of(context)
    told = [
        words.LEVEL_TODAY[language][context.readiness.level],
        *([clauses.AUTO_REPLAN[language]] if context.recent_auto_replan else []),
        *([words.PHASE[language][phase]] if phase else []),
        words.STATE[language][context.readiness.state],
    ]
    held: tuple[str, ...] = ()
    if session:
        zone = 0 if is_rest(session) else zone_number(session.target_zone)
        told.insert(-1, words.PURPOSE[language][min(zone, 5)])
        found = of_readiness(limits(request, context, language))
        held = caps(Ceiling(zone, session.target_duration_min if zone else 0), found, language)
    return Decision(
        outcome=Outcome.EXPLANATION,
        workout_summary=session_in_words(session, language) if session else "",
        rationale_bullets=tuple(told[:MOST_REASONS]),
        safety_caps_applied=held,
    )


def _answer(_request: GATCRequest, _context: ChatContext, language: Language) -> Decision:
    return Decision(outcome=Outcome.ANSWER, rationale_bullets=(clauses.PLAN_STAYS[language],))


def _clarify(request: GATCRequest, _context: ChatContext, language: Language) -> Decision:
    table = clauses.MISSING[language]
    reason = next((table[name] for name in request.missing or () if name in table), table[""])
    return Decision(outcome=Outcome.CLARIFY, rationale_bullets=(reason,))


_RULES: Mapping[Action, Rule] = {
    Action.CREATE_WORKOUT: _create_workout,
    Action.REPLAN: change,
    Action.EXPLAIN: _explain,
    Action.ANSWER_QUESTION: _answer,
    Action.CLARIFY: _clarify,
}
