"""The rule by which a candidate takes the place of plain naive Bayes."""

from collections.abc import Sequence
from typing import Any

from josi.records import Record
from tasks.reasoner.models import Candidate


class Lead(Record):
    """How much lower the log loss of the best candidate is than that of plain naive Bayes.

    `gain` is in nats a row, `error` its standard error.
    """

    best: str
    gain: float
    error: float

    def __str__(self) -> str:
        """Why what was chosen was chosen."""
        if not self.gain:
            return "Plain naive Bayes has the lowest log loss of all."
        by = f"{self.gain:.3f} nats (standard error {self.error:.3f}) below plain naive Bayes's"
        told = f"The lowest log loss is that of {self.best}, {by}"
        if self.gain > self.error:
            return f"{told}, and so it takes its place."
        return f"{told}: within one standard error, so plain naive Bayes stays."


def picked(losses: Any, weights: Any) -> Any:
    """The choice, for each row of `weights` (rounds x rows: how often a row counts), from candidates x rows.

    Plain naive Bayes (place 0), unless the candidate with the lowest log loss is better by more than one standard error
    of their difference (the one-standard-error rule, Breiman et al. 1984; Hastie et al., The Elements of Statistical
    Learning, 7.10). The error is over rows, of means over repeats: repeats ask the same rows again.

    Log loss uses how near a wrong answer was, accuracy only that it was wrong. On the sample of 63 rows, asking for one
    standard error of accuracy instead kept plain naive Bayes although others are better: the error there is 4 points.
    """
    import numpy

    best = (weights @ losses.T).argmin(axis=1)
    gain, error = _gain(losses[0] - losses[best], weights)
    return numpy.where(gain > error, best, 0)


def _gain(differences: Any, weights: Any) -> tuple[Any, Any]:
    """Weighted mean and standard error, for each round; both arguments are rounds x rows."""
    import numpy

    total = weights.sum(axis=1)
    mean = (weights * differences).sum(axis=1) / total
    square = (weights * differences**2).sum(axis=1) / total
    return mean, numpy.sqrt(numpy.maximum(square - mean**2, 0.0) / (total - 1))


def lead(candidates: Sequence[Candidate], losses: Any) -> Lead:
    """What `picked` went by, with every row counted once."""
    import numpy

    best = int(losses.mean(axis=1).argmin())
    gain, error = _gain((losses[0] - losses[best])[None], numpy.ones((1, losses.shape[1])))
    return Lead(best=str(candidates[best]), gain=float(gain[0]), error=float(error[0]))
