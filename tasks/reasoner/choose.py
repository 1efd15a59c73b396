"""Which candidate, and how sure that is."""

from typing import Any

from josi.records import Record
from tasks.reasoner.models import FAMILIES
from tasks.reasoner.numbers import Change, Share, folded, share
from tasks.reasoner.pick import Lead, lead, picked
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

    `honest` is without that: each fold is asked of the candidate that the other folds' rows would have chosen.
    """

    candidate: str
    lead: Lead
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
        told = f"{self.lead} Its family is chosen in {own:.0%} of resampled data sets. "
        if not open_:
            return told + "Its accuracy is higher than that of the best of each other family beyond noise."
        rest = f" Its accuracy is higher than that of {' and '.join(beaten)} beyond noise." if beaten else ""
        near = f"Against {' and '.join(open_)} the difference in accuracy is within noise: "
        return f"{told}{near}another choice may be as good.{rest}"


def choose(trials: Trials, seed: int) -> tuple[int, Choice]:
    """The place of the candidate that `picked` picks from all rows, and what is known of it."""
    import numpy

    mean_correct = trials.correct.mean(axis=1)  # candidates x rows
    losses = trials.losses.mean(axis=1)
    rows = mean_correct.shape[1]
    chosen = int(picked(losses, numpy.ones((1, rows)))[0])
    accuracies = mean_correct.mean(axis=1)
    honest = _honest(trials, losses)
    winners = _winners(losses, seed)
    return chosen, Choice(
        candidate=str(trials.candidates[chosen]),
        lead=lead(trials.candidates, losses),
        accuracy=share(float(mean_correct[chosen].sum()), rows),
        honest=share(honest * rows, rows),
        optimism=max(0.0, float(accuracies[chosen]) - honest),
        plain_bayes=share(float(mean_correct[0].sum()), rows),
        rivals=tuple(_rival(trials, losses.mean(axis=1), name, chosen, winners) for name in FAMILIES),
        tried=len(losses),
        folds=trials.folds,
        repeats=trials.correct.shape[1],
    )


def _honest(trials: Trials, losses: Any) -> float:
    """The accuracy of this way of choosing, as a share: no row takes part in the choice of what it is asked."""
    import numpy

    right = 0.0
    repeats, rows = trials.fold.shape
    for repeat in range(repeats):
        others = (trials.fold[repeat] != numpy.arange(trials.folds)[:, None]).astype(float)  # folds x rows
        chosen = picked(losses, others)[trials.fold[repeat]]
        right += float(trials.correct[chosen, repeat, numpy.arange(rows)].sum())
    return right / float(repeats * rows)


def _winners(losses: Any, seed: int) -> Any:
    """Which candidate would be chosen in each of many resampled data sets."""
    import numpy

    rows = losses.shape[1]
    rounds = max(200, min(2000, DRAWS // rows))
    drawn = numpy.random.default_rng(seed).multinomial(rows, numpy.full(rows, 1 / rows), size=rounds)
    return picked(losses, drawn)


def _rival(trials: Trials, losses: Any, family: str, chosen: int, winners: Any) -> Rival:
    """`losses` has one for each candidate. What was chosen stands for its family."""
    import numpy

    own = numpy.flatnonzero(numpy.array([one.family for one in trials.candidates]) == family)
    place = chosen if chosen in own else int(own[losses[own].argmin()])
    difference = trials.correct[chosen].astype(float) - trials.correct[place]
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
