"""`josi gold …`: gold answers, and the way a coach reviews them without touching YAML or JSON."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli import options, show

if TYPE_CHECKING:
    from datetime import date

    from tasks.data.gold.review import Edit, Taken

app = typer.Typer(help="Gold answers: give them to a coach to review, and take the review in.", no_args_is_help=True)

Folder = Annotated[Path, typer.Option("--folder", exists=True, file_okay=False, help="Where the gold answers are.")]
HERE = Path("data/gold")


@app.command()
@show.fails_kindly
def page(
    output: Annotated[Path, typer.Option("--output", "-o", help="The HTML file to write.")],
    folder: Folder = HERE,
    as_json: options.Json = False,
) -> None:
    """Write one HTML file to review in a browser. It needs no network; send it by mail if you like.

    **Example** `josi gold page -o review.html`, then `josi gold apply gold-review-robin-2026-03-04.json`
    """
    from tasks.data.gold import load_gold
    from tasks.data.gold.page import page as made

    golds = load_gold(folder)
    _write(output, made(golds).encode(), len(golds), as_json)


@app.command()
@show.fails_kindly
def sheet(
    output: Annotated[Path, typer.Option("--output", "-o", help="The CSV file to write.")],
    folder: Folder = HERE,
    as_json: options.Json = False,
) -> None:
    """Write a spreadsheet to review in: fill in your_answer, verdict (approve, change, comment), comment, reviewer.

    **Example** `josi gold sheet -o review.csv`, then `josi gold apply review.csv`
    """
    from tasks.data.gold import load_gold
    from tasks.data.gold.sheet import sheet as made

    golds = load_gold(folder)
    _write(output, made(golds), len(golds), as_json)


@app.command()
@show.fails_kindly
def apply(
    review: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="What the page saved, or the sheet.")],
    reviewer: Annotated[str, typer.Option(help="Signs the rows of a sheet that name nobody.")] = "",
    folder: Folder = HERE,
    as_json: options.Json = False,
) -> None:
    """Take a review into the gold answers. Each edit is checked; one that is refused keeps no other out (exit code 1).

    **Examples** `josi gold apply gold-review-robin-2026-03-04.json` · `josi gold apply review.csv --reviewer Robin`
    """
    from datetime import date

    from tasks.data.gold import load_gold
    from tasks.data.gold.review import take
    from tasks.data.gold.write import write

    edits, signed, day = _read(review, reviewer)
    golds, taken = take(load_gold(folder), edits, signed, day or date.today())
    touched = {*taken.approved, *taken.changed, *taken.commented}
    files = write(folder, golds, frozenset(gold.file for gold in golds if gold.name in touched))
    taken = taken.model_copy(update={"files": files})
    show.result(taken, _told(taken), as_json=as_json)
    if taken.refused:
        raise typer.Exit(1)


@app.command()
@show.fails_kindly
def stats(folder: Folder = HERE, as_json: options.Json = False) -> None:
    """Count the gold answers by situation, language and review, and name what breaks a rule (exit code 1)."""
    from tasks.data.gold import load_gold
    from tasks.data.gold.stats import stats_of, table

    counted = stats_of(load_gold(folder))
    if not as_json:
        show.console.print(table(counted))
    show.result(counted, counted.summary, as_json=as_json)
    if counted.findings:
        raise typer.Exit(1)


def _write(output: Path, data: bytes, answers: int, as_json: bool) -> None:
    from blocks.store import write_atomic

    write_atomic(output, data)
    told = {"file": str(output), "answers": answers}
    show.result(told, f"{output}: {answers} answers to review. Then: josi gold apply FILE", as_json=as_json)


def _read(review: Path, reviewer: str) -> "tuple[tuple[Edit, ...], str, date | None]":
    """What a review says, who signs what is not signed, and its day (a sheet has none)."""
    from tasks.data.gold.review import read_review
    from tasks.data.gold.sheet import edits_in

    if review.suffix.lower() == ".csv":
        return edits_in(review.read_bytes()), reviewer, None
    saved = read_review(review)
    return saved.edits, reviewer or saved.reviewer, saved.date


def _told(taken: "Taken") -> str:
    counts = {
        "approved": taken.approved,
        "changed": taken.changed,
        "commented": taken.commented,
        "already so": taken.already,
        "refused": taken.refused,
    }
    first = ", ".join(f"{len(names)} {heading}" for heading, names in counts.items() if names) or "Nothing was said"
    files = f"Written: {', '.join(taken.files)}." if taken.files else "No file changed."
    refused = [f"Refused {one.name}: {one.reason}. Remedy: {one.remedy}" for one in taken.refused]
    return "\n".join([f"{first}. {files}", *refused])
