"""The app's updater: the newest release of a channel, verified, on this device. No part of it runs during a chat.

The order: pointer, manifest (its sha256 before it is parsed), room on the disk, files (each resumed and verified), and
only then `current.json`. Whatever fails before that leaves the installed version as it was.
"""

import re
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from filelock import FileLock, Timeout

from blocks.fetching import Progress, check_room, disk_error, fetch
from blocks.installation import current, installation, reuse, switch, version_folder, whole
from blocks.plain_file import Downloaded, Outcome, download_file
from blocks.sources import Source, open_source, read_small
from blocks.store import write_atomic
from josi.errors import DownloadError
from josi.records import Channel, Role, sha256_hex
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

_RELEASE_URL = re.compile(rf"^(?P<root>.*?)/?(?P<key>releases/[^/]+/{re.escape(MANIFEST_NAME)})$")


class _Release(NamedTuple):
    """A manifest and the very bytes it was read from, which are what is kept."""

    manifest: Manifest
    data: bytes


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
            release = _Release(_parse(data, version), data)
            files = _wanted(release.manifest, roles, legacy_header=legacy_header)
            return _install(opened, out, release, files, progress)
    except Timeout as error:
        raise DownloadError(f"Another download into {out} is running.", "Wait for it, then try again.") from error
    except OSError as error:
        raise disk_error(error, out, 0) from error


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
        raise DownloadError(f"This manifest cannot be used: {error}", "Publish again.") from error
    if faults:
        raise DownloadError("This release cannot be used here. " + " ".join(map(str, faults)))
    return manifest


def _wanted(manifest: Manifest, roles: Iterable[Role] | None, *, legacy_header: bool) -> list[RuntimeFile]:
    fits = [file for file in manifest.files if file.legacy_header == legacy_header]
    known = {file.role for file in fits}
    asked = set(roles or ()) or known & set(Role)
    if not asked or not asked <= known:
        missing = ", ".join(sorted(asked - known)) or "a model that this app knows"
        raise DownloadError(f"{manifest.release} has no {missing}; it has {', '.join(sorted(known)) or 'none'}.")
    return [*manifest.runtime, *(file for file in fits if file.role in asked)]


def _install(
    source: Source, out: Path, release: _Release, files: list[RuntimeFile], progress: Progress | None
) -> Downloaded:
    manifest = release.manifest
    folder, parts = version_folder(out, manifest.release), out / "partial"
    folder.mkdir(parents=True, exist_ok=True)
    parts.mkdir(exist_ok=True)
    lacking = [file for file in files if not whole(folder / file.name, file) and not _reused(out, file, folder)]
    begun = {file.sha256: parts / file.sha256 for file in lacking}
    check_room(out, sum(file.size - _size(begun[file.sha256], file.size) for file in lacking))
    for file in lacking:
        fetch(source, file, begun[file.sha256], progress)
        begun[file.sha256].replace(folder / file.name)
    write_atomic(folder / MANIFEST_NAME, release.data)
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


def _size(partial: Path, most: int) -> int:
    return min(partial.stat().st_size, most) if partial.exists() else 0
