"""The data quality gate as a stage: a report, and a verdict that stops a run before anything is learned."""

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from prefect import task

from blocks.recipe import Recipe
from blocks.settings import Settings
from blocks.store import FolderStore
from josi.errors import DataError
from josi.examples import Corpus
from josi.records import Artifact, Finding, Kind, Record
from tasks.data.quality.checks import CHECKS, actions
from tasks.data.quality.material import Material, Standard, read
from tasks.data.quality.report import Figures, Quality, write
from tasks.data.quality.tokens import measure, vocabularies_at
from tasks.data.stats import stats_of
from tasks.shown import show
from tasks.stage import Stage

NAMED = 5  # findings that an error names; the report has them all


class Judged(Record):
    """The gate's word on a corpus: its report (quality.json, quality.md, quality.html), and how much of it blocks."""

    report: Artifact
    blocking: int
    warnings: int
    first: tuple[str, ...]


def judge(material: Material, tools: Path, digests: Mapping[str, str]) -> Quality:
    """Every check over a corpus."""
    findings: list[Finding] = [finding for check in CHECKS.values() for finding in check(material)]
    tokens, too_long = measure(material, tools)
    trained = {role: stats_of(parts["train"]) for role, parts in material.rows.items()}
    return Quality(
        findings=(*findings, *too_long),
        figures=Figures(
            sets=trained,
            actions=dict(actions(material)),
            pairs=dict(sorted(Counter(pair.reason.value for pair in material.pairs).items())),
            judged={name: len(found) for name, found in material.scenarios.items()},
            tokens=tokens,
        ),
        digests=digests,
    )


def judge_corpus(
    corpus: Corpus, standard: Standard, store: FolderStore, tools: Path, vocabularies: Mapping[str, str]
) -> Judged:
    """The same for a prepared corpus in the store."""
    material = read(corpus, standard, store)
    digests = {role.value: one.sha256 for role, one in corpus.sets.items()}
    digests |= {"pairs": corpus.pairs.sha256, "scenarios": corpus.scenarios.sha256, **vocabularies}
    quality = judge(material, tools, digests)
    with store.scratch() as folder:
        write(quality, folder)
        report = store.put(folder, Kind.REPORT, "quality")
    return Judged(
        report=report,
        blocking=len(quality.blocking),
        warnings=len(quality.findings) - len(quality.blocking),
        first=tuple(map(str, quality.blocking[:NAMED])),
    )


@task(name="quality", task_run_name="quality", cache_policy=Stage(name="quality", version=5))
def quality(corpus: Corpus, standard: Standard, vocabularies: dict[str, str]) -> Judged:
    """Cached: the gate's word on a corpus, in the vocabularies that are at hand (`vocabularies_here`)."""
    settings = Settings()
    return judge_corpus(corpus, standard, settings.store, settings.llama_tools, vocabularies)


def vocabularies_here() -> dict[str, str]:
    """File name to sha256 of each vocabulary on this machine."""
    return vocabularies_at(Settings().llama_tools)


def passed(recipe: Recipe, corpus: Corpus) -> Judged:
    """The corpus of a recipe is good enough to learn from. Every run shows the report, also one that found it made.

    Raises DataError with the first findings where it is not.
    """
    judged = quality(corpus, Standard.of(recipe), vocabularies_here())
    text = (Settings().store.fetch(judged.report) / "quality.md").read_text("utf-8")
    show("data-quality", recipe.name, text, "Whether the data may be learned from")
    require(judged)
    return judged


def require(judged: Judged) -> None:
    """Raises DataError where something blocks."""
    if judged.blocking:
        more = f" And {judged.blocking - NAMED} more." if judged.blocking > NAMED else ""
        raise DataError(
            f"The data is not learned from: {judged.blocking} findings block. " + " ".join(judged.first) + more,
            "See them all with `josi data check`.",
        )
