"""Rows of files beside the project's own text: their system message becomes the recipe's, their words stay."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from blocks.recipe import Mix
from josi.chat import Message
from josi.contract import GATCRequest
from josi.examples import Example
from josi.language import language_of
from josi.records import Finding, Record, Role, Severity, sha256_hex
from josi.runtime import Echo
from tasks.data.check import Checker, UnusableDataError
from tasks.data.expand import generator
from tasks.data.judge import Row
from tasks.data.report import DataReport

LEFT_OUT = "left out"  # the check under which a file of a folder is named that cannot be used
ECHOED = ("free_text", "question")  # what the runtime writes after decoding, where the recipe says so


class ReplacedPrompt(Record):
    """A system message that rows came with, by digest and first words; `rows` had it replaced."""

    role: Role
    sha256: str
    start: str
    rows: int


class Extra(Record):
    """What files of extra data add, already split."""

    train: tuple[Example, ...]
    validation: tuple[Example, ...]
    report: DataReport
    replaced: tuple[ReplacedPrompt, ...]


def target(request: GATCRequest, echo: Echo) -> str:
    """The interpreter's answer as it is learned: canonical JSON, without what the runtime writes."""
    return request.to_json(without=ECHOED if echo is Echo.RUNTIME else ())


def read_extra(
    train: Iterable[Path], validation: Iterable[Path], checker: Checker, found: Iterable[Path] = ()
) -> Extra:
    """Read and split extra data. With validation files nothing is split off; without, a seeded share is.

    Raises UnusableDataError where a file of `train` or `validation` cannot be used at all; one of `found`, which nobody
    named, is left out with a finding. Rows of a validation file are read first, so that training does not repeat them.
    """
    mix = checker.mix
    held = [row for path in validation for row in checker.read(path.name, path.read_bytes())]
    rows = [row for path in train for row in checker.read(path.name, path.read_bytes())]
    rows += [row for path in found if _is_usable(path, checker) for row in checker.read(path.name, path.read_bytes())]
    if checker.problems:
        raise UnusableDataError(checker.problems, checker.report)
    unused = Counter(row.role for row in (*held, *rows) if row.role not in mix.prompts)
    checker.findings += [_unused(role, number) for role, number in unused.items()]
    held, rows = ([row for row in part if row.role in mix.prompts] for part in (held, rows))
    replaced = Counter((row.role, row.line.system or "") for row in (*held, *rows))
    if not held:
        held = [row for row in rows if _held_out(row, mix)]
        rows = [row for row in rows if not _held_out(row, mix)]
    return Extra(
        train=tuple(_example(row, mix) for row in rows),
        validation=tuple(_example(row, mix) for row in held),
        report=checker.report,
        replaced=tuple(_replaced(role, text, number, mix) for (role, text), number in replaced.most_common()),
    )


def _is_usable(path: Path, checker: Checker) -> bool:
    """Tried apart, so that no row of a file that is left out makes the same row elsewhere a duplicate."""
    trial = Checker(checker.mix)
    trial.read(path.name, path.read_bytes())
    checker.findings += [
        Finding(
            check=LEFT_OUT,
            where=path.name,
            expected="a file of chat JSONL",
            got=problem.what,
            remedy=problem.remedy,
            severity=Severity.WARN,
        )
        for problem in trial.problems
    ]
    return not trial.problems


def _held_out(row: Row, mix: Mix) -> bool:
    """By what the user says, so that rows with the same words stay together, in whatever order files are given."""
    return generator(mix.seed, "split", row.line.messages[-2].content).random() < mix.validation_share


def _example(row: Row, mix: Mix) -> Example:
    messages = [Message(role="system", content=mix.prompts[row.role]), *row.line.messages]
    if row.request is not None:
        messages[-1] = Message(role="assistant", content=target(row.request, mix.echo))
    return Example(
        role=row.role,
        messages=tuple(messages),
        source=row.line.source,
        category=row.line.category,
        language=language_of(row.line.said),
        family=row.line.where,
    )


def _replaced(role: Role, text: str, rows: int, mix: Mix) -> ReplacedPrompt:
    start = "(the recipe's own)" if text == mix.prompts[role] else " ".join(text.split())[:80] or "(none)"
    return ReplacedPrompt(role=role, sha256=sha256_hex(text.encode())[:12], start=start, rows=rows)


def _unused(role: Role, number: int) -> Finding:
    return Finding(
        check="not used",
        where=f"{role} rows",
        expected="roles that the recipe has a prompt for",
        got=f"{number} rows",
        remedy=f"Add data.prompts.{role} to the recipe.",
        severity=Severity.WARN,
    )
