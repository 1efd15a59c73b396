"""The gold set as a spreadsheet: CSV that Excel, LibreOffice and Numbers open, and what people save from them."""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence

from pydantic import ValidationError

from josi.errors import DataError
from tasks.data.gold.check import findings_of
from tasks.data.gold.entry import Gold, digest_of, one_line
from tasks.data.gold.review import Edit, Verdict
from tasks.data.gold.words import GLOSS, Told, context_in_words, decision_in_words

# What a reviewer fills in stands beside what is there; `of_text` says which text was seen.
FILLED = ("your_answer", "verdict", "comment", "reviewer")
SHOWN = ("name", "situation", "language", "state", "message", "context", "decision", "answer", "rules")
COLUMNS = (*SHOWN, *FILLED, "of_text")
NEEDED = ("name", *FILLED, "of_text")
_SAID: Mapping[str, Verdict] = {
    **dict.fromkeys(("approve", "approved", "ok", "okay", "yes", "ja", "goed", "akkoord"), Verdict.APPROVE),
    **dict.fromkeys(("change", "changed", "wijzig", "gewijzigd"), Verdict.CHANGE),
    **dict.fromkeys(("comment", "no", "nee", "opmerking"), Verdict.COMMENT),
}
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
SAVE_AS = "In the spreadsheet choose Save as, CSV UTF-8."


def sheet(golds: Sequence[Gold]) -> bytes:
    """UTF-8 with a byte order mark, as Excel wants it. No cell can be read as a formula."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows([_guarded(cell) for cell in _cells(gold)] for gold in golds)
    return text.getvalue().encode("utf-8-sig")


def edits_in(data: bytes) -> tuple[Edit, ...]:
    """What reviewers filled in; rows that nobody touched are none. Raises DataError with every row that is unclear."""
    faults: list[str] = []
    edits = tuple(edit for line, row in _rows(data) for edit in _edit(line, row, faults))
    if faults:
        raise DataError("The sheet has rows that cannot be read:\n" + "\n".join(faults), "\nMend them and apply again.")
    return edits


def _cells(gold: Gold) -> tuple[str, ...]:
    entry = gold.entry
    return (
        entry.name,
        GLOSS[entry.situation],
        entry.language,
        gold.state,
        entry.message,
        _listed(context_in_words(gold.context, entry.language)),
        _listed(decision_in_words(gold.decision)),
        entry.answer,
        "\n".join(map(str, findings_of(gold))),
        *("" for _ in FILLED),
        digest_of(gold),
    )


def _listed(told: Sequence[Told]) -> str:
    return "\n".join(f"{one.what}: {one.text}" for one in told)


def _guarded(cell: str) -> str:
    """A spreadsheet runs what begins with = + - or @; behind an apostrophe it is text."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def _bare(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def _rows(data: bytes) -> Iterator[tuple[int, dict[str, str]]]:
    """Rows by column. Spreadsheets of countries with a decimal comma separate by semicolons."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise DataError("The sheet is not UTF-8.", SAVE_AS) from None
    head = text.split("\n", 1)[0]
    separator = max(",;\t", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        titles = [title.strip() for title in next(reader, [])]
        if missing := [name for name in NEEDED if name not in titles]:
            raise DataError(f"The sheet lacks the columns {', '.join(missing)}.", "Keep the first row as it was.")
        for cells in reader:
            yield reader.line_num, dict(zip(titles, map(_bare, cells), strict=False))
    except csv.Error as error:
        raise DataError(f"Line {reader.line_num} of the sheet is no CSV: {error}.", SAVE_AS) from None


def _edit(line: int, row: Mapping[str, str], faults: list[str]) -> Iterator[Edit]:
    name, answer, said, note = (one_line(row.get(key, "")) for key in ("name", "your_answer", "verdict", "comment"))
    if not (answer or said or note):
        return
    verdict = _verdict(said.lower(), answer)
    if verdict is None:
        faults.append(f"line {line} {name}: verdict {said!r} is none of approve, change, comment")
        return
    given = {"name": name, "of_text": row.get("of_text", "").strip(), "answer": answer, "note": note}
    try:
        yield Edit.model_validate({**given, "verdict": verdict, "reviewer": row.get("reviewer", "")})
    except ValidationError as error:
        faults += [f"line {line} {name}: {item['loc'][0]}: {item['msg']}" for item in error.errors()]


def _verdict(said: str, answer: str) -> Verdict | None:
    """A text of one's own is a change, whoever approves it; a comment alone asks for another."""
    if said and said not in _SAID:
        return None
    if answer:
        return Verdict.CHANGE
    return _SAID[said] if said else Verdict.COMMENT
