"""A team as the service has it: a server, an S3 store, and workers whose folders have nothing in common."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

import httpx
import psutil
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterName
from prefect.client.schemas.objects import FlowRun
from prefect.settings import PREFECT_API_URL, PREFECT_SERVER_ALLOW_EPHEMERAL_MODE, temporary_settings

from blocks.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
CHECKOUT = ("blocks", "cli", "data", "deployments", "flows", "josi", "prompts", "schemas", "tasks")
JOSI = (sys.executable, "-m", "cli.main")
STORE, BUCKET = "s3://models/store", "s3://releases"

# A candidate in a minute. It learns next to nothing: the gate stays closed, and only F16 keeps that little.
MICRO: Mapping[str, Any] = {
    "recipe": "tiny",
    "changes": {
        "base.steps": 60,
        "data.interpreter_examples": 200,
        "data.explainer_examples": 100,
        "quant.type": "f16",
        **{
            f"{part}.{role}.{key}": value
            for role in ("interpreter", "explainer")
            for part, key, value in (
                ("sft", "max_steps", 20),
                ("sft", "save_steps", 5),
                ("decoding", "max_new_tokens", 4),
            )
        },
    },
}

T = TypeVar("T")


def until(what: str, seconds: float, found: Callable[[], T | None]) -> T:
    """Ask again until there is an answer. Raises AssertionError after `seconds`."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if answer := found():
            return answer
        time.sleep(0.5)
    raise AssertionError(f"{what} did not come within {seconds:g} s")


class Machine:
    """A folder with a checkout and a home of its own, as another machine would have."""

    def __init__(self, root: Path, name: str, environment: Mapping[str, str]) -> None:
        self.root, self.name, self.log = root / name, name, root / f"{name}.log"
        for part in CHECKOUT:
            shutil.copytree(ROOT / part, self.root / part, ignore=shutil.ignore_patterns("__pycache__"))
        self.environment = {
            **{key: value for key, value in os.environ.items() if not key.startswith(("JOSI_", "PREFECT_"))},
            "JOSI_HOME": str(self.root / ".josi"),
            "JOSI_LLAMA_TOOLS": str(ROOT / ".cache/llama.cpp"),
            "PYTHONPATH": str(self.root),  # its own code, and not that of the checkout which is installed here
            "COLUMNS": "300",
            **environment,
        }
        self.process: subprocess.Popen[bytes] | None = None

    def josi(self, *arguments: str, seconds: float = 300) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [*JOSI, *arguments],
            cwd=self.root,
            env=self.environment,
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            check=False,
            timeout=seconds,
        )

    def start(self, *arguments: str) -> None:
        """`josi …` in a session of its own."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [*JOSI, *arguments],
                cwd=self.root,
                env=self.environment,
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )

    def kill(self) -> None:
        """kill -9 of everything that runs on it, the worker first: it could still tell of the end of its runs."""
        mine = sorted(self._alive(), key=lambda process: process.create_time())
        for process in mine:
            with suppress(psutil.NoSuchProcess):
                process.kill()
        psutil.wait_procs(mine, timeout=10)
        if self.process:
            self.process.wait()
            self.process = None

    def _alive(self) -> Iterator[psutil.Process]:
        """By its home: a worker's runs are in sessions of their own."""
        for process in psutil.process_iter():
            with suppress(psutil.Error, OSError):
                if process.environ().get("JOSI_HOME") == self.environment["JOSI_HOME"]:
                    yield process

    def stop(self) -> None:
        if self.process:
            self.process.terminate()
            try:
                self.process.wait(timeout=60)
            finally:
                self.kill()


