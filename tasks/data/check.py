"""Which rows of data files may be learned from. Every row that may not is named, with its line and the remedy."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from blocks.recipe import Mix
from josi.errors import DataError
from josi.records import Finding
from tasks.data.judge import Judge, Row, Verdict
from tasks.data.readers import ChatLine, read_lines
from tasks.data.report import DataReport, Fault, FileCount, Quarantined


class UnusableDataError(DataError):
    """Files that cannot be used. Carries the report, so that what was found can still be shown."""

    def __init__(self, faults: Sequence[DataError], report: DataReport) -> None:
        super().__init__(" ".join(fault.what for fault in faults), " ".join(dict.fromkeys(f.remedy for f in faults)))
        self.report = report


class Checker:
    """Reads files one after the other; a pair that an earlier file holds is a duplicate too."""

    def __init__(self, mix: Mix, leak: Callable[[str], str] | None = None) -> None:
        self.mix = mix
        self.counts: list[FileCount] = []
        self.findings: list[Finding] = []
        self.quarantine: list[Quarantined] = []
        self.problems: list[DataError] = []
        self._judge = Judge(mix, leak)

    @property
    def report(self) -> DataReport:
        return DataReport(files=tuple(self.counts), findings=tuple(self.findings), quarantine=tuple(self.quarantine))

    def read(self, name: str, data: bytes) -> list[Row]:
        """The rows of one file that may be learned from; what is wrong with it goes into `report` and `problems`."""
        try:
            lines = list(read_lines(name, data))
        except DataError as problem:
            self.problems.append(problem)
            self.counts.append(FileCount(file=name))
            return []
        verdicts = [self._verdict(name, line) for line in lines if line is not None]
        rows = [verdict.row for verdict in verdicts if verdict.row is not None]
        self.findings += [finding for verdict in verdicts for finding in verdict.findings]
        count = FileCount(
            file=name,
            rows=len(verdicts),
            blank=len(lines) - len(verdicts),
            faults=dict(Counter(fault for verdict in verdicts for fault in verdict.faults)),
            cleaned=sum(verdict.cleaned for verdict in verdicts),
            kept=dict(Counter(row.role for row in rows)),
        )
        self.counts.append(count)
        self._limit(count)
        return rows

    def _verdict(self, name: str, line: ChatLine | tuple[Finding, int, str]) -> Verdict:
        if isinstance(line, ChatLine):
            verdict, number, raw = self._judge.judge(line), line.line, line.raw
        else:
            finding, number, raw = line
            verdict = Verdict(row=None, findings=(finding,))
        if verdict.row is None:
            self.quarantine.append(Quarantined(file=name, line=number, reason=verdict.reason, raw=raw))
        return verdict

    def _limit(self, count: FileCount) -> None:
        if not count.rows:
            self.problems.append(DataError(f"{count.file}: holds no rows.", "Give a file of chat JSONL."))
        elif count.malformed_share > self.mix.max_bad_share:
            bad = count.faults[Fault.MALFORMED]
            named = (finding for finding in self.findings if finding.where.startswith(f"{count.file}:"))
            first = next(finding for finding in named if finding.check == Fault.MALFORMED)
            self.problems.append(
                DataError(
                    f"{count.file}: {bad} of {count.rows} rows are malformed, more than {self.mix.max_bad_share:.0%}; "
                    f"the first: {first}",
                    "Mend the file, or raise data.max_bad_share.",
                )
            )


def check_files(paths: Iterable[Path], mix: Mix, leak: Callable[[str], str] | None = None) -> DataReport:
    """Read files of chat JSONL and report every row that may not be learned from; `leak` names evaluation prompts.

    Raises UnusableDataError (a DataError that carries the report) where a file is missing, is not UTF-8, holds no rows,
    or has more malformed rows than `mix.max_bad_share`; the other files are still read.
    """
    checker = Checker(mix, leak)
    for path in paths:
        try:
            data = path.read_bytes()
        except OSError as error:
            checker.problems.append(DataError(f"{path}: {error.strerror}.", "Check the path."))
            continue
        checker.read(str(path), data)
    if checker.problems:
        raise UnusableDataError(checker.problems, checker.report)
    return checker.report
