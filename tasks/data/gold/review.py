"""What a coach says of gold answers, and how it is taken in: each word by itself, and never for another text."""

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, ValidationError

from josi.contract import Day
from josi.errors import DataError
from josi.records import Record
from tasks.data.gold.check import findings_of
from tasks.data.gold.entry import Gold, Line, Review, State, digest_of

AGAIN = "Make a new page (josi gold page) or sheet (josi gold sheet), and review this one again."


class Verdict(StrEnum):
    """APPROVE: good as it is. CHANGE: good in the reviewer's words. COMMENT: not good yet, the note says why."""

    APPROVE = "approve"
    CHANGE = "change"
    COMMENT = "comment"


class Edit(Record):
    """What was said of one answer. `of_text` names the text that the reviewer saw; `answer` counts for CHANGE."""

    name: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    of_text: Annotated[str, StringConstraints(max_length=64)]
    verdict: Verdict
    answer: Line = ""
    note: Line = ""
    reviewer: Annotated[Line, StringConstraints(max_length=80)] = ""


class ReviewFile(Record):
    """What the page saves. `josi_gold_review` is the version of this form."""

    josi_gold_review: Literal[1]
    reviewer: Annotated[Line, StringConstraints(min_length=1, max_length=80)]
    date: Day
    edits: Annotated[tuple[Edit, ...], Field(max_length=5000)]


def read_review(path: Path) -> ReviewFile:
    """What the page saved. Raises DataError with everything that is wrong with the file."""
    try:
        return ReviewFile.model_validate_json(path.read_bytes())
    except ValidationError as error:
        faults = [".".join(map(str, item["loc"])) + ": " + item["msg"] for item in error.errors()]
        raise DataError(
            f"{path} is no review that the page saved: {'; '.join(faults[:10])}.",
            "Press Save my review on the page again; a spreadsheet's file ends in .csv.",
        ) from None


class Refused(Record):
    """An edit that was not taken, and what to do."""

    name: str
    reason: str
    remedy: str


class Taken(Record):
    """What became of a review. `already`: the answers that stood so before."""

    approved: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    commented: tuple[str, ...] = ()
    already: tuple[str, ...] = ()
    refused: tuple[Refused, ...] = ()
    files: tuple[str, ...] = ()


def take(golds: Sequence[Gold], edits: Iterable[Edit], reviewer: str, day: Day) -> tuple[tuple[Gold, ...], Taken]:
    """The gold answers with every edit that holds, and what became of each. Writes nothing.

    `reviewer` signs the edits that name nobody.
    """
    known = {gold.name: gold for gold in golds}
    now = dict(known)
    told: dict[str, list[str]] = {}
    refused: list[Refused] = []
    seen: set[str] = set()
    for edit in edits:
        signed = edit.model_copy(update={"reviewer": edit.reviewer or reviewer})
        done = _refused(signed, known, seen) or _after(known[edit.name], signed, day)
        if isinstance(done, Refused):
            refused.append(done)
            continue
        seen.add(edit.name)
        same = done.entry == known[edit.name].entry
        told.setdefault("already" if same else _HEADING[edit.verdict], []).append(edit.name)
        now[edit.name] = done
    counted = {heading: tuple(names) for heading, names in told.items()}
    return tuple(now.values()), Taken.model_validate({**counted, "refused": tuple(refused)})


_HEADING: Mapping[Verdict, str] = {
    Verdict.APPROVE: "approved",
    Verdict.CHANGE: "changed",
    Verdict.COMMENT: "commented",
}


def _refused(edit: Edit, known: Mapping[str, Gold], seen: set[str]) -> Refused | None:
    gold = known.get(edit.name)
    if gold is None:
        return _refuse(edit, "there is no gold answer of this name", AGAIN)
    if edit.name in seen:
        return _refuse(edit, "the review speaks of it twice", "Keep one of the two; the first was looked at.")
    if edit.of_text != digest_of(gold) and not _is_done(gold, edit):
        return _refuse(edit, "what was reviewed has changed since", AGAIN)
    if not edit.reviewer:
        return _refuse(edit, "nobody signed it", "Fill in the reviewer, or use --reviewer NAME.")
    if edit.verdict is Verdict.COMMENT and not edit.note:
        return _refuse(edit, "a comment without words", "Write what is not good yet, or approve it.")
    if edit.verdict is Verdict.CHANGE and not edit.answer:
        return _refuse(edit, "a change without a text", "Write the answer that should stand there.")
    wrong = findings_of(gold, edit.answer if edit.verdict is Verdict.CHANGE else None)
    if wrong and edit.verdict is not Verdict.COMMENT:
        return _refuse(edit, "; ".join(map(str, wrong)), "Mend the answer and save the review again.")
    return None


def _is_done(gold: Gold, edit: Edit) -> bool:
    """Whether an earlier reading of the same review has already put these words there."""
    return edit.verdict is Verdict.CHANGE and edit.answer == gold.entry.answer


def _after(gold: Gold, edit: Edit, day: Day) -> Gold:
    """The answer with the review in it. The same words a second time change nothing, the date included."""
    answer = edit.answer if edit.verdict is Verdict.CHANGE else gold.entry.answer
    state = _state(gold, edit, answer)
    before = gold.entry.review
    said = Review(
        state=state,
        reviewer=edit.reviewer,
        date=day,
        note=edit.note,
        of_text=digest_of(gold, answer) if state is not State.DRAFT else "",
    )
    if answer == gold.entry.answer and before == said.model_copy(update={"date": before.date}):
        return gold
    return gold.model_copy(update={"entry": gold.entry.model_copy(update={"answer": answer, "review": said})})


def _state(gold: Gold, edit: Edit, answer: str) -> State:
    if edit.verdict is Verdict.COMMENT:
        return State.DRAFT
    if edit.verdict is Verdict.CHANGE and (answer != gold.entry.answer or gold.state is State.CHANGED):
        return State.CHANGED
    return State.APPROVED


def _refuse(edit: Edit, reason: str, remedy: str) -> Refused:
    return Refused(name=edit.name, reason=reason, remedy=remedy)
