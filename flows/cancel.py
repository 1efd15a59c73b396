"""Cancelled means stopped: also what a run had asked other workers to do."""

from typing import Any

from prefect import Flow
from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterParentFlowRunId
from prefect.client.schemas.objects import FlowRun, State
from prefect.states import Cancelled, Cancelling


def cancel_children(flow: "Flow[..., Any]", flow_run: FlowRun, state: "State[Any]") -> None:
    """A cancellation hook. A worker's child is cancelled by its worker; one of this process has ended with it.

    Prefect's server looks for children of cancelled runs as well, every 20 s: a GPU need not wait for that.
    """
    with get_client(sync_client=True) as client:
        ahead = [flow_run.id]
        while ahead:
            wanted = FlowRunFilter(parent_flow_run_id=FlowRunFilterParentFlowRunId(any_=[ahead.pop()]))
            for child in client.read_flow_runs(flow_run_filter=wanted):
                ahead.append(child.id)
                if child.state and not child.state.is_final():
                    ended: State[Any] = Cancelling() if child.deployment_id else Cancelled()
                    ended.message = f"{flow.name} {flow_run.name} was {state.name}"
                    client.set_flow_run_state(child.id, ended)
