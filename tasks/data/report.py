"""What a reading of data files found: counts per file and in all, findings, and the rows that were set aside."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import TYPE_CHECKING

from pydantic import Field

from josi.records import Finding, Record, Role

if TYPE_CHECKING:
    from rich.console import Group

SHOWN = 3  # findings shown of each kind; all of them are in the report


class Fault(StrEnum):
    """Why a row is named. A row can be counted under several; the first that applies sets it aside."""

    MALFORMED = "malformed"
    OFF_CONTRACT = "off-contract"
    UNSAFE = "unsafe"
    SECRET = "secret"  # noqa: S105 - a kind of fault
    PERSONAL = "personal"
    DUPLICATE = "duplicate"
    OVER_LONG = "over-long"
    LANGUAGE = "language"
    NOT_USED = "not used"
    LEAK = "leak"


class Quarantined(Record):
    """One line that was set aside, as it stood in the file."""

    file: str
    line: int
    reason: str
    raw: str


class FileCount(Record):
    """How one file was read. `rows` are its lines that are not blank."""

    file: str
    rows: int = 0
    blank: int = 0
    faults: Mapping[Fault, int] = Field(default_factory=dict)
    cleaned: int = 0
    kept: Mapping[Role, int] = Field(default_factory=dict)

    @property
    def good(self) -> int:
        return sum(self.kept.values())

    @property
    def aside(self) -> int:
        return self.rows - self.good

    @property
    def malformed_share(self) -> float:
        return self.faults.get(Fault.MALFORMED, 0) / self.rows if self.rows else 0.0


class DataReport(Record):
    """The summary of one reading; `quarantine` holds what was set aside."""

    files: tuple[FileCount, ...]
    findings: tuple[Finding, ...] = ()
    quarantine: tuple[Quarantined, ...] = ()

    @property
    def total(self) -> FileCount:
        faults: Counter[Fault] = Counter()
        kept: Counter[Role] = Counter()
        for count in self.files:
            faults.update(count.faults)
            kept.update(count.kept)
        return FileCount(
            file="all",
            rows=sum(count.rows for count in self.files),
            blank=sum(count.blank for count in self.files),
            faults=dict(faults),
            cleaned=sum(count.cleaned for count in self.files),
            kept=dict(kept),
        )


def quarantine_lines(rows: Iterable[Quarantined]) -> str:
    """The quarantine file: JSONL with file, line, reason and raw."""
    return "".join(json.dumps(row.model_dump(), ensure_ascii=False) + "\n" for row in rows)


HEADINGS = ("file", "rows", "blank", *(fault.value for fault in Fault), "cleaned", "set aside", *Role)


def cells(count: FileCount) -> list[str]:
    """One line of the table, in the order of HEADINGS."""
    return [
        count.file,
        *(str(n) for n in (count.rows, count.blank, *(count.faults.get(fault, 0) for fault in Fault))),
        *(str(n) for n in (count.cleaned, count.aside, *(count.kept.get(role, 0) for role in Role))),
    ]


def lines(report: DataReport) -> list[FileCount]:
    return [*report.files, report.total] if len(report.files) > 1 else list(report.files)


def samples(report: DataReport) -> Iterable[tuple[str, int, list[Finding]]]:
    """Each kind of finding with its number and its first few."""
    kinds = Counter(finding.check for finding in report.findings)
    for kind, number in kinds.items():
        yield kind, number, [finding for finding in report.findings if finding.check == kind][:SHOWN]


def table(report: DataReport) -> "Group":
    """The report for a terminal."""
    from rich.console import Group
    from rich.table import Table
    from rich.text import Text

    counts = Table(title="Data check", title_justify="left")
    for index, heading in enumerate(HEADINGS):
        counts.add_column(heading, justify="left" if index == 0 else "right", overflow="fold")
    for count in lines(report):
        counts.add_row(*cells(count))
    shown: list[Text] = []
    for kind, number, findings in samples(report):
        shown.append(Text(f"\n{kind}: {number}" + (f", the first {SHOWN}:" if number > SHOWN else ":"), style="bold"))
        shown += [Text(f"  {finding}") for finding in findings]
    return Group(counts, *shown)


def markdown(report: DataReport) -> str:
    """The report for Prefect and for the data card."""
    text = ["| " + " | ".join(HEADINGS) + " |", "|---" * len(HEADINGS) + "|"]
    text += ["| " + " | ".join(cells(count)) + " |" for count in lines(report)]
    text += ["", "A row can be counted under several faults; the first that applies sets it aside."]
    for kind, number, findings in samples(report):
        text += ["", f"**{kind}: {number}**" + (f", the first {SHOWN}:" if number > SHOWN else ":"), ""]
        text += [f"- {_inline(str(finding))}" for finding in findings]
    return "\n".join(text) + "\n"


def _inline(text: str) -> str:
    return text.replace("\n", " ⏎ ").replace("|", "\\|")
