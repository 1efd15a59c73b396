"""Checkpoints lie in the store: what one machine kept, another goes on from."""

from pathlib import Path

import pytest

from blocks.bucket import FolderBucket
from blocks.bucket_store import BucketStore
from blocks.recipe import SFT
from josi.records import Artifact, Kind
from tasks.train.checkpoint import Checkpoints

DATA = Artifact(kind=Kind.CORPUS, name="data", sha256="d" * 64, size=1)


@pytest.fixture
def here(tmp_path: Path) -> BucketStore:
    return BucketStore(tmp_path / "here", FolderBucket(tmp_path / "bucket"))


@pytest.fixture
def there(tmp_path: Path) -> BucketStore:
    return BucketStore(tmp_path / "there", FolderBucket(tmp_path / "bucket"))


def _keep(store: BucketStore, step: int, *inputs: Artifact | SFT) -> None:
    with store.scratch() as folder:
        (folder / "state").write_text(f"after {step}")
        Checkpoints(store, "train@1-x", *inputs).keep(folder, step)


def _newest(store: BucketStore, work: Path, *inputs: Artifact | SFT) -> str | None:
    folder = Checkpoints(store, "train@1-x", *inputs).newest(work)
    return (folder / "state").read_text() if folder else None


def test_another_machine_goes_on_from_the_newest(here: BucketStore, there: BucketStore, tmp_path: Path) -> None:
    for step in (5, 10, 100):
        _keep(here, step, DATA)

    assert _newest(there, tmp_path, DATA) == "after 100"
    assert [one.name.rpartition("-")[2] for one in there.named(Kind.CHECKPOINT)] == ["100"], "older ones are of no use"


def test_one_who_is_behind_leaves_the_newer_one_of_another(
    here: BucketStore, there: BucketStore, tmp_path: Path
) -> None:
    _keep(here, 100, DATA)
    _keep(there, 5, DATA)

    assert _newest(there, tmp_path, DATA) == "after 100"


def test_a_damaged_one_is_passed_over_for_the_one_before(here: BucketStore, there: BucketStore, tmp_path: Path) -> None:
    _keep(here, 100, DATA)
    _keep(here, 5, DATA)
    (state,) = (tmp_path / "bucket").rglob("*step-100-*/state")
    state.write_text("after 1oo")

    assert _newest(there, tmp_path, DATA) == "after 5"


def test_only_what_goes_into_a_training_names_its_checkpoints(
    here: BucketStore, there: BucketStore, tmp_path: Path
) -> None:
    sft = SFT(learning_rate=1e-3, epochs=1, batch_size=1, max_length=64)
    _keep(here, 5, sft, DATA)

    other = sft.model_copy(update={"learning_rate": 2e-3})
    watched = sft.model_copy(update={"save_steps": sft.save_steps + 1})

    assert _newest(there, tmp_path, other, DATA) is None
    assert _newest(there, tmp_path, watched, DATA) == "after 5"


def test_when_training_is_done_only_its_own_are_dropped(here: BucketStore, tmp_path: Path) -> None:
    other = DATA.model_copy(update={"sha256": "e" * 64})
    _keep(here, 5, DATA)
    _keep(here, 7, other)

    Checkpoints(here, "train@1-x", DATA).clear()

    assert _newest(here, tmp_path, DATA) is None
    assert _newest(here, tmp_path, other) == "after 7"


def test_what_is_gone_on_from_stays_when_another_drops_it(here: BucketStore, tmp_path: Path) -> None:
    _keep(here, 5, DATA)
    folder = Checkpoints(here, "train@1-x", DATA).newest(tmp_path)
    _keep(here, 10, DATA)

    assert folder
    assert (folder / "state").read_text() == "after 5"
