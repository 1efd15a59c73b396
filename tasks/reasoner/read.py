"""Training rows from JSONL. Every line that is not learned from, or should be looked at, is named with its number."""

from collections import Counter
from pathlib import Path

from josi.errors import DataError
from josi.records import Finding, Record, Severity, sha256_hex
from tasks.reasoner.lines import Row, read_line
from tasks.reasoner.sift import FEWEST, without_action, without_conflicts, without_rare_labels, without_repeats

MAX_BAD_SHARE = 0.1  # of lines; more than that is another file than the one meant


class Dataset(Record):
    """What a file gave. `sha256` is that of its bytes; `rows` are those to learn from, in the file's order."""

    name: str
    sha256: str
    lines: int
    blank: int
    rows: tuple[Row, ...]
    findings: tuple[Finding, ...]

    @property
    def counts(self) -> dict[str, int]:
        """Rows by label, labels sorted."""
        return dict(sorted(Counter(row.label for row in self.rows).items()))

    @property
    def blocking(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.severity is Severity.BLOCK)


def read_file(path: Path) -> Dataset:
    """Read a file. Raises DataError where it is missing, not UTF-8, or has too few rows to learn and to measure."""
    try:
        return read(path.name, path.read_bytes())
    except OSError as error:
        raise DataError(f"{path}: {error.strerror}.", "Check the path.") from None


def read(name: str, data: bytes) -> Dataset:
    """Rows and findings of a file's bytes; raises DataError as `read_file` does. Secrets are findings that block."""
    lines = _decoded(name, data).split("\n")
    lines = lines[:-1] if not lines[-1] else lines
    findings: list[Finding] = []
    rows: list[Row] = []
    for number, text in enumerate(lines, start=1):
        if text.strip():
            row, found = read_line(name, number, text)
            findings += found
            rows += [row] if row else []
    blank = sum(not text.strip() for text in lines)
    for check in (without_conflicts, without_repeats, without_rare_labels):
        rows, found = check(name, rows)
        findings += found
    findings += without_action(name, rows)
    dataset = Dataset(
        name=name, sha256=sha256_hex(data), lines=len(lines), blank=blank, rows=tuple(rows), findings=tuple(findings)
    )
    _usable(dataset)
    return dataset


def _usable(dataset: Dataset) -> None:
    """Raise DataError for a file that is not what it should be. Secrets come first: they must be told in any case."""
    if dataset.blocking:
        return
    bad = [finding for finding in dataset.findings if finding.check == "bad line"]
    held = dataset.lines - dataset.blank
    if len(bad) > MAX_BAD_SHARE * held:
        raise DataError(
            f"{dataset.name}: {len(bad)} of {held} lines cannot be read, more than {MAX_BAD_SHARE:.0%}; "
            f"the first: {bad[0]}",
            "Mend these lines, then run the same command again.",
        )
    if len(dataset.counts) < 2:
        told = " ".join(map(str, dataset.findings[:3]))
        raise DataError(
            f"{dataset.name}: {len(dataset.rows)} usable rows with {len(dataset.counts)} labels. {told}".strip(),
            f"Give two labels or more with at least {FEWEST} different examples each.",
        )


def _decoded(name: str, data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise DataError(
            f"{name}:{line}: not UTF-8 (byte 0x{error.object[error.start]:02x}).",
            f"Convert it: iconv -f WINDOWS-1252 -t UTF-8 '{name}' > '{name}.utf8'",
        ) from None
