"""The records of the gold set: an entry as it stands in YAML, and the same with what the engine decides on it."""

import unicodedata
from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Self

from pydantic import AfterValidator, Field, JsonValue, StringConstraints, model_validator

from josi.contract import ChatContext, Day, Decision, GATCRequest
from josi.language import Language
from josi.records import Record, canonical_json, sha256_hex

DIGEST = 16  # hex digits: enough to tell texts apart, short enough for a cell


def one_line(text: str) -> str:
    """A text as it is kept: NFC, and each run of white space one space."""
    return " ".join(unicodedata.normalize("NFC", text).split())


Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Situation = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(_[a-z0-9]+)*$", max_length=60)]
Line = Annotated[str, AfterValidator(one_line), StringConstraints(max_length=1000)]
Text = Annotated[Line, StringConstraints(min_length=1)]


class State(StrEnum):
    """How far a coach's review is."""

    DRAFT = "draft"
    APPROVED = "approved"
    CHANGED = "changed"


class Review(Record):
    """What a coach said of an entry, and when. `of_text` is the digest of the text that was approved or given."""

    state: State = State.DRAFT
    reviewer: Annotated[Line, StringConstraints(max_length=80)] = ""
    date: Day | None = None
    note: Line = ""
    of_text: Annotated[str, StringConstraints(pattern=rf"^([0-9a-f]{{{DIGEST}}})?$")] = ""

    @model_validator(mode="after")
    def _says_who_and_when(self) -> Self:
        if self.state is not State.DRAFT and not (self.reviewer and self.date and self.of_text):
            raise ValueError(f"state {self.state.value} needs reviewer, date and of_text: josi gold apply writes them")
        return self


class Entry(Record):
    """One gold answer as it is written. `context` is laid over an ordinary day (tasks/data/partial.py).

    `request` is what the interpreter should say, without what follows from the message: free_text, question, date.
    """

    name: Name
    situation: Situation
    language: Language
    message: Text
    context: Mapping[str, JsonValue] = Field(default_factory=dict)
    request: Mapping[str, JsonValue]
    answer: Text
    review: Review = Review()


class Gold(Record):
    """A gold answer with what it answers. `file` and `line` say where it is written."""

    file: str
    line: int
    entry: Entry
    context: ChatContext
    request: GATCRequest
    decision: Decision

    @property
    def name(self) -> str:
        return self.entry.name

    @property
    def where(self) -> str:
        return f"{self.file}:{self.line} {self.name}"

    @property
    def state(self) -> State:
        """What the review is worth now: a yes to another text, or under another decision, is none."""
        review = self.entry.review
        return review.state if review.of_text == digest_of(self) else State.DRAFT

    @property
    def has_lapsed(self) -> bool:
        """Whether a coach once said yes to what has changed since."""
        return self.state is not self.entry.review.state


def digest_of(gold: Gold, answer: str | None = None) -> str:
    """The digest of everything that a reviewer is shown, with this answer instead where one is given.

    Another message, context, request, decision or answer is another text.
    """
    entry = gold.entry
    shown = {
        "message": entry.message,
        "context": gold.context.model_dump(mode="json"),
        "request": gold.request.model_dump(mode="json"),
        "decision": gold.decision.model_dump(mode="json"),
        "answer": entry.answer if answer is None else answer,
    }
    return sha256_hex(canonical_json(shown))[:DIGEST]
