"""Sports of profiles. Which words of a message name a sport stands in the vectors `sport`."""

import pytest

from josi.contract import Sport
from josi.sports import sport_of


@pytest.mark.parametrize(
    ("profile", "sport"),
    [
        ("run", Sport.RUN),
        ("running", Sport.RUN),
        ("Cycling", Sport.BIKE),
        ("curling", Sport.OTHER),
        ("", None),
        (None, None),
    ],
)
def test_a_profile_names_a_sport_by_enum_or_by_word(profile: str | None, sport: Sport | None) -> None:
    assert sport_of(profile) is sport


@pytest.mark.parametrize("sport", Sport)
def test_every_sport_is_known_by_its_chat_words(sport: Sport) -> None:
    from josi.chat import SPORT_WORDS

    assert sport_of(SPORT_WORDS[sport.value]) is sport
