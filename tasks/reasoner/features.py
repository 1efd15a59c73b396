"""Token counts, and which tokens a model may know. Chosen from training rows alone, so inside each fold anew."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import numpy

MOST_HINTS = 10  # for each label
FEWEST_HINTED = 2  # rows of the label that hold the token, and no row of another label does


class Pruning(NamedTuple):
    """A token is kept that stands in `rows` rows or more; of those, the `size` that tell labels apart best."""

    rows: int
    size: int

    def __str__(self) -> str:
        rare = f" that stand in {self.rows} rows or more" if self.rows > 1 else ""
        return f"at most {self.size} tokens{rare}"


class Counts(NamedTuple):
    """All rows at once. `matrix` is rows x tokens (sparse), `names` its columns, sorted; `labels` an index per row."""

    matrix: Any
    names: "numpy.ndarray[Any, Any]"
    labels: "numpy.ndarray[Any, Any]"


def count(texts: Sequence[Sequence[str]], labels: Sequence[int]) -> Counts:
    """Count tokens that were split already."""
    import numpy
    from sklearn.feature_extraction.text import CountVectorizer

    vectorizer = CountVectorizer(analyzer=_as_it_is, dtype=numpy.float64)
    matrix = vectorizer.fit_transform(texts).tocsr()
    return Counts(matrix, vectorizer.get_feature_names_out(), numpy.asarray(labels))


def _as_it_is(words: Sequence[str]) -> Sequence[str]:
    return words


def by_label(matrix: Any, labels: Any, kinds: int) -> Any:
    """In how many rows of each label a token stands: labels x tokens, dense."""
    import numpy

    present = matrix > 0
    return numpy.stack([numpy.asarray(present[labels == kind].sum(axis=0)).ravel() for kind in range(kinds)])


def keep(rows_of: Any, sizes: Any, pruning: Pruning) -> Any:
    """Columns to keep, ascending, from `by_label` and the number of rows of each label.

    Of too many, those with the highest chi-squared statistic of presence against label (as scikit-learn's `chi2`, from
    counts that are there already); of equal ones the first by name.
    """
    import numpy

    total = rows_of.sum(axis=0)
    kept = numpy.flatnonzero(total >= pruning.rows)
    if len(kept) <= pruning.size:
        return kept
    expected = numpy.outer(sizes / sizes.sum(), total[kept])
    statistic = ((rows_of[:, kept] - expected) ** 2 / expected).sum(axis=0)
    return numpy.sort(kept[numpy.argsort(-statistic, kind="stable")[: pruning.size]])


def hints(rows_of: Any) -> list[list[int]]:
    """For each label the columns of tokens that only its rows hold, the most frequent first."""
    import numpy

    total = rows_of.sum(axis=0)
    found = []
    for own in rows_of:
        pure = numpy.flatnonzero((own == total) & (own >= FEWEST_HINTED))
        found.append(pure[numpy.argsort(-own[pure], kind="stable")[:MOST_HINTS]].tolist())
    return found
