from collections import Counter
from pathlib import Path

import pytest

from josi.contract import Action, GATCRequest, Level, State
from josi.red_flags import red_flag
from tasks.data.athletes import Language, People, load_people
from tasks.data.contexts import STATES, draw, known_sport
from tasks.data.expand import generator, rows, turn
from tasks.data.families import Setting
from tasks.data.noise import SHARE, typed
from tasks.data.scenarios import turn_text
from tasks.data.text import load_text

PEOPLE = load_people(Path("data"), [])


def test_every_family_appears_before_any_appears_twice_more(text: Path) -> None:
    project = load_text(text)
    drawn = list(rows(project.interpreter, 10, "s", lambda f, rng: turn(f, project.words, rng), turn_text, taken=set()))
    times = Counter(row.family.name for row in drawn)

    assert set(times) == {family.name for family in project.interpreter} and set(times.values()) <= {2, 3}
    assert len({turn_text(row) for row in drawn}) == 10


def test_a_family_that_has_nothing_new_to_say_ends_the_rows_and_not_the_program(text: Path) -> None:
    family = load_text(text).interpreter[2]
    made = list(rows([family], 5, "s", lambda f, rng: f.text, lambda said: said, taken=set()))

    assert made == [family.text]


def test_the_request_follows_from_slots_and_context(text: Path) -> None:
    project = load_text(text)
    wish, tired = project.interpreter[:2]
    first = turn(wish, project.words, generator("a"), noise=False)
    said = first.message

    assert first.request.sport == ("run" if "a run" in said else "bike")
    assert first.request.time_available_min == (40 if "40 minutes" in said else 60)
    for number in range(40):
        row = turn(tired, project.words, generator("b", number))
        sport = known_sport(row.context)
        assert row.request.free_text == row.message and row.request.date is None
        if sport:
            assert (row.request.sport, row.request.constraints and row.request.constraints.fatigue_hint) == (
                sport,
                "tired",
            )
        else:
            assert row.request.action is Action.CLARIFY and row.request.missing == ("sport",)
            assert row.request.constraints and row.request.constraints.fatigue_hint == "tired"


def test_a_question_carries_the_words_of_the_athlete(text: Path) -> None:
    project = load_text(text)
    row = turn(project.interpreter[2], project.words, generator("a"))

    assert row.request == GATCRequest(action="answer_question", free_text=row.message, question=row.message)


def test_contexts_fit_together_and_follow_the_setting() -> None:
    setting = Setting(session=True, sport=False, readiness=[Level.ORANGE, Level.RED])
    for number in range(100):
        context = draw(generator(number), setting, PEOPLE["en"])
        session = context.planned_session
        assert context.readiness.level in (Level.ORANGE, Level.RED)
        assert context.readiness.state in STATES[context.readiness.level]
        assert session is not None and session.target_zone.removeprefix("R") in session.structure_label
        assert known_sport(context) is None
    assert {draw(generator(n), Setting(session=False), PEOPLE["en"]).has_session_context for n in range(20)} == {False}


@pytest.mark.parametrize("language", PEOPLE)
def test_a_fact_that_names_a_sport_gives_that_sport(language: Language) -> None:
    for sport, written in PEOPLE[language].sport_facts.items():
        for fact in written:
            assert known_sport(draw(generator(1), Setting(sport=False, memory=(fact,)), PEOPLE[language])) == sport


def test_a_long_context_has_three_turns_and_a_full_memory_and_names_no_sport_that_is_not_known() -> None:
    for number in range(50):
        context = draw(generator(number), Setting(sport=False), PEOPLE["en"], long=True)
        assert len(context.history) >= 6 and context.athlete_memory
        assert len(context.athlete_memory.key_facts) >= 5 and len(set(context.athlete_memory.key_facts)) >= 5
        assert known_sport(context) is None


def test_a_fact_that_names_a_sport_it_should_not_is_refused() -> None:
    people = PEOPLE["en"].model_dump()

    with pytest.raises(ValueError, match="rides to work"):
        People.model_validate({**people, "facts": ("rides to work",)})


def test_about_one_line_in_seven_is_typed_in_a_hurry_and_slots_stay_whole() -> None:
    line = "Could you possibly make {a_sport} happen, that's what I'd like."
    typed_lines = [typed(line, generator(number)) for number in range(2000)]

    assert 0.10 < sum(found != line for found in typed_lines) / 2000 < SHARE + 0.02
    assert all("{a_sport}" in found for found in typed_lines)


def test_haste_makes_no_red_flag_of_a_harmless_line_and_may_hide_one() -> None:
    harmless, alarming = "I'm passing out medals at school", "I keep passing out in the shower"
    slipped = [typed(harmless, generator(number)) for number in range(4000)]

    assert len(set(slipped)) > 10
    assert not any(red_flag(line) for line in slipped)
    assert not all(red_flag(typed(alarming, generator(number))) for number in range(4000))


def test_a_lone_question_mark_is_typed_as_something() -> None:
    assert {typed("?", generator(number)) for number in range(500)} == {"?", "??"}


def test_states_are_those_of_the_contract() -> None:
    assert set(STATES) == set(Level) and {state for states in STATES.values() for state in states} == set(State)
