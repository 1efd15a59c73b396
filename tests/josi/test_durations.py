"""Lengths of time: what is mentioned and what is stated. What each form means stands in the vectors `duration`."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from josi.durations import mentioned, minutes_in, stated


def test_lengths_of_other_things_are_mentioned_but_not_stated() -> None:
    text = "I slept 5 hours, wake me in 30 minutes"

    assert [item.minutes for item in mentioned(text)] == [300, 30]
    assert [text[item.start : item.end] for item in mentioned(text)] == ["5 hours", "30 minutes"]
    assert stated(text) == ()


@pytest.mark.parametrize(
    ("text", "ends"), [("45 to 60 minutes", (45, 60)), ("one to two hours", (60, 120)), ("30 tot 45 min", (30, 45))]
)
def test_a_range_knows_both_its_ends(text: str, ends: tuple[int, int]) -> None:
    (item,) = stated(text)

    assert (item.minutes, item.most) == ends


@settings(deadline=None)
@given(st.text(max_size=80))
def test_any_text_is_read_and_places_lie_within_it(text: str) -> None:
    found = mentioned(text)

    assert all(0 <= item.start < item.end <= len(text) for item in found)
    assert minutes_in(text) is None or minutes_in(text) > 0
