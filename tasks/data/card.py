"""What a corpus is made of, for people (a data card in Markdown) and for programs (JSON)."""

from collections import Counter
from collections.abc import Mapping, Sequence

from blocks.recipe import Mix
from josi.examples import Reason
from josi.records import Finding, Record, Role
from tasks.data.build import Built
from tasks.data.extra import Extra, ReplacedPrompt
from tasks.data.report import DataReport, markdown
from tasks.data.stats import SetStats, stats_of
from tasks.data.topics import DUTCH_SHARE, FAMILIES, LARGEST_FAMILY, WANTED

SHOWN_FINDINGS = 20
SHOWN_CATEGORIES = 60


class CorpusReport(Record):
    """`report.json` of a prepared corpus. `refused` explainer rows broke a language rule and were left out."""

    sets: Mapping[Role, Mapping[str, SetStats]]
    pairs: Mapping[Reason, int]
    scenarios: Mapping[str, int]
    extra: DataReport
    replaced_prompts: tuple[ReplacedPrompt, ...]
    findings: tuple[Finding, ...]
    refused: int
    seed: int
    validation: str


def report_of(built: Built, extra: Extra, mix: Mix, *, validation_files: bool) -> CorpusReport:
    """The figures of one build; the quarantined rows are a file of their own."""
    return CorpusReport(
        sets={
            role: {"train": stats_of(sets.train), "validation": stats_of(sets.validation)}
            for role, sets in built.sets.items()
        },
        pairs=dict(sorted(Counter(pair.reason for pair in built.pairs).items())),
        scenarios={name: len(found) for name, found in built.scenarios.items()},
        extra=extra.report.model_copy(update={"quarantine": ()}),
        replaced_prompts=extra.replaced,
        findings=built.findings,
        refused=built.refused,
        seed=mix.seed,
        validation="given files" if validation_files else f"{mix.validation_share:.0%} by a seeded split",
    )


def card(report: CorpusReport) -> str:
    """The data card: what the models of this run learn from and are judged by."""
    parts = ["# Data of this run", ""]
    parts += _table(
        ("set", "rows", "families", "prompt words (median / p95 / longest)", "target words", "distinct 1/2/3-grams"),
        [
            (
                f"{role} {name}",
                stats.rows,
                stats.families,
                _lengths(stats, "prompt"),
                _lengths(stats, "target"),
                _grams(stats),
            )
            for role, by_name in report.sets.items()
            for name, stats in by_name.items()
        ],
    )
    parts += ["", "Scenarios: " + ", ".join(f"{name} {number}" for name, number in report.scenarios.items()) + ".", ""]
    parts += ["Pairs: " + ", ".join(f"{reason} {number}" for reason, number in report.pairs.items()) + ".", ""]
    parts += [f"Seed {report.seed}; validation of extra data: {report.validation}.", ""]
    for role, by_name in report.sets.items():
        parts += [f"## {role}", "", *_asked_for(role, by_name["train"]), *_counts(by_name["train"])]
    if report.extra.files:
        parts += ["## Extra data", "", markdown(report.extra), *_prompts(report.replaced_prompts)]
    if report.findings:
        parts += [f"## Findings ({len(report.findings)}; {report.refused} explainer rows refused)", ""]
        parts += [f"- {finding}" for finding in report.findings[:SHOWN_FINDINGS]]
    return "\n".join(parts) + "\n"


def _asked_for(role: Role, stats: SetStats) -> list[str]:
    """What the road asks for, and what is here. A row counts for every topic that it is an example of."""
    dutch = stats.by_language.get("nl", 0) / max(1, stats.rows)
    rows: list[Sequence[object]] = [(name, stats.by_topic.get(name, 0), n) for name, n in WANTED[role].items()]
    rows += [
        ("rows", stats.rows, "3,000 to 4,000"),
        ("phrasing families", stats.families, FAMILIES),
        ("largest family", f"{stats.largest_family:.2%}", f"at most {LARGEST_FAMILY:.0%}"),
        ("Dutch", f"{dutch:.1%}", f"{DUTCH_SHARE:.0%}"),
        ("different answers", stats.answers, "-"),
    ]
    return [*_table(("topic", "here", "asked for"), rows), ""]


def _counts(stats: SetStats) -> list[str]:
    shown = sorted(stats.by_category.items(), key=lambda item: (-item[1], item[0]))
    lines = [
        "Languages: " + ", ".join(f"{name} {number}" for name, number in stats.by_language.items()) + ".",
        "Sources: " + ", ".join(f"{name} {number}" for name, number in stats.by_source.items()) + ".",
        "",
        *_table(("category", "rows"), shown[:SHOWN_CATEGORIES]),
        "",
    ]
    if len(shown) > SHOWN_CATEGORIES:
        lines += [f"and {len(shown) - SHOWN_CATEGORIES} more categories; all are in report.json.", ""]
    return lines


def _prompts(replaced: Sequence[ReplacedPrompt]) -> list[str]:
    rows = [(item.role, item.rows, item.sha256, item.start.replace("|", "\\|")) for item in replaced]
    title = "System messages that came with the rows, replaced by the recipe's prompt:"
    return [title, "", *_table(("role", "rows", "sha256", "starts with"), rows), ""]


def _lengths(stats: SetStats, part: str) -> str:
    lengths = stats.prompt_words if part == "prompt" else stats.target_words
    return f"{lengths.median} / {lengths.p95} / {lengths.longest}"


def _grams(stats: SetStats) -> str:
    return " / ".join(f"{share:.2f}" for share in stats.distinct.values())


def _table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> list[str]:
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return lines + ["| " + " | ".join(str(cell) for cell in row) + " |" for row in rows]
