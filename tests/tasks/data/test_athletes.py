"""Who athletes are and what they talked about before: it must fit before every message, so it may decide nothing.

Conversations, small talk and memory are drawn at random into any row. What they said of a sport, a length of time, a
day or a pain would be the label of a row that never saw it.
"""

from collections import Counter
from collections.abc import Iterator

import pytest

from josi.language import check_given, language_of
from josi.memory import Kind, learn_all
from tasks.data.athletes import Dialogue, Language, load_people
from tasks.data.text import TEXT
from tests.tasks.data.open_ends import DAYS, OF_MEMORY, OPEN, WEEKDAY, Line, alike, holding

FAULTS: list[str] = []
PEOPLE = load_people(TEXT, FAULTS)
FEWEST: dict[str, dict[Language, int]] = {
    "dialogues": {"en": 100, "nl": 30},
    "small_talk": {"en": 30, "nl": 15},
    "facts": {"en": 110, "nl": 50},
    "patterns": {"en": 40, "nl": 18},
    "notes": {"en": 35, "nl": 16},
}
MEMORY = ("facts", "patterns", "notes")
TALK: list[tuple[Language, Dialogue]] = [
    (language, talk) for language, people in PEOPLE.items() for talk in (*people.dialogues, *people.small_talk)
]
SAID: list[Line] = [(language, text) for language, talk in TALK for _, text in talk]
KNOWN: list[Line] = [
    (language, text) for language, people in PEOPLE.items() for kind in MEMORY for text in getattr(people, kind)
]
TELLING = 5  # words from which a text says by itself which language it is in
LONGEST = 40  # words of a message


def answers() -> Iterator[tuple[str, str, str]]:
    """Each line of the assistant, with everything said before it and the message it answers."""
    for _, talk in TALK:
        for place, (role, text) in enumerate(talk):
            if role == "assistant":
                yield text, "\n".join(line for _, line in talk[:place]), talk[place - 1][1]


def test_the_files_load_without_a_fault() -> None:
    assert FAULTS == []


@pytest.mark.parametrize("kind", FEWEST)
def test_there_are_enough_of_each_kind_in_both_languages(kind: str) -> None:
    found = {language: len(getattr(people, kind)) for language, people in PEOPLE.items()}

    assert all(found[language] >= least for language, least in FEWEST[kind].items()), found


def test_athlete_and_coach_take_turns_and_the_coach_speaks_last() -> None:
    assert [talk for _, talk in TALK if [role for role, _ in talk] != ["user", "assistant"] * (len(talk) // 2)] == []
    assert {len(talk) for people in PEOPLE.values() for talk in people.dialogues} == {6, 8}
    assert [text for _, text in SAID if not 1 <= len(text.split()) <= LONGEST] == []


@pytest.mark.parametrize("what", OPEN)
def test_no_conversation_leaves_open(what: str) -> None:
    assert holding(what, SAID) == []


def test_no_conversation_teaches_anything_but_a_way_of_life() -> None:
    learned = [learn_all((text for role, text in talk if role == "user"), DAYS[0]) for _, talk in TALK]

    assert [fact for one in learned for fact in one.facts if fact.kind is not Kind.LIFESTYLE] == []
    assert [gone for one in learned for gone in one.withdrawn if gone.kind is not Kind.LIFESTYLE] == []


def test_what_the_coach_said_keeps_the_language_rules() -> None:
    found = [(text, check_given(text, given=given, message=message)) for text, given, message in answers()]

    assert [(text, findings) for text, findings in found if findings] == []


def test_no_conversation_ends_with_a_question_and_few_lines_of_the_coach_ask() -> None:
    asking = [text for text, _, _ in answers() if "?" in text]

    assert [talk[-1][1] for _, talk in TALK if "?" in talk[-1][1]] == []
    assert len(asking) <= 0.05 * len(list(answers()))


def test_every_line_that_is_long_enough_is_in_its_language() -> None:
    assert [text for wanted, text in SAID if len(text.split()) >= TELLING and language_of(text) != wanted] == []


def test_no_two_conversations_are_alike() -> None:
    openings = [talk[0][1] for _, talk in TALK]
    whole = [" ".join(text for _, text in talk) for _, talk in TALK]

    assert alike(openings) == []
    assert alike(whole) == []


def test_no_line_is_said_twice() -> None:
    assert [
        text for text, times in Counter(text for _, text in SAID if len(text.split()) > 1).items() if times > 1
    ] == []


@pytest.mark.parametrize("what", OF_MEMORY)
def test_no_memory_holds(what: str) -> None:
    assert holding(what, KNOWN) == []


def test_no_fact_wishes_for_a_day() -> None:
    assert [fact for people in PEOPLE.values() for fact in people.facts if WEEKDAY.search(fact)] == []


def test_no_two_memories_are_alike() -> None:
    assert [pair for kind in MEMORY for people in PEOPLE.values() for pair in alike(list(getattr(people, kind)))] == []


@pytest.mark.parametrize(
    ("what", "language", "text"),
    [
        ("a sport", "en", "I took the dog for a walk"),
        ("a sport", "nl", "Ik kom net van de sportschool"),
        ("a length of time", "en", "It took me half an hour to find it"),
        ("a length of time", "nl", "Dat kostte me een uurtje"),
        ("a number", "en", "That was a good one"),
        ("a number", "nl", "Ik heb er drie gegeten"),
        ("a day", "en", "Better luck tomorrow"),
        ("a day", "nl", "Zaterdag zijn we op een feest"),
        ("a red flag", "en", "I nearly fainted with laughter"),
        ("an illness", "en", "I have a nasty cold"),
        ("an injury", "nl", "heeft een gevoelige knie"),
        ("training, readiness or phase", "en", "You look tired to me"),
        ("training, readiness or phase", "nl", "Mijn schema ligt op de koelkast"),
    ],
)
def test_a_line_that_leaves_something_open_is_found(what: str, language: Language, text: str) -> None:
    assert holding(what, [(language, text)]) == [text]
