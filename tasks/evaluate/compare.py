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


class Answered(Record):
    """One prompt, what was expected and what was said. `right` is judged before post-processing."""

    name: str
    message: str
    expected: str
    said: str
    right: bool


class Pair(Record):
    """A prompt to which two files gave different answers."""

    first: Answered
    second: Answered


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
    answers = listen({role: gguf}, read_runtime(runtime), scenarios, progress=progress)
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
    both = zip(answered(first), answered(second), strict=True)
    pairs = tuple(Pair(first=one, second=other) for one, other in both if one.said != other.said)
    return SideBySide(first=first, second=second, lines=compared(second.metrics, first.metrics), pairs=pairs)


def answered(sheet: Sheet) -> Iterator[Answered]:
    """Every prompt in the order in which it was put."""
    for heard in sheet.answers.all_heard:
        expected = heard.scenario.expected.to_json(without=("free_text", "question"))
        yield _answered(heard, expected, heard.raw or heard.error, right=_heard_right(heard))
    for said in sheet.answers.said:
        yield _answered(said, _said_expected(said), said.said or said.error, right=not blocks(check_said(said)))


def verbose(sheet: Sheet) -> Iterator[str]:
    """Every prompt with what was expected and said, marked where it is wrong; then the table."""
    for item in answered(sheet):
        yield f"{' ' if item.right else '!'} {item.name}: {item.message}"
        yield f"    expected  {item.expected}"
        yield f"    said      {item.said or 'nothing'}"
    yield table(sheet)


def table(found: Sheet | SideBySide) -> str:
    """The headlines as text, one a line: of one file, or of two with the change between them."""
    if isinstance(found, Sheet):
        rows = headlines(found.metrics)
        width = max((len(name) for name in rows), default=0)
        return "\n".join([found.file, *(f"  {name:<{width}}  {value}" for name, value in rows.items())])
    lines = [f"A  {found.first.file}", f"B  {found.second.file}"]
    for line in found.lines:
        change = line.difference
        text = f"{change.change:+.3f} ({change.low:+.3f} to {change.high:+.3f}), {change.word}" if change else "unknown"
        lines += [line.name, f"  A      {line.baseline}", f"  B      {line.candidate}", f"  B - A  {text}"]
    return "\n".join([*lines, f"{len(found.pairs)} prompts were answered differently."])


def _answered(item: Heard | Said, expected: str, said: str, *, right: bool) -> Answered:
    which = item.scenario
    return Answered(name=which.name, message=which.message, expected=expected, said=said, right=right)


def _heard_right(item: Heard) -> bool:
    return item.model_request is not None and not wrong_fields(item.scenario.expected, item.model_request)


def _said_expected(item: Said) -> str:
    """What the explainer had to put into words."""
    return "; ".join(part for part in (item.decision.workout_summary, *item.decision.rationale_bullets) if part)
