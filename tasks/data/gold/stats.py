"""How many gold answers there are, of which situation and language, and how far the review is."""

from collections import Counter
from collections.abc import Mapping, Sequence

from rich.table import Table

from josi.language import brevity, warmth
from josi.records import Finding, Record
from tasks.data.gold.check import findings_of
from tasks.data.gold.entry import Gold, State
from tasks.data.gold.words import GLOSS


class Row(Record):
    """The counts of one situation."""

    answers: int
    dutch: int
    states: Mapping[State, int]


class Stats(Record):
    """`words`, `warmth` and `brevity` are means over all answers; `findings` are named by where the answer stands."""

    situations: Mapping[str, Row]
    answers: int
    dutch: int
    states: Mapping[State, int]
    lapsed: tuple[str, ...]
    words: float
    warmth: float
    brevity: float
    findings: tuple[Finding, ...]

    @property
    def summary(self) -> str:
        """The sums, and every finding on a line of its own."""
        said = ", ".join(f"{self.states[state]} {state}" for state in State)
        lapsed = f" Changed since a coach said yes: {', '.join(self.lapsed)}." if self.lapsed else ""
        first = (
            f"{self.answers} answers in {len(self.situations)} situations, {self.dutch} in Dutch: {said}. "
            f"{self.words:.0f} words, warmth {self.warmth:.2f}, brevity {self.brevity:.2f} on average.{lapsed}"
        )
        return "\n".join([first, *map(str, self.findings)])


def stats_of(golds: Sequence[Gold]) -> Stats:
    """Count. Raises nothing: what is wrong with an answer stands in the findings."""
    by_situation: dict[str, list[Gold]] = {}
    for gold in golds:
        by_situation.setdefault(gold.entry.situation, []).append(gold)
    total, texts = _row(golds), [gold.entry.answer for gold in golds]
    return Stats(
        situations={name: _row(found) for name, found in by_situation.items()},
        answers=total.answers,
        dutch=total.dutch,
        states=total.states,
        lapsed=tuple(gold.name for gold in golds if gold.has_lapsed),
        words=_mean([float(len(text.split())) for text in texts]),
        warmth=_mean([warmth(text) for text in texts]),
        brevity=_mean([brevity(text) for text in texts]),
        findings=tuple(found.model_copy(update={"where": gold.where}) for gold in golds for found in findings_of(gold)),
    )


def table(stats: Stats) -> Table:
    """For people: a row a situation."""
    shown = Table("situation", *(f"{name}" for name in ("answers", "Dutch", *State)))
    for name, row in stats.situations.items():
        counts = (row.answers, row.dutch, *(row.states[state] for state in State))
        shown.add_row(GLOSS[name], *(str(count) for count in counts))
    return shown


def _row(golds: Sequence[Gold]) -> Row:
    states = Counter(gold.state for gold in golds)
    return Row(
        answers=len(golds),
        dutch=sum(gold.entry.language == "nl" for gold in golds),
        states={state: states[state] for state in State},
    )


def _mean(values: Sequence[float]) -> float:
    return round(sum(values) / len(values), 3) if values else 0.0
