"""May this model be written? Every line says what was asked and what was reached."""

from collections.abc import Sequence

from josi.records import Record
from tasks.reasoner.job import Options
from tasks.reasoner.present import Comparison
from tasks.reasoner.read import Dataset
from tasks.reasoner.train import Trained


class Line(Record):
    """One demand. What the app itself asks for cannot be overridden: it would refuse the model."""

    name: str
    needed: str
    reached: str
    passed: bool
    overridable: bool = True

    def __str__(self) -> str:
        return f"{self.name}: needed {self.needed}, reached {self.reached}"


class Verdict(Record):
    """`open` says whether the model may be written; `override` is the reason given for writing it all the same."""

    lines: tuple[Line, ...]
    override: str = ""

    @property
    def failed(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if not line.passed)

    @property
    def open(self) -> bool:
        return all(self.override and line.overridable for line in self.failed)

    @property
    def overridden(self) -> bool:
        return bool(self.failed) and self.open


def judge(data: Dataset, trained: Trained, comparisons: Sequence[Comparison], options: Options) -> Verdict:
    """All lines at once, passed or not."""
    honest, payload = trained.choice.honest, trained.payload
    guess = max(data.counts.values()) / len(data.rows)
    lacking = [label for label in options.required_labels if label not in payload.labels]
    lines = [
        Line(
            name="accuracy, cross-validated",
            needed=f"{options.min_accuracy:.3f} or more",
            reached=str(honest),
            passed=honest.value >= options.min_accuracy,
        ),
        Line(
            name="more than always saying the most frequent label",
            needed=f"{guess:.3f} or more",
            reached=f"{honest.value:.3f}",
            passed=honest.value >= guess,
        ),
        *(_against(one) for one in comparisons),
        _at_least("samples", options.min_samples, payload.sample_count),
        _at_least("vocabulary", options.min_vocabulary, len(payload.vocabulary)),
        Line(
            name="labels that the app needs",
            needed=", ".join(options.required_labels) or "none in particular",
            reached=f"without {', '.join(lacking)}" if lacking else "all there",
            passed=not lacking,
            overridable=False,
        ),
    ]
    return Verdict(lines=tuple(lines), override=options.override_gate)


def _against(one: Comparison) -> Line:
    return Line(
        name=f"not worse than the present model in {', '.join(one.files)}",
        needed="no loss beyond noise",
        reached=f"{one.change}, on {one.basis}" if one.change else f"not comparable: {one.basis}",
        passed=one.word != "worse",
    )


def _at_least(name: str, needed: int, reached: int) -> Line:
    return Line(
        name=f"{name} that the app asks for",
        needed=f"{needed} or more",
        reached=str(reached),
        passed=reached >= needed,
        overridable=False,
    )
