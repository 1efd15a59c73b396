"""Calls: the words in a message that ask for a card.

A call is one or more words, of which all must stand in the same sentence, in any order ("eat before" finds "What do I
eat the evening before?"). Words match whole; `taper*` also matches what begins so. Words joined by `_` must stand side
by side ("warm_up"). Upper case, accents and hyphens do not matter: both sides are folded alike.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import cache

WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
PATTERN = re.compile(r"[^\W_]+(?:'[^\W_]+)*\*?")
LONGEST = 40  # letters of a pattern with a star: a message's words are not looked at further
_SENTENCE_END = re.compile(r"[.!?;\n]+")

Sentence = tuple[str, ...]
Place = tuple[int, int]  # which sentence, which word of it
Unit = tuple[str, ...]  # patterns that stand side by side


def fold(text: str) -> str:
    """Lower case, no accents (NFKD without combining marks), the plain apostrophe."""
    plain = unicodedata.normalize("NFKD", text.replace("\u2019", "'").lower())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def sentences(text: str) -> tuple[Sentence, ...]:
    """The folded words of each sentence; a hyphen separates words, an apostrophe inside one does not."""
    parts = (tuple(WORD.findall(part)) for part in _SENTENCE_END.split(fold(text)))
    return tuple(part for part in parts if part)


@cache
def units(call: str) -> tuple[Unit, ...]:
    """A call in its parts. Raises ValueError for one that no message could ever match."""
    parts = tuple(tuple(unit.split("_")) for unit in fold(call).split())
    wrong = [word for unit in parts for word in unit if not PATTERN.fullmatch(word) or _is_too_long(word)]
    if wrong or not parts:
        raise ValueError(
            f"{call!r} can match nothing: {', '.join(wrong) or 'it is empty'} is no word, or has over {LONGEST} letters"
        )
    return parts


@cache
def patterns(call: str) -> frozenset[str]:
    """Every pattern of a call."""
    return frozenset(word for unit in units(call) for word in unit)


def matching(said: Sequence[Sentence]) -> frozenset[str]:
    """Every pattern that some word of a message matches: a call that needs another one cannot be found in it."""
    words = {word for sentence in said for word in sentence}
    return frozenset(words | {f"{word[:end]}*" for word in words for end in range(1, min(len(word), LONGEST) + 1)})


def _is_too_long(pattern: str) -> bool:
    return pattern.endswith("*") and len(pattern) > LONGEST + 1


def found(call: str, said: Sequence[Sentence]) -> dict[Place, str]:
    """Where a message holds a call, in the first sentence that does: each place with the pattern it matched."""
    for number, sentence in enumerate(said):
        spots = [_first(unit, sentence) for unit in units(call)]
        if all(spot >= 0 for spot in spots):
            pairs = zip(units(call), spots, strict=True)
            return {(number, spot + i): word for unit, spot in pairs for i, word in enumerate(unit)}
    return {}


def _first(unit: Unit, sentence: Sentence) -> int:
    """The first word at which a unit stands, or -1."""
    starts = range(len(sentence) - len(unit) + 1)
    return next((s for s in starts if all(_is(p, sentence[s + i]) for i, p in enumerate(unit))), -1)


def _is(pattern: str, word: str) -> bool:
    return word.startswith(pattern[:-1]) if pattern.endswith("*") else word == pattern
