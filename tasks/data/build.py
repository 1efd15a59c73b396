"""From the project's text and extra rows to the sets that models learn from and are judged by."""

from collections import Counter
from collections.abc import Mapping

from blocks.recipe import Mix
from josi.engine import ReferenceEngine
from josi.errors import DataError
from josi.examples import Example, Pair, Scenario
from josi.records import Finding, Record, Role
from tasks.data.draw import TRAIN, VALIDATION, Drawing, explained, interpreted, taught
from tasks.data.expand import generator
from tasks.data.explain import Explainer
from tasks.data.extra import Extra
from tasks.data.families import ProjectText
from tasks.data.grams import Grams
from tasks.data.leak import leaks
from tasks.data.pairs import make_pairs
from tasks.data.scenarios import judged_sets, known, spoken

SHOWN_LEAKS = 20


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
    judged = judged_sets(text, mix.seed)
    draw = Drawing(text, mix, Grams(spoken(text, judged)))
    explainer = Explainer(text.words, ReferenceEngine(), mix.answers_per_group, mix.long_share, text.cards)
    turns = {part: list(draw.turns(part, wanted)) for part, wanted in _parts(mix, mix.interpreter_examples)}
    answered = {
        part: list(draw.answers(part, wanted, explainer)) for part, wanted in _parts(mix, mix.explainer_examples)
    }
    own = {
        Role.INTERPRETER: {part: [interpreted(row, mix) for row in found] for part, found in turns.items()},
        Role.EXPLAINER: {part: [explained(row, mix) for row in found] for part, found in answered.items()},
    }
    prompt = mix.prompts.get(Role.EXPLAINER, "")
    paired = make_pairs(answered[TRAIN], text.worst, mix.preference_pairs, mix.seed, prompt)
    made = Counter(row.family.name for row in answered[TRAIN])
    return Built(
        sets={role: _joined(role, own[role], mix, extra) for role in Role if role in mix.prompts},
        pairs=paired.pairs,
        scenarios={
            "known": tuple(known(text, mix.seed, draw.said)),
            **{name: tuple(found) for name, found in judged.items()},
        },
        findings=(*explainer.findings(made, taught(text, mix)), *paired.findings) if mix.explainer_examples else (),
        refused=explainer.dropped,
    )


def _parts(mix: Mix, wanted: int) -> tuple[tuple[str, int], ...]:
    return (TRAIN, wanted), (VALIDATION, round(wanted * mix.validation_share))


def _joined(role: Role, own: Mapping[str, list[Example]], mix: Mix, extra: Extra) -> RoleSets:
    """The project's own rows and the extra ones, training in a seeded order so that every part of it has all kinds."""
    learned = [*own[TRAIN], *(example for example in extra.train if example.role is role)]
    generator(mix.seed, "order", role).shuffle(learned)
    return RoleSets(
        train=tuple(learned),
        validation=(*own[VALIDATION], *(example for example in extra.validation if example.role is role)),
    )
