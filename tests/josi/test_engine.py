"""The reference engine, case by case: outcome, what it decides, and what it must or must not say."""

from itertools import product

import pytest

from josi.contract import Action, ChatContext, GATCRequest, Level, Outcome, Phase, ReplanType, State, Tier
from josi.engine import ReferenceEngine, session_in_words
from josi.language import words
from josi.language.checks import check_answer
from josi.records import Severity
from tests.josi.engine_cases import CASES, NL, Case, replan, workout
from tests.josi.turns import asked, context, planned


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_the_engine_decides(case: Case) -> None:
    decision = ReferenceEngine().decide(case.request, case.context)

    assert (decision.outcome.value, decision.workout_summary) == (case.outcome, case.summary)
    assert len(decision.safety_caps_applied) == len(case.caps)
    assert all(piece in cap for piece, cap in zip(case.caps, decision.safety_caps_applied, strict=True))
    assert case.why in " | ".join(decision.rationale_bullets)


def everything() -> list[tuple[GATCRequest, ChatContext]]:
    """Every action, replan type, level, state, tier and phase, in both languages, with and without a session."""
    requests = [
        *(asked(action, text=text) for action in Action for text in ("Please help me", NL)),
        *(replan(kind, text=text) for kind in ReplanType for text in ("Please help me", NL)),
        *(workout(goal=goal, text=text) for goal in ("vo2", "recovery") for text in ("Please help me", NL)),
    ]
    contexts = [
        context(tier=tier, readiness={"level": level, "state": state}, **(planned(phase=phase) if phase else {}))
        for tier, level, state, phase in product(Tier, Level, State, (None, *Phase))
    ]
    return list(product(requests, contexts))


def test_no_decision_is_without_a_reason_or_speaks_in_internals() -> None:
    forbidden = words.pattern((*words.INTERNALS, *words.JARGON))
    for request, where in everything():
        decision = ReferenceEngine().decide(request, where)
        clauses = (*decision.rationale_bullets, *decision.safety_caps_applied)

        assert decision.rationale_bullets
        assert not forbidden.search(" ".join((decision.workout_summary, *clauses)))
        assert all(clause[0].islower() and clause[-1] not in ".!?" for clause in clauses)
        assert decision.workout_summary == "" or decision.workout_summary[0].islower()


def test_no_gate_is_ever_overridden() -> None:
    hard = ("Z3", "Z4", "Z5")
    for request, where in everything():
        decision = ReferenceEngine().decide(request, where)
        if decision.outcome is not Outcome.WORKOUT:
            continue
        if where.readiness.level is Level.RED or where.readiness.state is State.ILLNESS_RISK:
            assert decision.workout_summary in ("a full rest day", "een volledige rustdag")
        if where.readiness.level is Level.ORANGE or where.readiness.state is State.OVERREACHED:
            assert not any(zone in decision.workout_summary for zone in hard)


def test_what_stands_around_the_engines_words_keeps_the_language_rules() -> None:
    for request, where in everything()[::7]:
        decision = ReferenceEngine().decide(request, where)
        because, here = ("omdat", "Hier is") if request.free_text == NL else ("because", "Here is")
        workout_part = f"{here} {decision.workout_summary}, " if decision.workout_summary else ""
        cap = f" {decision.safety_caps_applied[0]}." if decision.safety_caps_applied else ""
        answer = f"{workout_part}{because} {decision.rationale_bullets[0]}.{cap}"
        found = check_answer(answer, context=where, decision=decision, message=request.free_text)

        assert [f for f in found if f.severity is Severity.BLOCK and f.check != "stop"] == []


def test_the_same_request_gets_the_same_decision() -> None:
    assert ReferenceEngine().decide(workout(), context()) == ReferenceEngine().decide(workout(), context())


def test_a_session_in_words_names_only_what_the_plan_names() -> None:
    session = context(**planned(target_zone="Z2", target_duration_min=75)).planned_session
    assert session is not None

    assert session_in_words(session, "en") == "an easy 75 min session in Z2"
    assert session_in_words(session, "nl") == "een rustige training van 75 min in Z2"
