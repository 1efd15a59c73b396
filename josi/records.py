"""Frozen records that stages hand to each other. They carry identities, never paths or addresses."""

import hashlib
import json
import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field


def canonical_json(value: Any) -> bytes:
    """One byte string for one value: sorted keys, no white space, UTF-8."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()


def sha256_hex(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


class Record(BaseModel):
    """A frozen value that knows no unknown keys and can name itself."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    @property
    def digest(self) -> str:
        """sha256 (hex) over the canonical JSON of every field."""
        return sha256_hex(canonical_json(self.model_dump(mode="json")))

    @property
    def identity(self) -> str:
        """What a cache key shows of this record, e.g. `sft-recipe-1f0c9a12ab34`."""
        kebab = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", type(self).__name__).lower()
        return f"{kebab}-{self.digest[:12]}"


class Role(StrEnum):
    """The two models around the engine."""

    INTERPRETER = "interpreter"
    EXPLAINER = "explainer"


class Channel(StrEnum):
    """Where a release may go, from the least to the most demanding."""

    DEV = "dev"
    BETA = "beta"
    PRODUCTION = "production"


class Kind(StrEnum):
    """What an artifact is."""

    SOURCE = "source"
    CORPUS = "corpus"
    BASE = "base"
    CHECKPOINT = "checkpoint"
    ADAPTER = "adapter"
    MERGED = "merged"
    GGUF = "gguf"
    PARITY = "parity"
    REPORT = "report"
    CANDIDATE = "candidate"
    APPROVAL = "approval"
    RUNTIME = "runtime"
    BASELINE = "baseline"
    NIGHT = "night"


class Artifact(Record):
    """A thing we made, named by what it is.

    `sha256` is that of the file for an artifact of one file, and that of the canonical JSON manifest
    (`{file name: sha256}`) for one of several. `size` is in bytes, over all files.
    """

    kind: Kind
    name: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._@+-]{0,199}$")]  # part of paths and keys
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    size: Annotated[int, Field(ge=0)]

    @property
    def identity(self) -> str:
        return f"{self.kind}-{self.name}-{self.sha256[:12]}"


def tree_digest(files: Mapping[str, str]) -> str:
    """The sha256 of an artifact from its files' sha256, by name."""
    return next(iter(files.values())) if len(files) == 1 else sha256_hex(canonical_json(dict(files)))


class Severity(StrEnum):
    BLOCK = "block"
    WARN = "warn"


class Finding(Record):
    """One thing a check found: what, where, expected against got, and the remedy."""

    check: str
    where: str
    expected: str
    got: str
    remedy: str = ""
    severity: Severity = Severity.BLOCK

    def __str__(self) -> str:
        remedy = f" {self.remedy}" if self.remedy else ""
        return f"{self.check} at {self.where}: expected {self.expected}, got {self.got}.{remedy}"
