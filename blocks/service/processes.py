"""Which processes are ours, what they use, and how they are stopped. Never anybody else's.

Ours is what carries the mark: an environment variable that `josi up` gives to what it starts, and that is inherited by
the flow runs which its workers start. So an orphan is found whatever happened to the one who wrote it down.
"""

import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import psutil

from blocks.service.state import Process, State
from josi.records import Record

MARK = "JOSI_SERVICE"  # its value is the absolute JOSI_HOME
RUN = "PREFECT__FLOW_RUN_ID"
GRACE = 15.0  # seconds between asking a process to end and ending it


class Leftover(Record):
    """A process of a service that is no more, or that nobody looks after any more."""

    pid: int
    what: str


def running(process: Process) -> psutil.Process | None:
    """The very process that was started, or None: it has ended, or its pid was given to another one."""
    try:
        found = psutil.Process(process.pid)
        same = abs(found.create_time() - process.created) < 1 and found.status() != psutil.STATUS_ZOMBIE
    except psutil.Error:
        return None
    return found if same else None


def marked(root: Path) -> Iterator[psutil.Process]:
    """Everything alive that a service of this JOSI_HOME started, directly or not."""
    for process in psutil.process_iter():
        try:
            if process.status() != psutil.STATUS_ZOMBIE and process.environ().get(MARK) == str(root):
                yield process
        except (psutil.Error, OSError):  # ended meanwhile, or another user's
            continue


def leftovers(root: Path, state: State | None) -> tuple[Leftover, ...]:
    """What carries the mark and belongs to no process that the state names."""
    known = {pid for process in (state.processes if state else ()) for pid in _family(process)}
    return tuple(Leftover(pid=p.pid, what=_describe(p)) for p in marked(root) if p.pid not in known)


def _family(process: Process) -> Iterator[int]:
    found = running(process)
    if found is not None:
        yield found.pid
        yield from (child.pid for child in found.children(recursive=True))


def _describe(process: psutil.Process) -> str:
    try:
        run = process.environ().get(RUN)
        command = " ".join(process.cmdline())[:100]
        return f"flow run {run} ({command})" if run else command
    except (psutil.Error, OSError):
        return "has just ended"


def runs_of(found: Iterable[psutil.Process]) -> set[str]:
    """The ids of the flow runs that these processes work on."""
    ids = set()
    for process in found:
        try:
            ids.add(process.environ().get(RUN, ""))
        except (psutil.Error, OSError):
            continue
    return ids - {""}


def tops(found: Sequence[psutil.Process]) -> list[psutil.Process]:
    """Those that none of the others started: a parent is asked to end before its children are."""
    pids = {process.pid for process in found}
    return [process for process in found if not any(parent.pid in pids for parent in _parents(process))]


def _parents(process: psutil.Process) -> list[psutil.Process]:
    try:
        return process.parents()
    except psutil.Error:
        return []


def memory(process: psutil.Process) -> int:
    """Bytes that a process and what it started hold, shared pages divided among those who share them."""
    total = 0
    for each in (process, *process.children(recursive=True)):
        try:
            total += each.memory_full_info().pss
        except psutil.Error:
            continue
    return total


def stop(processes: Iterable[psutil.Process], grace: float = GRACE) -> None:
    """Ask all of them to end (SIGTERM), wait up to `grace` seconds, end what is left (SIGKILL)."""
    asked = [process for process in processes if _tell(process, kill=False)]
    _, late = psutil.wait_procs(asked, timeout=grace)
    psutil.wait_procs([process for process in late if _tell(process, kill=True)], timeout=5)


def _tell(process: psutil.Process, *, kill: bool) -> bool:
    try:
        if process.status() == psutil.STATUS_ZOMBIE:
            return False
        process.kill() if kill else process.terminate()
    except psutil.NoSuchProcess:
        return False
    return True


def holder(port: int) -> str:
    """Who listens on a port of loopback, in words; empty where nobody does."""
    for connection in psutil.net_connections("tcp"):
        address = connection.laddr
        if connection.status == psutil.CONN_LISTEN and address and address.port == port:
            return _name(connection.pid)
    return ""


def _name(pid: int | None) -> str:
    if pid is None:
        return "a process of another user"
    try:
        return f"pid {pid} ({' '.join(psutil.Process(pid).cmdline())[:80]})"
    except psutil.Error:
        return f"pid {pid}"


def wait_free(port: int, seconds: float = 3) -> str:
    """Who still holds a port after a while; empty where it is free."""
    end = time.monotonic() + seconds
    while (found := holder(port)) and time.monotonic() < end:
        time.sleep(0.1)
    return found
