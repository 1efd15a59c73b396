"""Where an app reads releases from: an address on the web, or a folder. Both can start in the middle of a file."""

import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import NamedTuple, Protocol, Self
from urllib.parse import quote, unquote, urlsplit

import httpx

from josi.errors import DownloadError

CHUNK = 1 << 18
TRIES = 3


class Interrupted(Exception):
    """The connection broke, or nobody answers now."""


class Piece(NamedTuple):
    """A stream that begins at byte `start`, which is 0 where the source cannot begin in the middle."""

    start: int
    chunks: Iterator[bytes]


class Source(Protocol):
    """Raises DownloadError for what stays so (not there, forbidden), Interrupted for what may pass."""

    def stream(self, key: str, start: int) -> AbstractContextManager[Piece]: ...

    def describe(self, key: str) -> tuple[int, str]:
        """Size in bytes, and a text that changes when the file does."""

    def __enter__(self) -> Self: ...

    def __exit__(self, *_: object) -> None: ...


class FolderSource:
    """A bucket's folder, or a release's, on this machine."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    @contextmanager
    def stream(self, key: str, start: int) -> Iterator[Piece]:
        try:
            file = (self.root / key).open("rb")
        except OSError as error:
            what = f"{self.root / key}: {error.strerror}."
            raise DownloadError(what, "Publish first, or give another folder or channel.") from error
        with file:
            file.seek(start)
            yield Piece(start, iter(lambda: file.read(CHUNK), b""))

    def describe(self, key: str) -> tuple[int, str]:
        try:
            stat = (self.root / key).stat()
        except OSError as error:
            raise DownloadError(f"{self.root / key}: {error.strerror}.", "Give another file.") from error
        return stat.st_size, f"{stat.st_size}-{stat.st_mtime_ns}"


class WebSource:
    """A bucket's public address. Connections are kept open between files."""

    def __init__(self, root: str) -> None:
        self.root = root.rstrip("/")
        # Not compressed: a range counts the bytes on the wire.
        self.client = httpx.Client(
            headers={"Accept-Encoding": "identity"}, timeout=httpx.Timeout(30.0, connect=10.0), follow_redirects=True
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.client.close()

    @contextmanager
    def stream(self, key: str, start: int) -> Iterator[Piece]:
        url = self._url(key)
        headers = {"Range": f"bytes={start}-"} if start else {}
        try:
            with self.client.stream("GET", url, headers=headers) as answer:
                _check(answer, url)
                begins = answer.headers.get("Content-Range", "").startswith(f"bytes {start}-")
                if answer.status_code == 206 and not begins:
                    raise DownloadError(f"{url} sent another range than was asked for.", "Use another server.")
                yield Piece(
                    start if answer.status_code == 206 else 0, answer.iter_raw()
                )  # as it comes: nothing is held back
        except httpx.InvalidURL as error:
            raise DownloadError(f"{url} is no address: {error}.", "Give http(s)://… or a folder.") from error
        except httpx.HTTPError as error:
            raise Interrupted(f"{url}: {error or type(error).__name__}") from error

    def describe(self, key: str) -> tuple[int, str]:
        url = self._url(key)
        try:
            answer = self.client.head(url)
        except httpx.HTTPError as error:
            raise Interrupted(f"{url}: {error or type(error).__name__}") from error
        _check(answer, url)
        size = answer.headers.get("Content-Length")
        if size is None or not size.isdigit():
            raise DownloadError(f"{url} does not say how large it is.", "Download by the address of a models.json.")
        return int(size), f"{size}-{answer.headers.get('ETag')}-{answer.headers.get('Last-Modified')}"

    def _url(self, key: str) -> str:
        return key if "://" in key else f"{self.root}/{quote(key)}"


def open_source(address: str) -> Source:
    """The source at an http(s) address, a file:// address or a folder."""
    parts = urlsplit(address)
    if parts.scheme in {"http", "https"}:
        return WebSource(address)
    if parts.scheme == "file":
        return FolderSource(Path(unquote(parts.path)))
    if "://" in address:
        raise DownloadError(f"{address} cannot be downloaded from.", "Give its public http(s) address, or a folder.")
    return FolderSource(Path(address))


def read_small(source: Source, key: str, limit: int) -> bytes:
    """A small document, whole; three tries. Raises DownloadError, also for more than `limit` bytes."""
    attempt = 0
    while True:
        try:
            return _read(source, key, limit)
        except Interrupted as error:
            attempt += 1
            if attempt == TRIES:
                raise unreachable(error) from error
            pause(attempt)


def _read(source: Source, key: str, limit: int) -> bytes:
    data = b""
    with source.stream(key, 0) as piece:
        for chunk in piece.chunks:
            data += chunk
            if len(data) > limit:
                raise DownloadError(f"{key} is larger than {limit} bytes.", "It is not one of ours.")
    return data


def unreachable(error: Interrupted) -> DownloadError:
    return DownloadError(
        f"The connection fails: {error}; tried {TRIES} times.",
        "Check the address and the network, then run the same command again: it goes on where it stopped.",
    )


def pause(attempt: int) -> None:
    """Wait before another try: 0.5 s, 1 s, 2 s."""
    time.sleep(0.5 * 2**attempt)


def _check(answer: httpx.Response, url: str) -> None:
    code = answer.status_code
    if code in {200, 206}:
        return
    if code == 416:
        raise DownloadError(f"{url} is shorter on the server than promised.", "Publish again.")
    if code in {408, 425, 429} or code >= 500:
        raise Interrupted(f"{url} answers {code}")
    raise DownloadError(
        f"{url} answers {code}.", "Check the address and the channel; publish first if nothing is there."
    )
