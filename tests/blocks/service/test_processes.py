"""Which processes are ours, and what stops them: with real processes."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from blocks.service import processes
from blocks.service.processes import MARK, RUN
from blocks.service.state import Process, State

DEAF = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(1, flush=True); time.sleep(60)"
PARENT = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {DEAF!r}]).wait()"


@pytest.fixture
def started() -> Iterator[list["subprocess.Popen[bytes]"]]:
    found: list[subprocess.Popen[bytes]] = []
    yield found
    for process in found:
        process.kill()
        process.wait()


def start(started: list["subprocess.Popen[bytes]"], code: str, **environment: str) -> "subprocess.Popen[bytes]":
    """Started, and far enough to have said so."""
    process = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, env={**os.environ, **environment}, start_new_session=True
    )
    started.append(process)
    assert process.stdout is not None
    process.stdout.readline()
    return process


def record(pid: int, role: str = "cpu") -> Process:
    return Process(role=role, pid=pid, created=psutil.Process(pid).create_time(), log=Path("log"))


def state(*found: Process) -> State:
    return State(address="http://127.0.0.1:1", bucket="", auth=False, processes=found)


def test_a_pid_that_was_given_to_another_process_is_not_ours(started: list["subprocess.Popen[bytes]"]) -> None:
    ours = record(start(started, DEAF).pid)

    assert processes.running(ours) is not None
    assert processes.running(ours.model_copy(update={"created": ours.created - 60})) is None


def test_a_process_that_ended_and_that_nobody_waited_for_does_not_run(
    started: list["subprocess.Popen[bytes]"],
) -> None:
    process = start(started, DEAF)
    ours = record(process.pid)
    process.send_signal(signal.SIGKILL)
    time.sleep(0.2)

    assert psutil.Process(process.pid).status() == psutil.STATUS_ZOMBIE
    assert processes.running(ours) is None


def test_an_orphan_is_found_by_its_mark_and_named_by_its_run(
    started: list["subprocess.Popen[bytes]"], tmp_path: Path
) -> None:
    parent = start(started, PARENT, **{MARK: str(tmp_path), RUN: "1f0c"})
    (child,) = psutil.Process(parent.pid).children()
    whole = state(record(parent.pid))
    assert processes.leftovers(tmp_path, whole) == ()

    parent.kill()
    parent.wait()

    (orphan,) = processes.leftovers(tmp_path, whole)
    assert orphan.pid == child.pid
    assert "flow run 1f0c" in orphan.what
    assert processes.runs_of([child]) == {"1f0c"}
    assert processes.leftovers(tmp_path / "other", None) == ()
    child.kill()


def test_who_does_not_end_when_asked_is_ended(started: list["subprocess.Popen[bytes]"], tmp_path: Path) -> None:
    parent = start(started, PARENT, **{MARK: str(tmp_path)})
    found = list(processes.marked(tmp_path))
    assert [process.pid for process in processes.tops(found)] == [parent.pid]

    processes.stop(processes.tops(found), grace=5)
    left = list(processes.marked(tmp_path))
    processes.stop(left, grace=0.3)

    assert len(left) == 1  # the child, which does not hear
    assert list(processes.marked(tmp_path)) == []


def test_the_holder_of_a_port_is_named() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        assert f"pid {os.getpid()} " in processes.holder(port)
        assert str(os.getpid()) in processes.wait_free(port, seconds=0.2)
    assert processes.wait_free(port) == ""
