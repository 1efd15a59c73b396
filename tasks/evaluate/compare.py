"""One GGUF by itself, or two side by side, on the same scenarios: what `josi eval` shows."""

from collections.abc import Iterator
from pathlib import Path

from josi.errors import ExportError
from josi.records import Record, Role
from tasks.evaluate.answers import Answers, Heard, Progress, Said
from tasks.evaluate.evaluate import listen, read_runtime
from tasks.evaluate.headlines import Compared, compared, headlines
from tasks.evaluate.metrics import Metrics, blocks, check_said, measure, wrong_fields


class Sheet(Record):
    """What one file scored, and everything that it said."""

    file: str
    role: Role
    metrics: Metrics
    answers: Answers


class Pair(Record):
    """A prompt to which two files gave different answers, and whether each was right."""

    name: str
    message: str
    first: str
    second: str
    first_is_right: bool
    second_is_right: bool


class SideBySide(Record):
    """Two sheets of the same role. `lines` hold the second as candidate and the first as baseline."""

    first: Sheet
    second: Sheet
    lines: tuple[Compared, ...]
    pairs: tuple[Pair, ...]


def judge_file(gguf: Path, role: Role, runtime: Path, scenarios: Path, *, progress: Progress | None = None) -> Sheet:
    """Run one file over its role's scenarios, with the runtime folder's settings and grammar.

    Raises ExportError where llama.cpp cannot load the file.
    """
    settings, grammar = read_runtime(runtime)
    answers = listen({role: gguf}, settings, grammar, scenarios, progress=progress)
    if answers.load_errors:
        raise ExportError(answers.load_errors[role], "Is it a GGUF file, and whole? Export or download it again.")
    return Sheet(file=gguf.name, role=role, metrics=measure(answers), answers=answers)


def compare_ggufs(
    first: Path, second: Path, role: Role, runtime: Path, scenarios: Path, *, progress: Progress | None = None
) -> SideBySide:
    """The same scenarios for both files, one after the other (only one is in memory at a time)."""
    return side_by_side(
        judge_file(first, role, runtime, scenarios, progress=progress),
        judge_file(second, role, runtime, scenarios, progress=progress),
    )


def side_by_side(first: Sheet, second: Sheet) -> SideBySide:
    """Differences are second minus first."""
    ours, theirs = (list(_judged(sheet)) for sheet in (first, second))
    pairs = [
        Pair(name=name, message=message, first=a, second=b, first_is_right=a_right, second_is_right=b_right)
        for (name, message, a, a_right), (_, _, b, b_right) in zip(ours, theirs, strict=True)
        if a != b
    ]
    return SideBySide(first=first, second=second, lines=compared(second.metrics, first.metrics), pairs=tuple(pairs))


def verbose(sheet: Sheet) -> Iterator[str]:
    """Every prompt with its answer and a mark where it is wrong, then the numbers."""
    for name, message, answer, right in _judged(sheet):
        yield f"{'  ' if right else '! '}{name}: {message}"
        yield f"    {answer or 'nothing'}"
    for headline, value in headlines(sheet.metrics).items():
        yield f"{headline}: {value}"


def _judged(sheet: Sheet) -> Iterator[tuple[str, str, str, bool]]:
    for heard in sheet.answers.all_heard:
        yield heard.scenario.name, heard.scenario.message, heard.raw or heard.error, _heard_right(heard)
    for said in sheet.answers.said:
        yield said.scenario.name, said.scenario.message, said.said or said.error, _said_right(said)


def _heard_right(item: Heard) -> bool:
    return item.model_request is not None and not wrong_fields(item.scenario.expected, item.model_request)


def _said_right(item: Said) -> bool:
    return not blocks(check_said(item))
