"""The gate's report, for programs (JSON), for Prefect (Markdown) and for people (one HTML page with plots)."""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from josi.records import Finding, Record, Role, Severity
from tasks.data.quality import plots
from tasks.data.quality.tokens import Tokens
from tasks.data.stats import SetStats
from tasks.data.topics import DUTCH_SHARE, FAMILIES, LARGEST_FAMILY, WANTED
from tasks.page import templates

SHOWN = 12  # findings shown of each check; quality.json has them all


class Figures(Record):
    """What the corpus amounts to. `judged` counts prompts by evaluation set, `actions` rows of training."""

    sets: Mapping[Role, SetStats]
    actions: Mapping[str, int]
    pairs: Mapping[str, int]
    judged: Mapping[str, int]
    tokens: tuple[Tokens, ...]


class Quality(Record):
    """Everything that the gate found. `digests` say what was looked at."""

    findings: tuple[Finding, ...]
    figures: Figures
    digests: Mapping[str, str]

    @property
    def blocking(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.severity is Severity.BLOCK)

    @property
    def title(self) -> str:
        if self.blocking:
            return f"Not to be learned from: {len(self.blocking)} findings block"
        warnings = len(self.findings)
        return "Good to learn from" + (f", {warnings} warning{'s' * (warnings > 1)}" if warnings else "")

    @property
    def by_check(self) -> tuple[tuple[str, int, tuple[Finding, ...]], ...]:
        """Each check that found something: its name, how much, and the first of it; what blocks comes first."""
        counts = Counter(finding.check for finding in self.findings)
        blocking = {finding.check for finding in self.blocking}
        named = sorted(counts, key=lambda name: (name not in blocking, -counts[name]))
        return tuple((name, counts[name], tuple(f for f in self.findings if f.check == name)[:SHOWN]) for name in named)

    def asked(self, role: Role) -> Sequence[tuple[str, str, str]]:
        """What the road asks for beside what is here."""
        stats = self.figures.sets[role]
        dutch = stats.by_language.get("nl", 0) / max(1, stats.rows)
        rows = [(name, f"{stats.by_topic.get(name, 0):,}", f"{least:,}") for name, least in WANTED[role].items()]
        return (
            ("rows", f"{stats.rows:,}", "3,000 to 4,000"),
            ("phrasing families", f"{stats.families:,}", f"{FAMILIES:,}"),
            ("largest family", f"{stats.largest_family:.2%}", f"at most {LARGEST_FAMILY:.0%}"),
            ("Dutch", f"{dutch:.1%}", f"{DUTCH_SHARE:.0%}"),
            *rows,
        )


def write(quality: Quality, folder: Path) -> None:
    """`quality.json`, `quality.md` and `quality.html` in a folder."""
    (folder / "quality.json").write_text(quality.model_dump_json(indent=1) + "\n", "utf-8")
    (folder / "quality.md").write_text(to_markdown(quality), "utf-8")
    (folder / "quality.html").write_text(to_html(quality), "utf-8")


def to_markdown(quality: Quality) -> str:
    return _render("quality.md.j2", quality, escape=False, figures=())


def to_html(quality: Quality) -> str:
    return _render("quality.html.j2", quality, escape=True, figures=_figures(quality.figures))


def _figures(figures: Figures) -> tuple[tuple[str, str, str], ...]:
    """Title, SVG and one line of help for each plot that has something to show."""
    made = []
    if figures.actions:
        made.append(("Actions", plots.bars(figures.actions), "Rows of the interpreter's training set, by action."))
    for role, stats in figures.sets.items():
        asked = {name: (stats.by_topic.get(name, 0), least) for name, least in WANTED[role].items()}
        made.append((f"Topics, {role}", plots.against(asked), "Bar: rows here. Mark: what the road asks for."))
    if figures.pairs:
        made.append(("Preference pairs", plots.bars(figures.pairs), "By the reason why an answer is refused."))
    for tokens in figures.tokens:
        title, about = f"Tokens, {tokens.role}", f"In the vocabulary of {tokens.base}; limit {tokens.limit:,}."
        lengths = {"shown": tokens.prompt, "answered": tokens.target}
        made.append((title, plots.lengths(lengths), f"Median, 95th percentile, longest. {about}"))
    return tuple(made)


def _render(template: str, quality: Quality, *, escape: bool, figures: Sequence[tuple[str, str, str]]) -> str:
    environment = templates(Path(__file__).parent, escape=escape)
    rendered: str = environment.get_template(template).render(quality=quality, figures=figures)
    return rendered
