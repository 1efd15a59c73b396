"""Confidence that means what it says: one temperature for all scores, and how well it holds."""

from typing import Any

from josi.reasoner.engine import CAP
from josi.records import Record
from tasks.reasoner.numbers import Share, share

_COLDEST, _HOTTEST = -5.0, 7.0  # natural logarithms of the temperature
_ENOUGH = 500  # rows with ten bins instead of five


def losses(scores: Any, labels: Any) -> Any:
    """Minus the logarithm (nats) of the softmax of the right label; drops the last axis of `scores`."""
    import numpy
    from scipy.special import logsumexp

    right = numpy.take_along_axis(scores, numpy.broadcast_to(labels, scores.shape[:-1])[..., None], axis=-1)[..., 0]
    return logsumexp(scores, axis=-1) - right


def temperature(scores: Any, labels: Any) -> float:
    """By what to divide scores so that the softmax has the least log loss (Guo et al. 2017). The order stays."""
    import numpy
    from scipy.optimize import minimize_scalar

    flat = scores.reshape(-1, scores.shape[-1])
    flat = flat - flat.max(axis=1, keepdims=True)
    known = numpy.broadcast_to(labels, scores.shape[:-1]).reshape(-1)
    right = flat[numpy.arange(len(flat)), known]

    def loss(logarithm: float) -> float:
        heat = float(numpy.exp(logarithm))
        return float((numpy.log(numpy.exp(flat / heat).sum(axis=1)) - right / heat).mean())

    found = minimize_scalar(loss, bounds=(_COLDEST, _HOTTEST), method="bounded", options={"xatol": 1e-3})
    return float(numpy.exp(found.x))


class Bin(Record):
    """Answers with a confidence in low..high: how many (a mean over repeats), their mean confidence, how many right."""

    low: float
    high: float
    rows: float
    confidence: float
    right: Share


class Calibration(Record):
    """`error` is the expected calibration error: the mean distance of confidence and accuracy, by rows, in 0..1."""

    temperature: float
    log_loss: float
    error: float
    bins: tuple[Bin, ...]


def calibration(scores: Any, labels: Any, fold: Any, heat: float) -> Calibration:
    """Reliability of held-back scores (repeats x rows x labels, at temperature 1).

    Each fold is heated by the temperature of the other folds' rows, so that no row tunes its own confidence. `heat` is
    the one that ships.
    """
    import numpy
    from scipy.special import softmax

    cooled = numpy.empty_like(scores)
    for repeat in range(len(scores)):
        for part in numpy.unique(fold[repeat]):
            own = fold[repeat] == part
            cooled[repeat, own] = scores[repeat, own] / temperature(scores[repeat, ~own], labels[~own])
    confidence = numpy.minimum(CAP, softmax(cooled, axis=-1).max(axis=-1))
    right = cooled.argmax(axis=-1) == labels
    bins = _bins(confidence, right)
    rows = len(labels)
    return Calibration(
        temperature=heat,
        log_loss=float(losses(cooled, labels).mean()),
        error=sum(one.rows / rows * abs(one.confidence - one.right.value) for one in bins),
        bins=bins,
    )


def _bins(confidence: Any, right: Any) -> tuple[Bin, ...]:
    import numpy

    repeats, rows = confidence.shape
    count = 10 if rows >= _ENOUGH else 5
    place = numpy.minimum((confidence * count).astype(int), count - 1)
    found = []
    for number in range(count):
        own = place == number
        if own.any():
            held = float(own.sum()) / repeats
            hits = float(right[own].mean()) * max(1, round(held))
            found.append(
                Bin(
                    low=number / count,
                    high=(number + 1) / count,
                    rows=held,
                    confidence=float(confidence[own].mean()),
                    right=share(hits, max(1, round(held))),
                )
            )
    return tuple(found)
