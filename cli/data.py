"""`josi data …`: look at data before anything is trained on it."""

from pathlib import Path
from typing import Annotated

import typer

from blocks.store import FolderStore
from cli import knowledge, options, show
from josi.errors import UsageError
from josi.examples import Corpus

app = typer.Typer(help="Check data, look at it, build the corpus.", no_args_is_help=True)
app.command()(knowledge.knowledge)

WHOLE = "v5"  # the recipe whose corpus is all of the project's text; the tiny one learns a part of it


@app.command()
@show.fails_kindly
def check(
    files: Annotated[
        list[Path] | None,
        typer.Argument(exists=True, dir_okay=False, help="Chat JSONL files. None: the corpus of the recipe."),
    ] = None,
    recipe: Annotated[
        str | None, typer.Option("--recipe", "-r", help="By its rules. tiny for files; v5 for a whole corpus.")
    ] = None,
    max_words: options.MaxWords = None,
    quarantine: Annotated[
        Path | None, typer.Option(help="Write the rows that were set aside to this JSONL file, with the reasons.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Without files: copy the report (HTML, Markdown, JSON) here.")
    ] = None,
    as_json: options.Json = False,
) -> None:
    """Say what is wrong with each row of files; without files, put the whole corpus through the quality gate.

    Files: counts of good, bad and set-aside rows, and for each what is wrong: file, line, field, remedy. The corpus: as
    every run does before it trains; what blocks is exit code 3.

    **Examples** `josi data check mine.jsonl --quarantine aside.jsonl`; `josi data check -o quality`
    """
    if not files:
        _gate(recipe or WHOLE, max_words, output, as_json=as_json)
        return
    from blocks.store import write_atomic
    from tasks.data.check import UnusableDataError, check_files
    from tasks.data.prepare import leak_of
    from tasks.data.project import load_project
    from tasks.data.report import Fault, quarantine_lines, table

    try:
        mix = options.order(recipe or "tiny", max_words=max_words).chosen().data
        report = check_files(files, mix, leak_of(load_project(), mix))
    except UnusableDataError as error:
        show.console.print(table(error.report))
        raise
    if quarantine:
        write_atomic(quarantine, quarantine_lines(report.quarantine).encode())
    if not as_json:
        show.console.print(table(report))
    total = report.total
    bad = total.faults.get(Fault.MALFORMED, 0)
    counts = {"rows": total.rows, "good": total.good, "bad": bad, "set_aside": total.aside - bad}
    show.result(
        {**counts, "report": report.model_dump(mode="json")},
        f"{total.rows} rows: {total.good} good, {bad} bad, {total.aside - bad} set aside.",
        as_json=as_json,
    )


@app.command()
@show.fails_kindly
def build(
    recipe: options.RecipeName = WHOLE,
    data: options.Data = None,
    validation: options.Validation = None,
    max_words: options.MaxWords = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Copy the corpus and its card here.")] = None,
    as_json: options.Json = False,
) -> None:
    """Build the corpus of a recipe: examples, evaluation sets and the data card."""
    corpus, store = corpus_of(recipe, data, validation, max_words)
    if output:
        for role, artifact in corpus.sets.items():
            show.copy(store.fetch(artifact), output / role.value)
        show.copy(store.fetch(corpus.pairs), output / "preference")
        show.copy(store.fetch(corpus.scenarios), output / "scenarios")
        show.copy(store.fetch(corpus.report), output)
    where = f" in {output}" if output else ""
    show.result(corpus, f"Corpus {corpus.identity}{where}: josi data stats shows it.", as_json=as_json)


@app.command()
@show.fails_kindly
def stats(
    recipe: options.RecipeName = WHOLE,
    data: options.Data = None,
    validation: options.Validation = None,
    max_words: options.MaxWords = None,
    as_json: options.Json = False,
) -> None:
    """Show the data card: counts by role, category and language, lengths, diversity."""
    import json

    from rich.markdown import Markdown

    corpus, store = corpus_of(recipe, data, validation, max_words)
    folder = store.fetch(corpus.report)
    if as_json:
        show.result(json.loads((folder / "report.json").read_text("utf-8")), "", as_json=True)
    else:
        show.console.print(Markdown((folder / "CARD.md").read_text("utf-8")))


@app.command()
@show.fails_kindly
def sequential(
    output: Annotated[Path, typer.Option("--output", "-o", help="Write the rows to this chat JSONL file.")],
    files: Annotated[
        list[Path] | None, typer.Argument(exists=True, dir_okay=False, help="Interpreter data: chat JSONL files.")
    ] = None,
    models: Annotated[
        Path | None, typer.Option(exists=True, file_okay=False, help="Or: a folder that `josi download` filled.")
    ] = None,
    rows: Annotated[int, typer.Option(min=1, help="With --models: how many messages to interpret.")] = 1000,
    recipe: options.RecipeName = "tiny",
    as_json: options.Json = False,
) -> None:
    """Make explainer rows from what an interpreter says: the engine decides on it, an answer that fits explains it.

    From interpreter data the labels are taken as said; with `--models` the downloaded interpreter is asked, and its
    errors are in the rows. Train on them with `josi run --data FILE`.

    **Examples** `josi data sequential mine.jsonl -o rows.jsonl`; `josi data sequential --models models -o rows.jsonl`
    """
    from blocks.store import write_atomic
    from josi.records import Role
    from tasks.data.sequential import heard_by, lines, made_of

    if bool(files) == bool(models):
        raise UsageError("Interpreter data or a folder of models is needed, one of the two.", "See --help.")
    mix = options.order(recipe).chosen().data
    found = made_of(files, mix) if files else heard_by(models or Path(), mix, rows)
    write_atomic(output, lines(found, mix.prompts[Role.EXPLAINER]).encode())
    told = ", ".join(f"{name} {number}" for name, number in found.counts.items())
    show.result({"counts": found.counts}, f"{len(found.rows)} rows in {output}: {told}.", as_json=as_json)


def _gate(recipe: str, max_words: int | None, output: Path | None, *, as_json: bool) -> None:
    """Judge the corpus of a recipe; what blocks is exit code 3."""
    from rich.markdown import Markdown

    from tasks.data.quality.gate import Judged, quality, vocabularies_here
    from tasks.data.quality.material import Standard
    from tasks.stage import by_hand

    corpus, store = corpus_of(recipe, max_words=max_words)
    standard = Standard.of(options.order(recipe, max_words=max_words).chosen())
    judged = by_hand(quality, Judged, corpus=corpus, standard=standard, vocabularies=vocabularies_here())
    folder = store.fetch(judged.report)
    if output:
        show.copy(folder, output)
    if not as_json:
        show.console.print(Markdown((folder / "quality.md").read_text("utf-8")))
    told = f"{judged.blocking} findings block, {judged.warnings} warn." + (f" Report: {output}." if output else "")
    show.result(judged, told, as_json=as_json)
    if judged.blocking:
        raise typer.Exit(3)


def corpus_of(
    recipe: str, data: list[Path] | None = None, validation: list[Path] | None = None, max_words: int | None = None
) -> tuple[Corpus, FolderStore]:
    """The corpus of a recipe, and the store that holds it."""
    from blocks.settings import Settings
    from tasks.data.prepare import gather_sources, prepare
    from tasks.stage import by_hand

    store = Settings().store
    order = options.order(recipe, data=data, validation=validation, max_words=max_words)
    return by_hand(prepare, Corpus, mix=order.chosen().data, sources=gather_sources(order.inputs, store)), store
