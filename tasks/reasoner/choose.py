"""Which candidate, and how sure that is."""

from typing import Any

from josi.records import Record
from tasks.reasoner.models import FAMILIES
from tasks.reasoner.numbers import Change, Share, folded, share
from tasks.reasoner.validate import Trials

DRAWS = 2_000_000  # numbers in the resampling; many rows need fewer rounds


class Rival(Record):
    """The best candidate of a family. `wins`: the share of resampled data sets in which the family would be chosen."""

    family: str
    candidate: str
    accuracy: Share
    chosen_minus_this: Change
    wins: float


class Choice(Record):
    """What was chosen. `accuracy` is its own on the folds; choosing on the same folds flatters it by `optimism`.

    `honest` is without that: each fold is asked of the candidate that the other folds' rows would have chosen. On
    labels at random (a truth of 0.143) it came to 0.145 in the mean, `accuracy` to 0.155, the highest of all to 0.176.
    """

    candidate: str
    accuracy: Share
    honest: Share
    optimism: float
    plain_bayes: Share
    rivals: tuple[Rival, ...]
    tried: int
    folds: int
    repeats: int

    @property
    def sure(self) -> str:
        """How sure the choice is, in words."""
        others = [rival for rival in self.rivals if rival.candidate != self.candidate]
        beaten = [rival.family for rival in others if rival.chosen_minus_this.word == "better"]
        open_ = [rival.family for rival in others if rival.family not in beaten]
        own = next(rival.wins for rival in self.rivals if rival.candidate == self.candidate)
        told = f"Its family is chosen in {own:.0%} of resampled data sets. "
        if not open_:
            return told + "It is better than the best of each other family beyond noise."
        rest = f" It is better than {' and '.join(beaten)} beyond noise." if beaten else ""
        return (
            told
            + f"Against {' and '.join(open_)} the difference is within noise: another choice may be as good."
            + rest
        )


def choose(trials: Trials, seed: int) -> tuple[int, Choice]:
    """The place of the candidate with the lowest log loss, of equal ones the first in the table.

    Log loss uses how near a wrong answer was, accuracy only that it was wrong. On 63 rows, choosing by log loss gave
    the better accuracy too, on rows that were held back from the choice.
    """
    import numpy

    mean_correct = trials.correct.mean(axis=1)  # candidates x rows
    losses = trials.losses.mean(axis=1)[:-1]  # the yardstick is not to be chosen
    accuracies = mean_correct.mean(axis=1)
    best = int(losses.mean(axis=1).argmin())
    rows = mean_correct.shape[1]
    honest = _honest(trials, losses)
    winners = _winners(losses, seed)
    families = numpy.array([one.family for one in trials.candidates[:-1]])
    return best, Choice(
        candidate=str(trials.candidates[best]),
        accuracy=share(float(mean_correct[best].sum()), rows),
        honest=share(honest * rows, rows),
        optimism=max(0.0, float(accuracies[best]) - honest),
        plain_bayes=share(float(mean_correct[-1].sum()), rows),
        rivals=tuple(_rival(trials, losses.mean(axis=1), families, name, best, winners) for name in FAMILIES),
        tried=len(losses),
        folds=trials.folds,
        repeats=trials.correct.shape[1],
    )


def _honest(trials: Trials, losses: Any) -> float:
    """The accuracy of this way of choosing, as a share: no row takes part in the choice of what it is asked."""
    right = 0.0
    repeats, rows = trials.fold.shape
    for repeat in range(repeats):
        for fold in range(trials.folds):
            own = trials.fold[repeat] == fold
            right += float(trials.correct[losses[:, ~own].mean(axis=1).argmin(), repeat, own].sum())
    return right / float(repeats * rows)


def _winners(losses: Any, seed: int) -> Any:
    """Which candidate would be chosen in each of many resampled data sets."""
    import numpy

    rows = losses.shape[1]
    rounds = max(200, min(2000, DRAWS // rows))
    drawn = numpy.random.default_rng(seed).multinomial(rows, numpy.full(rows, 1 / rows), size=rounds)
    return (drawn @ losses.T).argmin(axis=1)


def _rival(trials: Trials, losses: Any, families: Any, family: str, best: int, winners: Any) -> Rival:
    import numpy

    own = numpy.flatnonzero(families == family)
    place = int(own[losses[own].argmin()])
    difference = trials.correct[best].astype(float) - trials.correct[place]
    by_fold = numpy.array(
        [
            difference[repeat, trials.fold[repeat] == fold].mean()
            for repeat in range(difference.shape[0])
            for fold in range(trials.folds)
        ]
    )
    rows = difference.shape[1]
    return Rival(
        family=FAMILIES[family].title,
        candidate=str(trials.candidates[place]),
        accuracy=share(float(trials.correct[place].mean(axis=0).sum()), rows),
        chosen_minus_this=folded(by_fold, trials.folds),
        wins=float(numpy.isin(winners, own).mean()),
    )
