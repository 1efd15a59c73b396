"""What Prefect must know before the first run: result block, pools, deployments, automations. Done again: no change."""

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from josi.errors import ServiceError
from josi.records import Record

if TYPE_CHECKING:
    from prefect.client.orchestration import SyncPrefectClient

DEPLOYMENTS = "deployments/prefect.yaml"


class PoolPlan(Record):
    """A work pool: who pulls from it, and how many jobs it gives out at once."""

    name: str
    description: str
    limit: int | None


POOL_PLANS = (
    PoolPlan(name="cpu", description="Everything but training.", limit=None),  # a candidate waits here for its training
    PoolPlan(name="gpu", description="Training, one job at a time.", limit=1),
)


def register_pools() -> None:
    """Make the pools, or set the gpu's limit again. All else that somebody changed about them stays."""
    from prefect.client.orchestration import get_client

    with get_client(sync_client=True) as client:
        for plan in POOL_PLANS:
            _register(client, plan)


def _register(client: "SyncPrefectClient", plan: PoolPlan) -> None:
    from prefect.client.schemas.actions import WorkPoolCreate, WorkPoolUpdate
    from prefect.exceptions import ObjectAlreadyExists
    from prefect.workers.process import ProcessWorker

    plan_as_asked = WorkPoolCreate(
        name=plan.name,
        type="process",
        description=plan.description,
        concurrency_limit=plan.limit,
        base_job_template=ProcessWorker.get_default_base_job_template(),
    )
    try:
        client.create_work_pool(plan_as_asked)
    except ObjectAlreadyExists:
        if plan.limit is not None:  # all else is the team's to change
            client.update_work_pool(plan.name, WorkPoolUpdate(concurrency_limit=plan.limit))


def watch_running() -> None:
    """Have the automation watch every run that says it runs, as if it had just been heard of.

    A run whose machine went down together with the server sends no heartbeat any more, and what the automation had
    waited for may be forgotten by now: it would stay Running for ever, and hold its place in the pool.
    """
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterState
    from prefect.client.schemas.filters import FlowRunFilterStateType as StateTypes
    from prefect.client.schemas.objects import StateType
    from prefect.events import emit_event

    running = FlowRunFilter(state=FlowRunFilterState(type=StateTypes(any_=[StateType.RUNNING])))
    with get_client(sync_client=True) as client:
        for run in client.read_flow_runs(flow_run_filter=running):
            flow = client.read_flow(run.flow_id)
            emit_event(
                "prefect.flow-run.heartbeat",
                resource={"prefect.resource.id": f"prefect.flow-run.{run.id}", "prefect.resource.name": run.name},
                related=[
                    {
                        "prefect.resource.id": f"prefect.flow.{flow.id}",
                        "prefect.resource.role": "flow",
                        "prefect.resource.name": flow.name,
                    }
                ],
            )


def start_deploying(forge: Path, environment: dict[str, str]) -> "subprocess.Popen[str]":
    """Prefect's own command, which reads the flows of the checkout and their forms; takes some seconds."""
    return subprocess.Popen(
        [sys.executable, "-m", "prefect", "--no-prompt", "deploy", "--prefect-file", DEPLOYMENTS, "--all"],
        cwd=forge,
        env={**os.environ, **environment, "NO_COLOR": "1", "COLUMNS": "200"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        text=True,
    )


def finish_deploying(command: "subprocess.Popen[str]", seconds: float = 300) -> None:
    """Wait for it. Raises ServiceError with what it said last."""
    try:
        said, _ = command.communicate(timeout=seconds)
    except subprocess.TimeoutExpired as error:
        command.kill()
        raise ServiceError(f"Registering {DEPLOYMENTS} took over {seconds:.0f} s.", "Run josi up again.") from error
    if command.returncode:
        told = "\n".join(said.strip().splitlines()[-12:])
        raise ServiceError(f"{DEPLOYMENTS} could not be registered:\n{told}", f"Mend {DEPLOYMENTS}, then run josi up.")
