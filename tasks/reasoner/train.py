"""From rows to the payload that ships, and what is known of it."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from josi.reasoner import Payload
from josi.records import sha256_hex
from tasks.reasoner.calibrate import Calibration, calibration
from tasks.reasoner.choose import Choice, choose
from tasks.reasoner.features import Counts, by_label, count, hints, keep
from tasks.reasoner.lines import Row
from tasks.reasoner.measure import Measured, measure
from tasks.reasoner.models import Candidate, fit
from tasks.reasoner.read import Dataset
from tasks.reasoner.validate import validate

BRIEF_WORDS = 5


class Trained(NamedTuple):
    """A model and what cross-validation says of it. `right`: for each row, in how many repeats it was right (0..1)."""

    payload: Payload
    choice: Choice
    measured: Measured
    calibration: Calibration
    right: Any


def train(data: Dataset, prefix: str, seed: int, now: datetime) -> Trained:
    """Choose a model by cross-validation, train it on all rows and read it out for the engine."""
    labels = list(data.counts)
    counts = count([row.tokens for row in data.rows], [labels.index(row.label) for row in data.rows])
    trials = validate(counts, len(labels), seed)
    place, choice = choose(trials, seed)
    heat = trials.temperatures[place]
    payload = read_out(data.rows, labels, counts, trials.candidates[place], heat, seed)
    stamp = now.strftime("%Y-%m-%dT%H:%M:%SZ")
    name = f"{prefix}-{sha256_hex(payload.line().encode())[:12]}"
    return Trained(
        payload=payload.model_copy(update={"model_name": name, "trained_at_utc": stamp}),
        choice=choice,
        measured=measure(data.rows, labels, trials.scores[place]),
        calibration=calibration(trials.scores[place], trials.labels, trials.fold, heat),
        right=trials.correct[place].mean(axis=0),
    )


def read_out(
    rows: Sequence[Row], labels: list[str], counts: Counts, chosen: Candidate, heat: float, seed: int
) -> Payload:
    """Everything but name and time. The temperature is divided into the numbers: the engine knows none."""
    import numpy

    rows_of = by_label(counts.matrix, counts.labels, len(labels))
    kept = keep(rows_of, numpy.bincount(counts.labels), chosen.pruning)
    linear = fit(chosen, counts.matrix[:, kept], counts.labels, seed)
    names = [str(name) for name in counts.names[kept]]
    weights = linear.weights / heat
    hinted = hints(rows_of[:, kept])
    return Payload(
        model_name="",
        trained_at_utc="",
        sample_count=len(rows),
        labels=tuple(labels),
        vocabulary=tuple(names),
        log_priors={label: float(linear.priors[i] / heat) for i, label in enumerate(labels)},
        log_likelihoods={label: tuple(weights[i].tolist()) for i, label in enumerate(labels)},
        next_actions=_actions(rows, labels),
        label_briefs={label: _brief(label, weights, i, names) for i, label in enumerate(labels)},
        keyword_hints={label: tuple(names[j] for j in own) for label, own in zip(labels, hinted, strict=True)},
        keyword_bonus=chosen.bonus / heat,
    )


def _actions(rows: Sequence[Row], labels: list[str]) -> dict[str, str]:
    """The most frequent next_action of each label, of equal ones the first in the file."""
    told = {
        label: Counter(row.next_action for row in rows if row.label == label and row.next_action) for label in labels
    }
    return {label: found.most_common(1)[0][0] if found else "" for label, found in told.items()}


def _brief(label: str, weights: Any, place: int, names: list[str]) -> str:
    """The label in words, and the words that speak most for it."""
    others = weights[[i for i in range(len(weights)) if i != place]].mean(axis=0)
    best = (weights[place] - others).argsort(kind="stable")[::-1]
    words = [names[i] for i in best if "_" not in names[i]][:BRIEF_WORDS]
    title = " ".join(label.replace("_", " ").split())
    return f"{title}: {', '.join(words)}" if words else title
