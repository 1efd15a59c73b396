"""What a channel offers now, beside a candidate that may take its place."""

import json
from collections.abc import Iterator
from pathlib import Path

from pydantic import BaseModel

from blocks.bucket import Bucket, get
from blocks.store import FolderStore
from josi.approval import evidence_of
from josi.candidate import Candidate
from josi.errors import DigestMismatch, MissingArtifact, StorageError, UsageError
from josi.records import Channel
from josi.release import Manifest, manifest_path, read
from tasks.release.approve import find_candidate
from tasks.release.published import cell
from tasks.release.upload import offered


class Line(BaseModel):
    """One line of the gate in a report.json."""

    name: str
    reached: str
    needed: str


def differences(
    candidate: Candidate, channel: Channel, bucket: Bucket, store: FolderStore, *, digests: bool = True
) -> str:
    """Markdown: how a candidate differs from what a channel offers now, in the gate's numbers and in digests.

    Says so, and raises nothing, where the bucket or the other candidate's report cannot be read.
    """
    head = f"### Compared with {channel} now\n\n"
    try:
        pointer = offered(bucket, channel).pointer
        if pointer is None:
            return f"{head}{channel} offers nothing yet.\n"
        manifest = read(Manifest, get(bucket, manifest_path(pointer.release)))
    except (StorageError, ValueError) as error:
        return f"{head}What {channel} offers could not be read: {error}\n"
    if manifest.candidate == candidate.digest:
        return f"{head}{channel} offers this very candidate, as {pointer.release}.\n"
    try:
        other = find_candidate(store, manifest.candidate or "unknown")
    except UsageError:
        return f"{head}{channel} offers {pointer.release}, whose candidate is not in this store.\n"
    return f"{head}{channel} offers {pointer.release} ({other.identity}).\n\n" + "\n".join(
        (
            *_scores(_gate(candidate, store), _gate(other, store)),
            "",
            *(_digests(candidate, other) if digests else ()),
            "",
        )
    )


def _scores(new: dict[str, Line], old: dict[str, Line]) -> Iterator[str]:
    """The lines of the gate whose number is another one."""
    if not new or not old:
        yield "The numbers of one of the two reports cannot be read."
        return
    changed = [line for name, line in new.items() if name not in old or old[name].reached != line.reached]
    if not changed:
        yield "Every number of the gate is the same."
        return
    yield "| | asked | then | now |\n|---|---|---|---|"
    for line in changed:
        then = old[line.name].reached if line.name in old else "not measured"
        yield f"| {cell(line.name)} | {cell(line.needed)} | {cell(then)} | {cell(line.reached)} |"


def _digests(new: Candidate, old: Candidate) -> Iterator[str]:
    """The parts that are other bytes."""
    now, then = evidence_of(new).bound, evidence_of(old).bound
    yield "| part that differs | then | now |\n|---|---|---|"
    for part in sorted({*now, *then}):
        before, after = (one[part].sha256[:12] if part in one else "none" for one in (then, now))
        if before != after:
            yield f"| {part} | `{before}` | `{after}` |"


def _gate(candidate: Candidate, store: FolderStore) -> dict[str, Line]:
    """The gate's lines by name; none where the report is missing or of another shape."""
    try:
        path: Path = store.fetch(candidate.report) / "report.json"
        lines = [Line.model_validate(line) for line in json.loads(path.read_bytes())["gate"]]
    except (MissingArtifact, DigestMismatch, OSError, ValueError, KeyError, TypeError):
        return {}
    return {line.name: line for line in lines}
