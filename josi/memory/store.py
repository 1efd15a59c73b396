"""The records of the memory: what the engine keeps, and what of it the models see."""

from enum import StrEnum
from typing import Literal

from josi.contract import AthleteMemory, Day, MemoryFact, Share
from josi.records import Record

Source = Literal["conversation", "behavior", "profile_change"]


class Kind(StrEnum):
    """What a fact is about."""

    SPORT = "sport"
    TIME = "time_preference"
    DURATION = "duration"
    INJURY = "injury"
    LIFESTYLE = "lifestyle"
    GOAL = "goal"


class Fact(Record):
    """Something true of the athlete until it is withdrawn or something newer says otherwise.

    `kind` and `subject` say what it is about (injury, left knee; time_preference, monday), `value` what is said of it:
    two facts with one subject and different values are in conflict, whatever the language of their `fact`, the text
    that the models see. Facts that come from elsewhere have no kind; their text alone tells them apart.
    """

    kind: Kind | None = None
    subject: str = ""
    value: str = ""
    fact: str
    source: Source
    confidence: Share
    learned_at: Day


class Withdrawal(Record):
    """Something that is no longer true from `learned_at` on. `value` None: whatever was said of the subject."""

    kind: Kind
    subject: str
    value: str | None = None
    learned_at: Day


class Learned(Record):
    """What a message adds and takes away. What is taken away goes first."""

    facts: tuple[Fact, ...] = ()
    withdrawn: tuple[Withdrawal, ...] = ()


class Observation(Record):
    """A pattern ("skips Mondays") or a coaching note ("likes short answers"); the engine finds these, not a rule."""

    text: str
    confidence: Share
    learned_at: Day


class Store(Record):
    """All that the engine keeps about an athlete, the most valuable first."""

    facts: tuple[Fact, ...] = ()
    patterns: tuple[Observation, ...] = ()
    notes: tuple[Observation, ...] = ()

    def shown(self) -> AthleteMemory:
        """What a turn's context holds: without dates, kinds and values. Raises ValidationError above the caps."""
        return AthleteMemory(
            key_facts=tuple(
                MemoryFact(fact=fact.fact, source=fact.source, confidence=fact.confidence) for fact in self.facts
            ),
            patterns=tuple(pattern.text for pattern in self.patterns),
            coaching_notes=tuple(note.text for note in self.notes),
        )
