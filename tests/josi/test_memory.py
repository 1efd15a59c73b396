"""Memory: what holds for every fact and every store. Cases stand in the vectors `memory_*`."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from josi.chat import user_turn
from josi.contract import AthleteMemory, MemoryFact, Sport
from josi.language import words
from josi.memory import (
    MOST_FACTS,
    MOST_NOTES,
    MOST_PATTERNS,
    Fact,
    Kind,
    Learned,
    Observation,
    Store,
    Withdrawal,
    estimated_tokens,
    fit,
    learn,
    learn_all,
    merge,
    taken_back,
)
from josi.memory.goals import EVENTS, Event
from josi.memory.sports import SPORTS
from josi.postprocess import postprocess
from josi.sports import sports_in
from tests.josi.turns import asked, context

TODAY = date(2026, 3, 4)
SAYS = (
    "I run in the mornings and I have a sore left knee",
    "I don't cycle any more, I mainly swim now",
    "Ik werk in ploegen en ik train nooit op maandag",
    "I usually have 45 minutes on weekdays",
    "I'm training for a marathon under 4 hours",
    "My knee is fine now",
    "Mornings don't work for me, evenings suit me best",
    "I have two small kids and I sleep badly",
)


def known(subject: str, confidence: float = 0.85, **changes: object) -> Fact:
    given_ = {"kind": "lifestyle", "subject": subject, "value": "yes", "fact": subject, "source": "conversation"}
    return Fact.model_validate({**given_, "confidence": confidence, "learned_at": TODAY, **changes})


turns = st.lists(st.tuples(st.sampled_from(SAYS), st.integers(0, 30)), max_size=8)


def stores(said: list[tuple[str, int]]) -> Iterator[tuple[Store, Learned]]:
    """The store before each turn of a life, and what the turn teaches."""
    store = Store()
    for text, day in said:
        learned = learn(text, TODAY + timedelta(days=day))
        yield store, learned
        store = merge(store, learned)


@given(turns)
def test_merging_the_same_turn_again_changes_nothing(said: list[tuple[str, int]]) -> None:
    for store, learned in stores(said):
        once = merge(store, learned)

        assert merge(once, learned) == once


def in_order(fact: Fact) -> tuple[float, int, int, str]:
    return -fact.confidence, -fact.learned_at.toordinal(), list(Kind).index(fact.kind or Kind.GOAL), fact.subject


@given(turns)
def test_a_store_holds_one_fact_of_a_subject_in_order_of_value(said: list[tuple[str, int]]) -> None:
    for store, _ in stores(said):
        subjects = [(fact.kind, fact.subject) for fact in store.facts]

        assert len(set(subjects)) == len(subjects) <= MOST_FACTS
        assert list(store.facts) == sorted(store.facts, key=in_order)


def test_no_store_is_above_its_caps_whatever_goes_in() -> None:
    many = tuple(known(f"way {number}", number / 100) for number in range(40, 70))
    seen = tuple(Observation(text=f"seen {n}", confidence=n / 100, learned_at=TODAY) for n in range(40, 60))
    store = merge(Store(facts=many, patterns=seen, notes=seen), Learned(facts=many[:9]), patterns=seen, notes=seen)

    assert (len(store.facts), len(store.patterns), len(store.notes)) == (MOST_FACTS, MOST_PATTERNS, MOST_NOTES)
    assert min(fact.confidence for fact in store.facts) == 0.55
    assert store.shown() == AthleteMemory(
        key_facts=tuple(MemoryFact(fact=f.fact, source=f.source, confidence=f.confidence) for f in store.facts),
        patterns=tuple(f"seen {n}" for n in range(59, 54, -1)),
        coaching_notes=tuple(f"seen {n}" for n in range(59, 54, -1)),
    )


def test_what_is_shown_to_a_model_has_no_dates_and_no_subjects() -> None:
    store = merge(Store(), learn("I have a sore left knee", TODAY))
    block = user_turn("Hi", context(athlete_memory=store.shown())).split("MEMORY:")[1]

    assert block.strip() == "- Facts: has a sore left knee"


@pytest.mark.parametrize("name", SPORTS)
def test_a_fact_of_a_sport_names_it_in_the_words_that_answer_which_sport(name: str) -> None:
    sport = SPORTS[name]

    for text in (*sport.fact.values(), *(f"main sport is {noun}" for noun in sport.noun.values())):
        assert sports_in(text)[:1] == (sport.sport,), text


@pytest.mark.parametrize("event", [event for name, event in EVENTS.items() if "sk" not in name])
def test_a_goal_names_no_sport_that_it_does_not_mean(event: Event) -> None:
    """The memory answers "which sport?": a marathon is not said to be a run, nor a tour to be a ride."""
    facts = [fact.fact for text in event[1:] for fact in learn(f"I'm training for {text}", TODAY).facts]

    assert facts
    assert [sports_in(fact) for fact in facts] == [()] * len(facts)


@pytest.mark.parametrize("text", SAYS)
def test_no_fact_but_one_of_a_sport_names_a_sport(text: str) -> None:
    others = [fact.fact for fact in learn(text, TODAY).facts if fact.kind is not Kind.SPORT]

    assert [sports_in(fact) for fact in others] == [()] * len(others)


@pytest.mark.parametrize("text", SAYS)
def test_facts_are_in_plain_words(text: str) -> None:
    forbidden = words.pattern((*words.INTERNALS, *words.JARGON))

    assert not any(forbidden.search(fact.fact) for fact in learn(text, TODAY).facts)


@pytest.mark.parametrize("text", SAYS)
def test_a_conversation_of_one_message_teaches_what_the_message_does(text: str) -> None:
    assert learn_all([text], TODAY) == learn(text, TODAY)


@pytest.mark.parametrize("text", ["", "?", "...", "\n\n", "\U0001f4aa", "a" * 50_000, "i run, " * 5_000])
def test_odd_messages_are_read_without_an_error(text: str) -> None:
    assert all(fact.kind is Kind.SPORT for fact in learn(text, TODAY).facts)


def test_a_withdrawal_does_not_reach_what_was_learned_after_it() -> None:
    later = known("knee", kind="injury", learned_at=TODAY + timedelta(days=1))
    gone = Withdrawal(kind=Kind.INJURY, subject="knee", learned_at=TODAY)

    assert merge(Store(facts=(later,)), Learned(withdrawn=(gone,))).facts == (later,)
    assert merge(Store(facts=(later.model_copy(update={"learned_at": TODAY}),)), Learned(withdrawn=(gone,))).facts == ()


FULL = AthleteMemory(
    key_facts=tuple(MemoryFact(fact=f"fact number {n}", source="behavior", confidence=0.5 + n / 40) for n in range(15)),
    patterns=tuple(f"pattern number {n}" for n in range(5)),
    coaching_notes=tuple(f"note number {n}" for n in range(5)),
)


@given(st.integers(0, 420))
def test_a_block_keeps_its_budget_and_loses_whole_entries_only(budget: int) -> None:
    fitted = fit(FULL, budget=budget)
    left = [*(fact.fact for fact in fitted.memory.key_facts), *fitted.memory.patterns, *fitted.memory.coaching_notes]
    given_ = [*(fact.fact for fact in FULL.key_facts), *FULL.patterns, *FULL.coaching_notes]

    assert fitted.tokens == estimated_tokens(fitted.block) <= budget
    assert sorted([*left, *fitted.dropped]) == sorted(given_)
    assert all(text in fitted.block for text in left)


@given(st.integers(0, 200), st.integers(0, 200))
def test_a_larger_budget_never_drops_more(one: int, other: int) -> None:
    less, more = sorted((one, other))

    assert set(fit(FULL, budget=more).dropped) <= set(fit(FULL, budget=less).dropped)


def test_the_tokens_are_those_of_the_counter_that_is_handed_in() -> None:
    fitted = fit(FULL, budget=20, tokens=lambda text: len(text.split()))

    assert fitted.tokens == len(fitted.block.split()) <= 20
    assert len(fitted.dropped) > 0


def test_the_block_is_the_one_of_the_chat_text() -> None:
    assert fit(FULL, budget=400).block in user_turn("Hi", context(athlete_memory=FULL))


CYCLIST = context(
    profile_summary={"sport": "cycling"},
    athlete_memory={
        "key_facts": [
            {"fact": "swims", "source": "conversation", "confidence": 0.95},
            {"fact": "main sport is running", "source": "conversation", "confidence": 0.85},
            {"fact": "has a sore knee", "source": "conversation", "confidence": 0.85},
        ]
    },
)
MESSAGE_FIRST = {
    "Make me a workout, I don't cycle any more": ("run", "sport_from_memory"),
    "Anything but cycling today please": ("run", "sport_from_memory"),
    "Geen zin in fietsen, maak iets anders voor me": ("run", "sport_from_memory"),
    "Not the bike, a swim please": ("other", "sport_from_message"),
    "I don't cycle any more, I skate now. A workout please": ("skate", "sport_from_message"),
    "I don't swim any more, a hike please": ("other", "sport_from_message"),
    "I haven't been on the bike for weeks, a ride please": ("bike", ""),
    "Not a long ride, something short": ("bike", ""),
}


@pytest.mark.parametrize("message", MESSAGE_FIRST)
def test_the_message_beats_profile_and_memory(message: str) -> None:
    request, repairs = postprocess(asked("create_workout", text=message, sport="bike"), message, CYCLIST)
    sport, repair = MESSAGE_FIRST[message]

    assert request.sport == sport
    assert repair in (*repairs, "")


def test_what_is_declined_and_known_from_nowhere_else_is_asked_for() -> None:
    request, repairs = postprocess(
        asked("create_workout", text="No run please", sport="run"),
        "No run please",
        context(profile_summary={"sport": "run"}),
    )

    assert (request.missing, repairs) == (("sport",), ("sport_asked",))


HEALED = {
    "My knee is fine now, a run please": None,
    "Mijn knie is weer goed, een duurloop graag": None,
    "My knee is fine, but my back is sore. A run please": "back",
    "My left knee is fine now, but my right knee hurts. A run please": "knee",
    "My knee is fine when I'm on the bike, a run please": "knee",
    "A run please": "knee",
}


@pytest.mark.parametrize("message", HEALED)
def test_an_injury_that_the_message_calls_healed_is_none(message: str) -> None:
    remembered = asked("create_workout", text=message, sport="run", constraints={"injury": "knee"})
    request, repairs = postprocess(remembered, message, CYCLIST)

    assert (request.constraints.injury if request.constraints else None) == HEALED[message]
    assert ("injury_withdrawn" in repairs) == (HEALED[message] != "knee")


def test_other_limits_stay_when_an_injury_goes() -> None:
    said = "My knee is fine now but I'm tired, a run please"
    stated = asked("create_workout", text=said, sport="run", constraints={"injury": "knee", "fatigue_hint": "tired"})
    request, _ = postprocess(stated, said, CYCLIST)

    assert request.constraints is not None
    assert (request.constraints.injury, request.constraints.fatigue_hint) == (None, "tired")


def test_nothing_is_taken_back_by_an_ordinary_request() -> None:
    back = taken_back("A 45 min run please")

    assert (back.sports, back.injuries, back.hurting) == ((), (), ())
    assert sports_in(back.message) == (Sport.RUN,)
