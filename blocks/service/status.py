"""How the service is."""

import os
from pathlib import Path

from blocks.service import processes, state
from blocks.service.api import Api, Pool, Run
from blocks.service.processes import Leftover
from blocks.service.state import Process
from blocks.settings import Settings
from josi.errors import ServiceError
from josi.records import Record


class Part(Record):
    """One process. `memory`: bytes, with what it started."""

    role: str
    pid: int
    running: bool
    memory: int
    address: str
    log: Path


class Status(Record):
    """Everything that `josi status` tells. `faults` says in words what is not as it should be."""

    up: bool
    api: str
    parts: tuple[Part, ...]
    pools: tuple[Pool, ...] = ()
    runs: tuple[Run, ...] = ()
    leftovers: tuple[Leftover, ...]
    faults: tuple[str, ...]

    @property
    def memory(self) -> int:
        return sum(part.memory for part in self.parts)


def examine(settings: Settings) -> Status:
    """Look at the processes and ask the API; a worker machine has no processes of its own to look at."""
    found = state.read(settings)
    parts = tuple(_part(process) for process in (found.processes if found else ()))
    left = processes.leftovers(settings.root, found)
    faults = [f"{part.role} (pid {part.pid}) has ended: see {part.log}" for part in parts if not part.running]
    faults += [f"left over, pid {each.pid}: {each.what}" for each in left]
    url = found.api if found else os.environ.get("PREFECT_API_URL", "")
    pools: tuple[Pool, ...] = ()
    runs: tuple[Run, ...] = ()
    if url:
        try:
            pools, runs = _ask(url, _password(settings, kept=bool(found and found.auth)))
        except ServiceError as error:
            faults.append(error.what)
    else:
        faults.append("Nothing is up.")
    faults += [f"pool {pool.name}: no worker is online" for pool in pools if not pool.workers]
    return Status(up=not faults, api=url, parts=parts, pools=pools, runs=runs, leftovers=left, faults=tuple(faults))


def _ask(url: str, auth: str) -> tuple[tuple[Pool, ...], tuple[Run, ...]]:
    with Api(url, auth) as api:
        api.check()
        return api.pools(), api.runs()


def _password(settings: Settings, *, kept: bool) -> str:
    return state.auth_string(settings) if kept else os.environ.get("PREFECT_API_AUTH_STRING", "")


def _part(process: Process) -> Part:
    alive = processes.running(process)
    return Part(
        role=process.role,
        pid=process.pid,
        running=alive is not None,
        memory=processes.memory(alive) if alive else 0,
        address=f"http://127.0.0.1:{process.port}" if process.port else "",
        log=process.log,
    )
