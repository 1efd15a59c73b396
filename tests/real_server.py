"""A Prefect server with all its services (a test harness runs none of them), and workers, as processes of their own."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeVar

import httpx
from prefect.events.worker import EventsWorker
from prefect.settings import (
    PREFECT_API_URL,
    PREFECT_HOME,
    PREFECT_SERVER_ALLOW_EPHEMERAL_MODE,
    temporary_settings,
)

T = TypeVar("T")


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def until(found: Callable[[], T | None], seconds: float, what: str = "it") -> T:
    """Ask again and again until there is an answer. Fails where there is none in time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if value := found():
            return value
        time.sleep(0.3)
    raise AssertionError(f"{what} did not happen in {seconds:g} s")


@contextmanager
def process(*arguments: str, environment: dict[str, str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A process in a session of its own; the whole session ends with the block."""
    with log.open("ab") as out:
        started = subprocess.Popen(
            [sys.executable, "-m", *arguments],
            env={**os.environ, **environment},
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        yield started
    finally:
        kill_session(started)


def kill_session(started: subprocess.Popen[bytes]) -> None:
    """kill -9 for a process and every other one of its session, such as a worker's flow runs."""
    with suppress(ProcessLookupError):
        os.killpg(started.pid, signal.SIGKILL)
    started.wait()


@contextmanager
def real_server(home: Path, **environment: str) -> Iterator[str]:
    """A server on a free port of loopback with a database of its own; clients of this process use it. Its API's URL."""
    home.mkdir(parents=True, exist_ok=True)
    port = free_port()
    api = f"http://127.0.0.1:{port}/api"
    values = {
        "PREFECT_HOME": str(home),
        "PREFECT_API_URL": "",
        "PREFECT__SERVER_FINAL": "1",
        "PREFECT_UI_URL": f"http://127.0.0.1:{port}",
        **environment,
    }
    words = ("uvicorn", "--factory", "prefect.server.api.server:create_app", "--host", "127.0.0.1")
    with process(*words, "--port", str(port), "--log-level", "warning", environment=values, log=home / "server.log"):
        until(lambda: _answers(api), 120, "the start of the server")
        with temporary_settings({PREFECT_API_URL: api, PREFECT_HOME: home, PREFECT_SERVER_ALLOW_EPHEMERAL_MODE: False}):
            EventsWorker.drain_all(timeout=10)  # one that an earlier test left is connected to an earlier server
            yield api


@contextmanager
def worker(api: str, pool: str, log: Path, **environment: str) -> Iterator[subprocess.Popen[bytes]]:
    """A worker of a pool that looks for work every second."""
    values = {"PREFECT_API_URL": api, "PREFECT_WORKER_QUERY_SECONDS": "1", **environment}
    words = ("prefect", "worker", "start", "--pool", pool, "--type", "process")
    with process(*words, environment=values, log=log) as started:
        yield started


def _answers(api: str) -> bool:
    try:
        return httpx.get(f"{api}/health", timeout=2).status_code == 200
    except httpx.TransportError:
        return False
