"""The report of a run: a record, and its forms: JSON for programs, Markdown, HTML and a picture for people."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from blocks.store import write_atomic
from josi.records import Record
from tasks.page import templates
from tasks.reasoner.calibrate import Calibration
from tasks.reasoner.choose import Choice
from tasks.reasoner.gate import Verdict
from tasks.reasoner.job import Job
from tasks.reasoner.measure import Measured
from tasks.reasoner.numbers import Share
from tasks.reasoner.present import Comparison
from tasks.reasoner.read import Dataset
from tasks.reasoner.train import Trained

FILES = ("report.json", "report.md", "report.html", "confusion.svg")


class ReportedFinding(Record):
    """A finding on the data; `kind` is the check."""

    kind: str
    where: str
    expected: str
    got: str


class Report(Record):
    """Everything that is known about a run. Prompts in it have secrets and personal data taken out."""

    schema_version: int = 1
    run: str
    at: str
    dry_run: bool
    data_name: str
    data_sha256: str
    lines: int
    blank: int
    rows_by_label: Mapping[str, int]
    findings: tuple[ReportedFinding, ...]
    model_name: str
    payload_sha256: str
    payload_bytes: int
    vocabulary: int
    keyword_bonus: float
    label_briefs: Mapping[str, str]
    next_actions: Mapping[str, str]
    choice: Choice
    measured: Measured
    calibration: Calibration
    comparisons: tuple[Comparison, ...]
    verdict: Verdict
    seed: int
    swift: tuple[str, ...]

    @property
    def samples(self) -> int:
        return sum(self.rows_by_label.values())

    @property
    def accuracy(self) -> Share:
        return self.choice.honest

    @property
    def title(self) -> str:
        if not self.verdict.open:
            return "Closed: the Swift files stay as they are"
        if self.dry_run:
            return "Would be written (dry run)"
        return "Written although the gate was closed" if self.verdict.overridden else "Open: written to the Swift files"


def draw_up(
    job: Job,
    data: Dataset,
    trained: Trained,
    line: str,
    comparisons: tuple[Comparison, ...],
    verdict: Verdict,
    run: str,
) -> Report:
    """Put everything in one record. `line` is the payload as it goes into the files."""
    from josi.reasoner.payload import payload_digest

    payload = trained.payload
    return Report(
        run=run,
        at=payload.trained_at_utc,
        dry_run=job.dry_run,
        data_name=data.name,
        data_sha256=data.sha256,
        lines=data.lines,
        blank=data.blank,
        rows_by_label=data.counts,
        findings=tuple(
            ReportedFinding(kind=one.check, where=one.where, expected=one.expected, got=one.got)
            for one in data.findings
        ),
        model_name=payload.model_name,
        payload_sha256=payload_digest(line),
        payload_bytes=len(line),
        vocabulary=len(payload.vocabulary),
        keyword_bonus=payload.keyword_bonus,
        label_briefs=payload.label_briefs,
        next_actions=payload.next_actions,
        choice=trained.choice,
        measured=trained.measured,
        calibration=trained.calibration,
        comparisons=comparisons,
        verdict=verdict,
        seed=job.options.seed,
        swift=tuple("/".join(path.parts[-2:]) for path in job.swift),
    )


def write(report: Report, folder: Path) -> None:
    """The four FILES, each whole or not there, the JSON last."""
    environment = _environment(escape=True)
    picture = environment.get_template("confusion.svg.j2").render(report=report)
    page = environment.get_template("report.html.j2").render(report=report, picture=picture)
    text = _environment(escape=False).get_template("report.md.j2").render(report=report)
    write_atomic(folder / "confusion.svg", picture.encode())
    write_atomic(folder / "report.html", page.encode())
    write_atomic(folder / "report.md", text.encode())
    write_atomic(folder / "report.json", report.model_dump_json(indent=1).encode())


def _environment(*, escape: bool) -> Any:
    return templates(Path(__file__).parent, escape=escape, filters={"share": _share, "count": _count})


def _share(value: float) -> str:
    return f"{100 * value:.1f}%"


def _count(value: float) -> str:
    """A mean count: whole numbers as such, others with one decimal, nothing for none."""
    return "" if value == 0 else f"{value:.0f}" if float(value).is_integer() else f"{value:.1f}"
