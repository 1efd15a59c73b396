"""What red flags and illness promise beyond their cases, which stand in the vectors `red_flag` and `illness`."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from josi.illness import is_recovering
from josi.red_flags import red_flag

VECTORS = Path("schemas/vectors")
SYMPTOMS = (
    "my chest hurts",
    "I feel dizzy",
    "I fainted",
    "my heart skips beats",
    "ik ben duizelig",
    "pijn op de borst",
)


def cases(rule: str) -> list[dict[str, str | None]]:
    lines = (VECTORS / f"{rule}.jsonl").read_text("utf-8").splitlines()
    return [{"text": case["input"]["text"], "kind": case["expected"]} for case in map(json.loads, lines)]


@settings(deadline=None)
@given(
    st.sampled_from(SYMPTOMS), st.sampled_from(["", ", but give me a run", "! 60 minutes please", " and I want vo2"])
)
def test_no_wish_behind_a_symptom_takes_it_back(symptom: str, wish: str) -> None:
    assert red_flag(symptom + wish) is not None


def test_a_harmless_phrase_never_hides_a_symptom_in_the_next_sentence() -> None:
    harmless = [case["text"] for case in cases("red_flag") if case["kind"] is None]
    hidden = [text for text in harmless if red_flag(f"{text}. And my chest hurts.") is None]

    assert harmless
    assert hidden == []


@pytest.mark.parametrize(
    ("text", "over"), [("I'm over the flu now", True), ("ik ben weer beter", True), ("I'm sick", False)]
)
def test_an_illness_that_is_over_is_told_from_one_that_is_not(text: str, over: bool) -> None:
    assert is_recovering(text) is over
