"""A situation, a context and a decision in plain words, for somebody who coaches and reads no JSON."""

from collections.abc import Iterator, Mapping

from josi.contract import ChatContext, DataTier, Decision, Outcome, Persona, State, Tier
from josi.engine import session_in_words, tier_of
from josi.language import Language
from josi.records import Record

GLOSS: Mapping[str, str] = {
    "workout_built": "A workout was built",
    "held_back_yellow": "Held back: readiness yellow",
    "held_back_orange": "Held back: readiness orange",
    "held_back_red": "Held back: readiness red",
    "held_back_injury": "Held back: an injury",
    "held_back_tier": "Declined: above the tier",
    "held_back_little_data": "Held back: little data yet",
    "held_back_by_tiredness": "Held back: tired, or no hard work wished",
    "held_back_by_phase": "Held back: the phase of the plan",
    "rest_day": "Rest day",
    "replan_skip_today": "Plan changed: today skipped",
    "replan_swap_days": "Plan changed: two days swapped",
    "replan_reschedule": "Plan changed: session moved",
    "replan_reduce_intensity": "Plan changed: session eased",
    "replan_illness": "Plan changed: ill",
    "replan_travel": "Plan changed: travel",
    "replan_goal_change": "Plan changed: a new goal",
    "explain_session": "Explaining the session",
    "explain_week": "Explaining the week",
    "explain_readiness": "Explaining readiness",
    "explain_phase": "Explaining the phase",
    "question_nutrition": "Question: food and drink",
    "question_recovery": "Question: recovery and sleep",
    "question_strength_and_skill": "Question: strength and skill",
    "question_effort": "Question: effort",
    "encouragement": "Encouragement",
    "unrealistic_goal": "Unrealistic goal",
    "refuses_numbers": "Refuses a number",
    "refuses_internals": "Keeps the workings to itself",
    "refuses_other_coach": "Josi is the coach",
    "memory_used": "Memory used naturally",
    "persona": "Personas",
    "beginner_to_master": "From beginner to master",
    "medical_stop": "Medical: stop",
    "feedback_on_training": "Feedback on training",
}
_STATE: Mapping[State, str] = {
    State.RECOVERED: "well recovered",
    State.PRODUCTIVE: "handling the training well",
    State.ACCUMULATED: "carrying fatigue from the past days",
    State.OVERREACHED: "not caught up with the past days",
    State.ILLNESS_RISK: "signs of illness",
}
_OUTCOME: Mapping[Outcome, str] = {
    Outcome.WORKOUT: "Builds a workout",
    Outcome.REPLAN: "Changes the plan",
    Outcome.EXPLANATION: "Explains what is planned",
    Outcome.ANSWER: "Leaves a general question to Josi",
    Outcome.CLARIFY: "Asks back",
    Outcome.STOP: "Stops all training: medical",
    Outcome.DECLINED: "Declines",
}


class Told(Record):
    """One fact in plain words."""

    what: str
    text: str


def context_in_words(context: ChatContext, language: Language) -> tuple[Told, ...]:
    """What Josi knows about the athlete, most telling first. Session words are in the athlete's language."""
    readiness = context.readiness
    little = ", little data so far" if readiness.data_tier is DataTier.NONE else ""
    told = [
        *_athlete(context),
        Told(what="Readiness", text=f"{readiness.level}, {_STATE[readiness.state]}{little}"),
        *_planned(context, language),
        *([Told(what="Tier", text=tier_of(context))] if tier_of(context) is not Tier.COACH else []),
        *([Told(what="Persona", text=context.persona_id)] if context.persona_id is not Persona.BALANCED else []),
        *_memory(context),
        *(Told(what="Before: " + ("athlete" if t.role == "user" else "Josi"), text=t.message) for t in context.history),
        *([Told(what="Knowledge", text=context.knowledge)] if context.knowledge else []),
    ]
    return tuple(told)


def decision_in_words(decision: Decision) -> tuple[Told, ...]:
    """What the engine decided, its reasons, and what it held back."""
    reasons, caps = decision.rationale_bullets, decision.safety_caps_applied
    return (
        Told(what="Engine", text=_OUTCOME[decision.outcome]),
        *([Told(what="What", text=decision.workout_summary)] if decision.workout_summary else []),
        *(Told(what="Because", text=reason) for reason in reasons),
        *(Told(what="Held back", text=cap) for cap in caps),
    )


def _athlete(context: ChatContext) -> Iterator[Told]:
    profile = context.profile_summary
    if profile:
        known = [profile.name, profile.level, profile.sport, profile.goal_type and f"goal: {profile.goal_type}"]
        yield Told(what="Athlete", text=", ".join(word for word in known if word))
        if profile.current_phase and not context.has_session_context:
            yield Told(what="Phase", text=profile.current_phase)


def _planned(context: ChatContext, language: Language) -> Iterator[Told]:
    session = context.planned_session
    if session and context.has_session_context:
        words = f"{session_in_words(session, language)} ({session.structure_label}, {session.phase} phase)"
        yield Told(what="Planned today", text=words)
    if context.recent_auto_replan:
        yield Told(what="Plan eased", text=context.recent_auto_replan.summary)


def _memory(context: ChatContext) -> Iterator[Told]:
    if memory := context.athlete_memory:
        yield from (Told(what="Known", text=fact.fact) for fact in memory.key_facts)
        yield from (Told(what="Pattern", text=text) for text in memory.patterns)
        yield from (Told(what="Coach's note", text=text) for text in memory.coaching_notes)
