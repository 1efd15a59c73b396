"""Numbers in figures and in words."""

import pytest

from josi.numbers import NUMBER_WORDS, bare_numbers, figures, numbers_in, value_of


@pytest.mark.parametrize("text", ["VO2 max", "vo2 work", "CO2", "H2O", "an MP3 player"])
def test_the_figure_of_a_name_is_no_number(text: str) -> None:
    assert figures(text) == frozenset()


@pytest.mark.parametrize(
    ("text", "values"),
    [("1h15", {1, 15}), ("run45", {45}), ("Z2 for 30min", {2, 30}), ("B12", {12}), ("1,5 or 2.5", {1.5, 2.5})],
)
def test_figures_beside_letters_are_numbers(text: str, values: set[float]) -> None:
    assert figures(text) == values


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("one hundred and twenty", 120),
        ("a hundred", 100),
        ("two hundred fifty-five", 255),
        ("honderdtwintig", 120),
        ("tweehonderdvijftig", 250),
        ("hundred", 100),
    ],
)
def test_hundreds_have_the_value_of_the_whole(word: str, value: int) -> None:
    assert value_of(word) == value
    assert numbers_in(f"about {word} in all") == {value}


def test_every_word_of_the_table_is_found_whole() -> None:
    assert {word: numbers_in(word) for word in NUMBER_WORDS} == {word: {value} for word, value in NUMBER_WORDS.items()}


def test_a_name_with_a_figure_leaves_no_bare_number() -> None:
    assert bare_numbers("VO2 max, 45 on the treadmill") == {45}


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("\u00bd a cup", {0.5}),
        ("1\u00bd cup", {1.5}),
        ("2 \u00be", {2, 0.75}),
        ("\u2468 laps", {9}),
        ("week \u2164", {5}),
        ("\u2776 and \u2464", {1, 5}),
        ("10\u00b3", {10, 3}),
        ("VO\u2082 max", set()),
        ("5\u00bd and 1,5", {5.5, 1.5}),
        ("\u2153 of it", {1 / 3}),
    ],
)
def test_signs_that_are_numbers_have_their_values(text: str, values: set[float]) -> None:
    assert figures(text) == values


def test_a_half_hour_on_the_watch_leaves_no_bare_number() -> None:
    assert bare_numbers("1\u00bd on the treadmill, then 45") == {45}
