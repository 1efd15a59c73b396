"""The app's updater against real servers on loopback: ours, and one that misbehaves."""

import os
import re
import subprocess
import sys
import threading
from collections import namedtuple
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from filelock import FileLock

from blocks import sources, updater
from blocks.bucket import FolderBucket
from blocks.installation import current, installed
from blocks.server import serving
from blocks.store import sha256_file
from blocks.updater import Outcome, download
from josi.errors import DownloadError, UsageError
from josi.records import Channel, Role, sha256_hex
from josi.release import Manifest, ModelFile, Pointer, RuntimeFile, manifest_path, pointer_path

SIZE = 600_000


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources.time, "sleep", lambda _seconds: None)


def offer(root: Path, seed: str, *, keep: Manifest | None = None) -> Manifest:
    """Publish a release of random files into a folder bucket, without any ceremony. `keep` reuses its explainer."""
    bucket, work = FolderBucket(root), root.parent / f"work-{seed}"
    work.mkdir()
    bucket.check()

    def entry(name: str, data: bytes) -> dict[str, object]:
        (work / name).write_bytes(data)
        sha = sha256_file(work / name)
        bucket.put(f"blobs/{sha}", work / name)
        return {"name": name, "sha256": sha, "size": len(data), "path": f"blobs/{sha}"}

    models = [ModelFile(role="interpreter", **entry("i.gguf", b"GGUF" + os.urandom(SIZE)))]
    models += keep.files[1:] if keep else [ModelFile(role="explainer", **entry("e.gguf", b"GGUF" + os.urandom(SIZE)))]
    runtime = (RuntimeFile(**entry("runtime.json", seed.encode())),)
    manifest = Manifest(release="x", line="v5", files=tuple(models), runtime=runtime).named("tiny")
    bucket.swap(manifest.path, manifest.to_bytes(), None)
    point(root, manifest)
    return manifest


def point(root: Path, manifest: Manifest) -> None:
    pointer = Pointer(
        channel="dev", release=manifest.release, manifest_sha256=sha256_hex(manifest.to_bytes()), sequence=1
    )
    path = root / pointer_path("dev")
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(pointer.to_bytes())


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "bucket"


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "models"


