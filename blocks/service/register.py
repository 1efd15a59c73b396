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
