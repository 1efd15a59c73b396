"""Approval and publishing on a real store and a real folder bucket, with other processes where it matters."""

import json
import multiprocessing
import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from blocks.bucket import FolderBucket, Progress
from blocks.store import FolderStore
from blocks.updater import download
from josi.approval import Answer, Approval, Decided
from josi.candidate import Candidate
from josi.errors import GateBlocked, NotApproved, Overtaken, StorageError, UsageError
from josi.records import Channel, Kind, Role
from tasks.release.approve import approve, decisions, find_candidate, holding
from tasks.release.publish import publish
from tasks.release.published import Outcome
from tasks.release.ready import upload_only
from tests.candidates import small_candidate
from tests.support import with_another_end

fork = multiprocessing.get_context("fork")
YES = Answer(channel=Channel.DEV, decided=Decided.APPROVE, approver="Ada")
NO = Answer(channel=Channel.DEV, decided=Decided.DECLINE, approver="Bob", note="too terse")


@pytest.fixture
def store(tmp_path: Path) -> FolderStore:
    return FolderStore(tmp_path / "store")


@pytest.fixture
def bucket(tmp_path: Path) -> FolderBucket:
    return FolderBucket(tmp_path / "bucket")


Make = Callable[[], Candidate]


@pytest.fixture
def make(store: FolderStore) -> Make:
    """A candidate of small random files; each call makes another one."""
    return lambda: small_candidate(store)


class Recording(FolderBucket):
    """A bucket that notes what is written, and that may stop the world at a step."""

    def __init__(self, root: Path, at: Callable[[str], None]) -> None:
        super().__init__(root)
        self.at = at

    def put(self, key: str, source: Path, *, overwrite: bool = False, progress: Progress | None = None) -> bool:
        self.at(f"put {key}")
        return super().put(key, source, overwrite=overwrite, progress=lambda *_: self.at(f"half {key}"))

    def copy(self, source: str, target: str, sha256: str) -> bool:
        self.at(f"copy {target}")
        return super().copy(source, target, sha256)

    def swap(self, key: str, data: bytes, expected: str | None) -> bool:
        self.at(f"swap {key}")
        return super().swap(key, data, expected)

    def read(self, key: str) -> Iterator[bytes]:
        self.at(f"read {key}")
        return super().read(key)


def test_blobs_come_first_then_the_manifest_the_names_and_last_the_pointer(
    make: Make, store: FolderStore, tmp_path: Path
) -> None:
    steps: list[str] = []
    one = make()

    publish(one, approve(one, YES, store=store), store=store, bucket=Recording(tmp_path / "b", steps.append))

    kinds = [step.split("/")[0] for step in steps if not step.startswith("half")]
    assert kinds == ["put blobs", "read blobs"] * 4 + ["swap releases", "copy files", "copy files", "swap channels"]


def test_a_published_release_can_be_downloaded(
    make: Make, store: FolderStore, bucket: FolderBucket, tmp_path: Path
) -> None:
    one = make()
    approval = approve(one, YES, store=store)

    done = publish(one, approval, store=store, bucket=bucket)

    got = download(str(bucket.root), tmp_path / "models")
    assert done.outcome is Outcome.NEW
    assert got.release == done.release
    assert got.files["explainer"].read_bytes() == store.file(one.ggufs[Role.EXPLAINER]).read_bytes()
    manifest = json.loads((bucket.root / f"releases/{done.release}/models.json").read_text())
    assert (manifest["candidate"], manifest["approval"]) == (one.digest, approval.digest)
    assert "files/dev/josi-tiny-explainer-q4_k_m.gguf" in done.urls


def test_published_twice_changes_nothing(make: Make, store: FolderStore, bucket: FolderBucket) -> None:
    one = make()
    first = publish(one, approve(one, YES, store=store), store=store, bucket=bucket)
    before = {path: path.stat().st_mtime_ns for path in bucket.root.rglob("*") if path.is_file()}

    again = publish(one, approve(one, YES, store=store), store=store, bucket=bucket)

    assert (again.outcome, again.new, again.sequence) == (Outcome.UNCHANGED, (), first.sequence)
    assert {path: path.stat().st_mtime_ns for path in bucket.root.rglob("*") if path.is_file()} == before


