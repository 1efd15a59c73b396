"""Durations are found in the ways athletes say them, and in nothing else."""

import pytest

from josi.durations import mentioned, minutes_in

STATED = {
    "45 minutes": 45,
    "about an hour": 60,
    "roughly an hour or so": 60,
    "45ish min": 45,
    "45-ish minutes please": 45,
    "two hours": 120,
    "an hour and a half": 90,
    "one and a half hours": 90,
    "two and a half hours": 150,
    "1h15": 75,
    "1h15m": 75,
    "1h 30min": 90,
    "2h": 120,
    "1:30 on the bike": 90,
    "0:45 run": 45,
    "half an hour": 30,
    "half-hour jog": 30,
    "a quarter of an hour": 15,
    "three quarters of an hour": 45,
    "90'": 90,
    "a 40-minute ride": 40,
    "50min run": 50,
    "I've got 35 mins": 35,
    "forty-five minutes": 45,
    "twenty five minutes": 25,
    "1.5 hours": 90,
    "1,5 uur fietsen": 90,
    "an hour and fifteen minutes": 75,
    "an hour and a quarter": 75,
    "a couple of hours": 120,
    "one or two hours": 60,
    "45 to 60 minutes": 45,
    "45-60 min": 45,
    "between 30 and 40 minutes": 30,
    "1-2 hours": 60,
    "a full hour": 60,
    "half an hour to 45 min": 30,
    "what can I do in 45 minutes": 45,
    "over an hour, I hope": 60,
    "drie kwartier": 45,
    "een kwartier": 15,
    "anderhalf uur": 90,
    "een uurtje hardlopen": 60,
    "een half uur": 30,
    "halfuurtje": 30,
    "twee en een half uur": 150,
    "tweeënhalf uur": 150,
    "vijfenveertig minuten": 45,
    "ik heb 1u30": 90,
    "een uur en een kwartier": 75,
    "30 tot 45 minuten": 30,
    "Run 45": 45,
    "Gym 60": 60,
    "I rode two hours yesterday, so give me 40 minutes": 40,
}
NOT_STATED = [
    "in two hours",
    "I have to leave in 45 minutes",
    "over een uur",
    "over 90 minuten moet ik weg",
    "10k",
    "a 5 km run",
    "5 days",
    "Z2",
    "zone 3 please",
    "I'm 45",
    "At 64 I still love running",
    "my 45-year-old knees",
    "at 18:30",
    "om 7 uur",
    "tot 8 uur",
    "I run 5:30/km",
    "a 3:30 marathon",
    "25 km an hour",
    "6 x 3 min intervals",
    "I slept 5 hours",
    "8 hours of sleep",
    "6 hours a week",
    "5 uur per week",
    "an hour ago",
    "every two hours",
    "the last 24 hours",
    "twee uur geleden",
    "300 watts",
    "make me a run",
    "",
]


@pytest.mark.parametrize(("text", "minutes"), STATED.items(), ids=STATED)
def test_a_stated_duration_is_found(text: str, minutes: int) -> None:
    assert minutes_in(text) == minutes


@pytest.mark.parametrize("text", NOT_STATED)
def test_what_is_no_duration_is_left_alone(text: str) -> None:
    assert minutes_in(text) is None


def test_lengths_of_other_things_are_mentioned_but_not_stated() -> None:
    text = "I slept 5 hours, wake me in 30 minutes"

    assert [item.minutes for item in mentioned(text)] == [300, 30]
    assert [text[item.start : item.end] for item in mentioned(text)] == ["5 hours", "30 minutes"]
