"""The governor: what is cut, what never is, and that a second time changes nothing. Cases: the vectors `governor`."""

from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from josi.governor import MOST_WORDS, WISHED_WORDS, govern
from josi.language.care import speaks_of_care
from josi.language.questions import Asked, kinds
from josi.language.sentences import sentences
from josi.postprocess import STOP_AND_SEEK_CARE

PIECES = (
    "How do your legs feel?",
    "Ready?",
    "Klaar?",
    "Why?",
    "Because your readiness is yellow.",
    "Who wouldn't want that?",
    "That was tough, wasn't it?",
    "Stay in Z2.",
    "Ride 45 min. in Z2,",
    "Use a flat road, e.g. the canal.",
    "At 8 a.m. it is cool.",
    "Stop training now and see a doctor.",
    "Have you called your GP?",
    "Rustig aan vandaag!",
    "Hoe voelen je benen?",
    "and then the",
    "1.",
    "\n",
    "\U0001f642",
    "The best part?",
    '"Can I talk?"',
    "(right?)",
    "word " * 30,
)
TEXTS = st.one_of(
    st.lists(st.sampled_from(PIECES), max_size=14).map(" ".join),
    st.text(alphabet="aZ2? .!,\n\"')\u2026eg", max_size=60),
    st.text(max_size=80),
)


@given(TEXTS, st.integers(1, MOST_WORDS))
@settings(max_examples=600, deadline=None)
def test_governing_twice_changes_nothing_more(text: str, most_words: int) -> None:
    once = govern(text, most_words=most_words)

    assert govern(once.text, most_words=most_words) == once.model_copy(update={"steps": ()})


@given(TEXTS)
@settings(max_examples=400, deadline=None)
def test_a_governed_answer_keeps_the_rules_of_the_dialogue(text: str) -> None:
    said = sentences(govern(text).text)
    asked = kinds(said)

    assert sum(kind is not Asked.NOTHING for kind in asked) <= 1
    answered_care = asked[:1] == (Asked.ANSWERED,) and speaks_of_care(said[0].text)
    assert len(said) <= 1 or asked[0] in (Asked.NOTHING, Asked.RHETORICAL) or answered_care
    words = sum(len(one.text.split()) for one in said)
    assert words <= WISHED_WORDS or all(speaks_of_care(one.text) for one in said[1:])


@given(TEXTS)
@settings(max_examples=400, deadline=None)
def test_a_question_of_care_at_the_start_is_never_lost(text: str) -> None:
    assert "Have you called your GP" in govern(f"Have you called your GP?\n{text}").text


@given(TEXTS)
@settings(max_examples=400, deadline=None)
def test_words_of_care_are_never_lost(text: str) -> None:
    def of_care(said: str) -> list[str]:
        return sorted(one.text.rstrip("?!. \"')") for one in sentences(said) if speaks_of_care(one.text))

    care = "Stop training now and see a doctor."

    assert care.rstrip(".") in " ".join(of_care(govern(f"{text}\n{care}").text))


@given(TEXTS)
@settings(max_examples=300, deadline=None)
def test_sentences_join_to_their_text(text: str) -> None:
    assert "".join(one.text + one.gap for one in sentences(text)) == text.strip()


@pytest.mark.parametrize("text", STOP_AND_SEEK_CARE.values())
def test_the_fixed_words_of_a_medical_stop_are_left_alone(text: str) -> None:
    assert govern(text, most_words=1).text == text


@pytest.mark.parametrize("piece", ["Yes. ", "Is it? ", "Ready? ", "The best part? ", "Have you seen a doctor? "])
def test_an_answer_that_repeats_itself_is_governed_at_once(piece: str) -> None:
    """A model in a loop must not hang the app: each step parses the text once, whatever it takes away."""
    began = process_time()
    govern(piece * 1000)

    assert process_time() - began < 2


@pytest.mark.parametrize("most_words", [0, 101, -5])
def test_a_limit_beyond_the_hard_one_is_refused(most_words: int) -> None:
    with pytest.raises(ValueError, match="a limit of 1 to 100 words"):
        govern("Enjoy.", most_words=most_words)
