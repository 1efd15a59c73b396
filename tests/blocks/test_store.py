"""The store hands out the very bytes that were put, or says that it cannot."""

import hashlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from pydantic import ValidationError

from blocks.store import MANIFEST, FolderStore
from josi.errors import DigestMismatch, MissingArtifact
from josi.records import Artifact, Kind, canonical_json, sha256_hex


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "source"
    (folder / "deep").mkdir(parents=True)
    (folder / "a.txt").write_bytes(b"first")
    (folder / "deep" / "b.bin").write_bytes(bytes(range(256)) * 100)
    return folder


@pytest.fixture
def put(store: FolderStore, source: Path) -> Artifact:
    return store.put(source, Kind.MERGED, "thing")


def _spoil(path: Path, data: bytes) -> None:
    path.chmod(0o644)
    path.write_bytes(data)


def test_what_is_put_can_be_fetched(store: FolderStore, source: Path, put: Artifact) -> None:
    folder = store.fetch(put)

    assert (folder / "a.txt").read_bytes() == b"first"
    assert (folder / "deep" / "b.bin").read_bytes() == (source / "deep" / "b.bin").read_bytes()
    assert put.size == 5 + 25600
    assert put.identity == f"merged-thing-{put.sha256[:12]}"


def test_an_artifact_of_one_file_has_the_files_sha256(store: FolderStore, source: Path) -> None:
    one = store.put(source / "a.txt", Kind.GGUF, "one")

    assert one.sha256 == hashlib.sha256(b"first").hexdigest()
    assert store.file(one).read_bytes() == b"first"
    assert store.put_bytes(b"first", "a.txt", Kind.GGUF, "one") == one


def test_an_artifact_of_several_files_has_the_sha256_of_its_canonical_manifest(put: Artifact, source: Path) -> None:
    files = {name: hashlib.sha256((source / name).read_bytes()).hexdigest() for name in ("a.txt", "deep/b.bin")}

    assert put.sha256 == sha256_hex(canonical_json(files))


def test_the_same_bytes_twice_are_one_artifact(store: FolderStore, source: Path, put: Artifact) -> None:
    first = store.fetch(put).stat().st_ino

    assert store.put(source, Kind.MERGED, "thing") == put
    assert store.fetch(put).stat().st_ino == first
    assert list((store.root / "scratch").iterdir()) == []


def test_another_name_for_a_file_is_another_artifact(store: FolderStore, source: Path, put: Artifact) -> None:
    (source / "a.txt").rename(source / "c.txt")

    assert store.put(source, Kind.MERGED, "thing").sha256 != put.sha256


def test_stored_files_are_read_only_and_the_source_stays_as_it_is(
    store: FolderStore, source: Path, put: Artifact
) -> None:
    mode = (source / "a.txt").stat().st_mode

    assert (store.fetch(put) / "deep" / "b.bin").stat().st_mode & 0o222 == 0
    assert mode & 0o200


def test_one_changed_byte_is_found_and_set_aside(store: FolderStore, put: Artifact) -> None:
    _spoil(store.fetch(put) / "a.txt", b"fIrst")

    with pytest.raises(DigestMismatch, match="made anew"):
        store.fetch(put)
    assert not store.holds(put)
    assert [path.read_bytes() for path in (store.root / "corrupt").rglob("a.txt")] == [b"fIrst"]


def test_what_was_set_aside_can_be_put_again(store: FolderStore, source: Path, put: Artifact) -> None:
    _spoil(store.fetch(put) / "a.txt", b"")

    assert not store.holds(put)
    assert store.put(source, Kind.MERGED, "thing") == put
    assert store.holds(put)


def test_putting_over_damaged_bytes_mends_them(store: FolderStore, source: Path, put: Artifact) -> None:
    """The trap: a rename does not replace a folder that holds files."""
    _spoil(store.fetch(put) / "a.txt", b"fIrst")

    store.put(source, Kind.MERGED, "thing")

    assert (store.fetch(put) / "a.txt").read_bytes() == b"first"


@pytest.mark.parametrize("damage", ["a missing file", "an extra file", "a renamed file"])
def test_missing_and_extra_files_are_found(store: FolderStore, put: Artifact, damage: str) -> None:
    folder = store.fetch(put)
    if damage == "a missing file":
        (folder / "a.txt").unlink()
    elif damage == "an extra file":
        (folder / "deep" / "extra.txt").write_bytes(b"")
    else:
        (folder / "a.txt").rename(folder / "z.txt")

    with pytest.raises(DigestMismatch):
        store.fetch(put)


def test_a_folder_without_a_manifest_does_not_count(store: FolderStore, put: Artifact) -> None:
    (store.fetch(put) / MANIFEST).unlink()

    assert not store.holds(put)
    with pytest.raises(MissingArtifact, match="Run the same command again"):
        store.fetch(put)
    assert list(store.named(Kind.MERGED)) == []


