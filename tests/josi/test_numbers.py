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
