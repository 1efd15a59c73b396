"""Shared by all tests: one home for what is made once, one Prefect harness, one small base and one tiny pair."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

os.environ.setdefault("JOSI_HOME", ".josi/test")

from blocks.environment import prepare
from blocks.settings import Settings

prepare(Settings())

from blocks.order import Order
from blocks.recipe import TinyBase
from blocks.store import FolderStore
from josi.candidate import Candidate
from josi.records import Artifact, Role
from tests.support import pair_alone, put_examples, small_examples

# Files whose tests make or use the tiny pair: for pytest-xdist they are one group, which begins, as it takes minutes.
OF_THE_PAIR = ("tests/flows/test_candidate.py", "tests/flows/test_shown.py", "tests/cli/test_cli.py")
LAST = "tests/service/test_service.py"  # uses the pair as well and takes minutes itself: another process's, by then


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    astray = {_file(i.nodeid) for i in items if "pair" in getattr(i, "fixturenames", ())} - {*OF_THE_PAIR, LAST}
    if astray:
        raise pytest.UsageError(f"{', '.join(sorted(astray))}: uses the pair, so name it in OF_THE_PAIR")
    items.sort(key=lambda item: (_file(item.nodeid) == LAST, _file(item.nodeid) not in OF_THE_PAIR))


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadScopeScheduling:
    """A file's tests stay together. (The groups of pytest-xdist 3.8 have no effect with pytest 9.2.)"""

    class ByFile(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return "pair" if _file(nodeid) in OF_THE_PAIR else _file(nodeid)

    return ByFile(config, log)


def _file(nodeid: str) -> str:
    return nodeid.split("::", maxsplit=1)[0]


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

    with pair_alone():
        return candidate(Order())
