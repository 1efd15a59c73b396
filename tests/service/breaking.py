"""How a team's runs are looked into, and how things are broken: processes, workers, the way to S3."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import Any
from uuid import UUID

import httpx
import psutil
import pytest
from prefect.client.schemas.actions import WorkPoolUpdate
from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterId, FlowRunFilterParentFlowRunId
from prefect.client.schemas.objects import FlowRun, TaskRun

from josi.candidate import Candidate
from josi.records import Artifact, Kind
from tests.service.team import MICRO, Team, until

RUN = "PREFECT__FLOW_RUN_ID"  # in the environment of every process of a flow run


def order(seed: int, steps: int = 60) -> dict[str, Any]:
    """A candidate of one role: its base and data are those of all others here, its adapter is its own.

    The first checkpoint comes after a twelfth of the `steps`: that leaves time to break things.
    """
    own = {
        "roles": ["interpreter"],
        "sft.interpreter.seed": seed,
        "sft.interpreter.max_steps": steps,
        "sft.interpreter.save_steps": steps // 12,
    }
    return {**MICRO, "changes": {**MICRO["changes"], **own}}


def children(team: Team, run: UUID) -> list[FlowRun]:
    """What a run has asked other workers to do, oldest first."""
    wanted = FlowRunFilter(parent_flow_run_id=FlowRunFilterParentFlowRunId(any_=[run]))
    with team.client() as client:
        found = client.read_flow_runs(flow_run_filter=wanted)
    return sorted(found, key=lambda child: child.expected_start_time or child.created)  # type: ignore[arg-type, return-value]


def tasks(team: Team, run: UUID) -> list[TaskRun]:
    """What a run did itself."""
    with team.client() as client:
        return client.read_task_runs(flow_run_filter=FlowRunFilter(id=FlowRunFilterId(any_=[run])))


def result(team: Team, run: UUID) -> Candidate:
    """The candidate that a run made, as another machine reads it."""
    state = team.run(run).state
    assert state and state.is_completed(), state
    with pytest.MonkeyPatch.context() as patch, team.settings(patch) as settings:
        kept = b"".join(settings.results.bucket.read(state.data.storage_key))
    return Candidate.model_validate(json.loads(kept)["data"])


def trains(team: Team, run: UUID, seconds: float = 300) -> FlowRun:
    """The training of a run, once its adapter has a checkpoint on the store."""
    until("a checkpoint", seconds, lambda: checkpoints(team))
    return children(team, run)[-1]


def checkpoints(team: Team) -> list[Artifact]:
    """Of adapters, as another machine sees them."""
    with pytest.MonkeyPatch.context() as patch, team.settings(patch) as settings:
        return [*settings.store.named(Kind.CHECKPOINT, "train@")]


def processes(run: UUID) -> list[psutil.Process]:
    """Everything alive that works on a flow run."""
    found = []
    for process in psutil.process_iter():
        with suppress(psutil.Error, OSError):
            if process.environ().get(RUN) == str(run) and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process)
    return found


def kill(found: Sequence[psutil.Process]) -> None:
    """kill -9."""
    assert found, "nothing to kill"
    for process in found:
        with suppress(psutil.NoSuchProcess):
            process.kill()
    psutil.wait_procs(found, timeout=10)


@contextmanager
def paused(team: Team, pool: str) -> Iterator[None]:
    """No worker of the pool is given a run meanwhile."""
    with team.client() as client:
        client.update_work_pool(pool, WorkPoolUpdate(is_paused=True))
        try:
            yield
        finally:
            client.update_work_pool(pool, WorkPoolUpdate(is_paused=False))


def press(team: Team, run: UUID, state: Mapping[str, Any]) -> None:
    """What a button of the UI sends."""
    done = httpx.post(f"{team.api}/flow_runs/{run}/set_state", json={"state": dict(state), "force": False})
    assert done.json()["status"] == "ACCEPT", done.text


def serving(team: Team) -> psutil.Process:
    """The process of the Prefect server."""
    state = json.loads((team.server.root / ".josi/service/service.json").read_text())
    return psutil.Process(next(process["pid"] for process in state["processes"] if process["role"] == "server"))
