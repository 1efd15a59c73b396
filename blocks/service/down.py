"""Take the service down: exactly what `up` started, and what is left of it."""

from collections.abc import Iterator
from contextlib import contextmanager

import psutil

from blocks.service import processes, state
from blocks.service.api import Api
from blocks.service.state import State
from blocks.settings import Settings
from josi.errors import ServiceError
from josi.records import Record

PATIENCE = 600.0  # seconds for another `up` or `down` to finish
ALONE = 5.0  # seconds of grace where no server listens to what a process has to say at its end


class Down(Record):
    """What was stopped, and who else holds ports that were ours; that was left alone."""

    stopped: tuple[str, ...]
    left_alone: tuple[str, ...]


@contextmanager
def alone(settings: Settings) -> Iterator[None]:
    """One `up` or `down` of a JOSI_HOME at a time; the second waits for the first. Raises ServiceError."""
    from filelock import FileLock, Timeout

    state.folder(settings).mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(state.folder(settings) / "lock", timeout=PATIENCE):
            yield
    except Timeout as error:
        raise ServiceError("Another `josi up` or `josi down` is at work.", "Wait for it, or end it.") from error


def down(settings: Settings) -> Down:
    """Stop it. Runs that were under way end as Crashed, so that `josi resume` can go on with them."""
    with alone(settings):
        found = state.read(settings)
        stopped = remains(settings, found)
        stop_all(settings)
        ports = [process.port for process in (found.processes if found else ()) if process.port]
        others = tuple(f"port {port}: {who}" for port in ports if (who := processes.wait_free(port)))
    return Down(stopped=stopped, left_alone=others)


def remains(settings: Settings, found: State | None) -> tuple[str, ...]:
    """What of a service still runs, in words."""
    alive = [p for p in (found.processes if found else ()) if processes.running(p)]
    lost = processes.leftovers(settings.root, found)
    return (*(f"{p.role} (pid {p.pid})" for p in alive), *(f"pid {left.pid}: {left.what}" for left in lost))


def stop_all(settings: Settings) -> None:
    """Workers and runs first, while the server can still be told; the server last."""
    found = state.read(settings)
    serving = [
        alive
        for process in (found.processes if found else ())
        if process.role in ("bucket", "server") and (alive := processes.running(process))
    ]
    kept = {process.pid for process in serving}
    listens = bool(found and (server := found.process("server")) and server.pid in kept)
    grace = processes.GRACE if listens else ALONE
    others = _others(settings, kept)
    runs = processes.runs_of(others)
    processes.stop(processes.tops(others), grace)  # a worker ends its runs itself
    others = _others(settings, kept)
    processes.stop(others, grace)
    if found and listens:
        _tell(settings, found, runs | processes.runs_of(others))
    processes.stop([*serving, *_others(settings, kept)])
    state.forget(settings)


def _others(settings: Settings, kept: set[int]) -> list[psutil.Process]:
    return [process for process in processes.marked(settings.root) if process.pid not in kept]


def _tell(settings: Settings, found: State, runs: set[str]) -> None:
    """A worker that is told to end says nothing of the runs it ends: they would stay Running for ever."""
    with Api(found.api, state.auth_string(settings) if found.auth else "") as api:
        for run in sorted(runs):
            try:
                api.crashed(run, "Stopped by josi down. Go on with: josi resume")
            except ServiceError:  # the server is in no state to be told, and must end all the same
                return
