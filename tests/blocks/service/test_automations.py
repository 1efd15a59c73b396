"""What the server does by itself, on a real server, with real workers and real kills."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any
from uuid import UUID

import psutil
import pytest
from prefect import flow
from prefect.blocks.notifications import CustomWebhookNotificationBlock
from prefect.blocks.system import Secret
from prefect.blocks.webhook import Webhook
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.actions import WorkPoolCreate
from prefect.client.schemas.objects import FlowRun
from prefect.events.actions import DoNothing
from prefect.events.filters import EventAnyResourceFilter, EventFilter, EventNameFilter
from prefect.events.schemas.automations import AutomationCore, EventTrigger
from prefect.states import Completed, Failed, Pending, Running

from blocks.service import automations
from blocks.service.automations import (
    APPROVAL,
    BEGINNING,
    FAILURES,
    HEARTBEAT,
    LOST_AFTER_S,
    TELL,
    register_automations,
)
from blocks.service.notify import Event, announce
from blocks.service.register import watch_running
from blocks.settings import Settings
from josi.errors import UsageError
from tests.real_server import kill_session, real_server, until, worker

FLOWS = """
import time
from prefect import flow
from prefect.flow_runs import suspend_flow_run
from prefect.runtime import flow_run
from blocks.service.notify import about_to_wait

@flow(name="train")
def train():
    time.sleep(600)

@flow(name="release")
def release(order: dict | None = None):
    time.sleep(1)  # as long as a real one looks for its candidate: its first heartbeat is on its way
    about_to_wait(flow_run.get_id())
    suspend_flow_run(timeout=3600)
