"""The Swift files: all of them get the new payload or none does, also when the power goes in between.

Before the first file changes, a journal stands beside each: it holds the new payload and names all files and what they
held. Whoever comes next and finds a journal finishes its work. Where a file holds something else by then, a later write
has overtaken it and the journal is dropped. Nothing outside the markers is ever taken from the journal.
"""

import fcntl
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from josi.errors import ReasonerMarkerError, UsageError
from josi.reasoner import payload_in, replace_payload
from josi.reasoner.payload import payload_digest
from tasks.reasoner.journal import (
    Journal,
    SwiftFileError,
    forget,
    has_journal,
    read_journal,
    stage,
    staged,
    sync,
    write_journal,
)


def resolve(paths: Sequence[Path]) -> tuple[Path, ...]:
    """The files themselves, links followed, each once. Raises UsageError where one is named twice."""
    found = tuple(path.resolve() for path in paths)
    if len(set(found)) < len(found):
        raise UsageError("The same Swift file is given twice.", "Give each file once.")
    return found


def read_payloads(paths: Sequence[Path]) -> dict[Path, str]:
    """The payload line of each file. Every file that has no place for one is named at once. Changes nothing."""
    lines, faults = {}, []
    for path in paths:
        try:
            lines[path] = payload_in(str(path), _read(path))
        except ReasonerMarkerError as fault:
            faults.append(fault)
    if faults:
        raise ReasonerMarkerError(" ".join(fault.what for fault in faults), faults[0].remedy)
    return lines


def write_all(paths: Sequence[Path], line: str) -> None:
    """Put the payload into every file. Raises, with every file as it was, where one cannot be written."""
    with _alone(paths):
        _finish(paths)
        held = read_payloads(paths)
        before = {path: _read(path) for path in paths}
        after = {path: replace_payload(str(path), before[path], line) for path in paths}
        try:
            for path in paths:
                stage(path, after[path])
            for path in paths:
                write_journal(path, line, held)
            _switch(paths)
        except OSError as error:
            _restore(before)
            raise SwiftFileError(
                f"{error.filename or 'a Swift file'}: {error.strerror}. No file was changed.",
                "Mend that, then run again.",
            ) from error
        _forget(paths)


def finish(paths: Sequence[Path]) -> tuple[Path, ...]:
    """Bring to its end what a killed run began. Returns the files that this changed."""
    with _alone(paths):
        return _finish(paths)


def unfinished(paths: Sequence[Path]) -> bool:
    return any(has_journal(path) for path in paths)


def _finish(paths: Sequence[Path]) -> tuple[Path, ...]:
    changed: list[Path] = []
    for path in paths:
        journal = read_journal(path)
        if journal is not None:
            changed += _roll_forward(path.parent, journal)
        staged(path).unlink(missing_ok=True)
    return tuple(dict.fromkeys(changed))


def _roll_forward(folder: Path, journal: Journal) -> list[Path]:
    files = {Path(os.path.normpath(folder / name)): digest for name, digest in journal.held.items()}
    there = {path: digest for path, digest in files.items() if path.exists()}
    now, new = read_payloads(list(there)), payload_digest(journal.payload)
    overtaken = any(payload_digest(now[path]) not in (digest, new) for path, digest in there.items())
    behind = [] if overtaken else [path for path in there if payload_digest(now[path]) != new]
    for path in behind:  # one by one is enough: the journal stays until all are done
        stage(path, replace_payload(str(path), _read(path), journal.payload))
    _switch(behind)
    _forget(list(files))
    return behind


def _switch(paths: Sequence[Path]) -> None:
    for path in paths:
        staged(path).replace(path)
    for folder in {path.parent for path in paths}:
        sync(folder)


def _restore(before: Mapping[Path, bytes]) -> None:
    """Put back what was there, as well as the disk lets us, and let no journal say otherwise."""
    for path, data in before.items():
        if _read(path) != data:
            stage(path, data)
            staged(path).replace(path)
    _forget(list(before))


def _forget(paths: Sequence[Path]) -> None:
    for path in paths:
        forget(path)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise SwiftFileError(f"{path}: {error.strerror}.", "Check the path given by --swift.") from None


@contextmanager
def _alone(paths: Sequence[Path]) -> Iterator[None]:
    """One writer at a time. The folders themselves are locked: no lock file is left in an app's sources."""
    handles = [os.open(folder, os.O_RDONLY) for folder in sorted({path.parent for path in paths}) if folder.is_dir()]
    try:
        for handle in handles:
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        for handle in handles:
            os.close(handle)
