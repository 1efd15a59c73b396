"""`josi reasoner …`: the classifier that is written into two Swift apps."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli import options, show

if TYPE_CHECKING:
    from tasks.reasoner.job import Done, Job

app = typer.Typer(help="Train the Atlas reasoner into Swift files, and ask it.", no_args_is_help=True)

Examples = Annotated[Path, typer.Option("--data", "-d", help="JSONL with prompt, label and perhaps next_action.")]
Swift = Annotated[list[Path], typer.Option("--swift", help="A Swift file with the two marker lines. May be repeated.")]
ReportFolder = Annotated[Path, typer.Option("--report", help="Folder for report.md, report.html and report.json.")]
Prefix = Annotated[str, typer.Option(help="How model_name begins.")]
MinAccuracy = Annotated[float, typer.Option(min=0.0, max=1.0, help="Cross-validated accuracy below this: exit 3.")]
MinSamples = Annotated[int, typer.Option(min=0, help="Fewest rows that the app accepts.")]
MinVocabulary = Annotated[int, typer.Option(min=0, help="Fewest tokens that the app accepts.")]
RequireLabel = Annotated[list[str] | None, typer.Option(help="A label that the app needs. May be repeated.")]
Seed = Annotated[int, typer.Option(min=0, help="Of the folds.")]
Override = Annotated[str, typer.Option(metavar="REASON", help="Write although the gate closes; the report says why.")]


@app.command()
@show.fails_kindly
def train(
    data: Examples,
    swift: Swift,
    report: ReportFolder,
    name_prefix: Prefix = "atlas-reasoner",
    min_accuracy: MinAccuracy = 0.0,
    min_samples: MinSamples = 0,
    min_vocabulary: MinVocabulary = 0,
    require_label: RequireLabel = None,
    seed: Seed = 7,
    override_gate: Override = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Everything, the report too, but the writing.")] = False,
    refresh: options.Refresh = False,
    as_json: options.Json = False,
) -> None:
    """Train on a CPU in seconds and write the model into every Swift file, or into none. Nothing new: nothing done.

    Exit code 3 when the gate closes: accuracy too low, worse than the present model, or not what the app asks for.

    **Example** `josi reasoner train --data rows.jsonl --swift ios/Model.swift --swift mac/Model.swift --report out/`
    """
    from datetime import UTC, datetime

    from tasks.reasoner.run import run

    job = _job(
        data, swift, report, name_prefix, min_accuracy, min_samples, min_vocabulary, require_label, seed, override_gate
    )
    done = run(job.model_copy(update={"dry_run": dry_run, "refresh": refresh}), lambda: datetime.now(UTC))
    show.result(done, _told(done), as_json=as_json)


@app.command()
@show.fails_kindly
def watch(
    data: Examples,
    swift: Swift,
    report: ReportFolder,
    every: Annotated[float, typer.Option(min=0.05, help="Minutes from one look to the next.")] = 30.0,
    name_prefix: Prefix = "atlas-reasoner",
    min_accuracy: MinAccuracy = 0.0,
    min_samples: MinSamples = 0,
    min_vocabulary: MinVocabulary = 0,
    require_label: RequireLabel = None,
    seed: Seed = 7,
    override_gate: Override = "",
) -> None:
    """Do the same for ever, every 30 minutes, as a Prefect schedule. Stop it with Ctrl-C.

    Needs a Prefect server: `josi up` starts one, PREFECT_API_URL names another.

    **Example** `josi reasoner watch --data rows.jsonl --swift ios/Model.swift --swift mac/Model.swift --report out/`
    """
    from flows.reasoner import keep_watch

    job = _job(
        data, swift, report, name_prefix, min_accuracy, min_samples, min_vocabulary, require_label, seed, override_gate
    )
    keep_watch(job, every)


@app.command()
@show.fails_kindly
def predict(
    text: Annotated[str, typer.Argument(help="What a user of the app writes.")],
    swift: Annotated[Path, typer.Option("--swift", help="The Swift file whose model answers.")],
    as_json: options.Json = False,
) -> None:
    """Answer from the model that is in a Swift file, as the app would.

    **Example** `josi reasoner predict --swift ios/Model.swift "my deploy is broken"`
    """
    from josi.reasoner import Payload, Reasoner
    from tasks.reasoner.swift_files import read_payloads

    line = read_payloads([swift])[swift]
    answered = Reasoner(Payload.read(line)).answer(text)
    told = f"{answered.label} ({answered.confidence:.3f}): {answered.next_action or answered.label_brief}"
    show.result(answered, told, as_json=as_json)


def _job(
    data: Path,
    swift: list[Path],
    report: Path,
    name_prefix: str,
    min_accuracy: float,
    min_samples: int,
    min_vocabulary: int,
    require_label: list[str] | None,
    seed: int,
    override_gate: str,
) -> "Job":
    from tasks.reasoner.job import Job, Options

    chosen = Options(
        name_prefix=name_prefix,
        min_accuracy=min_accuracy,
        min_samples=min_samples,
        min_vocabulary=min_vocabulary,
        required_labels=tuple(require_label or ()),
        seed=seed,
        override_gate=override_gate,
    )
    return Job(
        data=data.absolute(), swift=tuple(path.absolute() for path in swift), report=report.absolute(), options=chosen
    )


def _told(done: "Done") -> str:
    accuracy = f"accuracy {done.accuracy:.3f} ({done.low:.3f} to {done.high:.3f})"
    files = ", ".join(str(path) for path in done.swift)
    report = done.report / "report.html"
    return f"{done.model_name}: {done.outcome}, {files}. {done.samples} rows, {accuracy}. Report: {report}"
