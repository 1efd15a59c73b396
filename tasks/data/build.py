"""From the project's text and extra rows to the sets that models learn from and are judged by."""

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import partial

from blocks.recipe import Mix
from josi.chat import Message, user_turn
from josi.engine import ReferenceEngine
from josi.errors import DataError
from josi.examples import Example, Scenario
from josi.records import Finding, Record, Role
from tasks.data.expand import Turn, generator, rows, turn
from tasks.data.explain import Answered, Explainer
from tasks.data.extra import Extra, target
from tasks.data.families import Family, ProjectText
from tasks.data.leak import leaks
from tasks.data.scenarios import evaluation_sets, turn_text

SHOWN_LEAKS = 20


class RoleSets(Record):
    """The rows of one role."""

    train: tuple[Example, ...]
    validation: tuple[Example, ...]


class Built(Record):
    """All sets, what was found on the way, and how many explainer rows the language rules refused."""

    sets: Mapping[Role, RoleSets]
    scenarios: Mapping[str, tuple[Scenario, ...]]
    findings: tuple[Finding, ...]
    refused: int


def must_not_leak(text: ProjectText) -> None:
    """Raises DataError naming both lines of every evaluation line that rewords a training line."""
    found = leaks(text.interpreter + text.explainer, text.unseen + text.red_flags + text.explainer_eval, text.slots)
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
    explainer = Explainer(text.slots, ReferenceEngine(), mix.answers_per_group)
    answered: set[str] = set()
    explained = list(_answers(text, mix, explainer, seen=answered, part="train", wanted=mix.explainer_examples))
    kept = list(
        _answers(text, mix, explainer, seen=answered, part="validation", wanted=_share(mix.explainer_examples, mix))
    )
    own = {Role.INTERPRETER: (interpreter, held), Role.EXPLAINER: (explained, kept)}
    made = Counter(example.family for example in explained)
    return Built(
        sets={role: _joined(role, *own[role], mix, extra) for role in Role if role in mix.prompts},
        scenarios={name: tuple(found) for name, found in evaluation_sets(text, mix.seed, seen).items()},
        findings=explainer.findings(made, text.explainer) if mix.explainer_examples else (),
        refused=explainer.dropped,
    )


def _turns(text: ProjectText, mix: Mix, seen: set[str], part: str, wanted: int) -> Iterator[Turn]:
    make = lambda family, rng: turn(family, text.slots, rng)  # noqa: E731 - one line, used once
    families = text.interpreter + text.explainer  # what is said to the explainer was said to the interpreter first
    return rows(families, wanted, f"{mix.seed}/interpreter/{part}", make, turn_text, taken=seen)


def _answers(
    text: ProjectText, mix: Mix, explainer: Explainer, *, seen: set[str], part: str, wanted: int
) -> Iterator[Example]:
    drawn = rows(text.explainer, wanted, f"{mix.seed}/explainer/{part}", explainer.draw, turn_text, taken=seen)
    return map(partial(_explained, mix=mix), drawn)


def _share(wanted: int, mix: Mix) -> int:
    return round(wanted * mix.validation_share)


def _interpreted(row: Turn, mix: Mix) -> Example:
    return _example(Role.INTERPRETER, row.family, turn_text(row), target(row.request, mix.echo), mix)


def _explained(row: Answered, mix: Mix) -> Example:
    said = user_turn(row.message, row.context, decision=row.decision, request=row.request)
    return _example(Role.EXPLAINER, row.family, said, row.answer, mix)


def _example(role: Role, family: Family, said: str, answer: str, mix: Mix) -> Example:
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
    )


def _joined(role: Role, train: list[Example], held: list[Example], mix: Mix, extra: Extra) -> RoleSets:
    """The project's own rows and the extra ones, training in a seeded order so that every part of it has all kinds."""
    learned = [*train, *(example for example in extra.train if example.role is role)]
    generator(mix.seed, "order", role).shuffle(learned)
    return RoleSets(
        train=tuple(learned),
        validation=(*held, *(example for example in extra.validation if example.role is role)),
    )
