"""The baseline of a recipe: the report that later runs are measured against (phase 1)."""

from pathlib import Path

from prefect import task
from prefect.cache_policies import NO_CACHE
from pydantic import ValidationError

from blocks.settings import Settings
from blocks.store import FolderStore, write_atomic
from josi.errors import MissingArtifact
from josi.records import Artifact
from tasks.evaluate.headlines import read_metrics


def keep(recipe: str, report: Artifact, store: FolderStore, folder: Path) -> Path:
    """Remember a report as the recipe's baseline, in place of the one before.

    Raises DataError where it is no evaluation report, MissingArtifact where the store does not hold it.
    """
    read_metrics(store.fetch(report) / "report.json")
    target = folder / f"{recipe}.json"
    write_atomic(target, report.model_dump_json(indent=1).encode())
    return target


def kept(recipe: str, folder: Path) -> Artifact | None:
    """The recipe's baseline, or None where there is none yet. Raises MissingArtifact where its record is damaged."""
    path = folder / f"{recipe}.json"
    if not path.exists():
        return None
    try:
        return Artifact.model_validate_json(path.read_bytes())
    except ValidationError:
        raise MissingArtifact(f"{path}: the baseline's record is damaged.", "Run the baseline flow again.") from None


def baseline_of(recipe: str) -> Artifact | None:
    """The recipe's baseline on this machine, for `evaluate(..., baseline=...)`."""
    return kept(recipe, Settings().root / "baselines")


@task(name="keep-as-baseline", task_run_name="keep-as-baseline-{recipe}", cache_policy=NO_CACHE)
def keep_as_baseline(recipe: str, report: Artifact) -> None:
    """Never cached: it is asked for."""
    settings = Settings()
    keep(recipe, report, settings.store, settings.root / "baselines")
