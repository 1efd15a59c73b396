"""The counts in the data cards of the project's own text. `python -m tasks.data.cards` writes them anew."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from tasks.data import judged
from tasks.data.families import Family, ProjectText
from tasks.data.prepare import CARD
from tasks.data.text import TEXT, load_text

MARK = "<!-- counts: written by `python -m tasks.data.cards` -->"


def counts(families: Sequence[Family]) -> str:
    """A table of groups of one theme: lines by language, and answers where there are any."""
    themes = sorted({family.group.category for family in families})
    lines: Counter[tuple[str, str]] = Counter()
    answers: dict[str, set[str]] = {theme: set() for theme in themes}
    for family in families:
        lines[family.group.category, family.group.language] += 1
        answers[family.group.category].update(family.group.answers)
    rows = {theme: (lines[theme, "en"], lines[theme, "nl"], len(answers[theme])) for theme in themes}
    rows["all"] = tuple(sum(column) for column in zip(*rows.values(), strict=True)) if rows else (0, 0, 0)
    body = ["| " + " | ".join([theme, *map(str, row)]) + " |" for theme, row in rows.items()]
    return "\n".join(["| category | lines en | lines nl | answers |", "|---|---|---|---|", *body]) + "\n"


def cards(text: ProjectText) -> dict[str, str]:
    """The counts of each card, by the folder it lies in."""
    judged = text.unseen + text.red_flags + text.explainer_eval
    sets = {"interpreter": text.interpreter, "explainer": text.explainer, "eval": judged}
    return {name: counts(families) for name, families in sets.items()}


def refreshed(card: str, table: str) -> str:
    """A card with its counts replaced; what stands before the mark is written by hand."""
    return f"{card.split(MARK, maxsplit=1)[0].rstrip()}\n\n{MARK}\n{table}"


def main(root: Path = TEXT) -> None:
    """Write the counts into `ROOT/*/CARD.md`."""
    text = load_text(root)
    tables = {**cards(text), "judge": judged.table(root, text.words.slots)}
    for name, table in tables.items():
        path = root / name / CARD
        path.write_text(refreshed(path.read_text("utf-8"), table), "utf-8")


if __name__ == "__main__":
    main()
