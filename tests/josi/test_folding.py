"""Text as it looks, for matching."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from josi.folding import folded, unspelt


@pytest.mark.parametrize(
    ("text", "looks"),
    [
        ("\uff24\uff49\uff5a\uff5a\uff59", "Dizzy"),
        ("di\u00adz\u200bz\u2060y", "dizzy"),
        ("d\u0456zzy", "dizzy"),
        ("c\u04bb\u0435st", "chest"),
        ("\u03c1ain", "pain"),
        ("fa\u0301inte\u0302d", "fainted"),
        ("it\u2019s", "it's"),
        ("my chest\u2026 hurts", "my chest  hurts"),
        ("plain words, 45 min!", "plain words, 45 min!"),
    ],
)
def test_letters_become_what_they_look_like(text: str, looks: str) -> None:
    assert folded(text) == looks


@given(st.text())
def test_nothing_that_takes_no_room_is_left(text: str) -> None:
    left = {unicodedata.category(letter) for letter in folded(text)} if not text.isascii() else set()

    assert not left & {"Mn", "Me", "Cf"}
    assert folded(folded(text)) == folded(text)


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("c h e s t pain", "chest pain"),
        ("d-i-z-z-y", "dizzy"),
        ("I am a b C", "I am a b C"),
        ("1 2 3 4 5", "1 2 3 4 5"),
    ],
)
def test_only_words_that_are_spelt_out_are_joined(text: str, whole: str) -> None:
    assert unspelt(text) == whole
