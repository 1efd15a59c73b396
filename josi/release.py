"""What a release says about itself, and what a channel says about releases. Rules only: nothing here reads a file.

A bucket holds `blobs/<sha256>`, `releases/<id>/models.json` (the manifest), `files/<channel>/<file name>` (stable
addresses) and `channels/<channel>.json` (the pointer). Readers keep fields they do not know, so that old apps survive
newer manifests; a manifest that means something else has a higher `schema_version`, and old apps leave it alone.
"""

import json
from collections.abc import Mapping
from typing import Annotated, Any, TypeVar

from pydantic import ConfigDict, Field, StringConstraints

from josi.approval import Approval
from josi.contract import CONTRACT_VERSION
from josi.records import Finding, Record, canonical_json, sha256_hex, tree_digest

SCHEMA_VERSION = 1
MANIFEST_NAME = "models.json"
MANIFEST_LIMIT = 1 << 20  # bytes; a reader refuses more before it parses

Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
# One plain name: no separator, no leading dot, so that it cannot leave the folder it is written to.
PlainName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$")]
_PART = r"[A-Za-z0-9][A-Za-z0-9._-]*"
Key = Annotated[str, StringConstraints(pattern=rf"^{_PART}(/{_PART})*$", max_length=300)]


class Tolerant(Record):
    """A record that keeps the fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="allow")

    def to_bytes(self) -> bytes:
        """Readable JSON with sorted keys; reading it and writing it again gives the same bytes."""
        return json.dumps(self.model_dump(mode="json"), indent=1, sort_keys=True).encode() + b"\n"


class RuntimeFile(Tolerant):
    """A file that ships with the models: settings, prompts, grammar. `path` is its key in the bucket; size in bytes."""

    name: PlainName
    sha256: Sha256
    size: Annotated[int, Field(ge=0)]
    path: Key


class ModelFile(RuntimeFile):
    """A GGUF. `role` is open: a newer release may know roles that this reader does not."""

    role: str
    legacy_header: bool = Field(False, description="A copy for loaders that know GGUF version 2 only.")


class Manifest(Tolerant):
    """`models.json`: every file of a release, and what was approved."""

    schema_version: int = SCHEMA_VERSION
    release: PlainName
    line: str
    contract_version: int = CONTRACT_VERSION
    files: Annotated[tuple[ModelFile, ...], Field(min_length=1, max_length=64)]
    runtime: Annotated[tuple[RuntimeFile, ...], Field(max_length=64)] = ()
    candidate: str = Field("", description="The candidate's digest; empty for files uploaded without a candidate.")
    approval: str = Field("", description="The approval's digest; empty for what nobody approved.")

    @property
    def every(self) -> tuple[RuntimeFile, ...]:
        return (*self.files, *self.runtime)

    @property
    def path(self) -> str:
        return manifest_path(self.release)

    def content_id(self, prefix: str) -> str:
        """The release id that this content has, e.g. `tiny-1f0c9a12ab34`.

        Over the fields that were written, known or not: a default that a later reader adds does not change the id.
        """
        content = self.model_dump(mode="json", exclude={"release"}, exclude_unset=True)
        return f"{prefix}-{sha256_hex(canonical_json(content))[:12]}"

    def named(self, prefix: str) -> "Manifest":
        """The same content with every default written out, under its own id."""
        whole = Manifest.model_validate(self.model_dump(mode="json"))
        return whole.model_copy(update={"release": whole.content_id(prefix)})


class Pointer(Tolerant):
    """`channels/<channel>.json`: the release that a channel offers. `sequence` grows by one with every change."""

    schema_version: int = SCHEMA_VERSION
    channel: str
    release: PlainName
    manifest_sha256: Sha256
    sequence: Annotated[int, Field(ge=1)]


Document = TypeVar("Document", Manifest, Pointer)


def manifest_path(release: str) -> str:
    return f"releases/{release}/{MANIFEST_NAME}"


def pointer_path(channel: str) -> str:
    return f"channels/{channel}.json"


def read(kind: type[Document], data: bytes) -> Document:
    """Parse a manifest or a pointer. Raises ValueError, with the field, for anything that is none."""
    if len(data) > MANIFEST_LIMIT:
        raise ValueError(f"{len(data)} bytes, at most {MANIFEST_LIMIT} are read")
    try:
        raw: Any = json.loads(data)
    except RecursionError:  # nested a thousand times, which none of ours is
        raise ValueError("nested too deeply") from None
    return kind.model_validate(raw)


def check_readable(manifest: Manifest, wanted: str = "") -> tuple[Finding, ...]:
    """What keeps this version of the app from using a release.

    Its schema and contract are ones we know; its id is that of its content, and the one we `wanted`; and no two of its
    files would be written over each other, or over the manifest.
    """
    id_now = manifest.content_id(manifest.release.rpartition("-")[0])
    names = [file.name.lower() for file in manifest.every] + [MANIFEST_NAME]
    twice = sorted({name for name in names if names.count(name) > 1})
    update = "Update the app; the installed version stays."
    again = "Publish the release again."
    schema, contract = manifest.schema_version, manifest.contract_version
    table: tuple[tuple[bool, str, object, object, str], ...] = (
        (schema <= SCHEMA_VERSION, "schema_version", f"at most {SCHEMA_VERSION}", schema, update),
        (contract <= CONTRACT_VERSION, "contract_version", f"at most {CONTRACT_VERSION}", contract, update),
        (manifest.release == id_now, "release", id_now, manifest.release, again),
        (wanted in {"", manifest.release}, "release", wanted, manifest.release, again),
        (not twice, "file names", "each once", ", ".join(twice) + " twice", again),
    )
    return tuple(
        Finding(check="manifest", where=where, expected=str(expected), got=str(got), remedy=remedy)
        for holds, where, expected, got, remedy in table
        if not holds
    )


def check_manifest(manifest: Manifest, approval: Approval) -> tuple[Finding, ...]:
    """What is offered is what was approved: every role's files, the runtime's files, and nothing else.

    Rule 4 again, seen from the document that apps will read; also that it names this approval and its candidate.
    """
    evidence = approval.evidence
    offered: dict[str, dict[str, str]] = {"runtime": {file.name: file.sha256 for file in manifest.runtime}}
    for file in manifest.files:
        offered.setdefault(f"ggufs.{file.role}", {})[file.name] = file.sha256
    shipped = {part: one for part, one in evidence.bound.items() if part == "runtime" or part.startswith("ggufs.")}
    approved = {part: one.sha256 for part, one in shipped.items()}
    digests = {part: tree_digest(files) if files else "" for part, files in offered.items()}
    expected: Mapping[str, str] = {**approved, "candidate": evidence.candidate, "approval": approval.digest}
    got = {**digests, "candidate": manifest.candidate, "approval": manifest.approval}
    return tuple(
        Finding(
            check="manifest",
            where=where,
            expected=expected.get(where, "nothing")[:12],
            got=got.get(where, "nothing")[:12],
            remedy="Make a new candidate and have it approved.",
        )
        for where in sorted({*expected, *got})
        if expected.get(where) != got.get(where)
    )
