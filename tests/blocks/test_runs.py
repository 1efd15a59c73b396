"""Which runs are continued, and which are refused, on a real Prefect API."""

from uuid import UUID

import pytest
from prefect import flow, task
from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.objects import FlowRun
from prefect.settings import PREFECT_API_URL, temporary_settings
from prefect.states import Cancelled, Completed, Crashed, Failed, Pending, Running, State

from blocks.runs import api, carry_on, find_run, follow, link
from josi.errors import ServiceError, UsageError


@flow
def some_flow() -> None: ...


@task
def some_task() -> None: ...


def _run(
    client: SyncPrefectClient, state: State, name: str, *, deployed: bool = True, parent: FlowRun | None = None
) -> FlowRun:
    if deployed:
        deployment = client.create_deployment(client.create_flow(some_flow), "some")
        asks = client.create_task_run(some_task, parent.id, dynamic_key=name).id if parent else None
        run = client.create_flow_run_from_deployment(deployment, name=name, parent_task_run_id=asks)
        client.set_flow_run_state(run.id, state, force=True)
    else:
        run = client.create_flow_run(some_flow, name=name, state=state)
    return client.read_flow_run(run.id)


@pytest.mark.parametrize("state", [Failed(), Crashed(), Cancelled()])
def test_what_ended_badly_goes_on(state: State, prefect: None) -> None:
    with api() as client:
        run = _run(client, state, f"bad-{state.name}")

        found = find_run(client, f"bad-{state.name}")
        carry_on(client, found)

        assert found.id == run.id
        assert client.read_flow_run(run.id).state_name == "AwaitingRetry"


@pytest.mark.parametrize(
    ("state", "words"), [(Completed(), "is done"), (Running(), "is running"), (Pending(), "is starting")]
)
def test_other_runs_are_refused_with_what_to_do(state: State, words: str, prefect: None) -> None:
    with api() as client:
        run = _run(client, state, "other")

        with pytest.raises(UsageError, match=words) as refused:
            carry_on(client, run)

        assert str(run.id) in refused.value.remedy
        assert client.read_flow_run(run.id).state_name == state.name


def test_a_run_without_a_deployment_is_refused(prefect: None) -> None:
    with api() as client:
        run = _run(client, Failed(), "by hand", deployed=False)

        with pytest.raises(UsageError, match="started by hand"):
            carry_on(client, run)


def test_the_last_run_is_the_one_that_ended_badly_most_recently(prefect: None) -> None:
    with api() as client:
        _run(client, Failed(), "first")
        second = _run(client, Crashed(), "second")
        _run(client, Completed(), "third")

        asked_for = _run(client, Failed(), "a child", parent=second)
        assert client.read_flow_run(asked_for.id).parent_task_run_id

        assert find_run(client, "last").id == second.id
        assert find_run(client, str(second.id)).id == second.id


@pytest.mark.parametrize("reference", ["no-such-run", str(UUID(int=7))])
def test_an_unknown_run_is_wrong_usage(reference: str, prefect: None) -> None:
    with api() as client, pytest.raises(UsageError, match="There is no run"):
        find_run(client, reference)


def test_a_run_that_no_worker_takes_is_told(prefect: None) -> None:
    with api() as client:
        run = _run(client, Failed(), "nobody's")
        carry_on(client, run)

        with pytest.raises(ServiceError, match="No worker has picked the run up"):
            follow(client, run.id, pick_up_s=1)


def test_without_an_api_or_an_answer_from_it_the_remedy_is_to_start_one(prefect: None) -> None:
    for url in ("", "http://127.0.0.1:9/api"):
        with (
            temporary_settings({PREFECT_API_URL: url}),
            pytest.raises(ServiceError, match="josi up"),
            api() as client,
        ):
            find_run(client, "last")


def test_a_link_leads_to_the_page_of_the_run() -> None:
    with temporary_settings({PREFECT_API_URL: "http://host:4200/api"}):
        assert link(UUID(int=7)) == f"http://host:4200/runs/flow-run/{UUID(int=7)}"
