"""What one machine puts, another fetches: the bucket is the truth, the folder a near copy. In a folder and in S3."""

import json
import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from blocks.bucket import Bucket, FolderBucket, get
from blocks.bucket_store import BucketStore
from blocks.s3 import S3Bucket
from blocks.settings import Settings
from blocks.store import MANIFEST
from josi.errors import DigestMismatch, MissingArtifact, UsageError
from josi.records import Artifact, Kind
from tests.moto import moto_bucket


@pytest.fixture(scope="module")
def s3() -> Iterator[S3Bucket]:
    with moto_bucket("josi-store") as bucket:
        yield bucket


@pytest.fixture(params=["folder", "s3"])
def bucket(request: pytest.FixtureRequest, tmp_path: Path) -> Bucket:
    if request.param == "folder":
        return FolderBucket(tmp_path / "bucket")
    s3: S3Bucket = request.getfixturevalue("s3")
    return S3Bucket(s3.client, s3.name, prefix=f"{tmp_path.name}/artifacts")


@pytest.fixture
def here(bucket: Bucket, tmp_path: Path) -> BucketStore:
    return BucketStore(tmp_path / "here", bucket)


@pytest.fixture
def there(bucket: Bucket, tmp_path: Path) -> BucketStore:
    return BucketStore(tmp_path / "there", bucket)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "source"
    (folder / "deep").mkdir(parents=True)
    (folder / "a.txt").write_bytes(b"first")
    (folder / "empty").write_bytes(b"")
    (folder / "deep" / "b.bin").write_bytes(bytes(range(256)) * 100)
    return folder


@pytest.fixture
def put(here: BucketStore, source: Path) -> Artifact:
    return here.put(source, Kind.MERGED, "thing")


def _replace(bucket: Bucket, artifact: Artifact, name: str, data: bytes, tmp_path: Path) -> None:
    (tmp_path / "data").write_bytes(data)
    key = f"{artifact.kind}/{artifact.name}-{artifact.sha256[:12]}/{name}"
    bucket.put(key, tmp_path / "data", overwrite=True)


def _keys(bucket: Bucket) -> list[str]:
    return [one.key for one in bucket.list("")]


def test_what_is_put_here_is_fetched_there(here: BucketStore, there: BucketStore, source: Path, put: Artifact) -> None:
    assert there.holds(put)
    assert not there.folder(put).exists(), "to say that it is there, it was brought here"

    folder = there.fetch(put)

    assert folder.is_relative_to(there.root)
    assert (folder / "deep" / "b.bin").read_bytes() == (source / "deep" / "b.bin").read_bytes()
    assert (folder / "a.txt").stat().st_mode & 0o222 == 0
    assert here.fetch(put).is_relative_to(here.root)
    assert list((there.root / "scratch").iterdir()) == []


def test_a_near_copy_is_not_brought_again(there: BucketStore, put: Artifact) -> None:
    first = (there.fetch(put) / "a.txt").stat().st_ino

    assert (there.fetch(put) / "a.txt").stat().st_ino == first


def test_a_damaged_near_copy_is_set_aside_and_brought_again(there: BucketStore, put: Artifact) -> None:
    for found in (there.fetch, there.holds):
        path = there.fetch(put) / "a.txt"
        path.chmod(0o644)
        path.write_bytes(b"fIrst")

        assert found(put)
        assert (there.fetch(put) / "a.txt").read_bytes() == b"first"
    assert len(list((there.root / "corrupt").rglob("a.txt"))) == 2


@pytest.mark.parametrize("data", [b"fIrst", b"longer than it was"], ids=["other bytes", "another size"])
def test_damaged_bytes_in_the_bucket_are_refused_and_the_next_put_mends_them(
    here: BucketStore, there: BucketStore, bucket: Bucket, put: Artifact, source: Path, tmp_path: Path, data: bytes
) -> None:
    _replace(bucket, put, "a.txt", data, tmp_path)

    with pytest.raises(DigestMismatch, match="made anew"):
        there.fetch(put)
    assert not there.folder(put).exists()
    assert not there.holds(put)
    assert not here.holds(put), "the near copy is whole, and nobody else can have it"

    assert here.put(source, Kind.MERGED, "thing") == put
    assert (there.fetch(put) / "a.txt").read_bytes() == b"first"


