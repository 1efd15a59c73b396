"""The service in words: what `josi up` and `josi status` show."""

from typing import Any

from rich.table import Table

from blocks.service.state import USER, State, folder, password_file
from blocks.service.status import Status
from blocks.settings import Settings

MIB = 1 << 20


def addresses(service: State, settings: Settings) -> dict[str, Any]:
    """For programs."""
    return {
        "ui": service.address,
        "api": service.api,
        "bucket": service.bucket,
        "auth": service.auth,
        "logs": str(folder(settings)),
        "processes": {process.role: process.pid for process in service.processes},
    }


def words(service: State, settings: Settings, now: bool) -> str:
    """For people: where everything is, and how to find the password. Never the password."""
    source = "JOSI_API_PASSWORD" if settings.api_password else f"cat {password_file(settings)}"
    lines = [
        "The service is up." if now else "The service is up already.",
        f"  UI      {service.address}",
        f"  API     {service.api}",
        f"  bucket  {service.bucket}",
    ]
    if service.auth:
        lines.append(f"  login   {USER}:PASSWORD, and PASSWORD is what this says: {source}")
    return "\n".join([*lines, "See how it is: josi status. Stop it: josi down."])


def summary(found: Status) -> str:
    """What is wrong and what mends it, or that nothing is."""
    if found.up:
        return f"Up: {found.api}, {found.memory / MIB:.0f} MiB in all."
    ended = [part for part in found.parts if not part.running]
    if found.leftovers or ended:
        remedy = "josi down && josi up"
    elif found.pools:
        remedy = "josi worker POOL, here or on another machine"
    else:
        remedy = "josi up"
    return "\n".join([*found.faults, f"Remedy: {remedy}"])


def parts(found: Status) -> Table:
    table = Table("process", "pid", "state", "MiB", "address", "log", box=None, pad_edge=False)
    for part in found.parts:
        mark = "[green]running[/]" if part.running else "[red]ended[/]"
        table.add_row(part.role, str(part.pid), mark, f"{part.memory / MIB:.0f}", part.address, str(part.log))
    return table


def pools(found: Status) -> Table:
    table = Table("pool", "workers online", "waiting", "running", "at once", box=None, pad_edge=False)
    for pool in found.pools:
        limit = "paused" if pool.paused else str(pool.limit or "no limit")
        workers = ", ".join(pool.workers) or "[red]none[/]"
        table.add_row(pool.name, workers, str(pool.waiting), str(pool.running), limit)
    return table


def runs(found: Status) -> Table:
    table = Table("run", "state", "begun", "message", box=None, pad_edge=False)
    for run in found.runs:
        begun = run.started.astimezone().strftime("%d %b %H:%M:%S") if run.started else ""
        table.add_row(run.name, run.state, begun, run.message)
    return table
