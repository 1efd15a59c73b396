"""What is installed on this device: `versions/<release>/`, and `current.json`, which is replaced in one step."""

import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

from pydantic import ValidationError

from blocks.store import sha256_file, write_atomic
from josi.errors import DownloadError
from josi.records import Record
from josi.release import MANIFEST_NAME, Manifest, RuntimeFile, check_readable, read

CURRENT = "current.json"


class Current(Record):
    """Which version is used, and which was before."""

    release: str = ""
    previous: str = ""


class Installation(Record):
    """A version that can be used. `models` holds the path of each role's GGUF, `runtime` of each file by name."""

    release: str
    folder: Path
    manifest: Manifest
    models: Mapping[str, Path]
    runtime: Mapping[str, Path]


def installed(out: Path, *, verify: bool = False) -> Installation:
    """The current version, or the one before where the current one is damaged. `verify` hashes every byte.

    Raises DownloadError when neither can be used.
    """
    now = current(out)
    for release in (now.release, now.previous):
        if release and (found := installation(out, release, verify=verify)):
            return found
    raise DownloadError(f"No usable models are installed in {out}.", "Run `josi download`.")


def installation(out: Path, release: str, *, verify: bool = False) -> Installation | None:
    """One version, or None where its manifest or any of its files is not whole."""
    folder = version_folder(out, release)
    try:
        manifest = read(Manifest, (folder / MANIFEST_NAME).read_bytes())
        if check_readable(manifest, release):
            return None
    except (OSError, ValueError):
        return None
    here = [file for file in manifest.every if (folder / file.name).exists()]
    models = {file.role: folder / file.name for file in manifest.files if file in here}
    if not models or not all(whole(folder / file.name, file, verify=verify) for file in (*here, *manifest.runtime)):
        return None
    runtime = {file.name: folder / file.name for file in manifest.runtime}
    return Installation(release=release, folder=folder, manifest=manifest, models=models, runtime=runtime)


def current(out: Path) -> Current:
    """What `current.json` says; empty where there is none, or none that can be read."""
    try:
        return Current.model_validate_json((out / CURRENT).read_bytes())
    except (OSError, ValidationError):
        return Current()


def switch(out: Path, release: str) -> None:
    """Use this version from now on, keep the one before, and remove older ones."""
    before = current(out)
    if before.release != release:
        write_atomic(out / CURRENT, Current(release=release, previous=before.release).model_dump_json().encode())
    keep = set(current(out).model_dump().values())
    for folder in (out / "versions").iterdir():
        if folder.name not in keep:
            shutil.rmtree(folder, ignore_errors=True)


def version_folder(out: Path, release: str) -> Path:
    return out / "versions" / release


def whole(path: Path, file: RuntimeFile, *, verify: bool = True) -> bool:
    """Whether the file on this disk is what the manifest promises; without `verify` only by its size."""
    if not path.is_file() or path.stat().st_size != file.size:
        return False
    return not verify or sha256_file(path) == file.sha256


def reuse(out: Path, file: RuntimeFile, target: Path) -> bool:
    """Take a file with the same bytes from another installed version. False where there is none."""
    for path in _same_bytes(out, file):
        if not whole(path, file):
            continue
        try:
            os.link(path, target)
        except OSError:  # a file system without links
            shutil.copyfile(path, target)
        return True
    return False


def _same_bytes(out: Path, file: RuntimeFile) -> Iterator[Path]:
    for release in {*current(out).model_dump().values()} - {""}:
        other = installation(out, release)
        for known in other.manifest.every if other else ():
            if known.sha256 == file.sha256:
                yield version_folder(out, release) / known.name
