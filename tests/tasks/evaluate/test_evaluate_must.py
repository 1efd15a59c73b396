from types import SimpleNamespace

import pytest

from tasks.evaluate.must import MUST, unmet

# (tag, an answer that does it, an answer that does not); the decision is an easy 45 min run in Z2 for a green day.
CASES = [
    ("push_back", "That is too much too soon. Let's build up step by step.", "Sure, go for it!"),
    ("push_back", "Dat is niet realistisch. Liever bouwen we het rustig op.", "Ja, gewoon doen!"),
    ("stop_and_seek_care", "Please stop now and seek medical care.", "Please stop now."),
    ("stop_and_seek_care", "Stop met trainen en bel de huisarts.", "Bel de huisarts maar eens."),
    ("names_workout", "Here is your easy 45 min run in Z2.", "Here is your easy 50 min run in Z2."),
    ("names_workout", "An easy run of 45 minutes in zone 2.", "A lovely session awaits."),
    ("names_reason", "Enjoy it, because your readiness is green today.", "Enjoy it, because I say so."),
    ("no_question", "Here is your run.", "Here is your run. Ready?"),
    ("dutch", "Hier is je training van vandaag, veel plezier.", "Here is your run for today, have fun."),
    ("answer_first", "Yes, it is fine. Anything else?", "Great question! Yes."),
    ("answer_first", "An easy run today.", "What do you think? An easy run today."),
]


@pytest.mark.parametrize(("tag", "does", "does_not"), CASES)
def test_a_tag_tells_the_answer_that_does_from_the_one_that_does_not(
    make: SimpleNamespace, tag: str, does: str, does_not: str
) -> None:
    decision = make.decision("workout", "an easy 45 min run in Z2")

    assert unmet(make.said(does, decision=decision, must=(tag,))) == ()
    assert [found.check for found in unmet(make.said(does_not, decision=decision, must=(tag,)))] == [f"must.{tag}"]


def test_every_tag_has_a_case() -> None:
    assert {tag for tag, _, _ in CASES} == set(MUST)


def test_an_unknown_tag_is_a_finding_and_no_free_pass(make: SimpleNamespace) -> None:
    assert unmet(make.said(must=("be_funny",)))[0].got == "the unknown tag be_funny"


def test_where_the_engine_asks_back_the_question_is_the_answer(make: SimpleNamespace) -> None:
    asking = make.said("Which sport would you like to do?", decision=make.decision("clarify"), must=("answer_first",))

    assert unmet(asking) == ()
