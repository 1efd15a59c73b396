"""The stage: two Q4_K_M files, the runtime that ships with them and the scenarios in; a report and a verdict out."""

import logging
import os
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path

from prefect import task

from blocks.llama import LlamaModel
from blocks.settings import Settings
from blocks.shipped import read_shipped
from blocks.store import FolderStore
from josi.assistant import Assistant, Shipped
from josi.candidate import Judged
from josi.engine import ReferenceEngine
from josi.errors import DataError, JosiError
from josi.records import Artifact, Kind, Role
from tasks.evaluate.answers import Answers, Progress, collect, read_scenarios
from tasks.evaluate.beside import Floor
from tasks.evaluate.headlines import read_metrics
from tasks.evaluate.parity import read_parity
from tasks.evaluate.report import Report, draw_up, write
from tasks.shown import progress_bar
from tasks.stage import Stage

log = logging.getLogger(__name__)

THREADS = 1  # fastest for models of a few million parameters
_SMALL = 100_000_000  # bytes; larger files get every core


def evaluate_files(
    ggufs: Mapping[Role, Artifact],
    runtime: Artifact,
    scenarios: Artifact,
    parity: Artifact | Mapping[Role, Artifact],
    store: FolderStore,
    *,
    baseline: Artifact | None = None,
    floor: Floor | None = None,
    progress: Progress | None = None,
) -> Judged:
    """Run the files over every scenario, judge the answers and store the report (html, md and json).

    A file that does not load is no error but a finding: the report says so and every channel stays closed. `parity` is
    the export's record, of both roles or one for each; `floor` stands in the report beside the model, and the verdict
    does not ask for it. Raises MissingArtifact or DigestMismatch where the store does.
    """
    shipped = read_runtime(store.fetch(runtime))
    paths = {role: gguf_file(store.fetch(artifact)) for role, artifact in ggufs.items()}
    answers = listen(paths, shipped, store.fetch(scenarios), progress=progress)
    records = (
        {"parity": parity}
        if isinstance(parity, Artifact)
        else {f"{role.value} parity": parity[role] for role in parity}
    )
    tested = {f"{role.value} model": artifact for role, artifact in ggufs.items()}
    tested |= {"prompts, settings and grammar": runtime, "scenarios": scenarios, **records}
    report = draw_up(
        answers,
        read_parity([store.fetch(one) for one in records.values()]),
        tested,
        shipped.runtime,
        read_metrics(store.fetch(baseline) / "report.json") if baseline else None,
        floor,
    )
    return Judged(report=keep(report, store, runtime.name), verdict=report.verdict)


def listen(
    paths: Mapping[Role, Path],
    shipped: Shipped,
    scenarios: Path,
    *,
    progress: Progress | None = None,
) -> Answers:
    """What the files say. With one role alone, only that role's sets are run."""
    errors: dict[Role, str] = {}
    models: dict[Role, LlamaModel] = {}
    with ExitStack() as stack:
        for role, path in paths.items():
            tokens = shipped.runtime.roles[role].context_tokens
            try:
                models[role] = stack.enter_context(LlamaModel(path, tokens, threads=_threads(path)))
            except JosiError as error:
                log.warning("%s does not load: %s", path.name, error)
                errors[role] = str(error)
        if errors or not models:
            return Answers(load_errors=errors)
        some = next(iter(models.values()))
        engine = ReferenceEngine()
        assistant = Assistant(
            interpreter=models.get(Role.INTERPRETER, some),
            explainer=models.get(Role.EXPLAINER, some),
            engine=engine,
            shipped=shipped,
        )
        return collect(assistant, engine, read_scenarios(scenarios), roles=tuple(models), progress=progress)


def read_runtime(folder: Path) -> Shipped:
    """What ships beside the models. Raises DataError where it cannot be read."""
    return read_shipped({path.name: path for path in folder.iterdir()})


def gguf_file(folder: Path) -> Path:
    """The file that ships; a copy with an old header, where there is one, has a longer name. Raises DataError."""
    found = sorted(folder.glob("*.gguf"), key=lambda path: (len(path.name), path.name))
    if not found:
        raise DataError(f"{folder.name} holds no GGUF file.", "Run `josi run --refresh`.")
    return found[0]


def keep(report: Report, store: FolderStore, name: str) -> Artifact:
    """Put the report's three files in the store."""
    with store.scratch() as scratch:
        folder = scratch / "report"
        folder.mkdir()
        write(report, folder)
        return store.put(folder, Kind.REPORT, name)


def _threads(path: Path) -> int:
    return THREADS if path.stat().st_size < _SMALL else os.cpu_count() or THREADS


@task(name="evaluate", task_run_name="evaluate-{runtime.name}", cache_policy=Stage(name="evaluate", version=8))
def evaluate(
    ggufs: dict[Role, Artifact],
    runtime: Artifact,
    scenarios: Artifact,
    parity: Artifact | dict[Role, Artifact],
    baseline: Artifact | None = None,
    floor: Floor | None = None,
) -> Judged:
    """Cached: the same bytes get the same verdict. Its progress is an artifact of the run."""
    shown = progress_bar(f"Evaluation of {runtime.name}, by prompts")

    def progress(done: int, total: int, name: str) -> None:
        shown(done, total)
        if done == total or done % max(1, total // 10) == 0:
            log.info("evaluation: %d of %d prompts (%s)", done, total, name)

    store = Settings().store
    return evaluate_files(ggufs, runtime, scenarios, parity, store, baseline=baseline, floor=floor, progress=progress)
