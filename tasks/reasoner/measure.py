"""What the held-back answers come to: per label, where labels are confused, and which rows go wrong."""

from collections.abc import Mapping, Sequence
from typing import Any

from josi.reasoner.engine import CAP
from josi.records import Record
from tasks.private import masked
from tasks.reasoner.lines import Row
from tasks.reasoner.numbers import Share, share

MOST_WRONG = 25


class OfLabel(Record):
    """`recall`: of its rows, how many were told right. `precision`: of those told to be it, how many are."""

    label: str
    rows: int
    recall: Share
    precision: Share


class Wrong(Record):
    """A row that was told wrong in most repeats. `said` and `confidence` are those of its mean confidences."""

    line: int
    prompt: str
    label: str
    said: str
    confidence: float
    wrong: float


class Measured(Record):
    """From answers to rows that were held back. Counts of the confusion (label, then said) are means over repeats."""

    labels: tuple[OfLabel, ...]
    confusion: Mapping[str, Mapping[str, float]]
    wrong: tuple[Wrong, ...]
    wrong_in_all: int


def measure(rows: Sequence[Row], labels: Sequence[str], scores: Any) -> Measured:
    """`scores` is repeats x rows x labels."""
    import numpy

    known = numpy.array([labels.index(row.label) for row in rows])
    said = scores.argmax(axis=2)
    table = numpy.stack(
        [
            [(said[:, known == own] == other).sum() / len(said) for other in range(len(labels))]
            for own in range(len(labels))
        ]
    )
    wrong = _wrong(rows, labels, scores, said != known)
    return Measured(
        labels=tuple(_of_label(label, i, table) for i, label in enumerate(labels)),
        confusion={
            label: {other: float(table[i, j]) for j, other in enumerate(labels)} for i, label in enumerate(labels)
        },
        wrong=tuple(wrong[:MOST_WRONG]),
        wrong_in_all=len(wrong),
    )


def _of_label(label: str, place: int, table: Any) -> OfLabel:
    own, told, right = round(float(table[place].sum())), float(table[:, place].sum()), float(table[place, place])
    trials = max(1, round(told)) if told else 0
    precision = share(right / told * trials if told else 0.0, trials)
    return OfLabel(label=label, rows=own, recall=share(right, own), precision=precision)


def _wrong(rows: Sequence[Row], labels: Sequence[str], scores: Any, wrong: Any) -> list[Wrong]:
    """The most confident first: those are labels to look at again, or words that mislead."""
    from scipy.special import softmax

    mean = softmax(scores, axis=2).mean(axis=0)
    rate = wrong.mean(axis=0)
    found = [
        Wrong(
            line=row.line,
            prompt=masked(row.prompt),
            label=row.label,
            said=labels[int(mean[i].argmax())],
            confidence=min(CAP, float(mean[i].max())),
            wrong=float(rate[i]),
        )
        for i, row in enumerate(rows)
        if rate[i] > 0.5
    ]
    return sorted(found, key=lambda one: (-one.confidence, one.line))
