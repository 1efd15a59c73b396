"""Numbers that know their noise."""

import math
from typing import Any

from josi.records import Record
from tasks.wilson import wilson


class Share(Record):
    """A share of `total` rows with its 95% interval, in 0..1. `hits` is a mean over repeats and may be no integer."""

    hits: float
    total: int
    low: float
    high: float

    @property
    def value(self) -> float:
        return self.hits / self.total if self.total else 0.0

    def __str__(self) -> str:
        if not self.total:
            return "not measured"
        return f"{self.value:.3f} (95% interval {self.low:.3f} to {self.high:.3f}, {self.total} rows)"


class Change(Record):
    """A difference with its 95% interval. It is real only where the interval leaves out zero."""

    change: float
    low: float
    high: float

    @property
    def word(self) -> str:
        if self.low > 0:
            return "better"
        return "worse" if self.high < 0 else "within noise"

    def __str__(self) -> str:
        return f"{self.change:+.3f} ({self.low:+.3f} to {self.high:+.3f}), {self.word}"


def share(hits: float, total: int) -> Share:
    """Wilson's score interval (1927). Each row counts as one trial, however often it was asked."""
    low, high = wilson(hits, total)
    return Share(hits=hits if total else 0.0, total=total, low=low, high=high)


def apart(new: Share, old: Share) -> Change:
    """New minus old, of independent rows: the interval that the two intervals imply (MOVER, Newcombe 1998)."""
    change = new.value - old.value
    down, up = (new.value - new.low, old.high - old.value), (new.high - new.value, old.value - old.low)
    return Change(change=change, low=change - math.hypot(*down), high=change + math.hypot(*up))


def folded(differences: Any, folds: int) -> Change:
    """The mean of paired differences, one for each fold of each repeat, by the corrected resampled t-test.

    Folds share training rows, so their spread alone is too small (Nadeau and Bengio 2003).
    """
    from scipy.special import stdtrit

    count = len(differences)
    spread = math.sqrt(float(differences.var(ddof=1)) * (1 / count + 1 / (folds - 1)))
    half = float(stdtrit(count - 1, 0.975)) * spread
    mean = float(differences.mean())
    return Change(change=mean, low=mean - half, high=mean + half)


def resampled(differences: Any, seed: int, rounds: int = 2000) -> Change:
    """The mean of paired differences, one for each row, with its percentile-bootstrap interval."""
    import numpy

    picks = numpy.random.default_rng(seed).integers(0, len(differences), size=(rounds, len(differences)))
    low, high = numpy.percentile(differences[picks].mean(axis=1), [2.5, 97.5])
    return Change(change=float(differences.mean()), low=float(low), high=float(high))
