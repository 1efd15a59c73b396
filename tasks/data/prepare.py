"""The stage: local files become one source artifact, and a source artifact becomes a corpus."""

import logging
import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from prefect import task
from prefect.cache_policies import NO_CACHE

from blocks.recipe import Inputs, Mix, Recipe
from blocks.settings import Settings
from blocks.store import FolderStore, sha256_file
from josi.errors import DataError
from josi.examples import Corpus
from josi.records import Artifact, Kind, Record
from tasks.data.build import Built, build, must_not_leak
from tasks.data.card import CorpusReport, card, report_of
from tasks.data.check import Checker
from tasks.data.extra import LEFT_OUT, read_extra
from tasks.data.families import ProjectText
from tasks.data.grams import Grams
from tasks.data.leak import Guard
from tasks.data.project import load_project
from tasks.data.report import quarantine_lines
from tasks.data.scenarios import judged_sets, spoken
from tasks.data.text import TEXT
from tasks.shown import show
from tasks.stage import Stage

PROJECT, TRAIN, FOUND, VALIDATION = "project", "train", "found", "validation"
CARD, REPORT = "CARD.md", "report.json"

log = logging.getLogger(__name__)


def gather_sources(inputs: Inputs, store: FolderStore, text: Path = TEXT) -> Artifact:
    """Take the project's text and the extra files into the store, as one artifact.

    Its identity follows from names and bytes: the folder a file came from and the order of files do not matter. `data`
    may name folders: every `*.jsonl` in them is taken, and those are kept apart, because a file that somebody named has
    to be usable, and one that was merely found has not. Raises DataError for a file that is not there.
    """
    folders = [path for path in inputs.data if path.is_dir()]
    named = [path for path in inputs.data if path not in folders]
    with store.scratch() as folder:
        for path in _learned_from(text):
            _copy(path, folder / PROJECT / path.relative_to(text))
        for kind, paths in ((TRAIN, named), (VALIDATION, inputs.validation)):
            for path in paths:
                if not path.is_file():
                    raise DataError(
                        f"There is no data file {path}.", "Check the path given with --data or --validation."
                    )
                _take(path, folder / kind)
        for path in _found(folders):
            try:
                _take(path, folder / FOUND)
            except OSError as error:
                log.warning("%s was left out: %s. Check its permissions.", path, error.strerror)
        return store.put(folder, Kind.SOURCE, "text")


def prepare_corpus(mix: Mix, sources: Artifact, store: FolderStore) -> Corpus:
    """Check, expand, split and store everything that models learn from and are judged by.

    Raises DataError where the project's text has faults or leaks, or where extra data cannot be used.
    """
    folder = store.fetch(sources)
    text = load_project(folder / PROJECT)
    must_not_leak(text)
    leak = leak_of(text, mix)
    held = _extra_files(folder / VALIDATION)
    found = _extra_files(folder / FOUND)
    extra = read_extra(_extra_files(folder / TRAIN), held, Checker(mix, leak), found)
    built = build(text, mix, extra)
    report = report_of(built, extra, mix, validation_files=bool(held))
    return Corpus(
        sets={
            role: _put(
                store, role.value, {"train.jsonl": _jsonl(sets.train), "validation.jsonl": _jsonl(sets.validation)}
            )
            for role, sets in built.sets.items()
        },
        pairs=_put(store, "pairs", {"pairs.jsonl": _jsonl(built.pairs)}),
        scenarios=_put(store, "scenarios", {f"{name}.jsonl": _jsonl(found) for name, found in _judged(built, text)}),
        report=_put(
            store,
            "data",
            {
                REPORT: report.model_dump_json(indent=1) + "\n",
                CARD: card(report),
                "quarantine.jsonl": quarantine_lines(extra.report.quarantine),
            },
            Kind.REPORT,
        ),
    )


def leak_of(text: ProjectText, mix: Mix) -> Callable[[str], str]:
    """Tells for the words of any row whose evaluation prompt they are, or gives an empty string."""
    guard, grams = Guard(text.judged, text.words.slots), Grams(spoken(text, judged_sets(text, mix.seed)))
    return lambda said: guard.reason(said) or grams.reason(said)


def _judged(built: Built, text: ProjectText) -> Iterator[tuple[str, Iterable[Record]]]:
    """Every evaluation set by the name of its file."""
    yield from built.scenarios.items()
    yield from (("gold", text.gold), ("golden", text.golden), ("hostile", text.hostile))


def _extra_files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def left_out(corpus: Corpus, store: FolderStore) -> tuple[str, ...]:
    """The files of folders that a corpus goes without, each with what is wrong and the remedy."""
    report = CorpusReport.model_validate_json((store.fetch(corpus.report) / REPORT).read_bytes())
    return tuple(f"{one.where}: {one.got} {one.remedy}" for one in report.extra.findings if one.check == LEFT_OUT)


def _learned_from(text: Path) -> list[Path]:
    """The project's text without the cases of the rules, from which no corpus is made."""
    return sorted(path for path in text.rglob("*.yaml") if path.parent.name != "vectors")


def _found(folders: Iterable[Path]) -> list[Path]:
    """Files whose name starts with a dot are still being written."""
    return sorted(path for folder in folders for path in folder.glob("*.jsonl") if not path.name.startswith("."))


def _take(path: Path, folder: Path) -> None:
    _copy(path, folder / sha256_file(path)[:12] / path.name)


def _copy(source: Path, destination: Path) -> None:
    destination.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, destination)


def _jsonl(records: Iterable[Record]) -> str:
    return "".join(record.model_dump_json(exclude_none=True) + "\n" for record in records)


def _put(store: FolderStore, name: str, files: dict[str, str], kind: Kind = Kind.CORPUS) -> Artifact:
    with store.scratch() as folder:
        for file_name, text in files.items():
            (folder / file_name).write_text(text, "utf-8", newline="\n")
        return store.put(folder, kind, name)


@task(name="gather", task_run_name="gather", cache_policy=NO_CACHE)
def gather(inputs: Inputs) -> Artifact:
    """The project's text and the given files as one artifact."""
    return gather_sources(inputs, Settings().store)


@task(name="prepare", task_run_name="prepare", cache_policy=Stage(name="data", version=6))
def prepare(mix: Mix, sources: Artifact) -> Corpus:
    """Cached: the corpus of a mix."""
    return prepare_corpus(mix, sources, Settings().store)


def prepared(recipe: Recipe, sources: Artifact) -> Corpus:
    """The corpus of a recipe. Every run shows its data report, also one that finds the corpus made."""
    corpus = prepare(recipe.data, sources)
    text = (Settings().store.fetch(corpus.report) / CARD).read_text("utf-8")
    show("data-report", recipe.name, text, "What is learned from, and judged by")
    return corpus
