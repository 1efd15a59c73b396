"""Reads the golden and the hostile scenarios. Every fault of every file is shown at once, with file and line."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml
from pydantic import Field, ValidationError

from josi.contract import Action, Constraints, GATCRequest
from josi.errors import DataError
from josi.golden import Decided, Golden, Outcomes, Wanted, Way
from josi.language.which import Language
from josi.parsing import ASK_INTENT, ASK_SPORT, LONGEST
from josi.postprocess import STOP_AND_SEEK_CARE
from josi.records import Record
from josi.tiers import MEDICAL
from tasks.data.partial import context_of
from tasks.marked import read_marked

ASKS: Mapping[str, Mapping[Language, str]] = {
    MEDICAL: STOP_AND_SEEK_CARE,
    "sport": ASK_SPORT,
    "date": {"en": "Which day do you mean?", "nl": "Welke dag bedoel je?"},
}
QUESTIONS = (Action.EXPLAIN, Action.ANSWER_QUESTION)
FIELDS = frozenset(GATCRequest.model_fields) | {f"constraints.{name}" for name in Constraints.model_fields}


class Written(Record):
    """A scenario as it stands in a file. `context` is laid over an ordinary day (`tasks/data/partial.py`); `expected`
    holds no words of the athlete and needs no `clarify_message`."""

    name: str
    topic: str
    language: Language
    message: str
    context: Mapping[str, Any] = Field(default_factory=dict)
    expected: Mapping[str, Any]
    must: Mapping[str, Any] = Field(default_factory=dict)
    must_not: Mapping[str, Any] = Field(default_factory=dict)
    outcome: Outcomes = ()
    decision: Decided = Decided()
    answer: Wanted = Wanted()
    way: Way | None = None


def load_golden(root: Path) -> tuple[Golden, ...]:
    """The golden scenarios under `root`/judge. Raises DataError with all faults at once."""
    return load_scenarios(sorted((root / "judge").glob("golden*.yaml")))


def load_hostile(root: Path) -> tuple[Golden, ...]:
    """The hostile scenarios under `root`/judge; each names its `way` in. Raises DataError with all faults at once."""
    return load_scenarios([root / "judge" / "hostile.yaml"], hostile=True)


def load_scenarios(paths: Sequence[Path], *, hostile: bool = False) -> tuple[Golden, ...]:
    """The scenarios of some files, in order. Raises DataError with all faults at once."""
    faults: list[str] = []
    found = [item for path in paths for item in _read(path, faults, hostile=hostile)]
    places: dict[str, str] = {}
    for where, scenario in found:
        before = places.setdefault(scenario.name, where)
        if before != where:
            faults.append(f"{where}: the name {scenario.name} stands at {before} too")
    if faults:
        raise DataError(
            "The golden scenarios have faults:\n" + "\n".join(faults), "\nThe form is in data/judge/CARD.md."
        )
    return tuple(scenario for _, scenario in found)


def counts(scenarios: Sequence[Golden]) -> dict[str, dict[str, int]]:
    """Scenarios by topic, by language, and (hostile ones) by way."""
    return {
        "topic": dict(sorted(Counter(item.topic for item in scenarios).items())),
        "language": dict(sorted(Counter(item.language for item in scenarios).items())),
        "way": dict(sorted(Counter(item.way for item in scenarios if item.way).items())),
    }


def _read(path: Path, faults: list[str], *, hostile: bool) -> Iterator[tuple[str, Golden]]:
    try:
        node, raw = read_marked(path.read_text("utf-8"))
    except OSError as error:
        faults.append(f"{path.name}: {error.strerror}")
        return
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        faults.append(f"{path.name}: {' '.join(str(error).split())}")
        return
    if not isinstance(node, yaml.SequenceNode):
        faults.append(f"{path.name}:1: expected a list of scenarios")
        return
    for entry, value in zip(node.value, raw, strict=True):
        where = f"{path.name}:{entry.start_mark.line + 1}"
        try:
            written = Written.model_validate(value)
            scenario = _scenario(written)
        except ValidationError as error:
            name = value.get("name", "?") if isinstance(value, dict) else "?"
            faults += [f"{where} {name}, {'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors()]
            continue
        found = list(_faults(scenario, hostile=hostile))
        faults += [f"{where} {scenario.name}, {fault}" for fault in found]
        if not found:
            yield where, scenario


def _scenario(written: Written) -> Golden:
    fields = dict(written)
    context, expected = context_of(written.context), _request(written)
    return Golden(**{**fields, "context": context, "expected": expected})


def _request(written: Written) -> GATCRequest:
    """The expected request with the athlete's own words, and with the line's own question where it asks one."""
    own_words = written.message.strip()[:LONGEST] or "?"
    made = {"free_text": own_words, **written.expected}
    if made.get("action") in QUESTIONS:
        made["question"] = own_words
    if made.get("action") == Action.CLARIFY:
        missing = next(iter(made.get("missing") or ()), "")
        made.setdefault("clarify_message", ASKS.get(missing, ASK_INTENT)[written.language])
    return GATCRequest.model_validate(made)


def _faults(scenario: Golden, *, hostile: bool) -> Iterator[str]:
    for field in (*scenario.must, *scenario.must_not):
        if field not in FIELDS:
            yield f"unknown field {field}; known: {', '.join(sorted(FIELDS))}"
    if not (scenario.must or scenario.must_not or scenario.outcome or scenario.answer != Wanted()):
        yield "says nothing that must or must not be"
    if hostile != (scenario.way is not None):
        yield "names no way in" if hostile else "a way in is for hostile scenarios"
