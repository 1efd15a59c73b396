"""The token budget: whatever comes, a prompt fits or there is an error. Cases: the vectors `budget`."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from josi import chat
from josi.budget import SHARES, Shown, budget_for, fit
from josi.contract import ChatContext
from josi.errors import BudgetError
from tests.josi.turns import context

WORDS = st.integers(0, 60).map(lambda number: "word " * number)
CONTEXTS = st.builds(
    lambda history, facts, notes, knowledge, name: context(
        history=[{"role": "user", "message": said} for said in history],
        athlete_memory={
            "key_facts": [{"fact": fact, "source": "behavior", "confidence": 0.5} for fact in facts],
            "coaching_notes": notes,
        },
        knowledge="\n".join(knowledge),
        profile_summary={"sport": "run", "name": name},
    ),
    st.lists(WORDS, max_size=12),
    st.lists(WORDS, max_size=6),
    st.lists(WORDS, max_size=5),
    st.lists(WORDS, max_size=4),
    WORDS,
)


def count(text: str) -> int:
    return len(text.split())


@given(CONTEXTS, WORDS, st.integers(256, 700), st.integers(0, 100))
@settings(max_examples=400, deadline=None)
def test_a_prompt_fits_and_holds_what_never_goes(where: ChatContext, message: str, size: int, output: int) -> None:
    shown, budget = Shown(system="Be kind.", message=message), budget_for(size, output)
    try:
        fitted = fit(shown, where, budget, count)
    except BudgetError as error:
        bare = context(profile_summary={"sport": "run"})
        assert error.tokens == count(shown.prompt(bare)) > error.limit == budget.prompt
        return

    prompt = shown.prompt(fitted.context)
    assert count(prompt) == fitted.tokens <= budget.prompt
    assert prompt.startswith("<|im_start|>system\nBe kind.<|im_end|>")
    assert message.strip() in prompt
    assert "- Readiness: Green (Recovered)\n- Sport: running" in prompt


@given(CONTEXTS, st.integers(256, 700))
@settings(max_examples=200, deadline=None)
def test_the_order_is_kept_and_what_fits_is_not_cut_again(where: ChatContext, size: int) -> None:
    shown, budget = Shown(system="Be kind.", message="Hi"), budget_for(size)
    try:
        fitted = fit(shown, where, budget, count)
    except BudgetError:
        return

    order = ["messages", "lines", "notes", "patterns", "facts", "lines of the profile"]
    went = [cut.what for cut in fitted.cuts]
    assert went == sorted(went, key=order.index)
    assert all(cut.removed == cut.of for cut in fitted.cuts[:-1])
    assert all(cut.after < cut.before for cut in fitted.cuts)
    assert fit(shown, fitted.context, budget, count).cuts == ()
    assert (fitted.context == where) == (fitted.cuts == ())


@pytest.mark.parametrize("size", [256, 1000, 1024, 2048, 4096])
def test_the_shares_add_up_to_the_plan(size: int) -> None:
    budget = budget_for(size)
    parts = [getattr(budget, part) for part in SHARES]

    assert sum(parts) == budget.planned <= size
    assert budget_for(4096).model_dump(exclude={"context_tokens"}) == dict(SHARES)


def test_the_history_that_is_kept_is_what_the_chat_shows() -> None:
    where = context(history=[{"role": "user", "message": str(number)} for number in range(20)])
    fitted = fit(
        Shown(system="", message="Hi"), where, budget_for(256, 136), lambda text: 8 * text.count("[user]") + 90
    )

    assert [turn.message for turn in fitted.context.history] == ["17", "18", "19"]
    assert chat.HISTORY == 8


def test_a_very_long_context_is_cut_with_few_counts() -> None:
    """Counting is what costs time in an app: its number grows with the logarithm of what there is to cut."""
    counted = []

    def counts(text: str) -> int:
        counted.append(text)
        return count(text)

    where = context(knowledge="\n".join("a line of knowledge" for _ in range(450)), profile_summary={"sport": "run"})
    fitted = fit(Shown(system="Be kind.", message="Hi"), where, budget_for(256, 100), counts)

    assert 0 < fitted.cuts[0].removed < 450
    assert len(counted) < 30
