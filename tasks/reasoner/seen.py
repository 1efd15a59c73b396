"""Which rows a model has already learned from: only others may be asked to compare it with a new one."""

from collections.abc import Sequence

from josi.reasoner import Payload
from josi.records import Record
from tasks.reasoner.lines import Row
from tasks.reasoner.numbers import Share

FEW = 0.1  # share of rows all of whose tokens a model knows; above that, it kept every token of what it learned from
MOST = 0.9  # share of a model's tokens that stand in the rows; above that, it learned from these rows


class Provenance(Record):
    """What is remembered of a model that we made: the rows it learned from (`Row.mark`) and its honest accuracy."""

    key: str
    run: str
    payload_sha256: str
    model_name: str
    marks: tuple[str, ...]
    accuracy: Share
    written_at: str


def fresh(rows: Sequence[Row], payload: Payload, known: Provenance | None) -> tuple[list[int], str]:
    """The places of the rows that are new to a model, and how that is known."""
    if known is not None:
        marks = frozenset(known.marks)
        return [i for i, row in enumerate(rows) if row.mark not in marks], "by what is remembered of it"
    return _by_vocabulary(rows, payload), "judging by its vocabulary"


def _by_vocabulary(rows: Sequence[Row], payload: Payload) -> list[int]:
    """A model that keeps every token has all those of its rows; one that dropped some still has none from elsewhere.

    A model that learned from these rows and many others cannot be told from one that did not: all rows count as new to
    it, which flatters it, and that is the careful side to err on.
    """
    vocabulary = frozenset(payload.vocabulary)
    partly = [i for i, row in enumerate(rows) if not vocabulary.issuperset(row.tokens)]
    if len(partly) <= (1 - FEW) * len(rows):
        return partly
    tokens = frozenset(token for row in rows for token in row.tokens)
    return [] if len(vocabulary & tokens) > MOST * len(vocabulary) else list(range(len(rows)))
