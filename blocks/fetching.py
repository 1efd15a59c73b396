"""One file, whole and verified: resumed where it stopped, never longer than promised, never half in place."""

import errno
import shutil
from collections.abc import Callable
from pathlib import Path

from blocks.sources import TRIES, Interrupted, Source, pause, unreachable
from blocks.store import sha256_file
from josi.errors import DownloadError
from josi.release import RuntimeFile

Progress = Callable[[str, int, int], None]  # file name, bytes done, bytes in all
_MARGIN = 1 << 20  # bytes that stay free
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def fetch(source: Source, file: RuntimeFile, partial: Path, progress: Progress | None = None) -> None:
    """Bring `partial` to the bytes that `file` promises.

    What lies there from an earlier try is gone on with; if the whole then has the wrong digest, one clean try is made.
    A file of which no digest is known (`sha256` empty) is checked by its size.
    Raises DownloadError; the partial file stays only if going on with it makes sense.
    """
    resumed = partial.exists()
    _complete(source, file, partial, progress)
    if not file.sha256 or sha256_file(partial) == file.sha256:
        return
    if resumed:
        partial.unlink()
        _complete(source, file, partial, progress)
    found = sha256_file(partial)
    if found != file.sha256:
        partial.unlink()
        raise DownloadError(
            f"{file.name}: the bytes that came have sha256 {found[:12]}, expected {file.sha256[:12]}. "
            "Nothing was installed.",
            "Download again; if it happens again, the file on the server is damaged: publish again.",
        )


def _complete(source: Source, file: RuntimeFile, partial: Path, progress: Progress | None) -> None:
    """Stream until the size fits. Gives up after three tries in a row that brought nothing new."""
    partial.touch()
    best, idle = 0, 0
    while (have := partial.stat().st_size) != file.size:
        if have > file.size:
            partial.unlink()
            partial.touch()
            have = 0
        trouble = Interrupted(f"{file.name} ended after {have} of {file.size} bytes")
        try:
            _stream(source, file, partial, have, progress)
        except Interrupted as error:
            trouble = error
        now = partial.stat().st_size
        idle = 0 if now > max(best, have) else idle + 1
        best = max(best, now)
        if now != file.size and idle >= TRIES:
            raise unreachable(trouble)
        if now != file.size:
            pause(idle)


def _stream(source: Source, file: RuntimeFile, partial: Path, have: int, progress: Progress | None) -> None:
    with source.stream(file.path, have) as piece:
        done = piece.start  # 0 where the server knows no ranges: from the beginning, then
        try:
            with partial.open("ab" if done else "wb") as out:
                for chunk in piece.chunks:
                    done += len(chunk)
                    if done > file.size:
                        raise _too_long(file, partial)
                    out.write(chunk)
                    if progress:
                        progress(file.name, done, file.size)
        except OSError as error:
            raise disk_error(error, partial, file.size) from error


def _too_long(file: RuntimeFile, partial: Path) -> DownloadError:
    partial.unlink()
    what = f"{file.name}: the server sends more than the promised {file.size} bytes. Nothing was installed."
    return DownloadError(what, "Download again; if it happens again, publish again.")


def disk_error(error: OSError, path: Path, size: int) -> DownloadError:
    """What a failed write means to the person at the disk."""
    if error.errno in _FULL:
        return DownloadError(
            f"The disk is full: {path.name} needs {size:,} bytes. The installed version is untouched.",
            "Free some space, then run the same command again: it goes on where it stopped.",
        )
    return DownloadError(f"{error.filename or path}: {error.strerror}.", "Give a folder that this user may write.")


def check_room(out: Path, needed: int) -> None:
    free = shutil.disk_usage(out).free
    if needed + _MARGIN > free:
        raise DownloadError(
            f"The download needs {needed:,} more bytes, and {out} has {free:,} free.",
            "The installed version is untouched. Free some space, then run the same command again.",
        )
