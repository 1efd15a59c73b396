"""The app's updater: the newest release of a channel, verified, on this device. No part of it runs during a chat.

The order: pointer, manifest (its sha256 before it is parsed), room on the disk, files (each resumed and verified), and
only then `current.json`. Whatever fails before that leaves the installed version as it was.
"""

import re
import shutil
from collections.abc import Iterable, Mapping
from enum import StrEnum
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from filelock import FileLock, Timeout

from blocks.fetching import Progress, disk_error, fetch
from blocks.installation import current, installation, reuse, switch, version_folder, whole
from blocks.sources import Interrupted, Source, open_source, read_small, unreachable
from blocks.store import sha256_file, write_atomic
from josi.errors import DownloadError
from josi.records import Channel, Record, Role, sha256_hex
from josi.release import (
    MANIFEST_LIMIT,
    MANIFEST_NAME,
    Manifest,
    Pointer,
    RuntimeFile,
    check_readable,
    manifest_path,
    pointer_path,
    read,
)

_MARGIN = 1 << 20  # bytes that stay free
_RELEASE_URL = re.compile(rf"^(?P<root>.*?)/?(?P<key>releases/[^/]+/{re.escape(MANIFEST_NAME)})$")


class Outcome(StrEnum):
    NEW = "new"
    UNCHANGED = "unchanged"
    UNVERIFIED = "unverified"  # a plain file, of which nobody said what its bytes should be


class Downloaded(Record):
    """What is now in place. `files` maps role (or file name) to path; `fetched` counts bytes that were not here before."""

    release: str
    outcome: Outcome
    folder: Path
    files: Mapping[str, Path]
    fetched: int


def download(
    source: str,
    out: Path,
    *,
    channel: Channel = Channel.DEV,
    version: str = "",
    roles: Iterable[Role] | None = None,
    legacy_header: bool = False,
    progress: Progress | None = None,
) -> Downloaded:
    """Bring a channel's release (or `version`) from a bucket's address or folder to `out`.

    `source` may also be the address of a `models.json`, or of one GGUF file. Without `roles`, all that this app knows.
    Raises DownloadError, with the installed version untouched.
    """
    out.mkdir(parents=True, exist_ok=True)
    if urlsplit(source).path.endswith(".gguf"):
        return download_file(source, out, progress=progress)
    root, key = _split(source)
    if version:
        key = manifest_path(version)
    try:
        with FileLock(out / ".lock", timeout=1), open_source(root) as opened:
            data = read_small(opened, key, MANIFEST_LIMIT) if key else _offered(opened, channel)
            manifest = _parse(data, version)
            files = _wanted(manifest, roles, legacy_header=legacy_header)
            return _install(opened, out, manifest, data, files, progress)
    except Timeout as error:
        raise DownloadError(f"Another download into {out} is running.", "Wait for it, then try again.") from error
    except OSError as error:
        raise disk_error(error, out, 0) from error


def download_file(
    address: str, out: Path, *, sha256: str = "", progress: Progress | None = None
) -> Downloaded:
    """One file by its plain address, to `out/<file name>`. Without `sha256` only its size can be checked."""
    name = PurePosixPath(unquote(urlsplit(address).path)).name
    target, folder = out / name, out / "partial"
    folder.mkdir(parents=True, exist_ok=True)
    with open_source(address if "://" in address else str(Path(address).parent)) as source:
        key = address if address.startswith("http") else name
        try:
            size, state = source.describe(key)
        except Interrupted as error:
            raise unreachable(error) from error
        partial = folder / sha256_hex(f"{address} {state}".encode())  # a changed file is not gone on with
        promised = RuntimeFile.model_construct(name=name, sha256=sha256, size=size, path=key)
        _check_room(out, size - (partial.stat().st_size if partial.exists() else 0))
        fetch(source, promised, partial, progress)
    partial.replace(target)
    outcome = Outcome.NEW if sha256 else Outcome.UNVERIFIED
    return Downloaded(release="", outcome=outcome, folder=out, files={name: target}, fetched=size)


