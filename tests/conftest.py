"""Shared by all tests: one home for what is made once, one Prefect harness, one small base and one tiny pair."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from filelock import FileLock

os.environ.setdefault("JOSI_HOME", ".josi/test")

from blocks.environment import prepare
from blocks.settings import Settings

prepare(Settings())

from blocks.order import Order
from blocks.recipe import TinyBase
from blocks.store import FolderStore
from josi.candidate import Candidate
from josi.records import Artifact, Role
from tests.support import put_examples, small_examples


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """For pytest-xdist: a file's tests stay together, and so do those of the pair, which begin: it takes minutes."""
    items.sort(key=lambda item: not _of_the_pair(item))
    for item in items:
        item.add_marker(pytest.mark.xdist_group("pair" if _of_the_pair(item) else item.nodeid.split("::")[0]))


def _of_the_pair(item: pytest.Item) -> bool:
    return isinstance(item, pytest.Function) and "pair" in item.fixturenames


@pytest.fixture
def store(tmp_path: Path) -> FolderStore:
    return FolderStore(tmp_path / "store")


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Data that users already have; it is not part of the project."""
    folder = os.environ.get("JOSI_SHARED_DATA", "")
    if not folder or not Path(folder).is_dir():
        pytest.skip("JOSI_SHARED_DATA names no folder")
    return Path(folder)


SMALL_BASE = TinyBase(kind="tiny", vocabulary=400, layers=1, feed_forward=256, steps=20, batch_size=8)


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> tuple[FolderStore, Artifact, Artifact]:
    """A store with a base of a few hundred tokens and its data, made in seconds: (store, base, data)."""
    from tasks.train.base import make_tiny

    store = FolderStore(tmp_path_factory.mktemp("small") / "store")
    data = put_examples(store, small_examples())
    base = make_tiny(SMALL_BASE, {Role.INTERPRETER: data}, store)
    return store, base, data


@pytest.fixture(scope="session")
def prefect() -> Iterator[None]:
    """A real Prefect API with a database of its own, for the whole session."""
    from prefect.testing.utilities import prefect_test_harness

    with prefect_test_harness(server_startup_timeout=120):
        yield


@pytest.fixture(scope="session")
def pair(prefect: None) -> Candidate:
    """The tiny recipe's candidate, made once for all tests (and found made by the next run of them)."""
    from flows.candidate import candidate

    home = Settings().root
    home.mkdir(parents=True, exist_ok=True)
    with FileLock(home / "pair.lock"):
        return candidate(Order())