def test_the_next_release_moves_the_channel_and_keeps_the_one_before(
    make: Make, store: FolderStore, bucket: FolderBucket
) -> None:
    one, two = make(), make()
    first = publish(one, approve(one, YES, store=store), store=store, bucket=bucket)
    second = publish(two, approve(two, YES, store=store), store=store, bucket=bucket)

    assert second.sequence == first.sequence + 1
    assert json.loads((bucket.root / "channels/dev.json").read_text())["release"] == second.release
    assert (bucket.root / f"releases/{first.release}/models.json").exists()
    assert len(list((bucket.root / "blobs").iterdir())) == 6  # four GGUFs, and a runtime that is the same in both


def test_a_declined_candidate_publishes_nothing(make: Make, store: FolderStore, bucket: FolderBucket) -> None:
    one = make()

    with pytest.raises(NotApproved, match="declined by Bob: too terse"):
        publish(one, approve(one, NO, store=store), store=store, bucket=bucket)

    assert not bucket.root.exists()


def test_a_decline_takes_an_approval_back(make: Make, store: FolderStore, bucket: FolderBucket) -> None:
    one = make()
    yes = approve(one, YES, store=store)
    approve(one, NO, store=store)

    with pytest.raises(NotApproved, match="decline by Bob afterwards"):
        publish(one, yes, store=store, bucket=bucket)

    again = approve(one, YES, store=store)
    assert again.sequence == 3
    assert holding(store, one, Channel.DEV) == again
    assert publish(one, again, store=store, bucket=bucket).outcome is Outcome.NEW


def test_an_approval_that_nobody_put_on_record_is_none(make: Make, store: FolderStore, bucket: FolderBucket) -> None:
    one = make()
    forged = approve(one, YES, store=FolderStore(store.root.parent / "elsewhere"))

    with pytest.raises(NotApproved, match="an approval on record"):
        publish(one, forged, store=store, bucket=bucket)


def test_the_gate_is_asked_before_the_person_and_again_before_publishing(
    make: Make, store: FolderStore, bucket: FolderBucket
) -> None:
    one = make()
    answer = YES.model_copy(update={"channel": Channel.PRODUCTION})
    with pytest.raises(GateBlocked, match="not measured"):
        approve(one, answer, store=store)
    forged = approve(one, YES, store=store).model_copy(update={"channel": Channel.PRODUCTION})

    with pytest.raises(GateBlocked, match="not measured"):
        publish(one, forged, store=store, bucket=bucket)

    assert list(decisions(store, one.digest, Channel.PRODUCTION)) == []


def test_without_a_channel_the_highest_open_one_is_meant(make: Make, store: FolderStore) -> None:
    assert approve(make(), Answer(decided=Decided.APPROVE, approver="Ada"), store=store).channel is Channel.BETA


@pytest.mark.parametrize("bad", [{"approver": "  "}, {"approver": "A" * 201}, {"note": "n" * 2001}])
def test_a_decision_without_a_name_or_with_a_book_is_none(make: Make, store: FolderStore, bad: dict[str, str]) -> None:
    with pytest.raises(UsageError, match="APPROVER"):
        approve(make(), YES.model_copy(update=bad), store=store)


@pytest.mark.parametrize(
    "part", ["ggufs.interpreter", "runtime", "report", "base", "adapters.explainer", "data.explainer"]
)
def test_bytes_changed_after_approval_are_refused(
    make: Make, store: FolderStore, bucket: FolderBucket, part: str
) -> None:
    one = make()
    approval = approve(one, YES, store=store)
    path = next(p for p in store.fetch(approval.evidence.bound[part]).iterdir() if p.name != "MANIFEST.json")
    path.chmod(0o644)
    path.write_bytes(with_another_end(path.read_bytes()))

    with pytest.raises(NotApproved, match=f"bytes at {part}"):
        publish(one, approval, store=store, bucket=bucket)

    assert not bucket.root.exists()


def test_another_gguf_under_an_old_approval_is_refused(make: Make, store: FolderStore, bucket: FolderBucket) -> None:
    one, other = make(), make()
    approval = approve(one, YES, store=store)
    changed = one.model_copy(update={"ggufs": one.ggufs | {Role.EXPLAINER: other.ggufs[Role.EXPLAINER]}})

    with pytest.raises(NotApproved, match=r"evidence at ggufs.explainer"):
        publish(changed, approval, store=store, bucket=bucket)


