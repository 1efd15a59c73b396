"""Start one process of the service, write it down, and wait until it is ready."""

import socket
import subprocess
import time
from collections.abc import Callable

import psutil

from blocks.service import commands, processes, state
from blocks.service.commands import Command
from blocks.service.processes import MARK
from blocks.service.state import Process, State
from blocks.settings import Settings
from josi.errors import ServiceError, UsageError

PATIENCE = 300.0  # seconds for a part to be ready: a new database, on a machine that has much else to do
PAUSE = 0.1


def launch(settings: Settings, service: State, command: Command) -> State:
    """Start it, apart from this terminal, and write it down at once: the state with it."""
    log = state.folder(settings) / f"{command.role}.log"
    if log.exists():
        log.replace(log.with_suffix(".log.1"))
    with log.open("wb") as stream:
        started = subprocess.Popen(
            command.arguments,
            cwd=commands.FORGE,
            env={**command.environment, MARK: str(settings.root)},
            stdin=subprocess.DEVNULL,
            stdout=stream,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # a Ctrl-C in this terminal is not for it
        )
    created = psutil.Process(started.pid).create_time()
    process = Process(role=command.role, pid=started.pid, created=created, port=command.port, log=log)
    service = service.model_copy(update={"processes": (*service.processes, process)})
    state.write(settings, service)
    return service


def wait_for(role: str, service: State, ready: Callable[[], bool]) -> None:
    """Until it is ready. Raises ServiceError with the end of its log where a process ended, or time is up."""
    end = time.monotonic() + PATIENCE
    while not ready():
        for process in service.processes:
            if processes.running(process) is None:
                raise ServiceError(f"{process.role} has ended: {_tail(process)}", f"Its log: {process.log}")
        if time.monotonic() > end:
            late = service.process(role)
            raise ServiceError(f"{role} is not ready after {PATIENCE:.0f} s.", f"Its log: {late.log if late else ''}")
        time.sleep(PAUSE)


def _tail(process: Process, lines: int = 5) -> str:
    return "\n".join(process.log.read_text("utf-8", errors="replace").strip().splitlines()[-lines:])


def choose_port(port: int, option: str) -> int:
    """The port, or a free one for 0. Raises UsageError with who has it."""
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((commands.HOST, port))
        except OSError as error:
            who = processes.holder(port) or str(error)
            raise UsageError(
                f"Port {port} is taken: {who}.", f"Choose another: josi up {option} {port + 1} (0: any free one)."
            ) from error
        return int(trial.getsockname()[1])
