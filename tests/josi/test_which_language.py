"""Which language a message is in."""

import pytest

from josi.language import language_of


@pytest.mark.parametrize(
    "text",
    [
        "Moi, hoe gaat 't?",
        "Goeienavond allemaal",
        "hardloop trainnig graag",
        "Even kijken hoor",
        "Even",
        "Twintig minuutjes op de rollenbank",
        "zin in een rondje",
        "Train me, coach! Ik voel me uitgerust.",
    ],
)
def test_dutch_is_heard(text: str) -> None:
    assert language_of(text) == "nl"


@pytest.mark.parametrize(
    "text",
    [
        "Saturday's even better",
        "even pace or not?",
        "Friday works even better for me",
        "hmm",
        "Gym 45",
        "I want it sooner",
    ],
)
def test_english_is_heard(text: str) -> None:
    assert language_of(text) == "en"