"""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("service")
    (folder / "some_flows.py").write_text(FLOWS)
    return folder


@pytest.fixture(scope="module")
def api(place: Path) -> Iterator[str]:
    with real_server(place / "prefect") as found:
        _deploy(place)
        yield found


@pytest.fixture
def client(api: str) -> Iterator[SyncPrefectClient]:
    with get_client(sync_client=True) as found:
        yield found


def _deploy(place: Path) -> None:
    with get_client(sync_client=True) as client:
        for pool in ("cpu", "gpu"):
            client.create_work_pool(WorkPoolCreate(name=pool, type="process", concurrency_limit=1))
        for name, pool in (("train", "gpu"), ("release", "cpu")):
            client.create_deployment(
                client.create_flow_from_name(name),
                name,
                entrypoint=f"some_flows.py:{name}",
                path=str(place),
                work_pool_name=pool,
                enforce_parameter_schema=False,
            )


def _started(client: SyncPrefectClient, name: str, parameters: dict[str, Any] | None = None) -> FlowRun:
    deployment = client.read_deployment_by_name(f"{name}/{name}")
    return client.create_flow_run_from_deployment(deployment.id, parameters=parameters or {})


def _in_state(client: SyncPrefectClient, run: UUID, name: str, seconds: float) -> FlowRun:
    def look() -> FlowRun | None:
        found = client.read_flow_run(run)
        return found if found.state_name == name else None

    return until(look, seconds, f"state {name} of run {run}")


class Told(BaseHTTPRequestHandler):
    """Keeps what is posted to it."""

    bodies: list[str]

    def do_POST(self) -> None:  # http.server calls it so
        self.bodies.append(self.rfile.read(int(self.headers["Content-Length"])).decode())
        self.send_response(204)
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  # http.server names it so
        pass


@pytest.fixture
def listener() -> Iterator[tuple[str, list[str]]]:
    """A local HTTP server and the bodies that it was sent."""
    bodies: list[str] = []
    server = HTTPServer(("127.0.0.1", 0), type("Listener", (Told,), {"bodies": bodies}))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/hook", bodies
    server.shutdown()
    server.server_close()


def test_registered_twice_there_is_one_of_each_and_those_of_others_stay(client: SyncPrefectClient) -> None:
    client.create_automation(
        AutomationCore(name="somebody's own", trigger=EventTrigger(expect={"x"}), actions=[DoNothing()])
    )

    first = register_automations(Settings())
    before = {one.name: (one.id, one.trigger) for one in client.read_automations()}
    second = register_automations(Settings())

    assert first == second == [HEARTBEAT, BEGINNING, APPROVAL]
    assert {one.name: (one.id, one.trigger) for one in client.read_automations()} == before
    assert set(before) == {HEARTBEAT, BEGINNING, APPROVAL, "somebody's own"}


def test_an_automation_that_somebody_changed_is_brought_back_and_one_switched_off_stays_off(
    client: SyncPrefectClient,
) -> None:
    register_automations(Settings())
    (heartbeat,) = client.read_automations_by_name(HEARTBEAT)
    wanted = heartbeat.trigger
    changed = heartbeat.model_copy(update={"trigger": wanted.model_copy(update={"threshold": 5}), "enabled": False})
    client.update_automation(heartbeat.id, AutomationCore(**changed.model_dump(exclude={"id", "owner_resource"})))

    register_automations(Settings())

    (found,) = client.read_automations_by_name(HEARTBEAT)
    assert found.trigger == wanted
    assert not found.enabled
    client.resume_automation(heartbeat.id)


@pytest.mark.parametrize("block", ["slack-webhook/nobody", "no-such-type/x", "team", ""])
def test_an_unknown_block_is_refused_with_a_remedy(
    block: str, client: SyncPrefectClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JOSI_NOTIFY", block)
    if not block:
        assert TELL not in register_automations(Settings())
        return

    with pytest.raises(UsageError, match="no saved block") as refused:
        register_automations(Settings())

    assert "unset JOSI_NOTIFY" in refused.value.remedy


def test_a_block_that_cannot_be_told_anything_is_refused(
    client: SyncPrefectClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    Secret(value="x").save("quiet", overwrite=True)  # type: ignore[unused-coroutine]
    monkeypatch.setenv("JOSI_NOTIFY", "secret/quiet")

    with pytest.raises(UsageError, match="neither notify nor be called"):
        register_automations(Settings())


@flow(name="nightly", flow_run_name="nightly-tiny")
def blocked_night() -> None:
    announce(Event.BLOCKED, "candidate-tiny-0123", 'The gate says "no".', reasons=["dev: action 0.5 < 0.9"])


def test_a_blocked_gate_is_told_to_a_webhook_with_its_reasons_and_stands_in_the_event_feed(
    client: SyncPrefectClient, listener: tuple[str, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    url, bodies = listener
    Webhook(url=url).save("ci", overwrite=True)  # type: ignore[unused-coroutine]
    monkeypatch.setenv("JOSI_NOTIFY", "webhook/ci")
    assert register_automations(Settings()) == [HEARTBEAT, BEGINNING, APPROVAL, TELL, FAILURES]

    state = blocked_night(return_state=True)

    body = json.loads(until(lambda: bodies[0] if bodies else None, 20, "the call"))
    assert body["event"] == "josi.candidate.blocked"
    assert body["about"] == "candidate-tiny-0123"
    assert body["text"] == 'The gate says "no".'
    assert body["reasons"] == ["dev: action 0.5 < 0.9"]
    assert body["run"] == "nightly-tiny"
    assert body["link"].endswith(f"/runs/flow-run/{state.state_details.flow_run_id}")
    run = f"prefect.flow-run.{state.state_details.flow_run_id}"
    feed = until(lambda: _events(client, Event.BLOCKED, run), 20, "the event in the feed")
    assert [event["resource"]["prefect.resource.id"] for event in feed] == ["josi.candidate.candidate-tiny-0123"]


def test_without_a_block_the_event_is_there_and_nobody_is_told(
    client: SyncPrefectClient, listener: tuple[str, list[str]]
) -> None:
    url, bodies = listener
    Webhook(url=url).save("ci", overwrite=True)  # type: ignore[unused-coroutine]
    assert register_automations(Settings()) == [HEARTBEAT, BEGINNING, APPROVAL]

    state = blocked_night(return_state=True)

    run = f"prefect.flow-run.{state.state_details.flow_run_id}"
    until(lambda: _events(client, Event.BLOCKED, run), 20, "the event in the feed")
    assert bodies == []


def test_a_failed_run_is_told_to_a_notification_block_and_a_good_one_is_not(
    client: SyncPrefectClient, listener: tuple[str, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    url, bodies = listener
    CustomWebhookNotificationBlock(name="team", url=url, json_data={"title": "{{subject}}", "text": "{{body}}"}).save(
        "team", overwrite=True
    )  # type: ignore[unused-coroutine]
    monkeypatch.setenv("JOSI_NOTIFY", "custom-webhook/team")
    register_automations(Settings())
    good, bad = (_started(client, "release") for _ in range(2))

    client.set_flow_run_state(good.id, Completed(message="fine"), force=True)
    client.set_flow_run_state(bad.id, Failed(message="the bucket refuses"), force=True)

    body = json.loads(until(lambda: bodies[0] if bodies else None, 20, "the notification"))
    assert body["title"] == "josi: prefect.flow-run.Failed"
    assert body["text"].startswith("the bucket refuses\n\n")
    assert str(bad.id) in body["text"]
    assert len(bodies) == 1


@pytest.mark.parametrize("word", ["paused", "resuming"])
def test_a_release_that_nobody_answered_goes_on_and_one_that_failed_otherwise_does_not(
    word: str, client: SyncPrefectClient
) -> None:
    register_automations(Settings())
    asked, other = (_started(client, "release") for _ in range(2))

    client.set_flow_run_state(other.id, Failed(message="the bucket refuses"), force=True)
    client.set_flow_run_state(asked.id, Failed(message=f"The flow was {word} and never resumed."), force=True)

    _in_state(client, asked.id, "AwaitingRetry", 20)
    assert client.read_flow_run(other.id).state_name == "Failed"


def _events(client: SyncPrefectClient, name: str, resource: str) -> list[dict[str, Any]]:
    wanted = EventFilter(event=EventNameFilter(name=[name]), any_resource=[EventAnyResourceFilter(id=[resource])])
    response = client._client.post("/events/filter", json={"filter": wanted.model_dump(mode="json")})
    found: list[dict[str, Any]] = response.json()["events"]
    return found


@pytest.mark.slow
def test_runs_that_were_given_to_a_worker_or_ran_before_the_server_started_are_not_lost_for_ever(
    client: SyncPrefectClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No process works on them, and none ever sent a heartbeat to this server."""
    monkeypatch.setattr(automations, "NEVER_BEGUN_S", 15)
    monkeypatch.setattr(automations, "LOST_AFTER_S", 15)
    register_automations(Settings())
    taken, running = (_started(client, "train") for _ in range(2))
    client.set_flow_run_state(running.id, Running(), force=True)
    client.set_flow_run_state(taken.id, Pending(), force=True)

    watch_running()

    for run in (taken, running):
        assert "josi resume" in str(_in_state(client, run.id, "Crashed", 90).state)


