"""What people see: one console, one way to print a record, one way to fail."""

import json
import logging
import os
import sys
from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from pydantic import BaseModel
from rich.console import Console
from rich.logging import RichHandler

from josi.errors import JosiError

console = Console(stderr=True, highlight=False)

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


def logs(verbose: bool) -> None:
    """Our own log lines to standard error; other libraries only when something is wrong."""
    logging.basicConfig(level=logging.WARNING, format="%(message)s", handlers=[RichHandler(console=console, show_path=False)])
    for name in ("josi", "blocks", "tasks", "flows"):
        logging.getLogger(name).setLevel(logging.DEBUG if verbose else logging.INFO)
