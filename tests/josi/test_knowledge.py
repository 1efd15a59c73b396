"""Choosing coaching cards: what vectors do not say."""

import pytest
from pydantic import ValidationError

from josi.chat import user_turn
from josi.contract import Action
from josi.engine import ReferenceEngine
from josi.knowledge import BUDGET, Knowledge, KnowledgeCard, choose, weigh, with_knowledge
from josi.knowledge.calls import LONGEST, fold, found, matching, sentences, units
from tests.josi.turns import asked, context

QUESTION = "Is a rest day useful for me?"


def card(name: str, *calls: str, **changes: object) -> KnowledgeCard:
    said = {"title": name.title(), "text": f"About {name}.", "calls": calls or (name,)}
    given = {"id": name, "topic": "recovery", "source": "a test alone", "review": {"state": "draft"}, "en": said}
    return KnowledgeCard.model_validate({**given, "nl": said, **changes})


REST, SLEEP = card("rest", "rest_day*"), card("sleep", "useful")


def words(text: str) -> int:
    return len(text.split())


def test_chosen_cards_stand_under_knowledge_one_a_line() -> None:
    given = with_knowledge(QUESTION, context(), [REST, SLEEP], words)

    request = asked("answer_question", QUESTION)
    turn = user_turn(QUESTION, given, decision=ReferenceEngine().decide(request, given), request=request)

    assert "[KNOWLEDGE]\nAbout rest.\n\n[INTERPRETER]" in turn


def test_a_context_that_holds_knowledge_is_left_alone() -> None:
    given = context(knowledge="The app chose this.")

    assert with_knowledge(QUESTION, given, [REST], words) is given


def test_without_a_fitting_card_the_context_stays_as_it_is() -> None:
    given = context()

    assert with_knowledge("Who won the Tour?", given, [REST], words) is given


@pytest.mark.parametrize("action", [Action.CREATE_WORKOUT, Action.REPLAN, Action.CLARIFY])
def test_nothing_stands_beside_a_decision_about_training(action: Action) -> None:
    assert with_knowledge(QUESTION, context(), [REST], words, BUDGET, action).knowledge is None


def test_the_block_that_is_counted_is_the_one_that_stands_there() -> None:
    """Counting cards one by one would forget what joins them."""
    two = [card("coffee"), card("breakfast")]
    seen: list[str] = []

    def count(text: str) -> int:
        seen.append(text)
        return words(text)

    chosen = choose("Does coffee replace breakfast?", context(), two, 100, count)

    assert seen[-1] == with_knowledge("Does coffee replace breakfast?", context(), two, words).knowledge
    assert len(chosen) == 2


def test_the_choice_tells_why() -> None:
    resting = card("rest", "rest_day*", fits={"readiness": ["Red"]})

    (choice,) = weigh(QUESTION, context(readiness={"state": "Overreached", "level": "Red"}), [resting])

    assert choice.calls == ("rest_day*",)
    assert choice.fits == ("readiness",)
    assert choice.text == "About rest."


def test_the_order_of_the_cards_changes_nothing() -> None:
    cards = [card(name) for name in ("coffee", "breakfast", "nerves")]

    def ids(given: list[KnowledgeCard]) -> list[str]:
        return [choice.card.id for choice in choose("Coffee and breakfast?", context(), given, 99, words)]

    assert ids(cards) == ids(cards[::-1]) == ["breakfast", "coffee"]


@pytest.mark.parametrize("call", ["", "*", "rest__day", "a-b", "t*per", "**", "wow!"])
def test_a_call_that_could_match_nothing_is_refused(call: str) -> None:
    with pytest.raises(ValueError, match="can match nothing"):
        units(call)


def test_folding_takes_accents_case_and_curly_apostrophes() -> None:
    assert fold("Één CAFÉ, ik weet \u2019t") == "een cafe, ik weet 't"
    assert sentences("Rest-day? Can\u2019t!") == (("rest", "day"), ("can't",))


def test_a_match_names_its_places() -> None:
    assert found("eat before", sentences("Before I go, I eat.")) == {(0, 4): "eat", (0, 0): "before"}


def test_a_reviewed_card_names_reviewer_and_date() -> None:
    with pytest.raises(ValidationError, match="names its reviewer"):
        card("rest", review={"state": "reviewed"})
    assert card("rest", review={"state": "reviewed", "reviewer": "Kim", "date": "2026-01-31"}).review.reviewer == "Kim"


def test_a_set_holds_each_id_once_in_order_and_comes_back_from_its_bytes() -> None:
    knowledge = Knowledge(cards=(REST, SLEEP))

    assert Knowledge.model_validate_json(knowledge.to_bytes()) == knowledge
    for wrong in ((SLEEP, REST), (REST, REST)):
        with pytest.raises(ValidationError, match="each id stands once"):
            Knowledge(cards=wrong)


def test_a_word_without_an_end_asks_for_little_memory() -> None:
    assert sum(map(len, matching([("a" * 20_000,)]))) < 25_000
    assert "resting*" in matching([("restingly",)])


def test_a_call_longer_than_what_is_looked_for_can_match_nothing() -> None:
    assert units("a" * LONGEST + "*")
    with pytest.raises(ValueError, match="can match nothing"):
        units("a" * (LONGEST + 1) + "*")


def test_the_longest_beginning_of_a_word_is_still_found() -> None:
    long = card("long", "a" * LONGEST + "*")

    assert weigh(f"what about {'a' * 300}", context(), [long])[0].card == long