def _split(source: str) -> tuple[str, str]:
    """The root of a bucket, and the key of a manifest where the address names one."""
    if not source.endswith(MANIFEST_NAME):
        return source, ""
    if found := _RELEASE_URL.match(source):
        return found["root"] or ("/" if source.startswith("/") else "."), found["key"]
    root, _, key = source.rpartition("/")
    return root or ".", key


def _offered(source: Source, channel: Channel) -> bytes:
    """The manifest that the channel points to: its bytes are what the pointer says."""
    try:
        pointer = read(Pointer, read_small(source, pointer_path(channel), MANIFEST_LIMIT))
    except ValueError as error:
        raise DownloadError(f"The pointer of channel {channel} cannot be read: {error}", "Publish again.") from error
    data = read_small(source, manifest_path(pointer.release), MANIFEST_LIMIT)
    if sha256_hex(data) != pointer.manifest_sha256:
        raise DownloadError(
            f"The manifest of {pointer.release} has sha256 {sha256_hex(data)[:12]}, expected "
            f"{pointer.manifest_sha256[:12]}. Nothing was installed.",
            "Download again; if it happens again, publish again.",
        )
    return data


def _parse(data: bytes, version: str) -> Manifest:
    try:
        manifest = read(Manifest, data)
        faults = check_readable(manifest, version)
    except ValueError as error:
        raise DownloadError(f"This manifest cannot be used: {error}", "Publish again, or give another address.") from error
    if faults:
        raise DownloadError("This release cannot be used here. " + " ".join(map(str, faults)))
    return manifest


def _wanted(manifest: Manifest, roles: Iterable[Role] | None, *, legacy_header: bool) -> list[RuntimeFile]:
    fits = [file for file in manifest.files if file.legacy_header == legacy_header]
    known = {file.role for file in fits}
    asked = set(roles) if roles is not None else known & set(Role)
    if not asked or not asked <= known:
        missing = ", ".join(sorted(asked - known)) or "a model that this app knows"
        raise DownloadError(f"{manifest.release} has no {missing}; it has {', '.join(sorted(known)) or 'none'}.")
    return [*manifest.runtime, *(file for file in fits if file.role in asked)]


def _install(
    source: Source, out: Path, manifest: Manifest, data: bytes, files: list[RuntimeFile], progress: Progress | None
) -> Downloaded:
    folder, parts = version_folder(out, manifest.release), out / "partial"
    folder.mkdir(parents=True, exist_ok=True)
    parts.mkdir(exist_ok=True)
    lacking = [file for file in files if not whole(folder / file.name, file) and not _reused(out, file, folder)]
    begun = {file.sha256: parts / file.sha256 for file in lacking}
    _check_room(out, sum(file.size - _size(begun[file.sha256], file.size) for file in lacking))
    for file in lacking:
        fetch(source, file, begun[file.sha256], progress)
        begun[file.sha256].replace(folder / file.name)
    write_atomic(folder / MANIFEST_NAME, data)
    fresh = current(out).release != manifest.release
    switch(out, manifest.release)
    shutil.rmtree(parts, ignore_errors=True)
    done = installation(out, manifest.release)
    if done is None:
        raise DownloadError(f"{manifest.release} is not whole in {folder}.", "Run the same command again.")
    return Downloaded(
        release=manifest.release,
        outcome=Outcome.NEW if fresh or lacking else Outcome.UNCHANGED,
        folder=folder,
        files=done.models,
        fetched=sum(file.size for file in lacking),
    )


def _reused(out: Path, file: RuntimeFile, folder: Path) -> bool:
    target = folder / file.name
    target.unlink(missing_ok=True)  # not whole
    return reuse(out, file, target)


def _check_room(out: Path, needed: int) -> None:
    free = shutil.disk_usage(out).free
    if needed + _MARGIN > free:
        raise DownloadError(
            f"The download needs {needed:,} more bytes, and {out} has {free:,} free. The installed version is untouched.",
            "Free some space, then run the same command again.",
        )


def _size(partial: Path, most: int) -> int:
    return min(partial.stat().st_size, most) if partial.exists() else 0
