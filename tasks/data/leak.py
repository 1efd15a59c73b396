"""Nothing that models are judged by may be a rewording of a line they learned from.

Lines are compared with slots masked, so that "a run of 40 minutes" and "a ride of an hour" are one phrasing. MinHash
(datasketch) proposes near pairs, exact overlaps decide.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache, cached_property
from typing import TYPE_CHECKING

from josi.records import Finding
from tasks.data.families import Family, Slots
from tasks.data.phrase import Phrase
from tasks.data.slots import SLOT

if TYPE_CHECKING:
    from datasketch import MinHash

SHINGLE = 3  # characters
PERMUTATIONS = 128
PROPOSED = 0.3  # Jaccard of shingles from which MinHash proposes a pair
SAME_CHARACTERS = 0.55  # Jaccard of shingles: the same line with a word or two changed
SAME_WORDS = 0.75  # Jaccard of words: the same words in another order
FEWEST_WORDS = 4  # shorter lines share their words by chance: only equal ones count

# Slots that say the same kind of thing are one mask: a single letter, so that masks weigh little beside real words.
KINDS = {"a_sport": "sport", "sporting": "sport", "minutes": "duration", "other_day": "day"}
MASKS = "αβγδεζηθικλμνξοπρστυφχψω"
NUMBER = "ø"


class Shape:
    """A masked line in the forms that are compared."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words = frozenset(text.split())

    @cached_property
    def shingles(self) -> frozenset[str]:
        padded = f" {self.text} "
        return frozenset(padded[i : i + SHINGLE] for i in range(len(padded) - SHINGLE + 1))


class Masker:
    """Replaces slots, and in filled text the words that fill them, by the kind of thing they say."""

    def __init__(self, slots: Slots) -> None:
        names = sorted({KINDS.get(name, name) for by_name in slots.values() for name in by_name})
        self._masks = {name: MASKS[number % len(MASKS)] for number, name in enumerate(names)}
        kinds: dict[str, str] = {}
        for by_name in slots.values():
            for name, fillings in by_name.items():
                for filling in fillings:
                    kinds.setdefault(plain(filling.say), self._mask(name))
        self._kinds = {phrase: kind for phrase, kind in kinds.items() if phrase}
        longest_first = sorted(self._kinds, key=len, reverse=True)
        self._phrases = re.compile(r"\b(?:" + "|".join(map(re.escape, longest_first)) + r")\b" if kinds else r"(?!)")

    def template(self, text: str) -> Shape:
        """A family's line, slots and all."""
        return self.filled(SLOT.sub(lambda slot: f" {self._mask(slot.group(1))} ", text))

    def filled(self, text: str) -> Shape:
        """A line as an athlete wrote it."""
        masked = self._phrases.sub(lambda found: self._kinds[found.group()], plain(text))
        return Shape(re.sub(r"\b\d+\b", NUMBER, masked))

    def _mask(self, slot: str) -> str:
        return self._masks.get(KINDS.get(slot, slot), MASKS[-1])


class Index:
    """The lines that are judged by; asked for each line that is learned from."""

    def __init__(self, phrases: Sequence[tuple[Phrase, Shape]]) -> None:
        from datasketch import MinHashLSH

        self._phrases = phrases
        self._lsh = MinHashLSH(threshold=PROPOSED, num_perm=PERMUTATIONS)
        for number, (_, shape) in enumerate(phrases):
            self._lsh.insert(number, minhash(shape))

    def near(self, shape: Shape) -> Iterable[tuple[Phrase, str]]:
        """Each indexed phrase that `shape` rewords, with the measure that says so."""
        for number in sorted(self._lsh.query(minhash(shape))):
            phrase, other = self._phrases[number]
            reason = overlap(shape, other)
            if reason:
                yield phrase, reason


def overlap(one: Shape, other: Shape) -> str:
    """Why two masked lines count as one phrasing, or an empty string."""
    if one.text == other.text:
        return "the same words"
    if min(len(one.words), len(other.words)) < FEWEST_WORDS:
        return ""
    characters = jaccard(one.shingles, other.shingles)
    if characters >= SAME_CHARACTERS:
        return f"{characters:.0%} of its letters in threes"
    words = jaccard(one.words, other.words)
    return f"{words:.0%} of its words" if words >= SAME_WORDS else ""


def leaks(training: Sequence[Family], judged: Sequence[Phrase], slots: Slots) -> tuple[Finding, ...]:
    """A finding for each evaluation line that rewords a training line; it names both."""
    masker = Masker(slots)
    index = Index([(phrase, masker.template(phrase.text)) for phrase in judged])
    return tuple(
        Finding(
            check="leak",
            where=phrase.where,
            expected="a phrasing that training never sees",
            got=f"{phrase.text!r} is {reason} of {family.text!r} ({family.where})",
            remedy="Reword the evaluation line, or take the training line out.",
        )
        for family in training
        for phrase, reason in index.near(masker.template(family.text))
    )


class Guard:
    """Tells for the words of any row whether they are those of an evaluation prompt."""

    def __init__(self, judged: Sequence[Phrase], slots: Slots) -> None:
        self._masker = Masker(slots)
        self._index = Index([(phrase, self._masker.template(phrase.text)) for phrase in judged])
        self._known: dict[str, str] = {}

    def reason(self, said: str) -> str:
        """Which evaluation line the words reword and how, or an empty string."""
        if said not in self._known:
            near = next(iter(self._index.near(self._masker.filled(said))), None)
            self._known[said] = f"{near[1]} of {near[0].where}" if near else ""
        return self._known[said]


def minhash(shape: Shape, permutations: int = PERMUTATIONS) -> object:
    minhash = _empty(permutations).copy()
    minhash.update_batch([shingle.encode() for shingle in sorted(shape.shingles)])
    return minhash


@cache
def _empty(permutations: int) -> "MinHash":
    """Its permutations take half the time of a hash: they are drawn once."""
    from datasketch import MinHash

    return MinHash(num_perm=permutations, seed=1)


def jaccard(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other)


def plain(text: str) -> str:
    """Small letters and words only: accents, apostrophes and punctuation are no difference."""
    bare = unicodedata.normalize("NFKD", text.lower()).replace("'", "").replace("\u2019", "")
    return " ".join(re.findall(r"\w+", "".join(c for c in bare if not unicodedata.combining(c))))
