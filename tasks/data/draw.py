"""Rows drawn from families, and the examples that they become."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random
from typing import TypeVar, get_args

from blocks.recipe import Mix
from josi.chat import Message, user_turn
from josi.errors import UsageError
from josi.examples import Example
from josi.records import Role
from tasks.data.expand import Turn, rows, turn
from tasks.data.explain import Answered, Explainer
from tasks.data.extra import target
from tasks.data.families import Family, ProjectText, Topic
from tasks.data.grams import Grams
from tasks.data.scenarios import turn_text
from tasks.data.topics import WANTED, WHOLE, sure, topics_of

TRAIN, VALIDATION = "train", "validation"
SOURCE = "josi-forge"

T = TypeVar("T", bound=Turn)


def taught(text: ProjectText, mix: Mix) -> tuple[Family, ...]:
    """What the explainer learns: the files that the mix names, or all. Raises UsageError for one that is not there."""
    files = sorted({Path(family.file).stem for family in text.explainer})
    for name in mix.explainer_text:
        if name not in files:
            raise UsageError(
                f"data.explainer_text: there is no data/explainer/{name}.yaml.", f"There are {', '.join(files)}."
            )
    wanted = mix.explainer_text or files
    return tuple(family for family in text.explainer if Path(family.file).stem in wanted)


class Drawing:
    """Draws each row once. No row holds the words of an evaluation prompt; `said` grows by what the interpreter saw."""

    def __init__(self, text: ProjectText, mix: Mix, judged: Grams) -> None:
        self._text, self._mix, self._judged = text, mix, judged
        self.said: set[str] = set()
        self._answered: set[str] = set()

    def turns(self, part: str, wanted: int) -> Iterator[Turn]:
        """Rows of the interpreter. What is said to the explainer was said to the interpreter first."""
        seed = f"{self._mix.seed}/interpreter/{part}"
        return self._drawn(Role.INTERPRETER, self._text.learned, wanted, seed, self._turn, self.said)

    def answers(self, part: str, wanted: int, explainer: Explainer) -> Iterator[Answered]:
        """Rows of the explainer."""
        seed = f"{self._mix.seed}/explainer/{part}"
        return self._drawn(Role.EXPLAINER, taught(self._text, self._mix), wanted, seed, explainer.draw, self._answered)

    def _turn(self, family: Family, rng: Random) -> Turn:
        return turn(family, self._text.words, rng, long=self._mix.long_share)

    def _drawn(
        self,
        role: Role,
        families: Sequence[Family],
        wanted: int,
        seed: str,
        make: Callable[[Family, Random], T | None],
        taken: set[str],
    ) -> Iterator[T]:
        """First what each topic that groups are tagged with needs of a whole corpus, then family by family in turn."""

        def own(family: Family, rng: Random) -> T | None:
            row = make(family, rng)
            return None if row is None or self._judged.reason(row.message) else row

        left = wanted
        for topic in get_args(Topic):
            least = round(WANTED[role].get(topic, 0) * min(1.0, wanted / WHOLE))
            tagged = [family for family in families if topic in family.group.topics]
            for row in rows(tagged, min(left, least), f"{seed}/{topic}", own, turn_text, taken=taken):
                left -= 1
                yield row
        yield from rows(families, left, seed, own, turn_text, taken=taken)


def interpreted(row: Turn, mix: Mix) -> Example:
    """What the interpreter is taught about a turn."""
    request = row.request.model_copy(update={"confidence": sure(row)}) if mix.confidence else row.request
    return _example(Role.INTERPRETER, row, turn_text(row), target(request, mix.echo), mix)


def explained(row: Answered, mix: Mix) -> Example:
    """What the explainer is taught about an answered turn."""
    said = user_turn(row.message, row.context, decision=row.decision, request=row.request)
    return _example(Role.EXPLAINER, row, said, row.answer, mix)


def _example(role: Role, row: Turn, said: str, answer: str, mix: Mix) -> Example:
    family = row.family
    return Example(
        role=role,
        messages=(
            Message(role="system", content=mix.prompts.get(role, "")),
            Message(role="user", content=said),
            Message(role="assistant", content=answer),
        ),
        source=SOURCE,
        category=family.group.category,
        language=family.group.language,
        family=family.name,
        topics=topics_of(row, row.decision if isinstance(row, Answered) else None),
    )
