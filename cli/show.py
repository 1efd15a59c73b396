"""What people see: one console, one way to print a record, one way to fail."""

import json
import logging
import os
import shutil
import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from pydantic import BaseModel
from rich.console import Console
from rich.logging import RichHandler
from rich.progress import BarColumn, DownloadColumn, Progress, TaskID, TextColumn, TransferSpeedColumn

from josi.candidate import Candidate
from josi.errors import JosiError
from josi.records import Channel

console = Console(stderr=True, highlight=False, width=None if sys.stderr.isatty() else 120)

P = ParamSpec("P")
R = TypeVar("R")


def result(record: BaseModel | dict[str, Any], text: str, *, as_json: bool) -> None:
    """The outcome on standard output: words for people, or one JSON object for programs."""
    if as_json:
        value = record.model_dump(mode="json") if isinstance(record, BaseModel) else record
        print(json.dumps(value, ensure_ascii=False, indent=1))
    else:
        Console(highlight=False, soft_wrap=True).print(text, markup=False)


def fails_kindly(command: Callable[P, R]) -> Callable[P, R]:
    """Errors that a user can mend are one message, with the remedy and the exit code that belongs to them."""

    @wraps(command)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except JosiError as error:
            if os.environ.get("JOSI_DEBUG"):
                raise
            console.print(f"[bold red]{type(error).__name__}[/]", end=" ")
            console.print(error.what, markup=False)
            if error.remedy:
                console.print(f"Remedy: {error.remedy}", markup=False, style="green")
            sys.exit(error.exit_code)
        except KeyboardInterrupt:
            console.print("Stopped. Run the same command again: it goes on where it was.")
            sys.exit(130)

    return wrapped


def copy(source: Path, target: Path) -> Path:
    """Copy an artifact's files into a folder of the user's; returns that folder."""
    for path in source.rglob("*"):
        if path.is_file() and path.name != "MANIFEST.json":
            destination = target / path.relative_to(source)
            destination.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, destination)
    return target


def verdict(candidate: Candidate, report: Path) -> None:
    """Which channel was reached, and why not a higher one."""
    console.print(f"\n[bold]{candidate.identity}[/]")
    for channel in Channel:
        reasons = candidate.verdict.reasons.get(channel, ("not judged",))
        console.print(f"  [green]{channel}: open[/]" if not reasons else f"  [yellow]{channel}: closed[/]")
        for reason in reasons:
            console.print(f"    {reason}", markup=False)
    console.print(f"Report: {report / 'report.html'}\n", markup=False)


@contextmanager
def percent(title: str = "") -> Iterator[Callable[..., None]]:
    """A progress bar for bytes."""
    with Progress(
        TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TransferSpeedColumn(), console=console
    ) as bar:
        bars: dict[str, TaskID] = {}

        def show(name: str, done: int, total: int) -> None:
            if name not in bars:
                bars[name] = bar.add_task(f"{title} {name}".strip(), total=total)
            bar.update(bars[name], completed=done)

        yield show


class Named(logging.Formatter):
    """Says which task of the run a line belongs to. Tracebacks are for faults of ours, not for what a user can mend."""

    def format(self, record: logging.LogRecord) -> str:
        name = getattr(record, "task_run_name", "") or getattr(record, "flow_run_name", "")
        told = record.getMessage()
        text = told if not name or told.startswith(name) else f"{name}: {told}"
        if record.exc_info and not isinstance(record.exc_info[1], JosiError):
            text += "\n" + self.formatException(record.exc_info)
        return text


def _wanted(record: logging.LogRecord) -> bool:
    """Failures that a user can mend are told once, at the end, by the command itself."""
    if record.exc_info and isinstance(record.exc_info[1], JosiError):
        return False
    return not record.getMessage().startswith("Finished in state Failed(")


def logs(verbose: bool) -> None:
    """Our own log lines to standard error; other libraries only when something is wrong."""
    handler = RichHandler(console=console, show_path=False, show_level=False, log_time_format="%H:%M:%S")
    handler.setFormatter(Named())
    handler.addFilter(_wanted)
    warnings.filterwarnings("ignore", category=FutureWarning)  # libraries among themselves
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    for name in ("josi", "blocks", "tasks", "flows"):
        logging.getLogger(name).setLevel(logging.DEBUG if verbose else logging.INFO)
        if verbose:  # Prefect sets the levels of deployments/logging.yml when it is imported, here and in flow runs
            os.environ[f"PREFECT_LOGGING_LOGGERS_{name.upper()}_LEVEL"] = "DEBUG"
