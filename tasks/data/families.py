"""What the project's own text is made of: families, each one way of saying a thing, with slots. See data/README.md."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from josi.contract import Level, Outcome, Persona, Phase, Tier
from josi.examples import Scenario
from josi.golden import Golden
from josi.knowledge import KnowledgeCard
from josi.records import Record, sha256_hex
from tasks.data.athletes import Language, People
from tasks.data.phrase import Phrase
from tasks.data.slots import SLOT
from tasks.data.worst import Worst

# What a group is for beyond its category; what can be seen in a row itself (memory, several turns) is counted there.
Topic = Literal["edge", "time", "unsure", "encouragement", "negative"]
Levels = Annotated[tuple[Level, ...], BeforeValidator(lambda value: [value] if isinstance(value, str) else value)]


class Filling(Record):
    """One word or phrase of a slot, and the request fields it sets (dotted names reach into constraints)."""

    say: str
    sets: Mapping[str, str | int | bool] = Field(default_factory=dict, alias="set")


class Setting(Record):
    """What an athlete's context must look like; what is not said is drawn at random."""

    session: bool | None = None
    sport: Literal[False] | None = None
    readiness: Levels = ()
    history: tuple[tuple[Literal["user", "assistant"], str], ...] = ()
    memory: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    tier: Tier | None = None
    persona: Persona | None = None
    level: str | None = None
    phase: Phase | None = None


class When(Record):
    """Which decisions of the engine an explainer group answers."""

    outcome: Outcome | None = None
    capped: bool | None = None
    readiness: Levels = ()


class Group(Record):
    """One entry of a YAML file."""

    category: Annotated[str, Field(pattern=r"^[a-z0-9_]+(\.[a-z0-9_]+)+$")]
    language: Language
    request: Mapping[str, Any]
    context: Setting = Setting()
    when: When = When()
    must: tuple[str, ...] = ()
    topics: tuple[Topic, ...] = ()
    say: Annotated[tuple[str, ...], Field(min_length=1)]
    answers: tuple[str, ...] = ()


class Family(Record):
    """One way of saying a thing, with slots. `file` and `line` say where it is written."""

    file: str
    line: int
    group: Group
    text: str

    @property
    def name(self) -> str:
        """Stays the same when lines move: category, language and the words themselves."""
        return f"{self.group.category}.{self.group.language}.{sha256_hex(self.text.encode())[:8]}"

    @property
    def where(self) -> str:
        return f"{self.file}:{self.line}"

    @property
    def slots(self) -> tuple[str, ...]:
        return tuple(SLOT.findall(self.text))


Slots = Mapping[str, Mapping[str, tuple[Filling, ...]]]


class Words(Record):
    """What fills slots and contexts, by language."""

    slots: Slots
    people: Mapping[Language, People]


class ProjectText(Record):
    """Everything under data/ that is learned from or judged by: families by set, and the words that fill them."""

    words: Words
    worst: tuple[Worst, ...] = ()
    cards: tuple[KnowledgeCard, ...] = ()
    interpreter: tuple[Family, ...] = ()
    explainer: tuple[Family, ...] = ()
    unseen: tuple[Family, ...] = ()
    red_flags: tuple[Family, ...] = ()
    explainer_eval: tuple[Family, ...] = ()
    prompts: tuple[Family, ...] = ()
    prompts_explainer: tuple[Family, ...] = ()
    golden: tuple[Golden, ...] = ()
    hostile: tuple[Golden, ...] = ()
    gold: tuple[Scenario, ...] = ()

    @property
    def learned(self) -> tuple[Family, ...]:
        """Every phrasing of training."""
        return self.interpreter + self.explainer

    @property
    def judged(self) -> tuple[Phrase, ...]:
        """Every phrasing that only evaluation may use."""
        families = self.unseen + self.red_flags + self.explainer_eval + self.prompts + self.prompts_explainer
        scenarios: tuple[Golden | Scenario, ...] = (*self.golden, *self.hostile, *self.gold)
        return (
            *(Phrase(where=family.where, text=family.text) for family in families),
            *(Phrase(where=scenario.name, text=scenario.message) for scenario in scenarios),
        )
