"""What lies beside a Swift file while it is being written: the new content, and the journal of the whole write."""

import os
from collections.abc import Mapping
from pathlib import Path

from pydantic import ValidationError

from josi.errors import JosiError
from josi.reasoner.payload import payload_digest
from josi.records import Record


class SwiftFileError(JosiError):
    """A Swift file cannot be read or written; none of them was changed."""


class Journal(Record):
    """What is about to be done. `held` maps each file, relative to the journal's folder, to its payload's digest."""

    payload: str
    held: Mapping[str, str]


def write_journal(path: Path, line: str, held: Mapping[Path, str]) -> None:
    names = {os.path.relpath(one, path.parent): payload_digest(text) for one, text in held.items()}
    partial = _partial(path)
    with partial.open("w", encoding="utf-8") as file:
        file.write(Journal(payload=line, held=names).model_dump_json())
        file.flush()
        os.fsync(file.fileno())
    partial.replace(_journal(path))
    sync(path.parent)


def read_journal(path: Path) -> Journal | None:
    _partial(path).unlink(missing_ok=True)
    try:
        return Journal.model_validate_json(_journal(path).read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, ValidationError):
        raise SwiftFileError(
            f"{_journal(path)} cannot be read.", "See that the Swift files hold the same model, then delete it."
        ) from None


def has_journal(path: Path) -> bool:
    return _journal(path).exists()


def stage(path: Path, data: bytes) -> None:
    """The new content under another name in the same folder, with the file's own mode, safe on disk."""
    new = staged(path)
    with new.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    new.chmod(path.stat().st_mode & 0o7777)


def forget(path: Path) -> None:
    """Nothing stays beside a file whose write is over."""
    for name in (staged(path), _partial(path), _journal(path)):
        name.unlink(missing_ok=True)


def staged(path: Path) -> Path:
    return path.with_name(f".{path.name}.josi-new")


def _partial(path: Path) -> Path:
    return path.with_name(f".{path.name}.josi-partial")


def _journal(path: Path) -> Path:
    return path.with_name(f".{path.name}.josi-journal")


def sync(folder: Path) -> None:
    """Make renames in a folder last through a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
