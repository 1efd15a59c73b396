"""What a coaching card is, and the file in which all of them ship: `knowledge.json`."""

from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from josi.contract import Day, Level, Phase, Sport, State
from josi.language.which import Language
from josi.records import Record, canonical_json


class Topic(StrEnum):
    EFFORT = "effort"
    RECOVERY = "recovery"
    READINESS = "readiness"
    TAPER = "taper"
    ILLNESS = "illness"
    INJURY = "injury"
    BEGINNER = "beginner"
    MASTERS = "masters"
    COMEBACK = "comeback"
    WOMEN = "women"
    MOTIVATION = "motivation"
    CONSISTENCY = "consistency"
    GOALS = "goals"
    STRENGTH = "strength"
    SLEEP = "sleep"
    FOOD = "food"
    DRINK = "drink"
    WEATHER = "weather"
    TRAVEL = "travel"
    GEAR = "gear"
    RACE = "race"
    TECHNIQUE = "technique"


class Review(Record):
    """Whether somebody who knows the trade has read the card. A draft may ship; the set's card says how many are."""

    state: Literal["draft", "reviewed"]
    reviewer: str = ""
    date: Day | None = None

    @model_validator(mode="after")
    def _says_who_and_when(self) -> Self:
        if (self.state == "reviewed") != bool(self.reviewer.strip() and self.date):
            raise ValueError("a reviewed card names its reviewer and the date; a draft names neither")
        return self


class Fits(Record):
    """Situations in which a card is the nearer one: it weighs more there, and answers a vague question."""

    states: tuple[State, ...] = ()
    readiness: tuple[Level, ...] = ()
    phases: tuple[Phase, ...] = ()
    levels: tuple[Literal["beginner", "intermediate", "advanced", "elite", "masters"], ...] = ()
    sports: tuple[Sport, ...] = ()


class Said(Record):
    """A card in one language. `calls` are the words that ask for it; their form is in `josi/knowledge/calls.py`."""

    title: Annotated[str, StringConstraints(min_length=3, max_length=60)]
    text: Annotated[str, StringConstraints(min_length=1)]
    calls: Annotated[tuple[str, ...], Field(min_length=1)]


class KnowledgeCard(Record):
    """One thing a coach knows, in both languages. `source` says what it rests on and is not shown to a model."""

    id: Annotated[str, StringConstraints(pattern=r"^[a-z]+(-[a-z]+)*$", max_length=40)]
    topic: Topic
    source: Annotated[str, StringConstraints(min_length=10)]
    review: Review
    fits: Fits = Fits()
    en: Said
    nl: Said

    def said(self, language: Language) -> Said:
        return self.en if language == "en" else self.nl


class Knowledge(Record):
    """`knowledge.json` of a release: every card, by id."""

    cards: tuple[KnowledgeCard, ...]

    @model_validator(mode="after")
    def _has_each_id_once(self) -> Self:
        ids = [card.id for card in self.cards]
        if ids != sorted(set(ids)):
            raise ValueError("each id stands once, and cards are in the order of their ids")
        return self

    def to_bytes(self) -> bytes:
        """One byte string for one set of cards: sorted keys, no white space, UTF-8, a line break at the end."""
        return canonical_json(self.model_dump(mode="json")) + b"\n"
