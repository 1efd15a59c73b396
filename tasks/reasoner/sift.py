"""What only shows when rows are held side by side: contradictions, repeats, labels with too few examples."""

from collections import defaultdict
from collections.abc import Iterable

from josi.records import Finding
from tasks.reasoner.lines import Row, said, shown

FEWEST = 5  # examples of a label: with fewer, no fold can hold one back and still teach it

Checked = tuple[list[Row], list[Finding]]


def without_conflicts(name: str, rows: list[Row]) -> Checked:
    """Prompts that say the same under different labels teach nothing; none of them is kept."""
    same = _grouped(rows)
    bad = {key: group for key, group in same.items() if len({row.label for row in group}) > 1}
    found = [
        said(
            "same prompt, different labels",
            f"{name}:{_lines(group)}",
            "one label",
            ", ".join(dict.fromkeys(shown(row.label) for row in group)),
            "Keep the right one.",
        )
        for group in bad.values()
    ]
    return [row for row in rows if row.tokens not in bad], found


def without_repeats(name: str, rows: list[Row]) -> Checked:
    """A prompt that stands twice would be learned in one fold and asked in another; the first is kept."""
    found, kept = [], []
    for group in _grouped(rows).values():
        kept.append(group[0])
        if len(group) > 1:
            where = f"{name}:{_lines(group[1:])}"
            found.append(said("duplicate", where, "new words", f"those of line {group[0].line}", "Remove it."))
    return sorted(kept, key=lambda row: row.line), found


def without_rare_labels(name: str, rows: list[Row]) -> Checked:
    by_label: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_label[row.label].append(row)
    rare = {label: group for label, group in by_label.items() if len(group) < FEWEST}
    found = [
        said(
            "rare label",
            f"{name}:{_lines(group)}",
            f"{FEWEST} examples or more",
            f"{len(group)} of {shown(label)}: not learned",
            "Add examples, or use another label.",
        )
        for label, group in rare.items()
    ]
    return [row for row in rows if row.label not in rare], found


def without_action(name: str, rows: list[Row]) -> list[Finding]:
    labels = dict.fromkeys(row.label for row in rows)
    acting = {row.label for row in rows if row.next_action}
    return [
        said("no next_action", name, "one for each label", f"none for {shown(label)}: the app shows none", "Add one.")
        for label in labels
        if label not in acting
    ]


def _grouped(rows: Iterable[Row]) -> dict[tuple[str, ...], list[Row]]:
    same: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in rows:
        same[row.tokens].append(row)
    return same


def _lines(rows: Iterable[Row]) -> str:
    return ",".join(str(row.line) for row in rows)
