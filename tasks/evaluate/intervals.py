"""Numbers that know their own noise: a rate or a mean, its 95% interval, and the difference of two of them."""

import math
from collections.abc import Iterable, Sequence

from josi.records import Record
from tasks.wilson import wilson

_RESAMPLES = 1000
_SEED = 7


class Rate(Record):
    """A share of trials with its 95% Wilson interval. All of `low`, `high` and `value` lie in 0..1."""

    hits: int
    total: int
    low: float
    high: float

    @property
    def value(self) -> float | None:
        """None where nothing was tried: that is "not measured", and never counts as good."""
        return self.hits / self.total if self.total else None

    def __str__(self) -> str:
        if self.value is None:
            return "not measured"
        return (
            f"{percent(self.value)} ({self.hits} of {self.total}, interval {percent(self.low)} to {percent(self.high)})"
        )


class Mean(Record):
    """A mean with its 95% percentile-bootstrap interval, in the unit of what was averaged."""

    mean: float | None
    low: float
    high: float
    total: int

    @property
    def value(self) -> float | None:
        return self.mean

    def __str__(self) -> str:
        if self.mean is None:
            return "not measured"
        return f"{self.mean:.2f} ({self.total} answers, interval {self.low:.2f} to {self.high:.2f})"


Measured = Rate | Mean


class Difference(Record):
    """Candidate minus baseline. It is real only where the interval leaves out zero."""

    change: float
    low: float
    high: float

    @property
    def word(self) -> str:
        if self.low > 0:
            return "better"
        return "worse" if self.high < 0 else "within noise"


def rate(outcomes: Iterable[bool]) -> Rate:
    """The share of true outcomes, with its Wilson score interval (Wilson 1927; right at 0% and 100% too)."""
    found = list(outcomes)
    hits, total = sum(found), len(found)
    low, high = wilson(hits, total)
    return Rate(hits=hits, total=total, low=low, high=high)


def mean(values: Sequence[float]) -> Mean:
    """The mean and its interval from 1,000 seeded resamples: the same answers give the same interval."""
    import numpy

    if not values:
        return Mean(mean=None, low=0.0, high=0.0, total=0)
    data = numpy.asarray(values, dtype=float)
    picks = numpy.random.default_rng(_SEED).integers(0, len(data), size=(_RESAMPLES, len(data)))
    low, high = numpy.percentile(data[picks].mean(axis=1), [2.5, 97.5])
    return Mean(mean=float(data.mean()), low=float(low), high=float(high), total=len(data))


def difference(candidate: Measured, baseline: Measured) -> Difference | None:
    """Candidate minus baseline by MOVER (Newcombe 1998): the interval that the two single intervals imply.

    None where either was not measured. Both runs are taken as independent, which is careful: they share prompts.
    """
    if candidate.value is None or baseline.value is None:
        return None
    change = candidate.value - baseline.value
    down = math.hypot(candidate.value - candidate.low, baseline.high - baseline.value)
    up = math.hypot(candidate.high - candidate.value, baseline.value - baseline.low)
    return Difference(change=change, low=change - down, high=change + up)


def percent(share: float) -> str:
    """A share as text, cut off and never rounded up: 99.96% does not read as 100%."""
    return f"{math.floor(share * 1000 + 1e-9) / 10:.1f}%"
