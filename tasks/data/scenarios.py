"""What models are judged by: rows of known phrasings that training has not seen, and phrasings it never sees."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from josi.chat import user_turn
from josi.examples import Scenario
from josi.records import Role
from tasks.data.expand import Turn, generator, rows, turn
from tasks.data.families import Family, ProjectText, Words

KNOWN = 200  # scenarios of known phrasings
FILLINGS = 2  # scenarios of an unseen line that has slots; a line without has one


def turn_text(drawn: Turn) -> str:
    """What the interpreter sees of a turn; two rows with this text are the same row."""
    return user_turn(drawn.message, drawn.context)


def known(text: ProjectText, seed: int, taken: set[str]) -> Iterator[Scenario]:
    """About KNOWN rows of training's own families, evenly over the categories; `taken` holds training's turns."""
    by_category: dict[str, list[Family]] = {}
    for family in text.interpreter:
        by_category.setdefault(f"{family.group.category}.{family.group.language}", []).append(family)
    share, rest = divmod(KNOWN, max(1, len(by_category)))
    for number, category in enumerate(sorted(by_category)):
        wanted = share + (number < rest)
        drawn = rows(
            by_category[category],
            wanted,
            f"{seed}/known/{category}",
            lambda family, rng: turn(family, text.words, rng),
            turn_text,
            taken=taken,
        )
        yield from (_scenario("known", index, row, Role.INTERPRETER) for index, row in enumerate(drawn, start=1))


def fixed(name: str, families: Sequence[Family], words: Words, seed: int, role: Role) -> Iterator[Scenario]:
    """One or two drawings of each evaluation line, as it is written."""
    for family in families:
        for index in range(FILLINGS if family.slots else 1):
            drawn = turn(family, words, generator(seed, name, family.name, index), noise=False)
            yield _scenario(name, index + 1, drawn, role)


def judged_sets(text: ProjectText, seed: int) -> dict[str, list[Scenario]]:
    """The sets of scenarios that families are drawn for, by name. `unseen` and `explainer` stay as they are, so that
    results can be compared over time; `prompts` and `situations` are the wider sets beside them.
    """
    return {
        "unseen": _distinct(fixed("unseen", text.unseen, text.words, seed, Role.INTERPRETER)),
        "red_flags": _distinct(fixed("red_flags", text.red_flags, text.words, seed, Role.INTERPRETER)),
        "explainer": _distinct(fixed("explainer", text.explainer_eval, text.words, seed, Role.EXPLAINER)),
        "prompts": _distinct(fixed("prompts", text.prompts, text.words, seed, Role.INTERPRETER)),
        "situations": _distinct(fixed("situations", text.prompts_explainer, text.words, seed, Role.EXPLAINER)),
    }


def spoken(text: ProjectText, judged: Mapping[str, Iterable[Scenario]]) -> dict[str, str]:
    """Every message that models are judged by and that training must not hold, with the scenario's name."""
    drawn = {one.message: one.name for found in judged.values() for one in found}
    written = {one.message: one.name for found in (text.golden, text.hostile, text.gold) for one in found}
    return drawn | written


def _scenario(name: str, index: int, drawn: Turn, role: Role) -> Scenario:
    return Scenario(
        name=f"{name}/{drawn.family.name}/{index}",
        role=role,
        message=drawn.message,
        context=drawn.context,
        expected=drawn.request,
        category=drawn.family.group.category,
        language=drawn.family.group.language,
        family=drawn.family.name,
        must=drawn.family.group.must,
    )


def _distinct(scenarios: Iterable[Scenario]) -> list[Scenario]:
    """Without a second drawing that came out as the first."""
    first = {(scenario.message, user_turn(scenario.message, scenario.context)): scenario for scenario in scenarios}
    return list(first.values())
