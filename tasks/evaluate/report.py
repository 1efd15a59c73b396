"""The report of a candidate: a record, and its forms: JSON for programs, Markdown for Prefect, HTML for people."""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from josi.candidate import Verdict
from josi.language import brevity, warmth
from josi.records import Artifact, Channel, Record
from josi.runtime import Runtime
from tasks.evaluate import plots
from tasks.evaluate.answers import UNSEEN, Answers
from tasks.evaluate.bars import Outcome
from tasks.evaluate.beside import AgainstFloor, Floor, against_floor
from tasks.evaluate.gate import outcomes, verdict
from tasks.evaluate.headlines import SCHEMA_VERSION, Compared, compared, headlines
from tasks.evaluate.layers import LayerResult, judge
from tasks.evaluate.metrics import Metrics, measure, scored
from tasks.evaluate.parity import Parity
from tasks.evaluate.worst import Worst, worst
from tasks.page import templates


class Report(Record):
    """Everything that is known about a candidate. `tested` names the bytes that were judged, by what they are."""

    schema_version: int = SCHEMA_VERSION
    tested: Mapping[str, Artifact]
    runtime: Runtime
    verdict: Verdict
    gate: tuple[Outcome, ...]
    metrics: Metrics
    layers: tuple[LayerResult, ...]
    parity: Parity | None
    worst: tuple[Worst, ...]
    comparison: tuple[Compared, ...] = ()
    floor: AgainstFloor | None = None
    answers: Answers

    @property
    def title(self) -> str:
        highest = self.verdict.highest
        return f"Open for {highest.value}" if highest else "Closed for every channel"

    @property
    def next_channel(self) -> Channel | None:
        """The least demanding channel that is closed."""
        return next((channel for channel in Channel if not self.verdict.allows(channel)), None)


def draw_up(
    answers: Answers,
    parity: Parity | None,
    tested: Mapping[str, Artifact],
    runtime: Runtime,
    baseline: Metrics | None = None,
    floor: Floor | None = None,
) -> Report:
    """Judge the answers and put everything in one record. Pure: the same answers give the same report."""
    metrics, layers = measure(answers), judge(answers)
    return Report(
        tested=tested,
        runtime=runtime,
        verdict=verdict(metrics, layers, parity),
        gate=outcomes(metrics, layers, parity),
        metrics=metrics,
        layers=layers,
        parity=parity,
        worst=worst(answers),
        comparison=compared(metrics, baseline) if baseline else (),
        floor=against_floor(answers, metrics, floor),
        answers=answers,
    )


def to_json(report: Report) -> bytes:
    return report.model_dump_json(indent=1).encode()


def to_html(report: Report) -> str:
    return _render("report.html.j2", report, figures=_figures(report), escape=True)


def to_markdown(report: Report) -> str:
    return _render("report.md.j2", report, figures=(), escape=False)


def write(report: Report, folder: Path) -> None:
    """`report.json`, `report.md` and `report.html` in a folder."""
    (folder / "report.json").write_bytes(to_json(report))
    (folder / "report.md").write_text(to_markdown(report), "utf-8")
    (folder / "report.html").write_text(to_html(report), "utf-8")


def _render(template: str, report: Report, *, figures: Sequence[tuple[str, str, str]], escape: bool) -> str:
    rendered: str = (
        templates(Path(__file__).parent, escape=escape)
        .get_template(template)
        .render(
            report=report,
            channels=list(Channel),
            headlines=headlines(report.metrics),
            findings=Counter(finding.check for layer in report.layers for finding in layer.findings).most_common(),
            prompts=len(report.answers.all_heard) + len(report.answers.said),
            figures=figures,
        )
    )
    return rendered


def _figures(report: Report) -> tuple[tuple[str, str, str], ...]:
    """Title, SVG and one line of help for each plot that has something to show."""
    metrics, said, figures = report.metrics, report.answers.said, []
    if metrics.sets:
        help_ = "Dot: measured. Bar: 95% interval. Dashed: what production asks for."
        figures.append(("Action accuracy", plots.accuracy(metrics, report.floor), help_))
    if UNSEEN in metrics.sets:
        help_ = "Unseen phrasings, the model's own answer before post-processing. Number of prompts in each cell."
        figures.append(("Where actions are confused", plots.confusion(metrics.sets[UNSEEN].model.confusion), help_))
    if said:
        spread = {name: [scored(score, item.said) for item in said] for name, score in _SCORES.items()}
        figures.append(("Warmth and brevity", plots.scores(spread), "Dashed: the mean that production asks for, 3.5."))
    if report.parity and report.parity.steps:
        help_ = "Prompts with the same greedy answer as the merged model. Mark: what the gate asks for."
        figures.append(("Parity ladder", plots.parity(report.parity), help_))
    if said:
        help_ = "Share of answers without a finding that blocks, by kind of question (number of answers)."
        figures.append(("Explainer pass rate by category", plots.categories(metrics), help_))
    return tuple(figures)


_SCORES = {"warmth": warmth, "brevity": brevity}
