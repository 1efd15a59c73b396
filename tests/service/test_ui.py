"""What people see and do in Prefect's UI: in a browser, with a service as `josi up` starts it."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.filters import (
    ArtifactFilter,
    ArtifactFilterFlowRunId,
    FlowRunFilter,
    LogFilter,
    LogFilterFlowRunId,
)
from prefect.settings import PREFECT_API_URL, PREFECT_SERVER_ALLOW_EPHEMERAL_MODE, temporary_settings

from blocks.order import ReleaseOrder, TrainOrder
from blocks.service.state import State, read
from blocks.settings import Settings
from blocks.store import FolderStore
from josi.approval import Decided
from josi.records import Channel
from tasks.release.approve import holding
from tests.browser import MISSING, chromium, visit
from tests.candidates import small_candidate
from tests.service.team import MICRO, ROOT, until

pytestmark = pytest.mark.slow

SECRET = "not-to-be-seen-anywhere"
ENDED = ("Published", "Declined", "Completed", "Failed", "Crashed")


class Service:
    """What `josi up` started in a home of its own."""

    def __init__(self, home: Path) -> None:
        self.home, self.store = home, FolderStore(home / "store")
        kept = {key: value for key, value in os.environ.items() if not key.startswith(("JOSI_", "PREFECT_"))}
        self.environment = {**kept, "JOSI_HOME": str(home), "S3_ACCESS_KEY": "key", "S3_SECRET_KEY": SECRET}

    def josi(self, *words: str) -> "subprocess.CompletedProcess[str]":
        command = [sys.executable, "-m", "cli.main", *words]
        return subprocess.run(
            command, env=self.environment, cwd=ROOT, capture_output=True, text=True, check=False, timeout=300
        )

    @property
    def state(self) -> State:
        found = read(Settings(home=self.home))
        assert found is not None
        return found

    @contextmanager
    def client(self) -> Iterator[SyncPrefectClient]:
        here = {PREFECT_API_URL: self.state.api, PREFECT_SERVER_ALLOW_EPHEMERAL_MODE: False}
        with temporary_settings(here), get_client(sync_client=True) as client:
            yield client

    def start(self, deployment: str, order: dict[str, Any]) -> UUID:
        with self.client() as client:
            found = client.read_deployment_by_name(deployment)
            return client.create_flow_run_from_deployment(found.id, parameters={"order": order}).id

    def until_state(self, run: UUID, *names: str, seconds: float = 240) -> str:
        """The run's state, as soon as it is one of these."""
        with self.client() as client:

            def state() -> str | None:
                now = client.read_flow_run(run).state_name
                return now if now in names else None

            return until(" or ".join(names), seconds, state)

    def artifacts(self, run: UUID) -> dict[str, Any]:
        """What a run shows, by key; progress bars, which have none, by their description."""
        wanted = ArtifactFilter(flow_run_id=ArtifactFilterFlowRunId(any_=[run]))
        with self.client() as client:
            return {one.key or one.description: one.data for one in client.read_artifacts(artifact_filter=wanted)}


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    found = Service(tmp_path_factory.mktemp("ui"))
    try:
        up = found.josi("up", "--port", "0", "--bucket-port", "0")
        assert up.returncode == 0, up.stderr
        yield found
    finally:
        found.josi("down")


@pytest.mark.skipif(not chromium(), reason=MISSING)
@pytest.mark.parametrize(("decision", "state"), [("approve", "Published"), ("decline", "Declined")])
def test_a_release_is_decided_in_the_browser(service: Service, decision: str, state: str) -> None:
    one = small_candidate(service.store)
    order = ReleaseOrder(candidate=one.identity, channel=Channel.DEV)
    run = service.start("release/release", order.model_dump(mode="json"))
    service.until_state(run, "Suspended", "Failed", "Crashed")

    with visit(service.state.address) as visitor:
        form = visitor.open_form(run)
        told = form.get_by_text(f"May {one.identity} go to dev?").bounding_box()
        assert told is not None
        assert told["height"] > 20, "the question is squeezed to nothing"
        assert form.get_by_text("production offers nothing yet").is_visible()
        visitor.fill_in(form, decision, "Ada", "Seen in the browser.")
        visitor.send(form)
        assert service.until_state(run, *ENDED) == state
        assert not visitor.strangers, "the UI needs the network"

    held = holding(service.store, one, Channel.DEV)
    assert held is not None
    assert (held.decided, held.approver, held.note) == (Decided(decision), "Ada", "Seen in the browser.")
    with service.client() as client:
        assert client.read_flow_run(run).name == f"release-{one.identity}"
    shown = service.artifacts(run)
    assert "All is well." in shown["gate-report-tiny"]
    assert one.digest in shown["approval-request-tiny"]
    assert "Seen in the browser." in shown["release-tiny"]
    linked = f"({service.state.bucket}/channels/dev.json)"
    assert (linked in shown.get("release-channel-tiny", "")) is (decision == "approve")


def test_a_training_run_shows_its_log_its_progress_and_its_loss(service: Service) -> None:
    order = TrainOrder(**MICRO, roles=("interpreter",))
    run = service.start("train/train", order.model_dump(mode="json"))
    assert service.until_state(run, *ENDED, seconds=600) == "Completed"

    with service.client() as client:
        assert client.read_flow_run(run).name == "train-tiny-interpreter"
        steps = {one.name for one in client.read_task_runs(flow_run_filter=FlowRunFilter(id={"any_": [run]}))}
        logs = client.read_logs(LogFilter(flow_run_id=LogFilterFlowRunId(any_=[run])), limit=200)
    assert {"gather", "prepare", "base-tiny-qwen2", "train-josi-tiny-interpreter"} <= steps
    lines = [(line.name, line.timestamp, line.message) for line in logs]
    assert any(name.startswith("tasks.train") and "josi-tiny-interpreter: step" in text for name, _, text in lines)
    assert len(lines) == len(set(lines)), "lines arrive twice"
    assert not any(SECRET in text for _, _, text in lines)
    shown = service.artifacts(run)
    assert "data:image/png;base64," in shown["loss-josi-tiny-interpreter"]
    assert "| interpreter train | 200 |" in shown["data-report-tiny"]
    assert shown["Training of josi-tiny-interpreter, by steps"] == 100