def test_a_missing_and_a_foreign_object_are_found_and_mended(
    here: BucketStore, there: BucketStore, bucket: Bucket, put: Artifact, source: Path, tmp_path: Path
) -> None:
    _replace(bucket, put, "foreign", b"x", tmp_path)
    assert not there.holds(put)
    here.put(source, Kind.MERGED, "thing")
    assert there.holds(put)
    assert not any(key.endswith("foreign") for key in _keys(bucket))

    bucket.remove(next(key for key in _keys(bucket) if key.endswith("a.txt")))
    assert not there.holds(put)
    with pytest.raises(DigestMismatch):
        there.fetch(put)


def test_a_key_that_leads_out_of_the_folder_is_not_followed(s3: S3Bucket, source: Path, tmp_path: Path) -> None:
    bucket = S3Bucket(s3.client, s3.name, prefix="out")
    put = BucketStore(tmp_path / "here", bucket).put(source, Kind.MERGED, "thing")
    _replace(bucket, put, "a.txt", b"fir", tmp_path)
    _replace(bucket, put, "../../../outside", b"st", tmp_path)

    with pytest.raises(DigestMismatch):
        BucketStore(tmp_path / "there", bucket).fetch(put)
    assert not list(tmp_path.rglob("outside"))


def test_nothing_counts_without_its_manifest_which_comes_last(
    here: BucketStore, there: BucketStore, bucket: Bucket, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    order: list[str] = []
    put = type(bucket).put

    def watched(self: Bucket, key: str, source: Path, **options: bool) -> bool:
        assert list(there.named(Kind.MERGED)) == []
        order.append(key.rpartition("/")[2])
        return put(self, key, source, **options)

    monkeypatch.setattr(type(bucket), "put", watched)
    artifact = here.put(source, Kind.MERGED, "thing")

    assert order[-1] == MANIFEST
    assert len(order) == 4
    bucket.remove(next(key for key in _keys(bucket) if key.endswith(MANIFEST)))
    assert not there.holds(artifact)
    with pytest.raises(MissingArtifact, match="made anew"):
        there.fetch(artifact)


def test_gigabytes_that_are_there_do_not_go_up_again(
    here: BucketStore, bucket: Bucket, put: Artifact, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[str] = []
    upload = type(bucket).put

    def watched(self: Bucket, key: str, source: Path, **options: bool) -> bool:
        sent.append(key.rpartition("/")[2])
        return upload(self, key, source, **options)

    monkeypatch.setattr(type(bucket), "put", watched)

    here.put(source, Kind.MERGED, "thing")

    assert sent == [MANIFEST]


def test_artifacts_are_named_from_the_newest_on_wherever_they_were_put(here: BucketStore, there: BucketStore) -> None:
    """The trap: S3 counts whole seconds, and these come in one."""
    for store, name in ((here, "b"), (there, "a"), (here, "c")):
        store.put_bytes(name.encode(), "f", Kind.REPORT, name)
    here.put_bytes(b"x", "f", Kind.PARITY, "other")
    assert [artifact.name for artifact in there.named(Kind.REPORT)] == ["c", "a", "b"]

    there.put_bytes(b"a", "f", Kind.REPORT, "a")  # made again: it is the newest

    assert [artifact.name for artifact in here.named(Kind.REPORT)] == ["a", "c", "b"]
    assert [artifact.name for artifact in here.named(Kind.REPORT, "b")] == ["b"]


def test_what_is_no_manifest_of_ours_is_passed_over(
    here: BucketStore, bucket: Bucket, put: Artifact, tmp_path: Path
) -> None:
    (tmp_path / "odd").write_bytes(b"{")
    bucket.put(f"merged/odd-000000000000/{MANIFEST}", tmp_path / "odd")

    assert list(here.named(Kind.MERGED)) == [put]


def test_what_is_dropped_is_gone_for_all(here: BucketStore, there: BucketStore, bucket: Bucket, put: Artifact) -> None:
    there.fetch(put)

    here.drop(put)
    here.drop(put)

    assert _keys(bucket) == []
    assert not here.folder(put).exists()
    assert not there.holds(put)


def test_near_copies_of_what_is_dropped_elsewhere_go_after_a_day(
    here: BucketStore, there: BucketStore, put: Artifact
) -> None:
    kept = here.put_bytes(b"kept", "f", Kind.MERGED, "kept")
    for artifact in (put, kept):
        os.utime(there.fetch(artifact) / MANIFEST, (time.time() - 90_000, time.time() - 90_000))
    fresh = there.put_bytes(b"fresh", "f", Kind.MERGED, "fresh")
    for artifact in (put, fresh):
        here.drop(artifact)

    there.tidy(Kind.MERGED)

    assert [there.folder(artifact).exists() for artifact in (put, kept, fresh)] == [False, True, True]


def test_objects_of_the_store_are_private(s3: S3Bucket, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JOSI_STORE", f"s3://{s3.name}/forge")
    monkeypatch.setenv("JOSI_S3_ENDPOINT", s3.client.meta.endpoint_url)
    monkeypatch.setenv("S3_ACCESS_KEY", "key")
    monkeypatch.setenv("S3_SECRET_KEY", "secret")
    settings = Settings(home=tmp_path / "home")

    artifact = settings.store.put_bytes(b"1", "f", Kind.REPORT, "r")

    key = f"forge/artifacts/report/r-{artifact.sha256[:12]}"
    grants = s3.client.get_object_acl(Bucket=s3.name, Key=f"{key}/f")["Grants"]
    assert [grant["Grantee"]["Type"] for grant in grants] == ["CanonicalUser"]
    manifest = json.loads(get(S3Bucket(s3.client, s3.name), f"{key}/{MANIFEST}"))
    assert manifest["artifact"] == artifact.model_dump(mode="json")


@pytest.mark.parametrize("address", ["s3://", "/mnt/store", "block://store"])
def test_an_address_that_names_no_bucket_is_wrong_usage(address: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="s3://NAME"):
        _ = Settings(home=tmp_path, store_address=address).store


def test_two_who_put_the_same_at_once_take_nothing_from_each_other(
    here: BucketStore, there: BucketStore, bucket: Bucket, source: Path, put: Artifact, tmp_path: Path
) -> None:
    """The first has put its files and not yet its manifest when the second begins and is cut off."""
    manifest = f"{put.kind}/{put.name}-{put.sha256[:12]}/{MANIFEST}"
    kept = get(bucket, manifest)
    bucket.remove(manifest)

    class Cut(Exception):
        pass

    def cut(*_: object, **__: object) -> bool:
        raise Cut

    with pytest.MonkeyPatch.context() as patch, pytest.raises(Cut):
        patch.setattr(there.bucket, "put", cut)
        there.put(source, Kind.MERGED, "thing")
    _replace(bucket, put, MANIFEST, kept, tmp_path)

    assert (BucketStore(tmp_path / "third", bucket).fetch(put) / "a.txt").read_bytes() == b"first"


def test_an_absolute_key_writes_nowhere_else(tmp_path: Path, here: BucketStore, put: Artifact) -> None:
    """No folder bucket can hold one, so what the list says is changed."""
    outside = tmp_path / "outside"
    reader = BucketStore(tmp_path / "third", here.bucket)
    real = reader._objects

    def lying(artifact: Artifact) -> object:
        found = real(artifact)
        return {(str(outside) if name == "a.txt" else name): one for name, one in found.items()}

    reader._objects = lying  # type: ignore[method-assign, assignment]
    with pytest.raises(DigestMismatch):
        reader.fetch(put)

    assert not outside.exists()
