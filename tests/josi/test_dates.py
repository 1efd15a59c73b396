"""Days are resolved from the day at the athlete's place. What each form means stands in the vectors `date`."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from josi.dates import date_in, days_in

WEEKDAYS = ("Monday", "dinsdag", "Wednesday", "donderdag", "Friday", "zaterdag", "Sunday")


@settings(deadline=None)
@given(st.dates(date(2020, 1, 1), date(2100, 1, 1)), st.sampled_from(WEEKDAYS))
def test_a_weekday_is_within_the_next_week_whatever_today_is(today: date, name: str) -> None:
    day = date_in(f"a session on {name}", today)

    assert day is not None
    assert day.weekday() == WEEKDAYS.index(name)
    assert today <= day < today + timedelta(days=7)


@settings(deadline=None)
@given(st.text(max_size=60), st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_any_text_is_read(text: str, today: date) -> None:
    day = date_in(text, today)

    assert (day is None) == (days_in(text, today) == ())


@pytest.mark.parametrize("text", ["this weekend", "dit weekend"])
def test_the_weekend_is_today_when_it_has_begun(text: str) -> None:
    assert date_in(text, date(2026, 3, 8)) == date(2026, 3, 8)
