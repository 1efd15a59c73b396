"""What the server does by itself: mark runs whose process is gone, put silence on record, tell people."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from blocks.service.expired import EXPIRED, GOES_ON, carry_on_expired
from blocks.service.notify import WAITS, Event, telling
from blocks.settings import Settings
from josi.nightly import Outcome

if TYPE_CHECKING:
    from prefect.client.orchestration import SyncPrefectClient
    from prefect.events.schemas.automations import AutomationCore, EventTrigger

FLOWS = ("corpus", "candidate", "baseline", "train", "release", "nightly", "reasoner")
LOST_AFTER_S = 90  # three heartbeats
NEVER_BEGUN_S = 300  # a process begins in seconds; on a machine that is busy, in a minute or two
ALIVE = "prefect.flow-run.heartbeat"

# A run that ended, or that waits without a process, sends no heartbeat and is not lost. An event bears a state's name.
NOT_LOST = ("Completed", "Cached", "Failed", "TimedOut", "Cancelled", "Crashed", "Published", "Declined", *Outcome)
BEGUN = ("Running", "Retrying")
WAITING = ("Paused", "Suspended", "AwaitingRetry", "Resuming", "Scheduled", "Late")

HEARTBEAT, BEGINNING, APPROVAL = "josi: heartbeat lost", "josi: never begun", "josi: approval expired"
TELL, FAILURES = "josi: tell what happened", "josi: tell what failed"


def register_automations(settings: Settings) -> list[str]:
    """Create what is missing, update what changed, remove what of ours is no longer wanted. The names of what holds.

    One that is as it should be is left alone: replacing it would forget the runs that it watches. Raises UsageError
    where the block that JOSI_NOTIFY names is missing.
    """
    from prefect.client.orchestration import get_client

    with get_client(sync_client=True) as client:
        wanted = [_heartbeat(), _never_begun(), _approval(), *_notifications(client, settings.notify)]
        for automation in wanted:
            _bring(client, automation)
        names = [automation.name for automation in wanted]
        for name in {HEARTBEAT, BEGINNING, APPROVAL, TELL, FAILURES} - set(names):
            for one in client.read_automations_by_name(name):
                client.delete_automation(one.id)
    carry_on_expired()  # what ran out while the server was down, and no automation heard of
    return names


def _heartbeat() -> "AutomationCore":
    return _lost(
        HEARTBEAT,
        "The process of a run and its worker are gone: the run is Crashed, its place in the pool is free.",
        after=ALIVE,
        seconds=LOST_AFTER_S,
        message=f"No heartbeat for {LOST_AFTER_S} s: process and worker are gone. Go on with: josi resume",
    )


def _never_begun() -> "AutomationCore":
    return _lost(
        BEGINNING,
        "A worker took a run and never began it: the run is Crashed, its place in the pool is free.",
        after="prefect.flow-run.Pending",
        seconds=NEVER_BEGUN_S,
        message=f"It did not begin within {NEVER_BEGUN_S} s: process and worker are gone. Go on with: josi resume",
    )


def _lost(name: str, description: str, *, after: str, seconds: int, message: str) -> "AutomationCore":
    """Nothing was heard of a run for so long since that event: it is Crashed."""
    from prefect.client.schemas.objects import StateType
    from prefect.events.actions import ChangeFlowRunState
    from prefect.events.schemas.automations import EventTrigger, Posture

    trigger = EventTrigger(
        match={"prefect.resource.id": "prefect.flow-run.*"},
        match_related=_of(FLOWS),
        for_each={"prefect.resource.id"},
        after={after},
        expect={ALIVE, WAITS, *(f"prefect.flow-run.{state}" for state in (*BEGUN, *NOT_LOST, *WAITING))},
        posture=Posture.Proactive,
        threshold=1,
        within=timedelta(seconds=seconds),
    )
    return _automation(name, description, trigger, ChangeFlowRunState(state=StateType.CRASHED, message=message))


def _approval() -> "AutomationCore":
    """The run itself goes on: it finds that its time is over, and puts the decline on record (tasks/release/ask.py)."""
    from prefect.client.schemas.objects import StateType
    from prefect.events.actions import ChangeFlowRunState

    return _automation(
        APPROVAL,
        "Nobody answered in time: that is a no, and it goes on record.",
        _seen(("prefect.flow-run.Failed",), _of(("release",)), {"prefect.state-message": EXPIRED}),
        ChangeFlowRunState(
            state=StateType.SCHEDULED,
            name="AwaitingRetry",
            message=GOES_ON,
        ),
    )


def _notifications(client: "SyncPrefectClient", block: str) -> list["AutomationCore"]:
    if not block:
        return []
    tell = telling(client, block)
    failed = _seen(
        ("prefect.flow-run.Failed", "prefect.flow-run.Crashed", "prefect.flow-run.TimedOut"),
        [_of(tuple(flow for flow in FLOWS if flow != "train")), {"prefect.resource.id": "prefect.deployment.*"}],
        {"prefect.state-message": f"!{EXPIRED}"},
    )
    return [
        _automation(TELL, "Blocked, published or declined: JOSI_NOTIFY is told.", _seen(tuple(Event)), tell),
        _automation(FAILURES, "A run that nobody waits for has failed: JOSI_NOTIFY is told.", failed, tell),
    ]


def _of(flows: tuple[str, ...]) -> dict[str, Any]:
    return {"prefect.resource.role": "flow", "prefect.resource.name": list(flows)}


def _seen(events: tuple[str, ...], related: Any = None, match: dict[str, Any] | None = None) -> "EventTrigger":
    from prefect.events.schemas.automations import EventTrigger, Posture

    return EventTrigger(
        expect=set(events), match=match or {}, match_related=related or {}, posture=Posture.Reactive, threshold=1
    )


def _automation(name: str, description: str, trigger: "EventTrigger", action: Any) -> "AutomationCore":
    from prefect.events.schemas.automations import AutomationCore

    return AutomationCore(name=name, description=description, trigger=trigger, actions=[action])


def _bring(client: "SyncPrefectClient", wanted: "AutomationCore") -> None:
    """One automation of this name, as it is wanted."""
    from prefect.events.schemas.automations import AutomationCore

    there = client.read_automations_by_name(wanted.name)
    for double in there[1:]:
        client.delete_automation(double.id)
    if not there:
        client.create_automation(wanted)
        return
    kept = AutomationCore(**there[0].model_dump(exclude={"id"}))
    wanted = wanted.model_copy(update={"enabled": kept.enabled})  # who switched it off meant it
    if kept != wanted:
        client.update_automation(there[0].id, wanted)
