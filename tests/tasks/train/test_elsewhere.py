"""What comes of asking another worker to train, by how its run ended; a worker that lacks a GPU says so at once."""

from pathlib import Path
from uuid import uuid4

import pytest
import torch
from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterId, TaskRunFilter
from prefect.client.schemas.objects import FlowRun, State
from prefect.states import Cancelled, Completed, Crashed, Failed

from blocks.order import TrainOrder
from flows.train import train
from josi.errors import TrainingError, UsageError, WorkerLost
from josi.records import Artifact, Kind, Role
from tasks.train.elsewhere import Trained, elsewhere, outcome, require_same_code, stages


def _ended(state: State) -> FlowRun:
    return FlowRun(flow_id=uuid4(), name="train-tiny", state=state)


def _tried_again(state: State) -> bool:
    condition = elsewhere.retry_condition_fn
    assert condition
    return bool(condition(elsewhere, None, state))


@pytest.mark.parametrize("state", [Crashed(message="killed"), None], ids=["crashed", "unknown"])
def test_a_lost_worker_is_no_verdict_another_one_tries(state: State | None) -> None:
    with pytest.raises(WorkerLost) as lost:
        outcome(FlowRun(flow_id=uuid4(), name="train-tiny", state=state), "7")

    assert _tried_again(Failed(data=lost.value))


@pytest.mark.parametrize("state", [Failed(message="v5 needs a GPU"), Cancelled(message="v5 needs a GPU")])
def test_what_failed_or_was_cancelled_is_not_tried_again_and_the_run_to_resume_is_named(state: State) -> None:
    with pytest.raises(TrainingError, match="v5 needs a GPU") as failed:
        outcome(_ended(state), "7")

    assert "josi resume 7" in failed.value.remedy
    assert not _tried_again(Failed(data=failed.value))


def test_what_was_trained_is_validated_when_it_arrives() -> None:
    made = Trained(
        base=Artifact(kind=Kind.BASE, name="tiny", sha256="0" * 64, size=1),
        adapters={Role.INTERPRETER: Artifact(kind=Kind.ADAPTER, name="tiny", sha256="1" * 64, size=1)},
    )

    assert outcome(_ended(Completed(data=made.model_dump(mode="json"))), "7") == made
    with pytest.raises(ValueError, match="base"):
        outcome(_ended(Completed(data={"adapters": {}})), "7")


def test_another_checkout_refuses_to_train_and_the_same_does_not() -> None:
    mine, other = ({Role.INTERPRETER: Artifact(kind=Kind.CORPUS, name="set", sha256=n * 64, size=1)} for n in "01")

    require_same_code(TrainOrder(stages=stages(), sets=mine), mine)
    with pytest.raises(UsageError, match="counts on base@0"):
        require_same_code(TrainOrder(stages="base@0 train@0"), mine)
    with pytest.raises(UsageError, match="same commit"):
        require_same_code(TrainOrder(stages=stages(), sets=other), mine)


def test_without_a_gpu_v5_is_refused_before_anything_is_read_or_fetched(
    prefect: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("JOSI_HOME", str(tmp_path))
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)

    state = train(TrainOrder(recipe="v5"), return_state=True)

    assert state.is_failed()
    assert "v5 needs a GPU" in str(state.message) and "--allow-cpu" in str(state.message)
    with get_client(sync_client=True) as client:
        this = FlowRunFilter(id=FlowRunFilterId(any_=[state.state_details.flow_run_id]))
        (run,) = client.read_flow_runs(flow_run_filter=this)
        assert client.read_task_runs(flow_run_filter=this, task_run_filter=TaskRunFilter()) == []
    assert run.run_count == 1
    assert list(tmp_path.iterdir()) == []