def test_a_file_that_changes_under_way_never_becomes_a_release(make: Make, store: FolderStore, tmp_path: Path) -> None:
    one = make()
    approval = approve(one, YES, store=store)
    gguf = store.file(one.ggufs[Role.EXPLAINER])

    def tamper(step: str) -> None:
        if step.startswith("put"):
            gguf.chmod(0o644)
            gguf.write_bytes(b"GGUF" + b"!" * 99)

    with pytest.raises(StorageError, match="reads back as other bytes"):
        publish(one, approval, store=store, bucket=Recording(tmp_path / "b", tamper))

    assert not (tmp_path / "b/releases").exists()
    assert not (tmp_path / "b/channels").exists()


def test_a_blob_damaged_in_the_bucket_is_mended(make: Make, store: FolderStore, bucket: FolderBucket) -> None:
    one = make()
    approval = approve(one, YES, store=store)
    publish(one, approval, store=store, bucket=bucket)
    key = f"blobs/{one.ggufs[Role.EXPLAINER].sha256}"
    (bucket.root / key).write_bytes(b"damaged")

    mended = publish(one, approval, store=store, bucket=bucket)

    assert key in mended.new
    assert (bucket.root / key).read_bytes() == store.file(one.ggufs[Role.EXPLAINER]).read_bytes()


def _publish_and_tell(
    candidate: Candidate, approval: Approval, store: FolderStore, bucket: FolderBucket, told: Any
) -> None:
    try:
        told.put(publish(candidate, approval, store=store, bucket=bucket).outcome.value)
    except Overtaken as error:
        told.put(str(error))


def test_of_two_publishers_at_the_same_moment_one_wins_and_the_other_is_told(
    make: Make, store: FolderStore, tmp_path: Path
) -> None:
    pair = [make(), make()]
    told, both = fork.Queue(), fork.Barrier(2)

    def together(step: str) -> None:
        if step.startswith("swap channels"):
            both.wait(30)

    children = [
        fork.Process(
            target=_publish_and_tell,
            args=(one, approve(one, YES, store=store), store, Recording(tmp_path / "b", together), told),
        )
        for one in pair
    ]
    for child in children:
        child.start()
    results = sorted((told.get(timeout=30) for _ in children), key=len)
    for child in children:
        child.join()

    current = json.loads((tmp_path / "b/channels/dev.json").read_text())["release"]
    assert results[0] == "new"
    assert f"moved dev to {current}" in results[1]
    offered = json.loads((tmp_path / f"b/releases/{current}/models.json").read_text())["files"]
    for file in offered:  # the stable names follow the winner, whoever wrote them last
        assert (tmp_path / "b/files/dev" / file["name"]).read_bytes() == (tmp_path / "b" / file["path"]).read_bytes()
    assert len(list((tmp_path / "b/releases").iterdir())) == 2


def test_two_publishers_of_the_same_release_agree(make: Make, store: FolderStore, tmp_path: Path) -> None:
    one = make()
    approval = approve(one, YES, store=store)
    told, both = fork.Queue(), fork.Barrier(2)

    def together(step: str) -> None:
        if step.startswith("swap channels"):
            both.wait(30)

    children = [
        fork.Process(target=_publish_and_tell, args=(one, approval, store, Recording(tmp_path / "b", together), told))
        for _ in range(2)
    ]
    for child in children:
        child.start()
    results = [told.get(timeout=30) for _ in children]
    for child in children:
        child.join()

    assert set(results) <= {"new", "unchanged"}
    assert json.loads((tmp_path / "b/channels/dev.json").read_text())["sequence"] == 1


