"""The artifact store: content-addressed folders whose manifest is written last, so what has one is whole.

Layout: `ROOT/<kind>/<name>-<sha256, 12 hex>/` with the artifact's files, read-only, and `MANIFEST.json` beside them.
Work in progress lies under `ROOT/scratch/`, and what was found damaged under `ROOT/corrupt/`.
"""

import glob
import hashlib
import json
import os
import shutil
import socket
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from josi.errors import DigestMismatch, MissingArtifact
from josi.records import Artifact, Kind, sha256_hex, tree_digest

MANIFEST = "MANIFEST.json"
_CHUNK = 1 << 20
_STALE_S = 24 * 3600.0


def sha256_file(path: Path) -> str:
    """sha256 (hex) of a file, read in pieces."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def write_atomic(path: Path, data: bytes) -> None:
    """Write a file so that it is either the old one or the new one, also after kill -9 or a power cut."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, partial = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(partial).chmod(0o644)
        Path(partial).replace(path)
    except BaseException:
        Path(partial).unlink(missing_ok=True)
        raise


class FolderStore:
    """Artifacts in a folder. Putting the same bytes twice is harmless; fetching verifies every byte."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def folder(self, artifact: Artifact) -> Path:
        return self.root / artifact.kind / f"{artifact.name}-{artifact.sha256[:12]}"

    def put(self, source: Path, kind: Kind, name: str) -> Artifact:
        """Take a file or a folder (its files, one level or more) into the store; the source stays as it is."""
        top = source if source.is_dir() else source.parent
        files = digests(source) if source.is_dir() else {source.name: sha256_file(source)}
        if not files:
            raise MissingArtifact(f"{source}: nothing to store.")
        size = sum((top / name).stat().st_size for name in files)
        artifact = Artifact(kind=kind, name=name, sha256=tree_digest(files), size=size)
        if self._is_whole(artifact):
            os.utime(self.folder(artifact) / MANIFEST)  # made again: it is the newest of its kind
        else:
            self._install(artifact, top, files)
        return artifact

    def put_bytes(self, data: bytes, file_name: str, kind: Kind, name: str) -> Artifact:
        """Take one small file from memory."""
        with self.scratch() as folder:
            (folder / file_name).write_bytes(data)
            return self.put(folder / file_name, kind, name)

    def fetch(self, artifact: Artifact) -> Path:
        """The artifact's folder, verified: names, digests and that nothing else lies there.

        Raises MissingArtifact, or DigestMismatch after setting the bad folder aside under `ROOT/corrupt/`.
        """
        folder = self.folder(artifact)
        if not (folder / MANIFEST).exists():
            raise MissingArtifact(
                f"{artifact.identity} is not in the store {self.root}.", "Run the same command again: it is made anew."
            )
        found = self._digest(folder)
        if found != artifact.sha256:
            self._set_aside(folder)
            raise DigestMismatch(
                f"{artifact.identity}: the store holds {found[:12]}, expected {artifact.sha256[:12]}.",
                "It was set aside; run the same command again and it is made anew.",
            )
        return folder

    def file(self, artifact: Artifact) -> Path:
        """The one file of a single-file artifact, verified."""
        folder = self.fetch(artifact)
        return next(p for p in folder.iterdir() if p.name != MANIFEST)

    def holds(self, artifact: Artifact) -> bool:
        """Whether fetch would succeed, as far as can be told without moving gigabytes."""
        try:
            self.fetch(artifact)
        except (MissingArtifact, DigestMismatch):
            return False
        return True

    def named(self, kind: Kind, beginning: str = "") -> Iterator[Artifact]:
        """Every whole artifact of a kind whose name begins so, newest first."""
        found = []
        for manifest in (self.root / kind).glob(f"{glob.escape(beginning)}*/{MANIFEST}"):
            with suppress(FileNotFoundError):  # dropped a moment ago
                found.append((manifest.stat().st_mtime, manifest.read_text("utf-8")))
        for _, text in sorted(found, key=lambda pair: pair[0], reverse=True):
            yield Artifact.model_validate(json.loads(text)["artifact"])

    def drop(self, artifact: Artifact) -> None:
        """Take an artifact out of the store, in one step; one that is not there is out already."""
        with self.scratch() as folder, suppress(FileNotFoundError):
            self.folder(artifact).rename(folder / "dropped")

    def tidy(self, kind: Kind) -> None:
        """Remove copies of what is in the store no longer. This store keeps no copies."""

    @contextmanager
    def scratch(self) -> Iterator[Path]:
        """A folder for work in progress of this process, beside the store (same disk) and gone afterwards.

        What processes that were killed have left there goes too.
        """
        parent = self.root / "scratch"
        parent.mkdir(parents=True, exist_ok=True)
        for left in parent.iterdir():
            if _is_abandoned(left):
                shutil.rmtree(left, ignore_errors=True)
        folder = Path(tempfile.mkdtemp(dir=parent, prefix=f"{_here()}-{os.getpid()}-"))
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def _digest(self, folder: Path) -> str:
        files = digests(folder)
        return tree_digest(files) if files else ""

    def _is_whole(self, artifact: Artifact) -> bool:
        folder = self.folder(artifact)
        return (folder / MANIFEST).exists() and self._digest(folder) == artifact.sha256

    def _install(self, artifact: Artifact, top: Path, files: dict[str, str]) -> None:
        with self.scratch() as folder:
            ready = folder / "ready"
            for name in files:
                destination = ready / name
                destination.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(top / name, destination)
            self._move_in(artifact, ready, files)

    def _move_in(self, artifact: Artifact, ready: Path, files: dict[str, str]) -> None:
        """Make a scratch folder, whose digests were checked, the artifact's folder."""
        target = self.folder(artifact)
        for name in files:
            (ready / name).chmod(0o444)
        manifest = {"artifact": artifact.model_dump(mode="json"), "files": files}
        (ready / MANIFEST).write_text(json.dumps(manifest, indent=1))
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            ready.rename(target)
        except OSError:  # something lies there: the same bytes, stored a moment ago, or a folder that is not whole
            if not self._is_whole(artifact):
                self._set_aside(target)
                ready.rename(target)

    def _set_aside(self, folder: Path) -> None:
        grave = self.root / "corrupt"
        grave.mkdir(parents=True, exist_ok=True)
        with suppress(FileNotFoundError):  # another process was quicker
            folder.rename(Path(tempfile.mkdtemp(dir=grave)) / folder.name)


def digests(folder: Path) -> dict[str, str]:
    """The sha256 of an artifact's files by name. A manifest is the store's own, also where its folder is put again."""
    paths = sorted(p for p in folder.rglob("*") if p.is_file() and p != folder / MANIFEST)
    return {p.relative_to(folder).as_posix(): sha256_file(p) for p in paths}


def _here() -> str:
    """Where a process id means something: this machine and, in it, this container."""
    try:
        processes = str(Path("/proc/self/ns/pid").readlink())
    except OSError:
        processes = ""
    return sha256_hex(f"{socket.gethostname()} {processes}".encode())[:8]


def _is_abandoned(folder: Path) -> bool:
    """Whether whoever worked in a scratch folder was killed, or did nothing there for a day."""
    place, _, rest = folder.name.partition("-")
    try:
        if place == _here():
            process = int(rest.partition("-")[0])
            os.kill(process, 0)  # asks, and does nothing
            if process == os.getpid():
                return False
        return time.time() - folder.stat().st_mtime > _STALE_S
    except ProcessLookupError:
        return True
    except (OSError, ValueError):  # somebody else's process, or folder, or gone just now
        return False
