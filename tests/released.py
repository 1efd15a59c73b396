"""A Prefect server and a worker of the release deployment, as processes on loopback, with a home of their own."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest import mock
from uuid import UUID

import httpx
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.actions import WorkPoolCreate
from prefect.client.schemas.objects import FlowRun
from prefect.settings import PREFECT_API_URL, PREFECT_UI_URL, temporary_settings
from prefect.utilities.callables import parameter_schema

from blocks.environment import prepare
from blocks.order import ReleaseOrder
from blocks.settings import Settings
from blocks.store import FolderStore

ROOT = Path(__file__).parents[1]


class Service:
    """Processes that can be killed and started again one by one."""

    def __init__(self, home: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port: int = free.getsockname()[1]
        self.home, self.port, self.api = home, port, f"http://127.0.0.1:{port}/api"
        self.store, self.bucket = FolderStore(home / "store"), home / "bucket"
        self.environment = {
            **_prepared(home),
            "PREFECT_API_URL": self.api,
            "PREFECT__SERVER_FINAL": "1",
            "PREFECT_WORKER_QUERY_SECONDS": "1",
            "PREFECT_SERVER_SERVICES_PAUSE_EXPIRATIONS_LOOP_SECONDS": "1",
        }
        self.running: dict[str, subprocess.Popen[bytes]] = {}

    def start_server(self) -> None:
        words = ("uvicorn", "--factory", "prefect.server.api.server:create_app", "--host", "127.0.0.1")
        self._start("server", *words, "--port", str(self.port), "--log-level", "warning")
        until(lambda: _healthy(self.api), 120)

    def start_worker(self) -> None:
        self._start("worker", "prefect", "worker", "start", "--pool", "cpu", "--type", "process", "--name", "test")

    def kill(self, role: str) -> None:
        """At once and for good, with all that it started."""
        process = self.running.pop(role)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def stop(self) -> None:
        for role in list(self.running):
            self.kill(role)

    @contextmanager
    def client(self) -> Iterator[SyncPrefectClient]:
        with (
            temporary_settings({PREFECT_API_URL: self.api, PREFECT_UI_URL: self.api.removesuffix("/api")}),
            get_client(sync_client=True) as client,
        ):
            yield client

    def deploy(self) -> None:
        """The pool and the deployment, while the worker starts."""
        from prefect.workers.process import ProcessWorker

        from flows.release import release

        pool = WorkPoolCreate(
            name="cpu", type="process", base_job_template=ProcessWorker.get_default_base_job_template()
        )
        with self.client() as client:
            client.create_work_pool(pool, overwrite=True)
            client.create_deployment(
                client.create_flow(release),
                "release",
                entrypoint="flows/release.py:release",
                pull_steps=[{"prefect.deployments.steps.set_working_directory": {"directory": str(ROOT)}}],
                work_pool_name="cpu",
                parameter_openapi_schema=parameter_schema(release).model_dump_for_openapi(),
            )

    def order(self, candidate: str, **more: Any) -> UUID:
        """Start a release run; its id."""
        order = ReleaseOrder(candidate=candidate, **more)
        with self.client() as client:
            deployment = client.read_deployment_by_name("release/release")
            run = client.create_flow_run_from_deployment(
                deployment.id, parameters={"order": order.model_dump(mode="json")}
            )
            return run.id

    def run(self, run: UUID) -> FlowRun:
        with self.client() as client:
            return client.read_flow_run(run)

    def until_state(self, run: UUID, *names: str, seconds: float = 180) -> FlowRun:
        """The run, as soon as its state has one of these names."""
        with self.client() as client:
            try:
                until(lambda: client.read_flow_run(run).state_name in names, seconds)
            except TimeoutError:
                now = client.read_flow_run(run)
                raise AssertionError(f"{now.name} is {now.state}, not {names}: {self.log()}") from None
            return client.read_flow_run(run)

    def log(self) -> str:
        return (self.home / "worker.log").read_text()[-3000:]

    def josi(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """The command line of somebody whose Prefect API this is."""
        return subprocess.run(
            [sys.executable, "-m", "cli.main", *arguments],
            capture_output=True,
            text=True,
            env={**self.environment, "COLUMNS": "300"},
            stdin=subprocess.DEVNULL,
            check=False,
            timeout=200,
            cwd=ROOT,
        )

    def _start(self, role: str, *arguments: str) -> None:
        with (self.home / f"{role}.log").open("ab") as log:
            self.running[role] = subprocess.Popen(
                [sys.executable, "-m", *arguments],
                env=self.environment,
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
                cwd=self.home,
            )


def until(holds: Callable[[], object], seconds: float) -> None:
    """Wait for it. Raises TimeoutError."""
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            raise TimeoutError(f"not within {seconds} s")
        time.sleep(0.3)


def _healthy(api: str) -> bool:
    try:
        return httpx.get(f"{api}/health").status_code == httpx.codes.OK
    except httpx.HTTPError:
        return False


def _prepared(home: Path) -> dict[str, str]:
    """The environment that a `josi` command gives itself in this home."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("PREFECT", "JOSI"))}
    with mock.patch.dict(os.environ, {**kept, "JOSI_HOME": str(home)}, clear=True):
        prepare(Settings())
        return dict(os.environ)