@pytest.mark.parametrize("moment", ["half blobs", "read blobs", "swap releases", "copy files", "swap channels"])
def test_a_publisher_killed_at_any_moment_leaves_the_channel_usable_and_can_be_run_again(
    make: Make, store: FolderStore, tmp_path: Path, moment: str
) -> None:
    old, new = make(), make()
    bucket = FolderBucket(tmp_path / "b")
    before = publish(old, approve(old, YES, store=store), store=store, bucket=bucket)
    approval, reached = approve(new, YES, store=store), fork.Event()

    def halt(step: str) -> None:
        if step.startswith(moment):
            reached.set()
            time.sleep(60)

    child = fork.Process(
        target=publish, args=(new, approval), kwargs={"store": store, "bucket": Recording(bucket.root, halt)}
    )
    child.start()
    assert reached.wait(30)
    assert child.pid
    os.kill(child.pid, signal.SIGKILL)
    child.join()

    assert download(str(bucket.root), tmp_path / "models").release == before.release
    after = publish(new, approval, store=store, bucket=bucket)
    assert (after.outcome, after.sequence) == (Outcome.NEW, 2)
    assert download(str(bucket.root), tmp_path / "models").release == after.release


def test_a_dry_run_writes_everything_into_a_folder_and_nothing_elsewhere(
    make: Make, store: FolderStore, bucket: FolderBucket, tmp_path: Path
) -> None:
    one = make()

    done = publish(one, approve(one, YES, store=store), store=store, bucket=bucket, dry_run=tmp_path / "dry")

    assert done.outcome is Outcome.LOCAL
    assert not bucket.root.exists()
    assert download(str(tmp_path / "dry"), tmp_path / "models").release == done.release


def test_ready_files_are_uploaded_without_a_channel(bucket: FolderBucket, tmp_path: Path) -> None:
    path = tmp_path / "josi-v5-explainer-q4_k_m.gguf"
    path.write_bytes(b"GGUF" + os.urandom(1000))

    done = upload_only({Role.EXPLAINER: path}, name="v5", line="v5", bucket=bucket)
    again = upload_only({Role.EXPLAINER: path}, name="v5", line="v5", bucket=bucket)

    manifest = f"releases/{done.release}/models.json"
    assert (done.outcome, again.outcome, done.channel) == (Outcome.UPLOADED, Outcome.UNCHANGED, None)
    assert not (bucket.root / "channels").exists()
    assert not (bucket.root / "files").exists()
    assert set(download(str(bucket.root / manifest), tmp_path / "models").files) == {"explainer"}
    assert f"releases/{done.release}/{path.name}" in done.urls


def test_ready_files_that_no_app_could_read_are_refused(bucket: FolderBucket, tmp_path: Path) -> None:
    spaced = tmp_path / "my model.gguf"
    spaced.write_bytes(b"GGUF")

    with pytest.raises(UsageError, match="plain names"):
        upload_only({Role.EXPLAINER: spaced}, name="v5", line="v5", bucket=bucket)
    with pytest.raises(UsageError, match="There is no file"):
        upload_only({Role.EXPLAINER: tmp_path / "none.gguf"}, name="v5", line="v5", bucket=bucket)


def test_a_copy_for_old_loaders_is_shipped_and_told_apart(
    make: Make, store: FolderStore, bucket: FolderBucket, tmp_path: Path
) -> None:
    one, pair = make(), tmp_path / "pair"
    pair.mkdir()
    (pair / "i.gguf").write_bytes(b"GGUF\x03\x00\x00\x00new")
    (pair / "i-v2.gguf").write_bytes(b"GGUF\x02\x00\x00\x00old")
    both = store.put(pair, Kind.GGUF, "pair")
    one = one.model_copy(update={"ggufs": one.ggufs | {Role.INTERPRETER: both}})
    publish(one, approve(one, YES, store=store), store=store, bucket=bucket)

    new = download(str(bucket.root), tmp_path / "new", roles=[Role.INTERPRETER])
    old = download(str(bucket.root), tmp_path / "old", roles=[Role.INTERPRETER], legacy_header=True)

    assert (new.files["interpreter"].name, old.files["interpreter"].name) == ("i.gguf", "i-v2.gguf")


def test_a_candidate_is_found_by_identity_digest_or_as_the_newest(make: Make, store: FolderStore) -> None:
    one = make()
    time.sleep(0.02)
    two = make()

    assert find_candidate(store, one.identity) == find_candidate(store, one.digest[:8]) == one
    assert find_candidate(store) == two
    with pytest.raises(UsageError, match="josi run"):
        find_candidate(store, "none")
    with pytest.raises(UsageError, match="fits"):
        find_candidate(store, "candidate-tiny")
