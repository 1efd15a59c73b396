"""Flow runs on the configured Prefect API: find one, continue it, follow it, link to it."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import httpx
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.filters import (
    FlowRunFilter,
    FlowRunFilterDeploymentId,
    FlowRunFilterName,
    FlowRunFilterParentTaskRunId,
    FlowRunFilterState,
)
from prefect.client.schemas.filters import FlowRunFilterStateType as StateTypes
from prefect.client.schemas.objects import FlowRun, State, StateType
from prefect.client.schemas.responses import OrchestrationResult, SetStateStatus
from prefect.client.schemas.sorting import FlowRunSort
from prefect.exceptions import ObjectNotFound
from prefect.settings import PREFECT_API_URL, PREFECT_UI_URL
from prefect.states import AwaitingRetry

from josi.errors import ServiceError, UsageError

LAST = "last"
ENDED_BADLY = [StateType.FAILED, StateType.CRASHED, StateType.CANCELLED]
_POLL_S = 1.0

# Why a run in this state is not continued, and what to do instead.
_REFUSED = {
    StateType.PAUSED: ("waits for an answer", "Answer it: josi approve CANDIDATE --approver NAME, or josi decline."),
    StateType.COMPLETED: ("is done", "Start a new run for a new result."),
    StateType.RUNNING: ("is running", "Follow it, or stop it first: prefect flow-run cancel ID"),
    StateType.PENDING: ("is starting", "Follow it, or stop it first: prefect flow-run cancel ID"),
    StateType.SCHEDULED: ("waits for a worker", "See that a worker of its pool runs: josi status"),
    StateType.CANCELLING: ("is being stopped", "Wait until it is cancelled, then run the same command again."),
}


def is_configured() -> bool:
    """Whether a Prefect API of its own is set. Without one each process starts its own, which no other run lives in."""
    return bool(PREFECT_API_URL.value())


@contextmanager
def api() -> Iterator[SyncPrefectClient]:
    """A client of the configured API. Raises ServiceError where none is set or it does not answer."""
    remedy = "Start the service: josi up; or name another: PREFECT_API_URL=http://HOST:4200/api"
    if not is_configured():
        raise ServiceError("No Prefect service is configured here.", remedy)
    try:
        with get_client(sync_client=True) as client:
            yield client
    except (httpx.TransportError, httpx.HTTPStatusError) as error:
        raise ServiceError(f"The Prefect API at {PREFECT_API_URL.value()}: {error or 'no answer'}.", remedy) from error


def page(path: str) -> str:
    """The address of a page of Prefect's UI, or nothing where no API is configured."""
    base = str(PREFECT_UI_URL.value() or (PREFECT_API_URL.value() or "").removesuffix("/api"))
    return f"{base.rstrip('/')}/{path}" if base else ""


def link(run: UUID) -> str:
    """Where a browser sees a flow run."""
    return page(f"runs/flow-run/{run}")


def find_run(client: SyncPrefectClient, reference: str) -> FlowRun:
    """A flow run by its id or its name (the newest of that name); `last`: the one that ended badly most recently, and
    that no other run had asked for.

    Raises UsageError where there is none.
    """
    by_name = FlowRunFilter(name=FlowRunFilterName(any_=[reference]))
    by_state = FlowRunFilter(
        state=FlowRunFilterState(type=StateTypes(any_=ENDED_BADLY)),
        parent_task_run_id=FlowRunFilterParentTaskRunId(is_null_=True),  # who asked goes on, and asks again
        deployment_id=FlowRunFilterDeploymentId(is_null_=False),
    )
    try:
        return client.read_flow_run(UUID(reference))
    except ObjectNotFound:
        found: list[FlowRun] = []
    except ValueError:  # a name, then
        last = reference == LAST
        found = client.read_flow_runs(
            flow_run_filter=by_state if last else by_name,
            sort=FlowRunSort.END_TIME_DESC if last else FlowRunSort.EXPECTED_START_TIME_DESC,
            limit=1,
        )
    if not found:
        what = "No run has failed, crashed or was cancelled." if reference == LAST else f"There is no run {reference}."
        raise UsageError(what, f"All runs: {page('runs') or 'prefect flow-run ls'}")
    return found[0]


def carry_on(client: SyncPrefectClient, run: FlowRun) -> None:
    """Have a run that failed, crashed or was cancelled go on: its deployment's worker picks it up, cached stages hit.

    The same run and the same state that the UI's Retry gives it. Raises UsageError for a run that cannot go on.
    """
    state = run.state_type or StateType.SCHEDULED
    if state in _REFUSED:
        what, remedy = _REFUSED[state]
        raise UsageError(f"{run.name} {what}.", f"{remedy.replace('ID', str(run.id))} {link(run.id)}")
    if run.deployment_id is None:
        raise UsageError(
            f"{run.name} was started by hand, and no worker can continue it.",
            "Give the command that started it again: what was made is found.",
        )
    done: OrchestrationResult[Any] = client.set_flow_run_state(
        run.id, AwaitingRetry(message="Continued by josi resume.")
    )
    if done.status is not SetStateStatus.ACCEPT:
        raise ServiceError(f"{run.name}: {getattr(done.details, 'reason', done.status)}", f"See {link(run.id)}")


def follow(
    client: SyncPrefectClient, run: UUID, tell: Callable[[str], None] = lambda _: None, pick_up_s: float = 60
) -> State:
    """Wait until a run has ended or waits for an answer; `tell` hears the name of each state on the way.

    Raises ServiceError where no worker has picked the run up after `pick_up_s` seconds, and none of its pool is online
    that could be busy with another one.
    """
    told, since = "", time.monotonic()
    while True:
        state = client.read_flow_run(run).state
        if state and state.name and state.name != told:
            told = state.name
            tell(told)
        if state and (state.is_final() or state.is_paused()):
            return state
        if state and not state.is_scheduled():
            since = time.monotonic()
        if time.monotonic() - since > pick_up_s and not _has_worker(client, run):
            raise ServiceError(
                f"No worker has picked the run up in {pick_up_s:g} s; it goes on as soon as one does: {link(run)}",
                "Start one: josi worker cpu (or gpu)",
            )
        time.sleep(_POLL_S)


def _has_worker(client: SyncPrefectClient, run: UUID) -> bool:
    pool = client.read_flow_run(run).work_pool_name
    return bool(pool) and any(one.status == "ONLINE" for one in client.read_workers_for_work_pool(pool or ""))
