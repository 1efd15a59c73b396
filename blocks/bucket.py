"""Object storage: a folder by default, S3 where configured (`blocks/s3.py`). The same few verbs for both.

What is written once (blobs, manifests) is put only if absent; what changes (a channel's pointer) is swapped only where
it still is what the writer read. So two publishers cannot mix, and a killed one leaves nothing half written.
"""

import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Protocol
from urllib.parse import quote

from filelock import FileLock

from blocks.settings import Settings
from blocks.store import sha256_file
from josi.errors import Absent, StorageError
from josi.records import Record, sha256_hex

Progress = Callable[[str, int, int], None]  # what, bytes done, bytes in all
CHUNK = 1 << 20
_PARTIAL = ".partial"
_STALE_S = 24 * 3600.0
_SWAP_S = 30.0


class Stored(Record):
    """An object as the bucket sees it. `revision` changes with its bytes; it means nothing elsewhere.

    `size` is in bytes, `modified` in seconds since 1970 by the bucket's clock, which may count whole seconds only.
    """

    key: str
    size: int
    revision: str
    modified: float


class Bucket(Protocol):
    """Object storage. Every method raises StorageError, with the remedy, when the bucket refuses or is missing."""

    @property
    def address(self) -> str: ...

    def check(self) -> None:
        """Raise unless the bucket exists and takes these credentials."""

    def put(self, key: str, source: Path, *, overwrite: bool = False, progress: Progress | None = None) -> bool:
        """Store a file. False, and nothing changed, when the key is taken and `overwrite` is not set."""

    def read(self, key: str) -> Iterator[bytes]:
        """The object in pieces. Raises Absent."""

    def download(self, key: str, target: Path) -> None:
        """Write the object into a file, not through memory; goes on where a connection breaks. Raises Absent."""

    def head(self, key: str) -> Stored | None:
        """What lies there, or None."""

    def list(self, prefix: str) -> Iterator[Stored]:
        """Every object whose key begins so, by key."""

    def copy(self, source: str, target: str, sha256: str) -> bool:
        """Make `target` hold the bytes of `source`, whose sha256 is given. False when it already does."""

    def swap(self, key: str, data: bytes, expected: str | None) -> bool:
        """Write only where the revision still is `expected` (None: absent). False when somebody else was quicker."""

    def remove(self, key: str) -> None:
        """Remove an object; one that is not there is removed already."""

    def public_url(self, key: str) -> str:
        """Where anyone can read the object."""


def get(bucket: Bucket, key: str, limit: int = CHUNK) -> bytes:
    """A small object, whole. Raises StorageError above `limit` bytes."""
    data = b""
    for piece in bucket.read(key):
        data += piece
        if len(data) > limit:
            what = f"{bucket.address}/{key} holds more than {limit} bytes."
            raise StorageError(what, "It is not one of ours: remove it.")
    return data


def open_bucket(settings: Settings) -> Bucket:
    """The bucket that `JOSI_BUCKET` names: a folder, `s3://NAME[/PREFIX]`, or `block://NAME`."""
    address = settings.bucket_address
    if address.startswith(("s3://", "block://")):
        from blocks.s3 import open_s3

        return open_s3(address, settings)
    return FolderBucket(Path(address.removeprefix("file://")), settings.bucket_url)


def public_root(settings: Settings) -> str:
    """Where apps find the configured bucket: a folder, or the base of its public addresses."""
    bucket = open_bucket(settings)
    return bucket.address if isinstance(bucket, FolderBucket) else bucket.public_url("").rstrip("/")


