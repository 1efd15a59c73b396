"""Release runs that nobody answered in time go on, and put that on record as a no (tasks/release/ask.py).

The automation does it when the server fails such a run. A time that ran out while the server was down is told by no
event that anybody heard: so whoever comes next looks for those as well.
"""

import logging
from datetime import UTC, datetime
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

from blocks.runs import api, is_configured

if TYPE_CHECKING:
    from prefect.client.schemas.objects import State

log = logging.getLogger(__name__)

EXPIRED = "The flow was * and never resumed."  # paused: by the clock; resuming: by an answer that came too late
GOES_ON = "Nobody answered in time: the run goes on, to put that on record as a no."


def carry_on_expired() -> list[str]:
    """Have every release run go on whose time to answer is over; their names. Without a service there are none."""
    from prefect.client.schemas.filters import FlowFilter, FlowFilterName, FlowRunFilter, FlowRunFilterState
    from prefect.client.schemas.filters import FlowRunFilterStateType as StateTypes
    from prefect.client.schemas.objects import StateType
    from prefect.states import AwaitingRetry

    if not is_configured():
        return []
    with api() as client:
        found = client.read_flow_runs(
            flow_filter=FlowFilter(name=FlowFilterName(any_=["release"])),
            flow_run_filter=FlowRunFilter(
                state=FlowRunFilterState(type=StateTypes(any_=[StateType.FAILED, StateType.PAUSED]))
            ),
        )
        late = [run for run in found if run.state and _is_late(run.state)]
        for run in late:
            client.set_flow_run_state(run.id, AwaitingRetry(message=GOES_ON), force=True)  # also where still paused
            log.info("%s: nobody answered in time", run.name)
    return [run.name for run in late]


def _is_late(state: "State[Any]") -> bool:
    until = state.state_details.pause_timeout
    return fnmatchcase(state.message or "", EXPIRED) or (until is not None and until < datetime.now(UTC))
