"""Read again everything that an approval binds, and refuse what differs."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from blocks.store import MANIFEST, FolderStore
from josi.approval import Approval, check_bytes, check_decision, check_evidence, check_verdict
from josi.candidate import Candidate
from josi.errors import DigestMismatch, GateBlocked, MissingArtifact, NotApproved
from josi.records import Finding
from tasks.release.approve import decisions

Folders = Mapping[str, Path]  # part of the evidence → its verified folder in the store


def reread(candidate: Candidate, approval: Approval, store: FolderStore) -> Folders:
    """The verified folders of all that was approved.

    Raises GateBlocked (rule 1) or NotApproved (rules 2 to 4) with every finding at once.
    """
    _refuse(check_verdict(candidate, approval.channel), GateBlocked)
    on_record = list(decisions(store, approval.evidence.candidate, approval.channel))
    _refuse((*check_decision(approval, on_record), *check_evidence(approval.evidence, candidate)), NotApproved)
    folders: dict[str, Path] = {}
    broken: list[Finding] = []
    for part, artifact in approval.evidence.bound.items():
        try:
            folders[part] = store.fetch(artifact)  # hashes every byte
        except (MissingArtifact, DigestMismatch) as error:
            broken.append(
                Finding(check="bytes", where=part, expected=artifact.identity, got=error.what, remedy=error.remedy)
            )
    _refuse(broken, NotApproved)
    _refuse(check_bytes(approval.evidence, {part: digests(folder) for part, folder in folders.items()}), NotApproved)
    return folders


def digests(folder: Path) -> Mapping[str, str]:
    """The sha256 of each file of an artifact, as its manifest says (fetch has checked them)."""
    files: dict[str, str] = json.loads((folder / MANIFEST).read_text())["files"]
    return files


def files_of(folder: Path) -> Iterator[tuple[Path, str]]:
    """Each file of an artifact and its sha256, by name."""
    for name, sha256 in sorted(digests(folder).items()):
        yield folder / name, sha256


def _refuse(findings: tuple[Finding, ...] | list[Finding], error: type[GateBlocked] | type[NotApproved]) -> None:
    if findings:
        what = "Nothing was published. " + " ".join(
            f"{one.check} at {one.where}: expected {one.expected}, got {one.got}." for one in findings
        )
        raise error(what, " ".join(dict.fromkeys(one.remedy for one in findings if one.remedy)))
