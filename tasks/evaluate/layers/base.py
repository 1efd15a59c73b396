"""What a layer is: a named, numbered judge of answers that says what it found."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Protocol

from josi.records import Finding, Record, Role, Severity
from tasks.evaluate.answers import Answers
from tasks.evaluate.intervals import Mean, Rate


class Status(StrEnum):
    """`not_measured` is no pass: it keeps the production channel closed."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_MEASURED = "not_measured"


class LayerResult(Record):
    """The word of one layer. `judged` and `failed` count answers; `findings` name what was wrong in them."""

    number: int
    name: str
    status: Status
    judged: int = 0
    failed: int = 0
    findings: tuple[Finding, ...] = ()
    metrics: Mapping[str, Rate | Mean] = {}
    note: str = ""


class Layer(Protocol):
    """One way to judge answers. `needs` are the roles whose answers it has to see, else it is not measured."""

    @property
    def number(self) -> int: ...

    @property
    def name(self) -> str: ...

    @property
    def needs(self) -> tuple[Role, ...]: ...

    def judge(self, answers: Answers) -> LayerResult: ...


def lacking(layer: Layer, answers: Answers) -> LayerResult | None:
    """The "not measured" result of a layer whose answers are not there, or None when they are."""
    there = {Role.INTERPRETER: bool(answers.all_heard), Role.EXPLAINER: bool(answers.said)}
    missing = [role.value for role in layer.needs if not there[role]]
    if not missing:
        return None
    note = f"There are no answers of the {' and the '.join(missing)}."
    return LayerResult(number=layer.number, name=layer.name, status=Status.NOT_MEASURED, note=note)


def failed_at(findings: Sequence[Finding]) -> set[str]:
    """The scenarios with at least one finding that blocks."""
    return {finding.where for finding in findings if finding.severity is Severity.BLOCK}


def status_of(passed: bool) -> Status:
    return Status.PASSED if passed else Status.FAILED