class Team:
    """Machines that share a Prefect API and an S3 store, and nothing else."""

    def __init__(self, root: Path, s3: str) -> None:
        self.root = root
        self.shared = {
            "JOSI_STORE": STORE,
            "JOSI_BUCKET": BUCKET,
            "JOSI_S3_ENDPOINT": s3,
            "S3_ACCESS_KEY": "key",
            "S3_SECRET_KEY": "secret",
        }
        self.machines: dict[str, Machine] = {}
        self.server = self.machine("server")
        up = self.server.josi("up", "--port", "0", "--no-workers", "--json")
        assert up.returncode == 0, up.stderr
        self.api = json.loads(up.stdout)["api"]

    def machine(self, name: str, **environment: str) -> Machine:
        if name not in self.machines:
            api = {"PREFECT_API_URL": self.api} if self.machines else {}
            self.machines[name] = Machine(self.root, name, {**self.shared, **api, **environment})
        return self.machines[name]

    def worker(self, pool: str, name: str = "", **environment: str) -> Machine:
        """A worker on a machine of its own, working."""
        found = self.machine(name or pool, **environment)
        found.start("worker", pool, "--name", found.name)
        until(f"worker {found.name}", 90, lambda: found.name in self.workers(pool))
        return found

    def workers(self, pool: str) -> list[str]:
        with self.client() as client:
            return [one.name for one in client.read_workers_for_work_pool(pool) if one.status == "ONLINE"]

    def close(self) -> None:
        """Nothing of it is left, whatever a test has come to."""
        try:
            self.server.josi("down")
        finally:
            for machine in self.machines.values():
                machine.kill()

    @contextmanager
    def client(self) -> Iterator[SyncPrefectClient]:
        with (
            temporary_settings({PREFECT_API_URL: self.api, PREFECT_SERVER_ALLOW_EPHEMERAL_MODE: False}),
            get_client(sync_client=True) as client,
        ):
            yield client

    def start(self, deployment: str, order: Mapping[str, Any]) -> UUID:
        """A run of a deployment, as the UI's form starts it: what the form does not say is the deployment's."""
        with self.client() as client:
            found = client.read_deployment_by_name(deployment)
            whole = {**found.parameters["order"], **order}
            return client.create_flow_run_from_deployment(found.id, parameters={"order": whole}).id

    def run(self, which: UUID) -> FlowRun:
        with self.client() as client:
            return client.read_flow_run(which)

    def ended(self, which: UUID, seconds: float) -> FlowRun:
        """The run, once it is in a final state."""
        try:
            until("the end", seconds, lambda: self._is_final(which))
        except AssertionError:
            raise AssertionError(f"{self.run(which).state}\n{self.logs()}") from None
        return self.run(which)

    def _is_final(self, which: UUID) -> bool:
        state = self.run(which).state
        return bool(state and state.is_final())

    def named(self, name: str) -> list[FlowRun]:
        """Every run whose name begins so, newest first."""
        with self.client() as client:
            wanted = FlowRunFilter(name=FlowRunFilterName(like_=name))
            found = client.read_flow_runs(flow_run_filter=wanted)
        return sorted(found, key=lambda run: run.created or run.expected_start_time, reverse=True)  # type: ignore[arg-type, return-value]

    def told(self, which: UUID) -> str:
        """The log of a run as the UI shows it, oldest first."""
        found = httpx.post(
            f"{self.api}/logs/filter", json={"logs": {"flow_run_id": {"any_": [str(which)]}}, "sort": "TIMESTAMP_ASC"}
        ).json()
        return "\n".join(line["message"] for line in found)

    def logs(self) -> str:
        """The end of every machine's own log, for a failed test."""
        return "\n".join(
            f"--- {name}\n{machine.log.read_text('utf-8', 'replace')[-3000:]}"
            for name, machine in self.machines.items()
            if machine.log.exists()
        )

    @contextmanager
    def settings(self, monkeypatch: Any) -> Iterator[Settings]:
        """What this process needs to look into the team's store."""
        for key, value in {**self.shared, "JOSI_HOME": str(self.root / "looking")}.items():
            monkeypatch.setenv(key, value)
        yield Settings()
