"""Who athletes are and what they talked about before: what contexts are drawn from. See data/athletes.yaml."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal, Self, TypeVar

import yaml
from pydantic import Field, TypeAdapter, ValidationError, model_validator

from josi.contract import Sport
from josi.records import Record
from josi.sports import first_sport

T = TypeVar("T")

Language = Literal["en", "nl"]
Dialogue = tuple[tuple[Literal["user", "assistant"], str], ...]
Several = Annotated[tuple[str, ...], Field(min_length=1)]
LEAST_MESSAGES = 6  # of a conversation: three turns


class People(Record):
    """The words of one language."""

    sport_facts: Mapping[Sport, Several]
    facts: Several
    patterns: Several
    notes: Several
    small_talk: Annotated[tuple[Dialogue, ...], Field(min_length=1)]
    dialogues: tuple[Dialogue, ...] = ()

    @model_validator(mode="after")
    def _names_sports_only_where_it_should(self) -> Self:
        wrong = [fact for fact in (*self.facts, *self.patterns) if first_sport([fact])]
        wrong += [fact for sport, facts in self.sport_facts.items() for fact in facts if first_sport([fact]) != sport]
        if wrong:
            raise ValueError(f"facts that name another sport than they should, or any: {', '.join(wrong)}")
        return self


class _Conversation(Record):
    language: Language
    turns: Annotated[Dialogue, Field(min_length=LEAST_MESSAGES)]


def load_people(root: Path, faults: list[str]) -> dict[Language, People]:
    """`athletes.yaml` with the conversations of `dialogues.yaml`; what is wrong with either is added to `faults`."""
    people = _read(root / "athletes.yaml", TypeAdapter(dict[Language, People]), faults) or {}
    dialogues = _read(root / "dialogues.yaml", TypeAdapter(list[_Conversation]), faults) or []
    return {
        language: one.model_copy(update={"dialogues": tuple(d.turns for d in dialogues if d.language == language)})
        for language, one in people.items()
    }


def _read(path: Path, form: TypeAdapter[T], faults: list[str]) -> T | None:
    try:
        return form.validate_python(yaml.safe_load(path.read_text("utf-8")))
    except OSError as error:
        faults.append(f"{path.name}: {error.strerror}")
    except yaml.YAMLError as error:
        faults.append(f"{path.name}: {' '.join(str(error).split())}")
    except ValidationError as error:
        faults += [f"{path.name} {'.'.join(map(str, item['loc']))}: {item['msg']}" for item in error.errors()]
    return None
