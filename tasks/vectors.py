"""`make vectors`: the hand-written cases of `data/vectors/` become `schemas/vectors/`, which ports run.

What a rule has to answer is written by hand beside each input. Where the Python rule answers otherwise, one of the two
is wrong: nothing is written, and each such case is named with its file and line.
"""

import json
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml
from pydantic import JsonValue, ValidationError

from josi.errors import DataError
from josi.records import Record
from josi.vectors import RULES
from tasks.marked import Plain

SOURCE, TARGET = Path("data/vectors"), Path("schemas/vectors")
FEWEST = 40  # cases a rule


class Case(Record):
    """One claim about a rule. `input` and `expected` are JSON."""

    name: str
    input: Mapping[str, JsonValue]
    expected: JsonValue


class Sheet(Record):
    """A file of `data/vectors/`: `about` tells a porter what goes in, what comes out and in which units.

    `defaults` is the part that every case's input has, unless the case says otherwise.
    """

    rule: str
    about: str
    defaults: Mapping[str, JsonValue] = {}
    cases: tuple[Case, ...]


def documents(source: Path = SOURCE) -> dict[str, str]:
    """File name to content. Raises DataError with every case that the rule answers otherwise."""
    sheets = [sheet for path in sorted(source.glob("*.yaml")) for sheet in [_sheet(path)]]
    faults = [fault for path in sorted(source.glob("*.yaml")) for fault in faults_of(path)]
    if faults:
        raise DataError("Cases and rules disagree:\n" + "\n".join(faults), "\nMend the rule, or the case in data/.")
    return {
        "README.md": _index(sheets),
        **{f"{sheet.rule}.jsonl": "".join(map(_line, _cases(sheet))) for sheet in sheets},
    }


def faults_of(path: Path) -> list[str]:
    """What is wrong with one sheet, each with its place."""
    sheet, lines = _sheet(path), _lines(path)
    if sheet.rule not in RULES or sheet.rule != path.stem:
        return [f"{path}: there is no rule {sheet.rule} with this file's name; known: {', '.join(RULES)}"]
    names: dict[str, int] = {}
    faults = []
    for case, line in zip(_cases(sheet), lines, strict=True):
        if names.setdefault(case["name"], line) != line:
            faults.append(f"{path}:{line} {case['name']!r}: line {names[case['name']]} has this name too")
        got = _answer(sheet.rule, case["input"])
        if got != case["expected"]:
            faults.append(f"{path}:{line} {case['name']!r}: expected {_json(case['expected'])}, got {_json(got)}")
    return faults


def _answer(rule: str, given: Mapping[str, Any]) -> Any:
    try:
        return json.loads(json.dumps(RULES[rule].answer(given)))
    except (KeyError, ValueError, TypeError) as error:
        return f"{type(error).__name__}: {error}"


def _sheet(path: Path) -> Sheet:
    try:
        return Sheet.model_validate(yaml.load(path.read_text("utf-8"), Loader=Plain))  # noqa: S506 - a SafeLoader
    except (yaml.YAMLError, ValidationError) as error:
        raise DataError(f"{path}: {error}", "The form is in data/vectors/README.md.") from None


def _cases(sheet: Sheet) -> Iterable[dict[str, Any]]:
    for case in sheet.cases:
        given = {**sheet.defaults, **case.input}
        yield {"rule": sheet.rule, "name": case.name, "input": given, "expected": case.expected}


def _lines(path: Path) -> list[int]:
    root = yaml.compose(path.read_text("utf-8"), Loader=Plain)
    assert isinstance(root, yaml.MappingNode)  # noqa: S101 - it was validated as a Sheet
    cases = next(value for key, value in root.value if key.value == "cases")
    return [case.start_mark.line + 1 for case in cases.value]


def _line(case: Mapping[str, Any]) -> str:
    return _json(case) + "\n"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _index(sheets: Iterable[Sheet]) -> str:
    rows = [f"| [{one.rule}]({one.rule}.jsonl) | {len(one.cases)} | {' '.join(one.about.split())} |" for one in sheets]
    return "\n".join(
        (
            "# Test vectors",
            "",
            "What every port of the rules has to answer, one JSON object a line: `rule`, `name`, `input`, `expected`.",
            "UTF-8, keys in any order; numbers are compared by value. Written by `make vectors` from hand-made cases.",
            "",
            "| rule | cases | input and answer |",
            "|---|---|---|",
            *rows,
            "",
        )
    )


def write() -> None:
    """Write `schemas/vectors/` anew; files whose sheet is gone are removed."""
    found = documents()
    TARGET.mkdir(parents=True, exist_ok=True)
    for path in TARGET.iterdir():
        if path.name not in found:
            path.unlink()
    for name, text in found.items():
        (TARGET / name).write_text(text, "utf-8")


if __name__ == "__main__":
    try:
        write()
    except DataError as error:
        sys.exit(str(error))
