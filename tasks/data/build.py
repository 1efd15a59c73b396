"""From the project's text and extra rows to the sets that models learn from and are judged by."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from random import Random
from typing import TypeVar, get_args

from blocks.recipe import Mix
from josi.chat import Message, user_turn
from josi.engine import ReferenceEngine
from josi.errors import DataError
from josi.examples import Example, Pair, Scenario
from josi.records import Finding, Record, Role
from tasks.data.expand import Turn, generator, rows, turn
from tasks.data.explain import Answered, Explainer
from tasks.data.extra import Extra, target
from tasks.data.families import Family, ProjectText, Topic
from tasks.data.leak import leaks
from tasks.data.pairs import make_pairs
from tasks.data.scenarios import evaluation_sets, turn_text
from tasks.data.topics import WANTED, WHOLE, sure, topics_of

SHOWN_LEAKS = 20

T = TypeVar("T", bound=Turn)


class RoleSets(Record):
    """The rows of one role."""

    train: tuple[Example, ...]
    validation: tuple[Example, ...]


class Built(Record):
    """All sets, what was found on the way, and how many explainer rows the language rules refused."""

    sets: Mapping[Role, RoleSets]
    pairs: tuple[Pair, ...]
    scenarios: Mapping[str, tuple[Scenario, ...]]
    findings: tuple[Finding, ...]
    refused: int


def must_not_leak(text: ProjectText) -> None:
    """Raises DataError naming both lines of every evaluation line that rewords a training line."""
    found = leaks(text.learned, text.judged, text.words.slots)
    if found:
        listed = [f"- {finding.where}: {finding.got}" for finding in found[:SHOWN_LEAKS]]
        more = [f"- and {len(found) - SHOWN_LEAKS} more"] if len(found) > SHOWN_LEAKS else []
        raise DataError(
            f"{len(found)} evaluation lines reword lines of training:\n" + "\n".join(listed + more),
            "\nReword them in data/eval/, or take the training lines out.",
        )


def build(text: ProjectText, mix: Mix, extra: Extra) -> Built:
    """Expand the families as the mix says, and join the extra rows. The same input gives the same bytes."""
    seen: set[str] = set()
    interpreter = [_interpreted(row, mix) for row in _turns(text, mix, seen, "train", mix.interpreter_examples)]
    held = [
        _interpreted(row, mix) for row in _turns(text, mix, seen, "validation", _share(mix.interpreter_examples, mix))
    ]
    explainer = Explainer(text.words, ReferenceEngine(), mix.answers_per_group, mix.long_share, text.cards)
    said: set[str] = set()
    answered = list(_answers(text, mix, explainer, seen=said, part="train", wanted=mix.explainer_examples))
    held_answers = _answers(
        text, mix, explainer, seen=said, part="validation", wanted=_share(mix.explainer_examples, mix)
    )
    explained, kept = ([_explained(row, mix) for row in part] for part in (answered, held_answers))
    paired = make_pairs(answered, text.worst, mix.preference_pairs, mix.seed, mix.prompts.get(Role.EXPLAINER, ""))
    own = {Role.INTERPRETER: (interpreter, held), Role.EXPLAINER: (explained, kept)}
    made = Counter(example.family for example in explained)
    return Built(
        sets={role: _joined(role, *own[role], mix, extra) for role in Role if role in mix.prompts},
        pairs=paired.pairs,
        scenarios={name: tuple(found) for name, found in evaluation_sets(text, mix.seed, seen).items()},
        findings=(*explainer.findings(made, text.explainer), *paired.findings) if mix.explainer_examples else (),
        refused=explainer.dropped,
    )


def _turns(text: ProjectText, mix: Mix, seen: set[str], part: str, wanted: int) -> Iterator[Turn]:
    make = lambda family, rng: turn(family, text.words, rng, long=mix.long_share)  # noqa: E731 - one line, used once
    # What is said to the explainer was said to the interpreter first.
    return _drawn(Role.INTERPRETER, text.learned, wanted, f"{mix.seed}/interpreter/{part}", make, seen)


def _answers(
    text: ProjectText, mix: Mix, explainer: Explainer, *, seen: set[str], part: str, wanted: int
) -> Iterator[Answered]:
    return _drawn(Role.EXPLAINER, text.explainer, wanted, f"{mix.seed}/explainer/{part}", explainer.draw, seen)


def _drawn(
    role: Role,
    families: Sequence[Family],
    wanted: int,
    seed: str,
    make: Callable[[Family, Random], T | None],
    taken: set[str],
) -> Iterator[T]:
    """First what each topic that groups are tagged with needs of a whole corpus, then family by family in turn."""
    left = wanted
    for topic in get_args(Topic):
        least = round(WANTED[role].get(topic, 0) * min(1.0, wanted / WHOLE))
        tagged = [family for family in families if topic in family.group.topics]
        for row in rows(tagged, min(left, least), f"{seed}/{topic}", make, turn_text, taken=taken):
            left -= 1
            yield row
    yield from rows(families, left, seed, make, turn_text, taken=taken)


def _share(wanted: int, mix: Mix) -> int:
    return round(wanted * mix.validation_share)


def _interpreted(row: Turn, mix: Mix) -> Example:
    request = row.request.model_copy(update={"confidence": sure(row)}) if mix.confidence else row.request
    return _example(Role.INTERPRETER, row, turn_text(row), target(request, mix.echo), mix)


def _explained(row: Answered, mix: Mix) -> Example:
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
        source="josi-forge",
        category=family.group.category,
        language=family.group.language,
        family=family.name,
        topics=topics_of(row, row.decision if isinstance(row, Answered) else None),
    )


def _joined(role: Role, train: list[Example], held: list[Example], mix: Mix, extra: Extra) -> RoleSets:
    """The project's own rows and the extra ones, training in a seeded order so that every part of it has all kinds."""
    learned = [*train, *(example for example in extra.train if example.role is role)]
    generator(mix.seed, "order", role).shuffle(learned)
    return RoleSets(
        train=tuple(learned),
        validation=(*held, *(example for example in extra.validation if example.role is role)),
    )
