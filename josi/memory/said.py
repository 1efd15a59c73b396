"""What a finder makes of a clause, before confidence and date are known."""

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from josi.language.which import Language
from josi.memory.clauses import Clause
from josi.memory.store import Kind


class Said(NamedTuple):
    """A fact that a clause states. `words` is its text in both languages."""

    kind: Kind
    subject: str
    value: str
    words: Mapping[Language, str]


class Gone(NamedTuple):
    """Something that a clause says is over."""

    kind: Kind
    subject: str
    value: str | None = None


Finder = Callable[[Clause], Iterator[Said | Gone]]


def both(english: str, dutch: str) -> Mapping[Language, str]:
    return {"en": english, "nl": dutch}
