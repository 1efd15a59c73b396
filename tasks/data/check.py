"""Which rows of a data file may be learned from. Every row that may not is named, with its line and the remedy."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from blocks.recipe import Mix
from josi.contract import GATCRequest
from josi.errors import DataError
from josi.records import Finding, Role, Severity
from tasks.data.readers import ChatLine, read_lines
from tasks.data.report import DataReport, Fault, FileCount, Quarantined
from tasks.data.safety import dangers
from tasks.data.targets import Shape, clean_block, read_request, shape_of


class UnusableData(DataError):
    """A file that cannot be used. Carries the report, so that what was found can still be shown."""

    def __init__(self, faults: Sequence[DataError], report: DataReport) -> None:
        super().__init__(" ".join(fault.what for fault in faults), " ".join(dict.fromkeys(f.remedy for f in faults)))
        self.report = report


class Row:
    """A row that may be learned from: its conversation as it will be taught, and the request if it is one."""

    def __init__(self, line: ChatLine, role: Role, request: GATCRequest | None) -> None:
        self.line, self.role, self.request = line, role, request


class Checker:
    """Reads files one after the other; a pair that an earlier file holds is a duplicate too."""

    def __init__(self, mix: Mix, leak: Callable[[str], str] | None = None) -> None:
        self.mix, self.leak = mix, leak
        self.counts: list[FileCount] = []
        self.findings: list[Finding] = []
        self.quarantine: list[Quarantined] = []
        self.problems: list[DataError] = []
        self._seen: dict[tuple[str, ...], str] = {}

    @property
    def report(self) -> DataReport:
        return DataReport(
            files=tuple(self.counts), findings=tuple(self.findings), quarantine=tuple(self.quarantine)
        )

    def read(self, name: str, data: bytes) -> list[Row]:
        """The rows of one file that may be learned from; what is wrong with it goes into `report` and `problems`."""
        try:
            lines = list(read_lines(name, data))
        except DataError as problem:
            self.problems.append(problem)
            self.counts.append(FileCount(file=name))
            return []
        faults: Counter[Fault] = Counter()
        kept: list[Row] = []
        cleaned = 0
        for line in lines:
            if line is None:
                continue
            if isinstance(line, tuple):
                finding, number, raw = line
                faults[Fault.MALFORMED] += 1
                self.findings.append(finding)
                self.quarantine.append(Quarantined(file=name, line=number, reason=str(finding), raw=raw))
                continue
            row, found, mended = self._judge(line)
            faults.update(found)
            cleaned += mended
            if row is not None:
                kept.append(row)
        count = FileCount(
            file=name,
            rows=sum(line is not None for line in lines),
            blank=sum(line is None for line in lines),
            faults=dict(faults),
            cleaned=cleaned,
            kept=dict(Counter(row.role for row in kept)),
        )
        self.counts.append(count)
        self._limit(count)
        return kept

    def _judge(self, line: ChatLine) -> tuple[Row | None, Iterable[Fault], bool]:
        shape, text = shape_of(line.target)
        field = f"messages[{len(line.messages) - (line.system is None)}].content"
        if shape not in (Shape.INTERPRETER, Shape.EXPLAINER):
            return None, [self._wrong_shape(line, field, shape)], False
        request = read_request(text) if shape is Shape.INTERPRETER else None
        if isinstance(request, str):
            remedy = "Mend the target: docs in spec/contract.md, schema in schemas/GATCRequest.schema.json."
            self._aside(line, line.finding(Fault.OFF_CONTRACT, field, "a GATCRequest", request, remedy))
            return None, [Fault.OFF_CONTRACT], False
        line, mended = self._clean(line)
        found = self._faults(line, request, field)
        for finding in found[:1]:
            self._aside(line, finding)
        self.findings += found[1:]
        faults = [Fault(finding.check) for finding in found] + ([Fault.OFF_CONTRACT] if mended else [])
        return (None if found else Row(line, Role(shape.value), request)), faults, mended

    def _faults(self, line: ChatLine, request: GATCRequest | None, field: str) -> list[Finding]:
        found = list(dangers(line, request, field))
        pair = (*(message.content for message in line.messages[:-1]), request.to_json() if request else line.target)
        first = self._seen.setdefault(pair, line.where)
        if first != line.where:
            found.append(
                line.finding(Fault.DUPLICATE, "row", "a pair of its own", f"the pair of {first}", "Leave it out.")
            )
        reason = self.leak(line.said) if self.leak else ""
        if reason:
            remedy = "The row is not learned from: an evaluation prompt says the same."
            found.append(line.finding(Fault.LEAK, "row", "a phrasing that evaluation does not hold", reason, remedy))
        words = max(len(message.content.split()) for message in line.messages[1::2])
        if request is None and words > self.mix.max_words:
            limit = f"at most {self.mix.max_words} words"
            found.append(
                line.finding(Fault.OVER_LONG, field, limit, f"{words} words", "Shorten it, or raise data.max_words.")
            )
        return found

    def _wrong_shape(self, line: ChatLine, field: str, shape: Shape) -> Fault:
        fault = {Shape.V3: Fault.NOT_USED, Shape.BROKEN_JSON: Fault.MALFORMED}.get(shape, Fault.OFF_CONTRACT)
        remedy = {
            Shape.V3: "Rows of the single-model line are for a v3 recipe; a recipe of two models has no use for them.",
            Shape.BROKEN_JSON: "Complete the JSON of the answer.",
        }.get(shape, "An interpreter's answer is a GATCRequest, an explainer's is plain text.")
        self._aside(line, line.finding(fault, field, "a GATCRequest or plain text", f"{shape}: {line.target}", remedy))
        return fault

    def _clean(self, line: ChatLine) -> tuple[ChatLine, bool]:
        messages, mended = list(line.messages), False
        for index, message in enumerate(messages):
            if message.role != "user":
                continue
            content, faults = clean_block(message.content)
            if faults:
                field = f"messages[{index + (line.system is not None)}].content [INTERPRETER]"
                remedy = "The block is cleaned, the row is used."
                finding = line.finding(Fault.OFF_CONTRACT, field, "a GATCRequest", faults, remedy)
                self.findings.append(finding.model_copy(update={"severity": Severity.WARN}))
                messages[index] = message.model_copy(update={"content": content})
                mended = True
        return (line.model_copy(update={"messages": tuple(messages)}) if mended else line), mended

    def _aside(self, line: ChatLine, finding: Finding) -> None:
        self.findings.append(finding)
        self.quarantine.append(Quarantined(file=line.file, line=line.line, reason=str(finding), raw=line.raw))

    def _limit(self, count: FileCount) -> None:
        if not count.rows:
            self.problems.append(DataError(f"{count.file}: holds no rows.", "Give a file of chat JSONL."))
        elif count.malformed_share > self.mix.max_bad_share:
            bad = count.faults[Fault.MALFORMED]
            first = next(f for f in self.findings if f.check == Fault.MALFORMED and f.where.startswith(f"{count.file}:"))
            self.problems.append(
                DataError(
                    f"{count.file}: {bad} of {count.rows} rows are malformed, more than {self.mix.max_bad_share:.0%}; "
                    f"the first: {first}",
                    "Mend the file, or raise data.max_bad_share.",
                )
            )


def check_files(paths: Iterable[Path], mix: Mix) -> DataReport:
    """Read files of chat JSONL and report every row that may not be learned from.

    Raises UnusableData (a DataError that carries the report) where a file is missing, is not UTF-8, holds no rows, or
    has more malformed rows than `mix.max_bad_share`; the other files are still read.
    """
    checker = Checker(mix)
    for path in paths:
        try:
            data = path.read_bytes()
        except OSError as error:
            checker.problems.append(DataError(f"{path}: {error.strerror}.", "Check the path."))
            continue
        checker.read(str(path), data)
    if checker.problems:
        raise UnusableData(checker.problems, checker.report)
    return checker.report
