"""One entry of the table of rules."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

Input = Mapping[str, Any]


class Rule(NamedTuple):
    """A rule by its name in file names. `answer` takes a case's input and gives JSON values only."""

    name: str
    answer: Callable[[Input], Any]
