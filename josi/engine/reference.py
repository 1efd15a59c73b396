"""The reference engine: deterministic, without state, and never without a reason.

It stands in for GATC (Rust, elsewhere) in training, evaluation and tests; apps bring the real one behind
`DecisionEngine`.
The gates, in this order: medical clearance before everything, then the tier, then what the athlete wants under what
readiness, state, phase and their own limits allow.
"""

from collections.abc import Callable, Mapping

from josi.contract import Action, ChatContext, Decision, GATCRequest, Outcome, ReplanType
from josi.engine import clauses, words
from josi.engine.caps import caps, of_readiness
from josi.engine.limits import Ceiling, limits, phase_of, todays_session
from josi.engine.protocol import DecisionEngine
from josi.engine.replan import change
from josi.engine.say import is_rest, session_in_words, zone_number
from josi.engine.workout import MOST_REASONS, build
from josi.language.which import Language, language_of
from josi.tiers import Gate, gate, tier_of

Rule = Callable[[GATCRequest, ChatContext, Language], Decision]


class ReferenceEngine(DecisionEngine):
    """Decides from tables. The language of its words is that of the athlete's message."""

    def decide(self, request: GATCRequest, context: ChatContext) -> Decision:
        """What happens with this request. Raises nothing: every valid request gets a decision with a reason."""
        language = language_of(request.free_text)
        found = gate(request, tier_of(context), context.today)
        if found is Gate.STOP:
            return _stop(language)
        if found is not Gate.OPEN:
            return _above_tier(found, request, language)
        return _RULES[request.action](request, context, language)


def _stop(language: Language) -> Decision:
    return Decision(
        outcome=Outcome.STOP,
        rationale_bullets=(clauses.DOCTOR_FIRST[language],),
        safety_caps_applied=(clauses.UNTIL_CLEARED[language],),
    )


def _above_tier(found: Gate, request: GATCRequest, language: Language) -> Decision:
    """Declined, the tier being the reason. The plan stays, but nobody is left to train while ill because of a tier."""
    ill = found is Gate.NO_REPLAN and request.replan_type is ReplanType.ILLNESS
    return Decision(
        outcome=Outcome.DECLINED,
        rationale_bullets=(_ABOVE_TIER[found][language],),
        safety_caps_applied=(clauses.UNTIL_WELL[language],) if ill else (),
    )


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


_ABOVE_TIER: Mapping[Gate, Mapping[Language, str]] = {
    Gate.NO_CHAT: clauses.NO_CHAT,
    Gate.NO_REPLAN: clauses.NO_REPLAN,
    Gate.TODAY_ONLY: clauses.TODAY_ONLY,
}
_RULES: Mapping[Action, Rule] = {
    Action.CREATE_WORKOUT: _create_workout,
    Action.REPLAN: change,
    Action.EXPLAIN: _explain,
    Action.ANSWER_QUESTION: _answer,
    Action.CLARIFY: _clarify,
}
