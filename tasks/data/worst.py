"""Answers that a coach refuses, written by hand: data/preference/."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import Field, TypeAdapter, ValidationError

from josi.contract import Outcome
from josi.examples import Reason
from josi.records import Record
from tasks.data.athletes import Language
from tasks.data.slots import ANSWER_SLOTS, SLOT


class Worst(Record):
    """A group of refused answers: why they fail, and the outcomes of the engine that they can follow."""

    reason: Reason
    language: Language
    outcomes: Annotated[tuple[Outcome, ...], Field(alias="for", min_length=1)]
    rejected: Annotated[tuple[str, ...], Field(min_length=1)]


def load_worst(root: Path, faults: list[str]) -> tuple[Worst, ...]:
    """Every group of `ROOT/preference/*.yaml`; what is wrong is added to `faults`."""
    form = TypeAdapter(tuple[Worst, ...])
    groups: list[Worst] = []
    for path in sorted((root / "preference").glob("*.yaml")):
        try:
            read = form.validate_python(yaml.safe_load(path.read_text("utf-8")) or ())
        except yaml.YAMLError as error:
            faults.append(f"preference/{path.name}: {' '.join(str(error).split())}")
        except ValidationError as error:
            faults += [f"preference/{path.name} {'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors()]
        else:
            groups += read
            faults += [f"preference/{path.name}: {fault}" for group in read for fault in _faults(group)]
    return tuple(groups)


def _faults(group: Worst) -> Iterator[str]:
    for text in group.rejected:
        for slot in set(SLOT.findall(text)) - ANSWER_SLOTS:
            yield f"unknown slot {{{slot}}} in {text!r}; known: {', '.join(sorted(ANSWER_SLOTS))}"
