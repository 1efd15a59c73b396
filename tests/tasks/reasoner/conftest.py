"""One trained model for the tests that only look at it."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tasks.reasoner.job import Job, Options
from tasks.reasoner.read import Dataset, read
from tasks.reasoner.run import run
from tasks.reasoner.train import Trained, train
from tests.reasoner_data import examples, swift_files, write_rows

NOON = datetime(2026, 3, 5, 12, 0, 0, 987654, tzinfo=UTC)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What is remembered is remembered for one test."""
    monkeypatch.setenv("JOSI_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def _job(folder: Path) -> Job:
    return Job(
        data=write_rows(folder / "rows.jsonl", examples()),
        swift=tuple(swift_files(folder / "apps")),
        report=folder / "out",
        options=Options(name_prefix="test"),
    )


@pytest.fixture
def job(tmp_path: Path) -> Job:
    """A run over rows that a few words tell apart, into two files with an old model."""
    return _job(tmp_path)


@pytest.fixture(scope="session")
def _first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("first")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JOSI_HOME", str(folder / "home"))
        run(_job(folder), lambda: NOON)
    return folder


@pytest.fixture
def done_before(job: Job, _first: Path, tmp_path: Path) -> Job:
    """The same run after it was done at NOON: files, report and what is remembered."""
    for name in ("home", "apps", "out"):
        shutil.copytree(_first / name, tmp_path / name, dirs_exist_ok=True)
    return job


@pytest.fixture(scope="session")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    path = write_rows(tmp_path_factory.mktemp("rows") / "rows.jsonl", examples())
    return read("rows.jsonl", path.read_bytes())


@pytest.fixture(scope="session")
def trained(dataset: Dataset) -> Trained:
    return train(dataset, "test", 7, NOON)
