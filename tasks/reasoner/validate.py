"""Repeated stratified cross-validation of every candidate on the same folds."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from tasks.reasoner.calibrate import losses, temperature
from tasks.reasoner.features import Counts, Pruning, by_label, hints, keep
from tasks.reasoner.models import BONUSES, FAMILIES, Candidate, Linear, fit, plain

DENSE = 2_000_000  # numbers; below that dense arrays are quicker


class Plan(NamedTuple):
    """How much is tried with up to so many rows. `numbers`: how many of each family's numbers.

    The first pruning is that of plain naive Bayes: all tokens, as far as the size of a payload allows.
    """

    rows: int
    folds: int
    repeats: int
    numbers: int
    prunings: tuple[Pruning, ...]


# Few rows: few candidates, for each is a chance to be lucky, and many repeats: which rows share a fold moves the
# accuracy of 63 rows by 4 points (standard deviation), the mean of 12 repeats by 1. Many rows need fewer repeats for
# the same certainty. Times are held to seconds on two cores; 12 is what fits.
PLANS = (
    Plan(200, 5, 12, 1, (Pruning(1, 4000), Pruning(2, 2000), Pruning(1, 300))),
    Plan(500, 5, 3, 2, (Pruning(1, 4000), Pruning(2, 2000), Pruning(1, 300))),
    Plan(3000, 5, 2, 2, (Pruning(1, 4000), Pruning(2, 1500))),
    Plan(1 << 62, 3, 2, 2, (Pruning(2, 4000), Pruning(2, 1500))),
)


class Trials(NamedTuple):
    """What every candidate said to rows it had not learned from. The first one is plain naive Bayes.

    `scores` holds, for each candidate, repeats x rows x labels, divided by its temperature; `correct` and `losses`
    (minus the logarithm of the confidence in the right label, in nats) are candidates x repeats x rows; `fold` is
    repeats x rows, the fold in which a row was held back.
    """

    candidates: tuple[Candidate, ...]
    labels: Any
    scores: tuple[Any, ...]
    temperatures: tuple[float, ...]
    correct: Any
    losses: Any
    fold: Any
    folds: int


def plan_for(rows: int) -> Plan:
    return next(plan for plan in PLANS if rows <= plan.rows)


def candidates(plan: Plan) -> tuple[Candidate, ...]:
    """Those to choose from: plain naive Bayes, then the others, simple ones before those with hints."""
    tried = (
        Candidate(family, number, pruning, bonus)
        for bonus in BONUSES
        for pruning in plan.prunings
        for family in FAMILIES
        for number in FAMILIES[family].tried[: plan.numbers]
    )
    return tuple(dict.fromkeys((plain(plan.prunings[0]), *tried)))


def validate(counts: Counts, kinds: int, seed: int) -> Trials:
    """Try every candidate. Everything that learns, the vocabulary and the hints too, sees the training folds alone."""
    import numpy
    import sklearn
    from sklearn.model_selection import RepeatedStratifiedKFold
    from threadpoolctl import threadpool_limits

    rows = len(counts.labels)
    plan = plan_for(rows)
    tried = candidates(plan)
    scores = tuple(numpy.zeros((plan.repeats, rows, kinds)) for _ in tried)
    fold = numpy.zeros((plan.repeats, rows), dtype=int)
    splits = RepeatedStratifiedKFold(n_splits=plan.folds, n_repeats=plan.repeats, random_state=seed)
    # On matrices this small, threads cost more than they bring: ten times as long where cores are shared.
    with threadpool_limits(1), sklearn.config_context(assume_finite=True, skip_parameter_validation=True):
        for number, (train, test) in enumerate(splits.split(numpy.zeros(rows), counts.labels)):
            repeat = number // plan.folds
            fold[repeat, test] = number % plan.folds
            for place, said in _one_fold(counts, kinds, tried, train, test, seed):
                scores[place][repeat, test] = said
    temperatures = tuple(temperature(one, counts.labels) for one in scores)
    scores = tuple(one / heat for one, heat in zip(scores, temperatures, strict=True))
    correct = numpy.stack([one.argmax(axis=2) == counts.labels for one in scores])
    found = numpy.stack([losses(one, counts.labels) for one in scores])
    return Trials(tried, counts.labels, scores, temperatures, correct, found, fold, plan.folds)


def _one_fold(
    counts: Counts, kinds: int, tried: Sequence[Candidate], train: Any, test: Any, seed: int
) -> Iterator[tuple[int, Any]]:
    import numpy

    rows_of = by_label(counts.matrix[train], counts.labels[train], kinds)
    sizes = numpy.bincount(counts.labels[train], minlength=kinds)
    for pruning in dict.fromkeys(one.pruning for one in tried):
        kept = keep(rows_of, sizes, pruning)
        learned, asked = (_compact(counts.matrix[part][:, kept]) for part in (train, test))
        matches = hint_matches(asked, hints(rows_of[:, kept]))
        fitted: dict[Candidate, Linear] = {}
        for place, one in enumerate(tried):
            if one.pruning == pruning:
                bare = one._replace(bonus=0.0)
                if bare not in fitted:
                    fitted[bare] = fit(bare, learned, counts.labels[train], seed)
                yield place, fitted[bare].scores(asked) + one.bonus * matches


def hint_matches(matrix: Any, hinted: Sequence[Sequence[int]]) -> Any:
    """How many of each label's hints stand in each row: rows x labels."""
    import numpy

    present = matrix > 0
    return numpy.stack([numpy.asarray(present[:, list(own)].sum(axis=1)).ravel() for own in hinted], axis=1)


def _compact(matrix: Any) -> Any:
    return matrix.toarray() if matrix.shape[0] * matrix.shape[1] <= DENSE else matrix
