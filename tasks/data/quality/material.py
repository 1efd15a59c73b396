"""What the gate looks at: every row of a corpus, with the place where it stands."""

import json
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import NamedTuple, Self

from blocks.recipe import Recipe
from blocks.store import FolderStore
from josi.chat import Message
from josi.examples import Corpus, Example, Pair
from josi.records import Finding, Record, Role
from josi.runtime import Echo
from tasks.data.read_back import heard_in
from tasks.data.readers import ChatLine, excerpt

KNOWN = "known"  # scenarios of training's own phrasings: they may be near


class Placed(NamedTuple):
    """A row and where it stands, e.g. `interpreter/train.jsonl:12`."""

    place: str
    row: Example

    @property
    def said(self) -> str:
        """The athlete's last words, without the blocks after them."""
        return self.row.said

    @property
    def heard(self) -> tuple[str, ...]:
        """All that the athlete says in the row, earlier turns included."""
        turns = [message.content for message in self.row.messages if message.role == "user"]
        return tuple(said for turn in turns for said in heard_in(turn))

    @property
    def target(self) -> str:
        return self.row.messages[-1].content

    @property
    def chat(self) -> ChatLine:
        """The row in the form that files of rows are judged in."""
        file, _, line = self.place.rpartition(":")
        system, *messages = self.row.messages
        return ChatLine(
            file=file,
            line=int(line),
            raw="",
            system=system.content,
            messages=tuple(messages),
            category=self.row.category,
            source=self.row.source,
        )

    def finding(self, check: str, expected: str, got: str, remedy: str) -> Finding:
        return Finding(check=check, where=self.place, expected=expected, got=excerpt(got), remedy=remedy)


class Prompt(NamedTuple):
    """What somebody says in an evaluation set."""

    name: str
    message: str


class Standard(Record):
    """What a corpus is measured against: the slice of a recipe that the gate uses.

    `budgets` are the longest prompt and answer together, in tokens, that a role is taught with.
    """

    echo: Echo
    max_words: int
    base: str
    budgets: Mapping[Role, int]

    @classmethod
    def of(cls, recipe: Recipe) -> Self:
        longest = {
            role: min(recipe.sft[role].max_length, recipe.decoding[role].context_tokens) for role in recipe.roles
        }
        return cls(echo=recipe.data.echo, max_words=recipe.data.max_words, base=recipe.base.name, budgets=longest)


class Material:
    """A corpus, read."""

    def __init__(
        self,
        rows: Mapping[Role, Mapping[str, tuple[Example, ...]]],
        pairs: tuple[Pair, ...],
        scenarios: Mapping[str, tuple[Prompt, ...]],
        standard: "Standard",
    ) -> None:
        self.rows, self.pairs, self.scenarios, self.standard = rows, pairs, scenarios, standard

    @cached_property
    def placed(self) -> tuple[Placed, ...]:
        """Every row of every set."""
        return tuple(row for role in self.rows for part in self.rows[role] for row in self.of(role, part))

    @cached_property
    def answers(self) -> tuple[Placed, ...]:
        """Every answer that the explainer is taught: its rows, and the chosen side of pairs."""
        own = [row for part in self.rows.get(Role.EXPLAINER, {}) for row in self.of(Role.EXPLAINER, part)]
        return (*own, *self._chosen())

    def of(self, role: Role, part: str) -> Iterator[Placed]:
        for number, row in enumerate(self.rows[role][part], start=1):
            yield Placed(f"{role}/{part}.jsonl:{number}", row)

    @cached_property
    def judged(self) -> dict[str, str]:
        """Every message that models are judged by and that training must not hold, with the scenario's name."""
        return {one.message: one.name for name, found in self.scenarios.items() if name != KNOWN for one in found}

    def _chosen(self) -> Iterator[Placed]:
        for number, pair in enumerate(self.pairs, start=1):
            answer = Message(role="assistant", content=pair.chosen)
            row = Example(
                role=Role.EXPLAINER,
                messages=(*pair.messages, answer),
                source=pair.source,
                category=pair.category,
                language=pair.language,
                family=pair.family,
            )
            yield Placed(f"pairs.jsonl:{number}", row)


def read(corpus: Corpus, standard: Standard, store: FolderStore) -> Material:
    """A prepared corpus from the store."""
    rows = {
        role: {
            part: tuple(map(Example.model_validate_json, _lines(store, corpus, role, part)))
            for part in ("train", "validation")
        }
        for role in corpus.sets
    }
    pairs = (store.fetch(corpus.pairs) / "pairs.jsonl").read_text("utf-8").splitlines()
    scenarios = {
        path.stem: tuple(_prompt(line) for line in path.read_text("utf-8").splitlines())
        for path in sorted(store.fetch(corpus.scenarios).glob("*.jsonl"))
    }
    return Material(rows, tuple(map(Pair.model_validate_json, pairs)), scenarios, standard)


def _prompt(line: str) -> Prompt:
    found = json.loads(line)  # scenarios, golden and hostile ones: all have a name and a message
    return Prompt(found["name"], found["message"])


def _lines(store: FolderStore, corpus: Corpus, role: Role, part: str) -> list[str]:
    return (store.fetch(corpus.sets[role]) / f"{part}.jsonl").read_text("utf-8").splitlines()