@pytest.mark.slow
def test_a_run_whose_worker_and_process_were_killed_becomes_crashed_and_its_place_is_free(
    client: SyncPrefectClient, api: str, place: Path
) -> None:
    """And a run that waits for an answer, with no process either, waits on."""
    register_automations(Settings())
    frequency = {"PREFECT_FLOWS_HEARTBEAT_FREQUENCY": "30"}
    with worker(api, "cpu", place / "cpu.log", **frequency):
        waiting = _in_state(client, _started(client, "release", {"order": {}}).id, "Suspended", 60)
    with worker(api, "gpu", place / "gpu.log", **frequency) as first:
        lost = _in_state(client, _started(client, "train").id, "Running", 60)
        children = psutil.Process(first.pid).children(recursive=True)
        assert children, "the run has a process of its own"
        until(lambda: _events(client, "prefect.flow-run.heartbeat", f"prefect.flow-run.{lost.id}"), 40, "a heartbeat")
        kill_session(first)  # the worker first: it would tell of its run's end
        for child in children:
            if child.is_running():
                child.kill()
    assert client.read_flow_run(lost.id).state_name == "Running", "nobody was left to say so"
    next_one = _started(client, "train")

    with worker(api, "gpu", place / "gpu.log", **frequency):
        found = _in_state(client, lost.id, "Crashed", LOST_AFTER_S + 60)
        _in_state(client, next_one.id, "Running", 30)

    assert "josi resume" in (found.state.message or "")
    assert (found.end_time - waiting.state.timestamp).total_seconds() > LOST_AFTER_S
    assert client.read_flow_run(waiting.id).state_name == "Suspended"
