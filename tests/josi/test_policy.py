"""Confidence and tiers: what holds for every request. Cases stand in the vectors `confidence` and `tier`."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from josi.confidence import SAY_SO, UNDERSTOOD, Band, weigh
from josi.contract import Action, GATCRequest, Outcome, Tier
from josi.engine import ReferenceEngine
from josi.language import Language, language_of
from josi.tiers import ALLOWED, Gate, gate, lower
from tests.josi.turns import TODAY, asked, context

ACTIONS = [asked(action) for action in Action]
STOP = asked("clarify", missing=["medical_clearance"], clarify_message="Stop.")


def sure(request: GATCRequest, confidence: float | None) -> GATCRequest:
    return request.model_copy(update={"confidence": confidence})


@given(st.sampled_from([*ACTIONS, STOP]), st.none() | st.floats(0, 1))
def test_no_confidence_ever_turns_a_question_or_a_stop_into_something_else(
    request: GATCRequest, confidence: float | None
) -> None:
    weighed = weigh(sure(request, confidence), request.free_text)

    if request.action is Action.CLARIFY:
        assert (weighed.band, weighed.request) == (Band.ACT, sure(request, confidence))
    assert (weighed.request.action is Action.CLARIFY) == (
        request.action is Action.CLARIFY or (confidence is not None and confidence < 0.5)
    )


@given(st.sampled_from(ACTIONS), st.floats(0, 1))
def test_weighing_twice_changes_nothing_more(request: GATCRequest, confidence: float) -> None:
    once = weigh(sure(request, confidence), request.free_text).request

    assert weigh(once, request.free_text).request == once


@pytest.mark.parametrize("answer", ["Enjoy.", "Enjoy. Ready?", "Ready? Enjoy."])
@pytest.mark.parametrize("message", ["A run please", "Een rondje hardlopen graag"])
def test_an_answer_with_a_check_holds_at_most_one_question(answer: str, message: str) -> None:
    spoken = weigh(asked("create_workout", text=message, confidence=0.6), message).spoken(answer)

    assert spoken.count("?") == 1
    assert spoken.startswith(answer)


@pytest.mark.parametrize("answer", ["", " "])
def test_an_answer_without_words_is_not_hidden_behind_the_check(answer: str) -> None:
    assert weigh(asked("create_workout", confidence=0.6), "A run please").spoken(answer) == answer


@pytest.mark.parametrize("language", ["en", "nl"])
def test_what_is_appended_is_in_its_language(language: Language) -> None:
    assert [language_of(table[language]) for table in (UNDERSTOOD, SAY_SO)] == [language, language]


@pytest.mark.parametrize(("tier", "mode"), list(product(Tier, Tier)))
def test_no_tier_and_no_mode_keeps_a_medical_stop_back(tier: Tier, mode: Tier) -> None:
    where = context(tier=tier, mode=mode)

    assert gate(STOP, lower(tier, mode), where.today) is Gate.STOP
    assert ReferenceEngine().decide(STOP, where).outcome is Outcome.STOP


@pytest.mark.parametrize(("tier", "mode"), list(product(Tier, Tier)))
def test_the_lower_of_tier_and_mode_counts_in_both_orders(tier: Tier, mode: Tier) -> None:
    assert lower(tier, mode) is lower(mode, tier)
    assert ALLOWED[lower(tier, mode)] == ALLOWED[tier] & ALLOWED[mode]


@pytest.mark.parametrize(("request_", "tier"), list(product(ACTIONS, Tier)))
def test_the_engine_declines_exactly_what_the_rule_holds_back(request_: GATCRequest, tier: Tier) -> None:
    where = context(tier=tier, today=TODAY)
    held = gate(request_, tier, where.today) is not Gate.OPEN

    assert (ReferenceEngine().decide(request_, where).outcome is Outcome.DECLINED) == held
    assert held == (request_.action not in ALLOWED[tier])
