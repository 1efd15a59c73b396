"""Sports are read from the words of athletes, profiles and memories."""

import pytest

from josi.contract import Sport
from josi.sports import sport_of, sports_in

NAMED = {
    "an easy jog": ["run"],
    "parkrun on Saturday": ["run"],
    "a spin on the bike": ["bike"],
    "indoor trainer": ["bike"],
    "mountainbiken": ["bike"],
    "roller skis": ["ski"],
    "langlaufen": ["ski"],
    "inline skates": ["skate"],
    "schaatsen": ["skate"],
    "kettlebells at home": ["strength"],
    "a strength session": ["strength"],
    "krachttraining": ["strength"],
    "swimming": ["other"],
    "horse riding": ["other"],
    "zwemtraining": ["other"],
    "bike to the pool, then swim": ["bike", "other"],
    "Make me a workout": [],
    "good for strength": [],
    "in the long run": [],
    "I'm running late": [],
    "two days in a row": [],
    "walk me through my plan": [],
    "the train ride is cancelled": [],
    "my nose won't stop running": [],
    "ik heb er erg veel zin in": [],
}


@pytest.mark.parametrize(("text", "sports"), NAMED.items(), ids=NAMED)
def test_sports_are_found_in_their_order(text: str, sports: list[str]) -> None:
    assert [sport.value for sport in sports_in(text)] == sports


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
