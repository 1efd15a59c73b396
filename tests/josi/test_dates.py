"""Days are resolved from the day at the athlete's place."""

from datetime import date

import pytest

from josi.dates import date_in

TODAY = date(2026, 3, 4)  # a Wednesday

DAYS = {
    "a run today": date(2026, 3, 4),
    "something for tonight": date(2026, 3, 4),
    "this afternoon please": date(2026, 3, 4),
    "tomorrow": date(2026, 3, 5),
    "the day after tomorrow": date(2026, 3, 6),
    "on Saturday": date(2026, 3, 7),
    "run on sat": date(2026, 3, 7),
    "Monday morning": date(2026, 3, 9),
    "Wednesday": date(2026, 3, 4),
    "next Wednesday": date(2026, 3, 11),
    "Monday next week": date(2026, 3, 9),
    "Friday next week": date(2026, 3, 13),
    "in 3 days": date(2026, 3, 7),
    "at the weekend": date(2026, 3, 7),
    "2026-03-20": date(2026, 3, 20),
    "on 4 April": date(2026, 4, 4),
    "May 2nd": date(2026, 5, 2),
    "1 March": date(2027, 3, 1),
    "move Monday's run to Friday": date(2026, 3, 6),
    "push Saturday's ride till Sunday": date(2026, 3, 8),
    "I rested on Monday, no wait, a run for Friday": date(2026, 3, 9),
    "vandaag": date(2026, 3, 4),
    "vanavond hardlopen": date(2026, 3, 4),
    "morgen": date(2026, 3, 5),
    "morgenochtend": date(2026, 3, 5),
    "overmorgen": date(2026, 3, 6),
    "zaterdagochtend": date(2026, 3, 7),
    "volgende week vrijdag": date(2026, 3, 13),
    "over drie dagen": date(2026, 3, 7),
    "verzet hem naar zondag": date(2026, 3, 8),
    "op 5 mei": date(2026, 5, 5),
}
NO_DAY = [
    "make me a run",
    "I sat on the bike",
    "the sun is out",
    "since Monday my legs are heavy",
    "last Saturday was great",
    "yesterday",
    "on Mondays I swim",
    "goedemorgen, goede morgen",
    "good morning",
    "I may run",
    "31 February",
    "sinds maandag",
    "2026-13-40",
]


@pytest.mark.parametrize(("text", "day"), DAYS.items(), ids=DAYS)
def test_a_named_day_is_resolved(text: str, day: date) -> None:
    assert date_in(text, TODAY) == day


@pytest.mark.parametrize("text", NO_DAY)
def test_what_names_no_day_ahead_gives_none(text: str) -> None:
    assert date_in(text, TODAY) is None


@pytest.mark.parametrize("text", ["this weekend", "dit weekend"])
def test_the_weekend_is_today_when_it_has_begun(text: str) -> None:
    assert date_in(text, date(2026, 3, 8)) == date(2026, 3, 8)
