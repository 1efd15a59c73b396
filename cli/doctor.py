"""`josi doctor`: what is there, what is missing, and what to do."""

from typing import Annotated

import typer
from rich.table import Table

from cli import options, show

MARKS = {"ok": "[green]ok[/]", "optional": "[yellow]optional[/]", "missing": "[red]missing[/]"}


@show.fails_kindly
def doctor(
    as_json: options.Json = False,
    flow: Annotated[bool, typer.Option("--flow", help="Run it as the Prefect flow `setup` (phase 0).")] = False,
) -> None:
    """List what this machine has and lacks, with the remedy. Exit code 1 when something needed is missing."""
    from blocks.machine import Status, examine
    from blocks.settings import Settings

    if flow:
        from flows.setup import setup

        checks = setup()
    else:
        checks = examine(Settings())
    table = Table("", "", "found", "remedy", box=None, pad_edge=False)
    for check in checks:
        table.add_row(MARKS[check.status], check.name, check.found, check.remedy)
    if not as_json:
        show.console.print(table)
    missing = [check.name for check in checks if check.status is Status.MISSING]
    summary = f"Missing: {', '.join(missing)}." if missing else "Ready: run `josi run`."
    show.result({"checks": [c.model_dump(mode="json") for c in checks], "missing": missing}, summary, as_json=as_json)
    if missing:
        raise typer.Exit(1)
