"""Grounded decoding: what the context holds can be said, an invented number or zone cannot."""

import re
import unicodedata
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blocks.gbnf import GrammarEngine
from josi.durations import mentioned
from josi.grounded import grounded_grammar
from josi.language.checks import zones_in
from josi.numbers import figures, numbers_in

DAY = """I have forty-five minutes, does my knee (90%) like 7,5 km?

CONTEXT:
- Session: Z2 60min "3x8min Z4 / 4min Z1" (base phase)

GATC RESULT:
- Workout: an easy 45 min run in Z2
- Why: you slept an hour and a quarter less"""


@pytest.fixture(scope="module")
def engine() -> Iterator[GrammarEngine]:
    with GrammarEngine() as engine:
        yield engine


GROUNDED = [
    "Take it easy today.",
    "",
    "45 minutes in Z2, not 60.",
    "45",
    "You have 45, and 45 it is.",
    "A 45-minute run, then 3 x 8 min in Z4.",
    "Stay in zone 2, or zones 1 and 2, or Z1-Z2, or Z1 to 2, or Zone-4.",
    "Blijf in Z1 tot en met Z2, of Z1 en 2.",
    "Your planned 1 hour becomes 45min; 1 uur is te veel, 1h too.",
    "7.5 km or 7,5 km, at 90%.",
    "1 hour 15 less sleep: 1:15, 1h15, 1 uur en 15.",
    "Z2. 4 times Z4, 8 min each (4). Then rest!",
    "Only 3. Then 8.",
    "Pizza at 8? Freeze at 4.",
    "Lukasz, Łukasz, José: mooi zo \u2013 geniet ervan \U0001f600 \u201cquoted\u201d \u2026",
]

INVENTED = [
    "30 minutes in Z2.",
    "450 minutes",
    "4 5 6",
    "Z3 is for another day.",
    "Stay in zone 3, please.",
    "zones 1 and 3",
    "Z2-Z5",
    "Z2 \u2013 3",
    "Z1 to 3",
    "Z1 of 3",
    "Z2 and 5",
    "7.4 km",
    "45.5 minutes",
    "4.5 km",
    "60,8",
    "2 hours",
    "2 min",
    "Z45 min",
    "1.5 hours",
    "1 reason",
    "1 hat",
    "1:30",
    "1 hour 45.5",
    "zone 8",
    "zone-3",
    "ZONE 3",
    "7",
    "Run 5k",
    "٣ minutes",
    "\uff13 minutes",
    "\U0001d7d1 minutes",
    "a\nb",
    "a\tb",
    "a\x7f",
    "\u202e54",
]


@pytest.mark.parametrize("answer", GROUNDED)
def test_what_was_given_can_be_said(answer: str, engine: GrammarEngine) -> None:
    assert engine.refused(grounded_grammar(DAY), answer) is None


@pytest.mark.parametrize("answer", INVENTED)
def test_what_was_not_given_cannot_be_said(answer: str, engine: GrammarEngine) -> None:
    assert not engine.accepts(grounded_grammar(DAY), answer)


def test_without_any_number_no_digit_can_be_said(engine: GrammarEngine) -> None:
    rules = grounded_grammar("Hello there")

    assert engine.accepts(rules, "Hello! Good to see you.")
    assert not any(engine.accepts(rules, f"{lead}{digit}") for lead in ("", "Z", "zone ") for digit in "0123456789")


def test_a_name_in_any_script_that_the_context_holds_can_be_said(engine: GrammarEngine) -> None:
    assert engine.accepts(grounded_grammar("PROFILE:\n  Name: 李娜 ]^-\\"), "Rustig aan, 李娜 ]^-\\.")
    assert not engine.accepts(grounded_grammar("PROFILE:\n  Name: Nina"), "Rustig aan, 李娜.")


def _reach(text: str) -> set[float]:
    """All values that an answer to this text can hold in figures."""
    lengths = {minutes for item in mentioned(text) for minutes in (item.minutes, item.most)}
    parts = {part for minutes in lengths for part in (minutes, minutes / 60, minutes // 60, minutes % 60)}
    return {*numbers_in(text), *parts}


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200))
def test_it_parses_whatever_the_context_holds(engine: GrammarEngine, context: str) -> None:
    assert engine.accepts(grounded_grammar(context), "A calm day.")


PIECES = [
    *"0123456789",
    "12",
    "45",
    "90",
    "Z",
    "z",
    "zone ",
    "Zones ",
    "-",
    "\u2013",
    " ",
    ".",
    ",",
    ":",
    " to ",
    " and ",
]
PIECES += [
    " en ",
    " tot ",
    " of ",
    "or",
    " min",
    " hour",
    "h",
    " uur",
    "half an hour",
    "drie kwartier",
    "x",
    "é",
    "½",
    "٣",
]
TALK = st.lists(st.sampled_from(PIECES), max_size=14).map("".join)


@settings(max_examples=600, deadline=None)
@given(context=TALK, answer=TALK)
def test_no_figure_and_no_zone_comes_from_nowhere(engine: GrammarEngine, context: str, answer: str) -> None:
    if engine.accepts(grounded_grammar(context), answer):
        assert zones_in(answer) <= zones_in(context)
        assert figures(answer) <= _reach(context)


@settings(max_examples=300, deadline=None)
@given(context=TALK, words=st.lists(st.integers(0, 400).map(str), max_size=4))
def test_bare_numbers_are_said_exactly_where_they_were_given(
    engine: GrammarEngine, context: str, words: list[str]
) -> None:
    answer = " km, ".join(words)
    without_zones = re.sub(r"\b(?:z|zones?[ -]?)[1-8]\b", " ", context, flags=re.IGNORECASE)

    assert engine.accepts(grounded_grammar(context), answer) == (figures(answer) <= numbers_in(without_zones))


def test_no_other_sign_for_a_number_is_among_the_free_characters(engine: GrammarEngine) -> None:
    rules = grounded_grammar("Hello")
    every = [chr(code) for code in range(0x80, 0x110000) if unicodedata.category(chr(code)) in ("Nd", "No", "Nl", "Cc")]

    assert len(every) > 1700
    assert [sign for sign in every if engine.accepts(rules, f"a{sign}")] == []


@pytest.mark.parametrize("sign", ["\u00bd", "\u00b3", "\u2468", "\u2164", "\u2464", "\u2776", "\U0001f51f"])
def test_a_sign_for_a_number_is_not_free_even_where_the_context_holds_it(sign: str, engine: GrammarEngine) -> None:
    """ "2" and "\u00bd" would make "2\u00bd"; the value itself can be said in figures."""
    rules = grounded_grammar(f"A cup of {sign} and 2 more")

    assert not engine.accepts(rules, f"2{sign}")
    assert not engine.accepts(rules, f"Take {sign}.")


def test_what_a_sign_means_can_be_said_in_figures(engine: GrammarEngine) -> None:
    rules = grounded_grammar("Level \u2468, \u00be cup")

    assert engine.accepts(rules, "9 and 0.75, or 0,75.")
    assert engine.accepts(grounded_grammar("one and a half hours"), "1\u00bd hour, 1.5 hours.")
