"""One file by its plain address, without a release around it."""

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from blocks.fetching import Progress, check_room, fetch
from blocks.sources import Interrupted, open_source, unreachable
from josi.records import Record, sha256_hex
from josi.release import RuntimeFile


class Outcome(StrEnum):
    NEW = "new"
    UNCHANGED = "unchanged"
    UNVERIFIED = "unverified"  # a plain file, of which nobody said what its bytes should be


class Downloaded(Record):
    """What is now in place. `files` maps role (or file name) to path; `fetched` counts new bytes."""

    release: str
    outcome: Outcome
    folder: Path
    files: Mapping[str, Path]
    fetched: int


def download_file(address: str, out: Path, *, sha256: str = "", progress: Progress | None = None) -> Downloaded:
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
        check_room(out, size - (partial.stat().st_size if partial.exists() else 0))
        fetch(source, promised, partial, progress)
    partial.replace(target)
    outcome = Outcome.NEW if sha256 else Outcome.UNVERIFIED
    return Downloaded(release="", outcome=outcome, folder=out, files={name: target}, fetched=size)
