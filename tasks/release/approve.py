"""Ask a person, and keep what was said. The answer binds digests; `josi.approval` has the rules."""

import logging
from collections.abc import Iterator

from prefect import task
from prefect.cache_policies import NO_CACHE

from blocks.settings import Settings
from blocks.store import FolderStore
from josi.approval import NAME_LENGTH, NOTE_LENGTH, Answer, Approval, Decided, check_verdict, evidence_of, newest
from josi.candidate import Candidate
from josi.errors import GateBlocked, UsageError
from josi.records import Artifact, Channel, Kind, canonical_json

log = logging.getLogger(__name__)


def approve(candidate: Candidate, answer: Answer, channel: Channel | None = None, *, store: FolderStore) -> Approval:
    """Put an answer on record, bound to the digests of the candidate. `channel` holds where the answer names none.

    The same answer given twice is one record. Raises GateBlocked when the verdict does not open the channel (a decline
    is always possible), UsageError without a name.
    """
    if not 0 < len(answer.approver.strip()) <= NAME_LENGTH or len(answer.note) > NOTE_LENGTH:
        raise UsageError(
            f"A decision needs a name, of at most {NAME_LENGTH} characters, and may have a note of {NOTE_LENGTH}.",
            "Give APPROVER=name, or --approver NAME.",
        )
    channel = answer.channel or channel or candidate.verdict.highest or Channel.DEV
    if answer.decided is Decided.APPROVE and (faults := check_verdict(candidate, channel)):
        raise GateBlocked(
            f"{candidate.identity} may not go to {channel}: " + "; ".join(fault.got for fault in faults) + ".",
            faults[0].remedy,
        )
    last = newest(decisions(store, candidate.digest, channel))
    approval = Approval(
        channel=channel,
        decided=answer.decided,
        approver=answer.approver.strip(),
        note=answer.note.strip(),
        sequence=last.sequence + 1 if last else 1,
        evidence=evidence_of(candidate),
    )
    if last and approval.repeats(last):
        return last
    data = canonical_json(approval.model_dump(mode="json"))  # so that the artifact's sha256 is the record's digest
    artifact = store.put_bytes(data, "approval.json", Kind.APPROVAL, _name(candidate, channel))
    log.info(
        "%s %sd %s for %s: %s", approval.approver, approval.decided, candidate.identity, channel, artifact.identity
    )
    return approval


def open_channel(candidate: Candidate, channel: Channel | None) -> Channel:
    """The channel that is asked about. Raises GateBlocked, with each reason, where the gate does not open it."""
    target = channel or candidate.verdict.highest
    faults = check_verdict(candidate, target or Channel.DEV)
    if target and not faults:
        return target
    raise GateBlocked(
        f"The gate does not open {target or 'any channel'} for {candidate.identity}: "
        + " ".join(fault.got for fault in faults),
        "Read the report; train longer or on better data, and run again.",
    )


def decisions(store: FolderStore, candidate_digest: str, channel: Channel) -> Iterator[Approval]:
    """Every decision on record about a candidate and a channel, each verified."""
    for artifact in store.named(Kind.APPROVAL):
        approval = Approval.model_validate_json(store.file(artifact).read_bytes())
        if approval.evidence.candidate == candidate_digest and approval.channel is channel:
            yield approval


def holding(store: FolderStore, candidate: Candidate, channel: Channel | None = None) -> Approval | None:
    """The decision that holds for a candidate, on one channel or, without one, on the most demanding decided upon."""
    channels = [channel] if channel else list(reversed(Channel))
    found = (newest(decisions(store, candidate.digest, one)) for one in channels)
    return next((approval for approval in found if approval), None)


def find_candidate(store: FolderStore, reference: str = "") -> Candidate:
    """A candidate by its identity, its digest or the beginning of one; without a reference the newest.

    Raises UsageError when nothing, or more than one, fits.
    """
    known = [_read(store, artifact) for artifact in store.named(Kind.CANDIDATE)]
    fits = {one.digest: one for one in known if one.identity.startswith(reference) or one.digest.startswith(reference)}
    if not fits:
        raise UsageError(f"There is no candidate {reference}.".replace(" .", "."), "Make one: josi run.")
    if reference and len(fits) > 1:
        raise UsageError(f"{reference} fits {', '.join(one.identity for one in fits.values())}.", "Give more of it.")
    return next(iter(fits.values()))


def _read(store: FolderStore, artifact: Artifact) -> Candidate:
    return Candidate.model_validate_json(store.file(artifact).read_bytes())


def _name(candidate: Candidate, channel: Channel) -> str:
    return f"{candidate.recipe}-{channel}"


def find(reference: str = "") -> Candidate:
    """`find_candidate` in this machine's store."""
    return find_candidate(Settings().store, reference)


@task(name="approve", cache_policy=NO_CACHE)
def approve_task(candidate: Candidate, answer: Answer, channel: Channel | None = None) -> Approval:
    """Never cached, never retried: a decision is a person's."""
    return approve(candidate, answer, channel, store=Settings().store)
