"""Training by another worker: a run of a deployment, waited for. Only identities come back."""

import logging
from collections.abc import Mapping
from typing import cast

from prefect import task
from prefect.client.schemas import FlowRun
from prefect.deployments import run_deployment
from prefect.runtime import flow_run

from blocks.order import TrainOrder
from blocks.recipe import SFT, HubBase, TinyBase
from blocks.runs import link
from josi.errors import TrainingError, UsageError, WorkerLost
from josi.records import Artifact, Record, Role
from tasks.shown import show_link
from tasks.stage import Stage, identity_of, training_retries, version_of
from tasks.train.base import make_base
from tasks.train.sft import train

log = logging.getLogger(__name__)

POLL_S = 2.0


class Training(Record):
    """All that decides what training gives, besides the code."""

    base: TinyBase | HubBase
    sft: Mapping[Role, SFT]
    sets: Mapping[Role, Artifact]

    @property
    def identity(self) -> str:
        """By its parts: the SFT's leaves out what cannot change the weights."""
        return f"{self.base.identity}+{identity_of(self.sft)}+{identity_of(self.sets)}"


class Trained(Record):
    """What training gives. The bytes are in the store."""

    base: Artifact
    adapters: Mapping[Role, Artifact]


def stages() -> str:
    """The training code of this checkout, by the versions of its stages."""
    return f"base@{version_of(make_base)} train@{version_of(train)}"


def require_same_code(order: TrainOrder, sets: Mapping[Role, Artifact]) -> None:
    """Raises UsageError where this worker's checkout would train otherwise than the asker's, or on other data."""
    remedy = "Bring the checkouts of all workers to the same commit (git pull, make setup), then restart them."
    if order.stages not in ("", stages()):
        raise UsageError(f"This worker trains by {stages()}, and the run counts on {order.stages}.", remedy)
    if order.sets and dict(order.sets) != dict(sets):
        raise UsageError(
            f"This worker prepares {identity_of(sets)}, the run counts on {identity_of(order.sets)}.", remedy
        )


def outcome(run: FlowRun, asker: str) -> Trained:
    """What a finished run gave, validated: it comes from another machine. `asker`: the run to resume where it failed.

    Raises WorkerLost for a run that was cut off (another try goes on from its checkpoint), TrainingError for one that
    failed or was cancelled.
    """
    state = run.state
    if state is None or state.is_crashed():
        raise WorkerLost(f"The worker that ran {run.name} is gone: {state.message if state else 'no state'}")
    if not state.is_completed():
        raise TrainingError(f"{run.name} is {state.name}: {state.message}", f"That mended, go on: josi resume {asker}")
    try:
        given = state.result()
    except Exception as error:  # Prefect only logs that a result could not be written: another try finds all made
        raise WorkerLost(f"{run.name} ended well, but what it gave cannot be read: {error}") from error
    return Trained.model_validate(given)


@task(
    name="train elsewhere",
    task_run_name="train-by-{deployment}",
    cache_policy=Stage(
        name="training", version=f"{version_of(make_base)}.{version_of(train)}", besides=("deployment", "order")
    ),
    **training_retries(),
)
def elsewhere(deployment: str, order: TrainOrder, training: Training) -> Trained:
    """Cached by what is trained, so that nobody is asked for what is there. A retry finds what the first try kept."""
    log.info("%s: waiting for a worker to train %s", deployment, ", ".join(training.sft))
    wanted = order.model_copy(update={"stages": stages(), "sets": training.sets}).model_dump(mode="json")
    name = f"train-{order.title}"
    asked = run_deployment(deployment, parameters={"order": wanted}, flow_run_name=name, poll_interval=POLL_S)
    run = cast(FlowRun, asked)  # called from a task that is not async
    show_link("training", order.title, link(run.id), run.name, "The run that trained, with loss curves")
    return outcome(run, flow_run.get_root_flow_run_id())