class Bad:
    """A server of a folder that cuts answers short, ignores ranges or changes bytes, as told."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.cut: list[int] = []  # bytes after which the next blobs' connections break
        self.ranges = True
        self.flip = False
        self.longer = b""
        self.asked: list[str] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outer.answer(self)

            def log_message(self, *_: object) -> None: ...

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        path = self.root / request.path[1:]
        if not path.is_file():
            request.send_error(404)
            return
        data, asked, start = path.read_bytes(), request.headers.get("Range", ""), 0
        blob = "blobs" in request.path and len(data) > 1000
        if blob:
            self.asked.append(asked)
            data = bytes([*data[:99], data[99] ^ self.flip]) + data[100:] + self.longer
        if self.ranges and (found := re.match(r"bytes=(\d+)-", asked)):
            start = int(found[1])
            request.send_response(206)
            request.send_header("Content-Range", f"bytes {start}-{len(data) - 1}/{len(data)}")
        else:
            request.send_response(200)
        request.send_header("Content-Length", str(len(data) - start))
        request.end_headers()
        until = start + self.cut.pop(0) if blob and self.cut else len(data)
        request.wfile.write(data[start:until])


@pytest.fixture
def bad(root: Path) -> Iterator[Bad]:
    server = Bad(root)
    yield server
    server.server.shutdown()
    server.server.server_close()


def test_a_release_is_downloaded_verified_and_usable(root: Path, out: Path) -> None:
    manifest = offer(root, "one")
    seen: list[tuple[str, int, int]] = []

    with serving(root) as url:
        done = download(url, out, progress=lambda *step: seen.append(step))

    found = installed(out, verify=True)
    assert (done.outcome, done.release, found.release) == (Outcome.NEW, manifest.release, manifest.release)
    assert sha256_file(found.models["interpreter"]) == manifest.files[0].sha256
    assert found.runtime["runtime.json"].read_bytes() == b"one"
    assert done.fetched == sum(file.size for file in manifest.every)
    assert ("i.gguf", SIZE + 4, SIZE + 4) in seen


def test_nothing_is_fetched_while_the_version_is_the_same(root: Path, out: Path) -> None:
    offer(root, "one")
    download(str(root), out)
    (root / "blobs").rename(root / "gone")

    again = download(str(root), out)

    assert (again.outcome, again.fetched) == (Outcome.UNCHANGED, 0)


def test_a_new_version_fetches_only_what_changed_and_keeps_the_one_before(root: Path, out: Path) -> None:
    first = offer(root, "one")
    download(str(root), out)
    second = offer(root, "two", keep=first)

    done = download(str(root), out)

    assert done.fetched == second.files[0].size + second.runtime[0].size
    assert current(out).model_dump() == {"release": second.release, "previous": first.release}
    third = offer(root, "three")
    download(str(root), out)
    assert {path.name for path in (out / "versions").iterdir()} == {third.release, second.release}


def test_a_damaged_version_gives_way_to_the_one_before_and_is_mended(root: Path, out: Path) -> None:
    first = offer(root, "one")
    download(str(root), out)
    second = offer(root, "two")
    done = download(str(root), out)
    done.files["interpreter"].write_bytes(b"GGUF")

    assert installed(out).release == first.release
    assert download(str(root), out).outcome is Outcome.NEW
    assert installed(out, verify=True).release == second.release


def test_one_role_only_and_the_other_later(root: Path, out: Path) -> None:
    offer(root, "one")

    assert set(download(str(root), out, roles=[Role.EXPLAINER]).files) == {"explainer"}
    assert not list(out.rglob("i.gguf"))
    assert set(download(str(root), out).files) == {"interpreter", "explainer"}


def test_a_version_a_manifest_and_a_plain_file_can_be_named(root: Path, tmp_path: Path) -> None:
    first, second = offer(root, "one"), offer(root, "two")
    with serving(root) as url:
        by_version = download(url, tmp_path / "a", version=first.release)
        by_manifest = download(f"{url}/{manifest_path(first.release)}", tmp_path / "b")
        by_path = download(str(root / manifest_path(first.release)), tmp_path / "c")
        by_uri = download(root.as_uri(), tmp_path / "d")
        (root / "files").mkdir()
        os.link(root / second.files[0].path, root / "files" / "i.gguf")
        plain = download(f"{url}/files/i.gguf", tmp_path / "e")

    assert {by_version.release, by_manifest.release, by_path.release} == {first.release}
    assert by_uri.release == second.release
    assert plain.outcome is Outcome.UNVERIFIED
    assert sha256_file(tmp_path / "e" / "i.gguf") == second.files[0].sha256


def test_a_truncated_download_goes_on_where_it_stopped(root: Path, out: Path, bad: Bad) -> None:
    offer(root, "one")
    bad.cut = [200_000, 100_000]

    download(bad.url, out)

    assert bad.asked == ["", "bytes=200000-", "bytes=300000-", ""]
    installed(out, verify=True)


def test_a_download_that_gave_up_goes_on_with_the_next_command(root: Path, out: Path, bad: Bad) -> None:
    offer(root, "one")
    bad.cut = [200_000, 0, 0, 0]
    with pytest.raises(DownloadError, match="goes on where it stopped"):
        download(bad.url, out)

    bad.asked.clear()
    download(bad.url, out)

    assert bad.asked == ["bytes=200000-", ""]


def test_a_server_without_ranges_begins_again_cleanly(root: Path, out: Path, bad: Bad) -> None:
    offer(root, "one")
    bad.ranges, bad.cut = False, [200_000]

    download(bad.url, out)

    assert bad.asked[:2] == ["", "bytes=200000-"]
    installed(out, verify=True)


def test_a_flipped_byte_is_refused_and_the_old_version_kept(root: Path, out: Path, bad: Bad) -> None:
    first = offer(root, "one")
    download(bad.url, out)
    offer(root, "two")
    bad.flip = True

    with pytest.raises(DownloadError, match="expected"):
        download(bad.url, out)

    assert installed(out, verify=True).release == first.release
    assert not list((out / "partial").iterdir())


def test_a_damaged_partial_file_costs_one_clean_try(root: Path, out: Path, bad: Bad) -> None:
    manifest = offer(root, "one")
    (out / "partial").mkdir(parents=True)
    (out / "partial" / manifest.files[0].sha256).write_bytes(b"x" * 1000)

    download(bad.url, out)

    assert bad.asked == ["bytes=1000-", "", ""]
    installed(out, verify=True)


def test_a_file_longer_than_promised_is_refused(root: Path, out: Path, bad: Bad) -> None:
    offer(root, "one")
    bad.longer = b"more"

    with pytest.raises(DownloadError, match="more than the promised"):
        download(bad.url, out)


def test_a_changed_manifest_is_refused_before_it_is_parsed(root: Path, out: Path) -> None:
    first = offer(root, "one")
    download(str(root), out)
    second = offer(root, "two")
    (root / second.path).write_bytes(b"\xff not even JSON")

    with pytest.raises(DownloadError, match=r"manifest of .* has sha256"):
        download(str(root), out)

    assert installed(out).release == first.release


def test_a_manifest_of_more_than_a_mebibyte_is_refused(root: Path, out: Path) -> None:
    manifest = offer(root, "one")
    (root / manifest.path).write_bytes(b" " * ((1 << 20) + 1))

    with pytest.raises(DownloadError, match="larger than"):
        download(str(root), out)


@pytest.mark.parametrize("name", ["../../evil", "/evil", ".."])
def test_a_manifest_whose_names_leave_the_folder_is_refused(root: Path, out: Path, name: str) -> None:
    manifest = offer(root, "one")
    evil = manifest.files[0].model_copy(update={"name": name})
    point(root, hostile := manifest.model_copy(update={"files": (evil,)}).model_copy())
    (root / hostile.path).write_bytes(hostile.to_bytes())

    with pytest.raises(DownloadError, match="name"):
        download(str(root), out)

    assert not list(out.parent.rglob("evil*"))


def test_too_little_room_is_said_before_the_first_byte(
    root: Path, out: Path, bad: Bad, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = offer(root, "one")
    download(bad.url, out)
    offer(root, "two")
    bad.asked.clear()
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr("shutil.disk_usage", lambda _path: usage(10, 9, 1_500_000))

    with pytest.raises(DownloadError, match=r"needs 1,200,011 more bytes.*1,500,000 free"):
        download(bad.url, out)

    assert bad.asked == []
    assert installed(out, verify=True).release == first.release


def test_a_disk_that_fills_up_on_the_way_leaves_the_old_version(root: Path, out: Path) -> None:
    first = offer(root, "one")
    download(str(root), out)
    offer(root, "two")
    code = (
        "import resource, sys; from pathlib import Path; from blocks.updater import download\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))\n"  # no file grows beyond
        "download(sys.argv[1], Path(sys.argv[2]))"
    )

    ended = subprocess.run(
        [sys.executable, "-c", code, str(root), str(out)], capture_output=True, text=True, check=False, timeout=60
    )

    assert "DownloadError: The disk is full" in ended.stderr
    assert installed(out, verify=True).release == first.release
    download(str(root), out)
    assert installed(out, verify=True).release != first.release


def test_a_full_file_system_is_a_full_disk(root: Path, out: Path) -> None:
    manifest = offer(root, "one")
    (out / "partial").mkdir(parents=True)
    (out / "partial" / manifest.files[0].sha256).symlink_to("/dev/full")  # every write to it fails with ENOSPC

    with pytest.raises(DownloadError, match="The disk is full"):
        download(str(root), out)


def test_nobody_there_and_nothing_published_are_said(root: Path, out: Path) -> None:
    with pytest.raises(DownloadError, match="Check the address"):
        download("http://127.0.0.1:9", out)
    with pytest.raises(DownloadError, match="public http"):
        download("s3://josi", out)
    offer(root, "one")
    with serving(root) as url, pytest.raises(DownloadError, match=r"production.json answers 404"):
        download(url, out, channel=Channel.PRODUCTION)
    with pytest.raises(DownloadError, match="josi download"):
        installed(out)


def test_two_downloads_at_once_do_not_mix(root: Path, out: Path) -> None:
    offer(root, "one")
    out.mkdir()
    with FileLock(out / ".lock"), pytest.raises(DownloadError, match="Another download"):
        download(str(root), out)


def test_the_server_offers_objects_with_ranges_and_nothing_else(root: Path) -> None:
    import httpx

    blob = root / offer(root, "one").files[0].path
    (root / "secret").symlink_to("/etc/passwd")
    with serving(root) as url:
        part = httpx.get(f"{url}/blobs/{blob.name}", headers={"Range": "bytes=10-19"})
        head = httpx.head(f"{url}/blobs/{blob.name}")
        refused = [httpx.get(f"{url}/{key}").status_code for key in (".lock", "%2e%2e/work-one/i.gguf", "secret", "")]

    assert (part.status_code, part.content) == (206, blob.read_bytes()[10:20])
    assert (head.headers["Content-Length"], head.content) == (str(SIZE + 4), b"")
    assert refused == [404] * 4


def test_there_is_nothing_to_serve_before_publishing(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="josi publish"), serving(tmp_path):
        pass


def test_the_updater_needs_no_heavy_library() -> None:
    code = "import sys, blocks.updater; print(sorted({'torch', 'prefect', 'boto3'} & set(sys.modules)))"
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert ended.stdout.strip() == "[]"
    assert updater.download is download
