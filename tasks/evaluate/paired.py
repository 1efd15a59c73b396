"""The same prompts answered twice: what the second answers gained, with an interval that knows they are the same."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from tasks.evaluate.intervals import Difference

RESAMPLES = 4000
_SEED = 7


class Trial(NamedTuple):
    """One prompt of a phrasing family, and whether each answer to it was right: one answer for each seed's model."""

    family: str
    right: tuple[bool, ...]


def paired(before: Sequence[Trial], after: Sequence[Trial]) -> Difference:
    """After minus before, mean over prompts and seeds. Raises ValueError where nothing was asked.

    The 95% interval is a percentile bootstrap over phrasing families (prompts of one family are no independent trials)
    and over seeds; both are drawn anew each time. One family alone tells nothing about others: anything is possible.
    """
    import numpy

    if not before:
        raise ValueError("Without prompts there is no difference.")
    by_family: Mapping[str, list[list[float]]] = defaultdict(list)
    for one, other in zip(before, after, strict=True):
        by_family[one.family].append([float(b) - float(a) for a, b in zip(one.right, other.right, strict=True)])
    sums = numpy.array([numpy.sum(found, axis=0) for found in by_family.values()])  # (families, seeds)
    counts = numpy.array([len(found) for found in by_family.values()])
    change = float(sums.sum() / (counts.sum() * sums.shape[1]))
    if len(counts) == 1:
        return Difference(change=change, low=-1.0, high=1.0)
    random = numpy.random.default_rng(_SEED)
    means = []
    for _ in range(RESAMPLES):
        families = random.integers(0, len(sums), len(sums))
        seeds = random.integers(0, sums.shape[1], sums.shape[1])
        means.append(sums[families][:, seeds].sum() / (counts[families].sum() * sums.shape[1]))
    low, high = numpy.percentile(means, [2.5, 97.5])
    return Difference(change=change, low=float(low), high=float(high))