class FolderBucket:
    """A bucket in a folder. Objects appear whole or not at all; what is in progress lies under `.partial/`.

    `served`: the base of its addresses, where a server shows the folder to others.
    """

    def __init__(self, root: Path, served: str = "") -> None:
        self.root = root.resolve()
        self._served = served.rstrip("/")

    @property
    def address(self) -> str:
        return str(self.root)

    def check(self) -> None:
        with self._explained():
            (self.root / _PARTIAL).mkdir(parents=True, exist_ok=True)
            for left in (self.root / _PARTIAL).iterdir():  # what a killed publisher left a day ago
                if time.time() - left.stat().st_mtime > _STALE_S:
                    left.unlink(missing_ok=True)

    def put(self, key: str, source: Path, *, overwrite: bool = False, progress: Progress | None = None) -> bool:
        path = self._path(key)
        if path.exists() and not overwrite:
            return False
        with self._explained(), self._partial() as partial:
            total, done = source.stat().st_size, 0
            with source.open("rb") as reader, partial.open("wb") as writer:
                while chunk := reader.read(CHUNK):
                    writer.write(chunk)
                    done += len(chunk)
                    if progress:
                        progress(key, done, total)
                writer.flush()
                os.fsync(writer.fileno())
            return self._install(partial, path, overwrite=overwrite)

    def read(self, key: str) -> Iterator[bytes]:
        with self._explained(), self._open(key) as reader:
            while chunk := reader.read(CHUNK):
                yield chunk

    def download(self, key: str, target: Path) -> None:
        with self._explained(), self._open(key) as reader, target.open("wb") as writer:
            shutil.copyfileobj(reader, writer, CHUNK)

    def head(self, key: str) -> Stored | None:
        path = self._path(key)
        return self._stored(path) if path.is_file() else None

    def list(self, prefix: str) -> Iterator[Stored]:
        paths = (path for path in self.root.rglob("*") if path.is_file())
        for path in sorted(paths):
            key = path.relative_to(self.root).as_posix()
            if key.startswith(prefix) and not any(part.startswith(".") for part in path.relative_to(self.root).parts):
                yield self._stored(path)

    def copy(self, source: str, target: str, sha256: str) -> bool:
        path = self._path(target)
        if path.is_file() and sha256_file(path) == sha256:
            return False
        with self._explained(), self._partial() as partial:
            partial.unlink()
            try:
                os.link(self._path(source), partial)  # the same bytes twice need the room only once
            except OSError:
                shutil.copyfile(self._path(source), partial)
            return self._install(partial, path, overwrite=True)

    def swap(self, key: str, data: bytes, expected: str | None) -> bool:
        path = self._path(key)
        with self._explained(), FileLock(self.root / ".lock", timeout=_SWAP_S):
            now = self._stored(path).revision if path.is_file() else None
            if now != expected:
                return False
            with self._partial() as partial:
                partial.write_bytes(data)
                return self._install(partial, path, overwrite=True)

    def remove(self, key: str) -> None:
        with self._explained():
            self._path(key).unlink(missing_ok=True)

    def public_url(self, key: str) -> str:
        path = self._path(key)
        return f"{self._served}/{quote(key)}" if self._served else path.as_uri()

    def _open(self, key: str) -> BinaryIO:
        try:
            return self._path(key).open("rb")
        except (FileNotFoundError, IsADirectoryError) as error:
            raise Absent(f"There is no {key} in {self.root}.") from error

    def _path(self, key: str) -> Path:
        path = self.root / key
        if path.resolve() != path or path == self.root or not path.is_relative_to(self.root):
            raise StorageError(f"{key!r} is no key of a bucket.", "Keys are plain names joined by '/'.")
        return path

    def _stored(self, path: Path) -> Stored:
        key = path.relative_to(self.root).as_posix()
        stat = path.stat()
        # A pointer is small: its content is its revision. A blob is never swapped, its key says what it holds.
        revision = sha256_hex(path.read_bytes()) if stat.st_size <= CHUNK else f"{stat.st_size}-{stat.st_mtime_ns}"
        return Stored(key=key, size=stat.st_size, revision=revision, modified=stat.st_mtime)

    def _install(self, partial: Path, path: Path, *, overwrite: bool) -> bool:
        path.parent.mkdir(parents=True, exist_ok=True)
        if overwrite:
            partial.replace(path)
            return True
        try:
            os.link(partial, path)  # fails where the name is taken, unlike a rename
        except FileExistsError:
            return False
        except OSError:  # a file system without links
            partial.replace(path)
        return True

    @contextmanager
    def _partial(self) -> Iterator[Path]:
        (self.root / _PARTIAL).mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=self.root / _PARTIAL)
        os.fchmod(handle, 0o644)
        os.close(handle)
        try:
            yield Path(name)
        finally:
            Path(name).unlink(missing_ok=True)

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise StorageError(
                f"The bucket folder {self.root}: {error.strerror or error} ({error.filename or 'no file'}).",
                "Give a folder that this user may write, with room on its disk: JOSI_BUCKET=FOLDER.",
            ) from error
