"""What is remembered from run to run: the models that were written, and the data that the gate turned away.

Both lie in HOME/reasoner, as one small file each, named by the digest of what they are about.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from blocks.settings import Settings
from blocks.store import write_atomic
from josi.reasoner.payload import payload_digest
from josi.records import Record, canonical_json, sha256_hex
from tasks.reasoner.job import METHOD, Options
from tasks.reasoner.seen import Provenance

T = TypeVar("T", bound=Record)


class Refusal(Record):
    """Data that was turned away while the files held these models (digests). Asked again, the answer is the same."""

    key: str
    run: str
    present: tuple[str, ...]
    reasons: tuple[str, ...]


def key_of(data_sha256: str, options: Options) -> str:
    """sha256 (hex) of all that decides what a run gives: data, options, method. Neither the clock nor any place."""
    return sha256_hex(canonical_json([data_sha256, options.model_dump(mode="json"), METHOD]))


def provenance(line: str) -> Provenance | None:
    """What is remembered of the model in a payload line; None where we did not make it, or forgot."""
    return _load(_folder("models") / f"{payload_digest(line)}.json", Provenance) if line else None


def remember(record: Provenance) -> None:
    write_atomic(_folder("models") / f"{record.payload_sha256}.json", record.model_dump_json().encode())


def refusal(key: str, lines: Mapping[Path, str]) -> Refusal | None:
    """The refusal of this very run, if the files still hold what they held then."""
    found = _load(_folder("refused") / f"{key}.json", Refusal)
    return found if found is not None and found.present == digests(lines.values()) else None


def remember_refusal(record: Refusal) -> None:
    write_atomic(_folder("refused") / f"{record.key}.json", record.model_dump_json().encode())


def digests(lines: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(payload_digest(line) for line in lines))


def _folder(name: str) -> Path:
    return Settings().root / "reasoner" / name


def _load(path: Path, kind: type[T]) -> T | None:
    """A record from disk; one that an older version wrote in another form counts as forgotten."""
    try:
        return kind.model_validate_json(path.read_bytes())
    except (FileNotFoundError, ValidationError):
        return None
