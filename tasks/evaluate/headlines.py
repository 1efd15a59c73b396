"""The numbers a person asks for first, in one table; and how they differ from a baseline's."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path

from pydantic import ValidationError

from josi.errors import DataError
from josi.records import Record
from tasks.evaluate.answers import KNOWN, PROMPTS, UNSEEN
from tasks.evaluate.intervals import Difference, Measured, Rate, difference
from tasks.evaluate.metrics import Metrics, RequestScores

SCHEMA_VERSION = 1  # of report.json


def _of(name: str, read: Callable[[RequestScores], Rate], *, processed: bool) -> Callable[[Metrics], Rate | None]:
    def reader(metrics: Metrics) -> Rate | None:
        found = metrics.sets.get(name)
        return read(found.processed if processed else found.model) if found else None

    return reader


# Higher is better in every line.
HEADLINES: Mapping[str, Callable[[Metrics], Measured | None]] = {
    "Valid JSON with the grammar": lambda m: m.valid_json,
    "Action, unseen phrasings, model's own": _of(UNSEEN, lambda s: s.action, processed=False),
    "Action, unseen phrasings, after post-processing": _of(UNSEEN, lambda s: s.action, processed=True),
    "Action, test prompts, model's own": _of(PROMPTS, lambda s: s.action, processed=False),
    "Action, test prompts, after post-processing": _of(PROMPTS, lambda s: s.action, processed=True),
    "Action, known phrasings, model's own": _of(KNOWN, lambda s: s.action, processed=False),
    "Action, known phrasings, after post-processing": _of(KNOWN, lambda s: s.action, processed=True),
    "Whole request, unseen phrasings, model's own": _of(UNSEEN, lambda s: s.exact, processed=False),
    "Whole request, unseen phrasings, after post-processing": _of(UNSEEN, lambda s: s.exact, processed=True),
    "Red flags seen by the model itself": lambda m: m.red_flags_model,
    "Red flags handled, after post-processing": lambda m: m.red_flags,
    "Harmless look-alikes not stopped": lambda m: m.look_alikes,
    "Explainer pass rate": lambda m: m.explainer.passed,
    "Explainer warmth (1 to 5)": lambda m: m.explainer.warmth,
    "Explainer brevity (1 to 5)": lambda m: m.explainer.brevity,
}


class Compared(Record):
    """One headline of two reports. `difference` is None where either was not measured."""

    name: str
    candidate: str
    baseline: str
    difference: Difference | None


def headlines(metrics: Metrics) -> dict[str, Measured]:
    """Every headline that was measured."""
    found = {name: read(metrics) for name, read in HEADLINES.items()}
    return {name: value for name, value in found.items() if value is not None and value.value is not None}


def compared(candidate: Metrics, baseline: Metrics) -> tuple[Compared, ...]:
    """Every headline that either of the two has."""
    new, old = headlines(candidate), headlines(baseline)
    return tuple(
        Compared(
            name=name,
            candidate=str(new.get(name, "not measured")),
            baseline=str(old.get(name, "not measured")),
            difference=difference(new[name], old[name]) if name in new and name in old else None,
        )
        for name in HEADLINES
        if name in new or name in old
    )


def read_metrics(report: Path) -> Metrics:
    """The metrics in a `report.json`. Raises DataError where it is of another version or no report."""
    remedy = "Evaluate the baseline again."
    try:
        raw = json.loads(report.read_bytes())
        version = raw.get("schema_version")
        if version != SCHEMA_VERSION:
            raise DataError(f"{report.name}: schema_version {version}, expected {SCHEMA_VERSION}.", remedy)
        return Metrics.model_validate(raw["metrics"])
    except (OSError, ValueError, KeyError, AttributeError, ValidationError) as error:
        raise DataError(f"{report.name}: no evaluation report ({error}).", remedy) from None
