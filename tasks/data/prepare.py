"""The stage: local files become one source artifact, and a source artifact becomes a corpus."""

import shutil
from collections.abc import Iterable
from pathlib import Path

from prefect import task
from prefect.artifacts import create_markdown_artifact
from prefect.cache_policies import NO_CACHE

from blocks.recipe import Inputs, Mix
from blocks.settings import Settings
from blocks.store import FolderStore, sha256_file
from josi.errors import DataError
from josi.examples import Corpus
from josi.records import Artifact, Kind, Record
from tasks.data.build import build, must_not_leak
from tasks.data.card import card, report_of
from tasks.data.check import Checker
from tasks.data.extra import read_extra
from tasks.data.leak import Guard
from tasks.data.report import quarantine_lines
from tasks.data.text import load_text
from tasks.stage import Stage

TEXT = Path("data")  # the project's own text
PROJECT, TRAIN, VALIDATION = "project", "train", "validation"
CARD = "CARD.md"


def gather_sources(inputs: Inputs, store: FolderStore, text: Path = TEXT) -> Artifact:
    """Take the project's text and the extra files into the store, as one artifact.

    Its identity follows from names and bytes: the folder a file came from and the order of files do not matter.
    Raises DataError for a file that is not there.
    """
    with store.scratch() as folder:
        for path in sorted(text.rglob("*.yaml")):
            _copy(path, folder / PROJECT / path.relative_to(text))
        for kind, paths in ((TRAIN, inputs.data), (VALIDATION, inputs.validation)):
            for path in paths:
                if not path.is_file():
                    raise DataError(
                        f"There is no data file {path}.", "Check the path given with --data or --validation."
                    )
                _copy(path, folder / kind / sha256_file(path)[:12] / path.name)
        return store.put(folder, Kind.SOURCE, "text")


def prepare_corpus(mix: Mix, sources: Artifact, store: FolderStore) -> Corpus:
    """Check, expand, split and store everything that models learn from and are judged by.

    Raises DataError where the project's text has faults or leaks, or where extra data cannot be used.
    """
    folder = store.fetch(sources)
    text = load_text(folder / PROJECT)
    must_not_leak(text)
    guard = Guard(text.unseen + text.red_flags + text.explainer_eval, text.slots)
    held = _extra_files(folder / VALIDATION)
    extra = read_extra(_extra_files(folder / TRAIN), held, Checker(mix, guard.reason))
    built = build(text, mix, extra)
    report = report_of(built, extra, mix, validation_files=bool(held))
    return Corpus(
        sets={
            role: _put(
                store, role.value, {"train.jsonl": _jsonl(sets.train), "validation.jsonl": _jsonl(sets.validation)}
            )
            for role, sets in built.sets.items()
        },
        scenarios=_put(store, "scenarios", {f"{name}.jsonl": _jsonl(found) for name, found in built.scenarios.items()}),
        report=_put(
            store,
            "data",
            {
                "report.json": report.model_dump_json(indent=1) + "\n",
                CARD: card(report),
                "quarantine.jsonl": quarantine_lines(extra.report.quarantine),
            },
            Kind.REPORT,
        ),
    )


def _extra_files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


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


@task(name="gather", cache_policy=NO_CACHE)
def gather(inputs: Inputs) -> Artifact:
    """The project's text and the given files as one artifact."""
    return gather_sources(inputs, Settings().store)


@task(name="prepare", cache_policy=Stage(name="data", version=1))
def prepare(mix: Mix, sources: Artifact) -> Corpus:
    """The corpus of a mix; its data card is shown as an artifact of the run."""
    store = Settings().store
    corpus = prepare_corpus(mix, sources, store)
    create_markdown_artifact(
        (store.fetch(corpus.report) / CARD).read_text("utf-8"), key="data", description="Data card"
    )
    return corpus
