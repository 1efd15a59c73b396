"""S3 is away for some seconds in the middle of a transfer. Workers wait for it; people are told."""

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from blocks.bucket_store import BucketStore
from blocks.s3 import S3Bucket
from blocks.s3_client import connect
from blocks.service.commands import WORKER
from josi.errors import Unreachable
from josi.records import Artifact, Kind
from tasks.train.checkpoint import Checkpoints
from tests.moto import moto_bucket
from tests.proxy import Proxy, proxied

PART = 5 << 20  # bytes; the smallest part that S3 takes
SIZE = 3 * PART + 17
FOREVER_S = 3600.0


@pytest.fixture(scope="module")
def s3() -> Iterator[S3Bucket]:
    with moto_bucket("josi-outage") as bucket:
        yield bucket


@pytest.fixture
def proxy(s3: S3Bucket) -> Iterator[Proxy]:
    with proxied(s3.client.meta.endpoint_url) as proxy:
        yield proxy


@pytest.fixture
def large(tmp_path: Path) -> Path:
    path = tmp_path / "large.bin"
    path.write_bytes(os.urandom(SIZE))
    return path


def _store(proxy: Proxy, root: Path) -> BucketStore:
    client = connect(endpoint=proxy.url, region="us-east-1", access_key="key", secret_key="secret")
    return BucketStore(root, S3Bucket(client, "josi-outage", prefix="artifacts", part_size=PART))


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_MAX_ATTEMPTS", "AWS_RETRY_MODE"):
        monkeypatch.setenv(name, WORKER[name])


@pytest.fixture
def whole(s3: S3Bucket, large: Path, tmp_path: Path) -> Artifact:
    """What was put while all was well."""
    bucket = S3Bucket(s3.client, s3.name, prefix="artifacts", part_size=PART)
    return BucketStore(tmp_path / "before", bucket).put(large, Kind.MERGED, "before")


@pytest.mark.usefixtures("patient")
def test_a_patient_worker_puts_through_an_outage(proxy: Proxy, large: Path, tmp_path: Path) -> None:
    store = _store(proxy, tmp_path / "here")
    proxy.cut(4.0, after=PART)
    began = time.monotonic()

    artifact = store.put(large, Kind.MERGED, "large")

    assert proxy.cuts == 1
    assert time.monotonic() - began > 4.0
    assert _store(proxy, tmp_path / "there").file(artifact).read_bytes() == large.read_bytes()


@pytest.mark.usefixtures("patient")
def test_a_patient_worker_fetches_through_an_outage(proxy: Proxy, large: Path, whole: Artifact, tmp_path: Path) -> None:
    store = _store(proxy, tmp_path / "here")
    proxy.cut(4.0, after=PART)

    path = store.file(whole)

    assert proxy.cuts == 1
    assert path.read_bytes() == large.read_bytes()


@pytest.mark.parametrize("after", [0, PART], ids=["before", "in the middle"])
@pytest.mark.parametrize("work", ["put", "fetch"])
def test_without_patience_one_is_told_within_seconds(
    proxy: Proxy, large: Path, whole: Artifact, tmp_path: Path, after: int, work: str
) -> None:
    store = _store(proxy, tmp_path / "here")
    proxy.cut(FOREVER_S, after=after)
    began = time.monotonic()

    with pytest.raises(Unreachable, match=r"JOSI_S3_ENDPOINT.*run the same command again"):
        store.put(large, Kind.MERGED, "other") if work == "put" else store.fetch(whole)

    assert time.monotonic() - began < 20  # seconds; two requests, each tried four times
    assert proxy.cuts == 1


def test_an_outage_is_no_reason_to_take_a_result_for_broken(proxy: Proxy, whole: Artifact, tmp_path: Path) -> None:
    store = _store(proxy, tmp_path / "here")
    proxy.cut(FOREVER_S)

    with pytest.raises(Unreachable):
        store.holds(whole)


def test_training_goes_on_where_its_checkpoint_cannot_be_kept(
    proxy: Proxy, tmp_path: Path, whole: Artifact, caplog: pytest.LogCaptureFixture
) -> None:
    checkpoints = Checkpoints(_store(proxy, tmp_path / "here"), "train@1-x", whole)
    (tmp_path / "point").mkdir()
    (tmp_path / "point" / "state").write_bytes(b"1")
    proxy.cut(FOREVER_S)

    checkpoints.keep(tmp_path / "point", 5)

    assert "step 5 is not kept" in caplog.text
