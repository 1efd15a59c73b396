"""Who let which bytes into which channel. Rules only: nothing here reads a file.

1. The gate's verdict opens the channel.
2. A person approved, by name, and nobody declined afterwards.
3. The approval binds exactly this candidate: its digest and the digest of everything that was tested.
4. The bytes that are about to leave are the bytes that were approved.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from josi.candidate import Candidate
from josi.records import Artifact, Channel, Finding, Record, tree_digest

NAME_LENGTH, NOTE_LENGTH = 200, 2000  # characters
Name = Annotated[str, Field(min_length=1, max_length=NAME_LENGTH, pattern=r"\S")]
Note = Annotated[str, Field(max_length=NOTE_LENGTH)]


class Decided(StrEnum):
    APPROVE = "approve"
    DECLINE = "decline"


class Answer(Record):
    """What a person said when asked. Without a channel: the most demanding one that the gate opened."""

    channel: Channel | None = None
    decided: Decided
    approver: str
    note: str = ""


def unanswered(channel: Channel, hours: float) -> Answer:
    """What holds when nobody answered in time: silence is a no, on record like any other."""
    return Answer(channel=channel, decided=Decided.DECLINE, approver=f"nobody (no answer in {hours:g} h)")


class Evidence(Record):
    """What was tested, by digest. `bound` names each part: `base`, `ggufs.interpreter`, `runtime`, …

    `runtime` is the grammar, the prompts and the decoding settings that ship with the models.
    """

    candidate: str = Field(description="The candidate's full digest.")
    candidate_identity: str
    bound: Mapping[str, Artifact]


class Approval(Record):
    """A person's decision on a candidate for a channel.

    `sequence` counts the decisions on the same candidate and channel, from 1: the newest one holds. It carries no time,
    so that the same decision, given twice, is the same record.
    """

    channel: Channel
    decided: Decided
    approver: Name
    note: Note = ""
    sequence: Annotated[int, Field(ge=1)] = 1
    evidence: Evidence

    def repeats(self, earlier: "Approval") -> bool:
        """Whether this says nothing that the earlier decision did not say."""
        return self.model_copy(update={"sequence": earlier.sequence}) == earlier


def evidence_of(candidate: Candidate) -> Evidence:
    """The digests that an approval of this candidate binds."""
    bound = {"base": candidate.base, "runtime": candidate.runtime, "report": candidate.report}
    for part in ("data", "adapters", "ggufs"):
        bound |= {f"{part}.{role}": artifact for role, artifact in getattr(candidate, part).items()}
    return Evidence(
        candidate=candidate.digest,
        candidate_identity=candidate.identity,
        bound={part: bound[part] for part in sorted(bound)},
    )


def newest(decisions: Iterable[Approval]) -> Approval | None:
    """The decision that holds. Where two were made at the same moment, a decline weighs more."""
    return max(decisions, key=lambda one: (one.sequence, one.decided is Decided.DECLINE, one.digest), default=None)


def check_verdict(candidate: Candidate, channel: Channel) -> tuple[Finding, ...]:
    """Rule 1: the gate's verdict opens the channel. One finding for each of its reasons not to."""
    reasons = candidate.verdict.reasons.get(channel, ("the gate did not judge for this channel",))
    return tuple(
        Finding(
            check="verdict",
            where=f"{candidate.identity} → {channel}",
            expected="a channel that the gate opened",
            got=reason,
            remedy="Read the report, mend data or recipe, and run again; or choose a less demanding channel.",
        )
        for reason in reasons
    )


def check_decision(approval: Approval, decisions: Iterable[Approval]) -> tuple[Finding, ...]:
    """Rule 2: this decision approves, is on record, and is the newest one on its candidate and channel."""
    last = newest(decisions)
    where = f"{approval.evidence.candidate_identity} → {approval.channel}"
    remedy = f"Ask for a decision: josi approve {approval.evidence.candidate_identity} --approver NAME"
    if last is None:
        return (_fault("decision", where, "an approval on record", "none", remedy),)
    if last != approval:
        got = f"{last.decided} by {last.approver} afterwards (decision {last.sequence})"
        return (_fault("decision", where, f"decision {approval.sequence} to be the newest", got, remedy),)
    if last.decided is not Decided.APPROVE:
        got = f"declined by {last.approver}: {last.note or 'no note'}"
        return (_fault("decision", where, "an approval", got, remedy),)
    return ()


def check_evidence(evidence: Evidence, candidate: Candidate) -> tuple[Finding, ...]:
    """Rule 3: the approval binds exactly this candidate, part by part."""
    now = evidence_of(candidate)
    remedy = f"Approve what is to be published: josi approve {now.candidate_identity} --approver NAME"
    findings = [
        _fault("evidence", part, _name(evidence.bound.get(part)), _name(now.bound.get(part)), remedy)
        for part in sorted({*evidence.bound, *now.bound})
        if evidence.bound.get(part) != now.bound.get(part)
    ]
    if evidence.candidate != now.candidate:
        findings.append(_fault("evidence", "candidate", evidence.candidate[:12], now.candidate[:12], remedy))
    return tuple(findings)


def check_bytes(evidence: Evidence, found: Mapping[str, Mapping[str, str]]) -> tuple[Finding, ...]:
    """Rule 4: what was read again, per part as `{file name: sha256}`, is what was approved; no part more or less."""
    remedy = "Make a new candidate and have it approved."
    findings = []
    for part in sorted({*evidence.bound, *found}):
        bound, files = evidence.bound.get(part), found.get(part)
        got = tree_digest(files) if files else "nothing"
        if bound is None or got != bound.sha256:
            expected = bound.sha256[:12] if bound else "no such part"
            findings.append(_fault("bytes", part, expected, got[:12], remedy))
    return tuple(findings)


def _fault(check: str, where: str, expected: str, got: str, remedy: str) -> Finding:
    return Finding(check=check, where=where, expected=expected, got=got, remedy=remedy)


def _name(artifact: Artifact | None) -> str:
    return artifact.identity if artifact else "nothing"
