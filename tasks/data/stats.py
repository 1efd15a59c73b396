"""What a set of rows is like: counts, lengths in words and variety. No tokenizer is needed."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from josi.examples import Example
from josi.records import Record


class Lengths(Record):
    """Words per text."""

    median: int
    p95: int
    longest: int


class SetStats(Record):
    """One file of examples. `distinct` gives the share of n-grams of the athletes' words that are different.

    `families` counts ways of saying a thing, `largest_family` is the greatest share of rows that one of them has, and
    `answers` counts targets that differ.
    """

    rows: int
    families: int
    largest_family: float
    answers: int
    by_topic: Mapping[str, int]
    by_category: Mapping[str, int]
    by_language: Mapping[str, int]
    by_source: Mapping[str, int]
    prompt_words: Lengths
    target_words: Lengths
    distinct: Mapping[int, float]


def stats_of(examples: Sequence[Example]) -> SetStats:
    """The figures of one set."""
    said = [_said(example) for example in examples]
    families = Counter(example.family for example in examples)
    return SetStats(
        rows=len(examples),
        families=len(families),
        largest_family=round(max(families.values(), default=0) / max(1, len(examples)), 4),
        answers=len({example.messages[-1].content for example in examples}),
        by_topic=_counted(topic for example in examples for topic in example.topics),
        by_category=_counted(example.category for example in examples),
        by_language=_counted(example.language for example in examples),
        by_source=_counted(example.source for example in examples),
        prompt_words=lengths([_words(m.content for m in example.messages[:-1]) for example in examples]),
        target_words=lengths([_words([example.messages[-1].content]) for example in examples]),
        distinct={n: distinct(said, n) for n in (1, 2, 3)},
    )


def lengths(counts: Sequence[int]) -> Lengths:
    """Median, 95th percentile and longest; zeros for no texts."""
    ordered = sorted(counts) or [0]
    last = len(ordered) - 1
    return Lengths(median=ordered[last // 2], p95=ordered[round(last * 0.95)], longest=ordered[-1])


def distinct(texts: Sequence[str], n: int) -> float:
    """Distinct-n (Li et al. 2016): different n-grams of words over all n-grams; 0 for no texts."""
    grams = Counter(
        tuple(words[i : i + n]) for words in (text.lower().split() for text in texts) for i in range(len(words) - n + 1)
    )
    return round(len(grams) / grams.total(), 4) if grams else 0.0


def _said(example: Example) -> str:
    return example.messages[-2].content.split("\n\n", 1)[0]


def _words(texts: Iterable[str]) -> int:
    return sum(len(text.split()) for text in texts)


def _counted(values: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(values).items()))