def test_one_of_the_stores_own_folders_can_be_put_again(store: FolderStore, put: Artifact, tmp_path: Path) -> None:
    """`--base-folder .josi/store/base/…` names a folder that holds a manifest of ours."""
    other = FolderStore(tmp_path / "other")

    copy = other.put(store.fetch(put), Kind.MERGED, "thing")

    assert copy == put
    assert other.holds(copy)


def test_an_empty_folder_is_no_artifact(store: FolderStore, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()

    with pytest.raises(MissingArtifact):
        store.put(tmp_path / "empty", Kind.BASE, "nothing")


def test_artifacts_are_named_from_the_newest_on(store: FolderStore) -> None:
    made = [store.put_bytes(name.encode(), "f", Kind.REPORT, name) for name in ("b", "a", "c")]
    for age, artifact in enumerate(made):
        os.utime(store.fetch(artifact) / MANIFEST, (1000 + age, 1000 + age))
    store.put_bytes(b"x", "f", Kind.PARITY, "other")

    assert [artifact.name for artifact in store.named(Kind.REPORT)] == ["c", "a", "b"]


def test_artifacts_are_found_by_how_their_names_begin(store: FolderStore) -> None:
    for name in ("train-a-step-5", "train-a-step-10", "train-ab-step-1"):
        store.put_bytes(b"1", "f", Kind.CHECKPOINT, name)

    assert {one.name for one in store.named(Kind.CHECKPOINT, "train-a-")} == {"train-a-step-5", "train-a-step-10"}
    assert list(store.named(Kind.CHECKPOINT, "train-*")) == [], "a beginning is no pattern"


@pytest.mark.parametrize("name", ["../up", "a/b", ".hidden", "", "[x]"])
def test_a_name_that_is_no_plain_name_is_refused(store: FolderStore, name: str) -> None:
    """It becomes part of a path, and may come from an API or a bucket."""
    with pytest.raises(ValidationError, match="name"):
        store.put_bytes(b"1", "f", Kind.CHECKPOINT, name)

    assert list(store.named(Kind.CHECKPOINT)) == []


def test_what_is_dropped_is_gone_and_dropping_it_again_is_no_error(store: FolderStore, put: Artifact) -> None:
    store.drop(put)
    store.drop(put)

    assert not store.holds(put)
    assert list(store.named(Kind.MERGED)) == []
    assert list((store.root / "scratch").iterdir()) == []


def test_scratch_of_others_is_left_alone_unless_nothing_happened_there_for_a_day(store: FolderStore) -> None:
    old = time.time() - 90_000
    with store.scratch() as mine:
        for name, changed in (("0a1b2c3d-1-elsewhere", time.time()), ("0a1b2c3d-1-long-ago", old), ("tmpx", old)):
            (mine.parent / name).mkdir()
            os.utime(mine.parent / name, (changed, changed))
        os.utime(mine, (old, old))  # a long training in this very process
        with store.scratch() as other:
            found = {folder.name for folder in mine.parent.iterdir()}

    assert found == {"0a1b2c3d-1-elsewhere", mine.name, other.name}


PUT = """
import shutil, sys, time
from pathlib import Path
from blocks.store import FolderStore
from josi.records import Kind
root, source, wait = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
if wait == "hang":
    copy = shutil.copyfile
    def slow(a, b):
        copy(a, b)
        print("half", flush=True)
        time.sleep(60)
    shutil.copyfile = slow
else:
    print("ready", flush=True)
    sys.stdin.readline()
print(FolderStore(root).put(source, Kind.MERGED, "thing").sha256)
"""


def _start(store: FolderStore, source: Path, wait: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", PUT, str(store.root), str(source), wait]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    assert process.stdout.readline()  # it has come to the point that matters
    return process


def test_killed_in_mid_put_nothing_counts_and_the_next_put_works(store: FolderStore, source: Path) -> None:
    process = _start(store, source, "hang")
    process.send_signal(signal.SIGKILL)
    process.communicate()

    assert list(store.named(Kind.MERGED)) == []
    assert list((store.root / "scratch").rglob("a.txt")), "it was killed too early to show anything"
    assert store.holds(store.put(source, Kind.MERGED, "thing"))
    assert list((store.root / "scratch").iterdir()) == [], "what the killed process left is still there"


def test_two_processes_may_put_the_same_at_once(store: FolderStore, source: Path) -> None:
    (source / "large").write_bytes(b"x" * 3_000_000)
    processes = [_start(store, source, "go") for _ in range(2)]
    for process in processes:
        assert process.stdin
        process.stdin.write("\n")
        process.stdin.flush()
    said = [process.communicate(timeout=60)[0].strip() for process in processes]

    (artifact,) = store.named(Kind.MERGED)
    assert said == [artifact.sha256] * 2
    assert store.holds(artifact)
    assert not (store.root / "corrupt").exists()
