"""The test prompts that models are judged by beside the old evaluation set: `judge/prompts*.yaml`."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from josi.errors import DataError
from josi.records import Record
from tasks.data.families import Family, Slots
from tasks.data.golden import load_golden, load_hostile
from tasks.data.text import families_of

EXPLAINER = "judge/prompts_explainer.yaml"


class Prompts(Record):
    """Families of both roles, each a phrasing of its own. Those of the explainer have `must` tags."""

    interpreter: tuple[Family, ...]
    explainer: tuple[Family, ...]

    @property
    def all(self) -> tuple[Family, ...]:
        return self.interpreter + self.explainer


class PromptCounts(Record):
    """What there is: lines by category and language, and how many of them are fixed (no slots)."""

    lines: int
    fixed: int
    categories: dict[str, int]
    languages: dict[str, int]


def load_prompts(root: Path, slots: Slots) -> Prompts:
    """Read `root`/judge. Raises DataError with all faults at once."""
    faults: list[str] = []
    paths = sorted((root / "judge").glob("prompts*.yaml"), key=lambda path: path.name)
    found = [family for path in paths for family in families_of(root, path, slots, faults)]
    first: dict[str, Family] = {}
    for family in found:
        before = first.setdefault(family.text, family)
        if before is not family:
            faults.append(f"{family.where}: the same line as {before.where}: {family.text!r}")
    if faults:
        raise DataError("The test prompts have faults:\n" + "\n".join(faults), "\nThe form is in data/README.md.")
    explainer = tuple(family for family in found if family.file == EXPLAINER)
    return Prompts(interpreter=tuple(family for family in found if family.file != EXPLAINER), explainer=explainer)


def counts(families: Sequence[Family]) -> PromptCounts:
    return PromptCounts(
        lines=len(families),
        fixed=sum(not family.slots for family in families),
        categories=dict(sorted(Counter(family.group.category for family in families).items())),
        languages=dict(sorted(Counter(family.group.language for family in families).items())),
    )


def table(root: Path, slots: Slots) -> str:
    """What `root`/judge holds, for its card: prompts by category and language, and scenarios by topic and language."""
    prompts, rows = load_prompts(root, slots), list[tuple[object, ...]]()
    for title, entries in (
        ("prompts, interpreter", [(family.group.category, family.group.language) for family in prompts.interpreter]),
        ("prompts, explainer", [(family.group.category, family.group.language) for family in prompts.explainer]),
        ("golden", [(scenario.topic, scenario.language) for scenario in load_golden(root)]),
        ("hostile", [(f"{scenario.topic}, {scenario.way}", scenario.language) for scenario in load_hostile(root)]),
    ):
        found = Counter(entries)
        names = sorted({name for name, _ in found})
        rows += [(title, name, found[name, "en"], found[name, "nl"]) for name in names]
        rows.append((title, "all", *(sum(found[name, language] for name in names) for language in ("en", "nl"))))
    body = ["| " + " | ".join(map(str, row)) + " |" for row in rows]
    return "\n".join(["| set | category or topic | en | nl |", "|---|---|---|---|", *body]) + "\n"
