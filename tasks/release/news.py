"""What a night has to tell: was this made before, may it go out, and has anybody been asked?"""

import logging
from collections.abc import Sequence

from prefect import task
from prefect.cache_policies import NO_CACHE
from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterIdempotencyKey
from prefect.client.schemas.objects import FlowRun
from prefect.deployments import run_deployment
from prefect.exceptions import ObjectNotFound

from blocks.order import NightlyOrder, ReleaseOrder
from blocks.runs import ENDED_BADLY
from blocks.service.expired import carry_on_expired
from blocks.service.notify import Event, announce
from blocks.settings import Settings
from blocks.store import FolderStore
from josi.approval import check_verdict
from josi.candidate import Candidate
from josi.errors import UsageError
from josi.nightly import Nightly, Outcome
from josi.records import Channel, Kind, canonical_json
from tasks.release.approve import holding
from tasks.shown import show

log = logging.getLogger(__name__)

RELEASE = "release/release"  # the deployment that asks


def made_before(store: FolderStore, made_from: str) -> Candidate | None:
    """The newest candidate made from exactly this. Its bytes are not read: publishing reads every one."""
    records = (store.file(artifact).read_bytes() for artifact in store.named(Kind.CANDIDATE))
    return next((one for one in map(Candidate.model_validate_json, records) if one.made_from == made_from), None)


def conclude(found: Candidate, order: NightlyOrder, *, new: bool, store: FolderStore) -> Nightly:
    """Ask about a candidate that nobody was asked about yet, or say why not.

    A night that ended between a candidate and its question leaves the question to the next one. Nobody is asked twice
    about the same candidate and channel, nor about what is decided. Raises UsageError where no deployment can ask.
    """
    channel = order.channel or found.verdict.highest
    if channel is None or not found.verdict.allows(channel):
        return _blocked(found, channel, new=new or not was_told(store, found))
    if decision := holding(store, found, channel):
        said = f"{decision.decided}d for {channel} by {decision.approver}"
        return _nothing_new(found, channel, f"{found.identity} is {said}")
    key = f"release/{found.digest}/{channel}"
    if run := asked_before(key):
        asks = f"{run.name} ({run.state_name})"
        waits = f"waits for {channel} in {asks}"
        ended = f"has no answer: its question for {channel} ended as {asks}. Go on: josi resume {run.id}"
        state = ended if run.state_type in ENDED_BADLY else waits
        return _nothing_new(found, channel, f"{found.identity} {state}", release=asks)
    run = ask(ReleaseOrder(candidate=found.digest, channel=channel, patience_hours=order.patience_hours), key)
    return Nightly(
        outcome=Outcome.ASKED,
        candidate=found.identity,
        channel=channel,
        message=f"{found.identity} is ready for {channel}: {run.name} asks.",
        release=f"{run.name} ({run.state_name})",
    )


def _blocked(found: Candidate, channel: Channel | None, *, new: bool) -> Nightly:
    aims = [channel] if channel else list(Channel)
    reasons = tuple(f"{aim}: {fault.got}" for aim in aims for fault in check_verdict(found, aim))
    where = channel or "any channel"
    if not new:
        told = _nothing_new(found, channel, f"{found.identity} is blocked for {where}")
        return told.model_copy(update={"reasons": reasons})
    return Nightly(
        outcome=Outcome.BLOCKED,
        candidate=found.identity,
        channel=channel,
        message=f"The gate does not let {found.identity} into {where}.",
        reasons=reasons,
    )


def _nothing_new(found: Candidate, channel: Channel | None, state: str, release: str = "") -> Nightly:
    return Nightly(
        outcome=Outcome.NOTHING_NEW,
        candidate=found.identity,
        channel=channel,
        message=f"Nothing new, nothing trained: {state}.",
        release=release,
    )


def was_told(store: FolderStore, candidate: Candidate) -> bool:
    """Whether a night has told that the gate blocked this candidate."""
    return any(store.named(Kind.NIGHT, f"{candidate.identity}-"))


def asked_before(key: str) -> FlowRun | None:
    """The run that asks under this key, whatever became of it."""
    wanted = FlowRunFilter(idempotency_key=FlowRunFilterIdempotencyKey(any_=[key]))
    with get_client(sync_client=True) as client:
        return next(iter(client.read_flow_runs(flow_run_filter=wanted, limit=1)), None)


def ask(order: ReleaseOrder, key: str) -> FlowRun:
    """Start the run that asks a person, and do not wait for it. The key lets nobody be asked twice."""
    try:
        return run_deployment(  # type: ignore[return-value]  # sync in a sync task
            RELEASE,
            parameters={"order": order.model_dump(mode="json")},
            timeout=0,
            as_subflow=False,  # it lives on when the night is over
            idempotency_key=key,
        )
    except ObjectNotFound:
        raise UsageError(f"There is no deployment {RELEASE} that could ask.", "Start the service: josi up") from None


def tell(night: Nightly, recipe: str, store: FolderStore) -> None:
    """Put the night on the run's page and, where the gate blocked something new, into the event feed.

    That it was told is put on record afterwards: a night that is killed before that is told of twice, never not at all.
    """
    log.info("%s", night.message)
    show("nightly", recipe, night.markdown, night.message)
    if night.outcome is Outcome.BLOCKED:
        announce(Event.BLOCKED, night.candidate, night.message, reasons=list(night.reasons))
        store.put_bytes(canonical_json(night.model_dump(mode="json")), "night.json", Kind.NIGHT, night.candidate)


@task(name="look back", cache_policy=NO_CACHE)
def look_back(made_from: str) -> Candidate | None:
    """Not cached: what there is changes."""
    return made_before(Settings().store, made_from)


@task(name="conclude", cache_policy=NO_CACHE)
def conclude_task(found: Candidate, order: NightlyOrder, new: bool, left_out: Sequence[str]) -> Nightly:
    """Never cached: a question is asked, and told of, when it is due. First, older ones that nobody answered end."""
    carry_on_expired()
    night = conclude(found, order, new=new, store=Settings().store)
    night = night.model_copy(update={"left_out": tuple(left_out)})
    tell(night, order.title, Settings().store)
    return night
