"""Bring the service up."""

import os
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

from blocks.service import commands, processes, register, state
from blocks.service.api import Api
from blocks.service.commands import POOLS
from blocks.service.down import alone, remains, stop_all
from blocks.service.launch import choose_port, launch, wait_for
from blocks.service.state import State
from blocks.settings import Settings
from josi.errors import ServiceError, UsageError
from josi.records import Record

Tell = Callable[[str], None]


class Wanted(Record):
    """What `josi up` is asked for. Port 0: any free one."""

    port: int = 4200
    bucket_port: int = 8484
    auth: bool = False
    bucket: bool = True
    workers: bool = True


def up(settings: Settings, wanted: Wanted, tell: Tell) -> tuple[State, bool]:
    """Start everything and wait until it is ready: (what runs, whether it was started now).

    Raises ServiceError where something of an earlier service is left, or a part does not start; what was started is
    then stopped again. Sets this process's environment to the new API: call it before Prefect is imported.
    """
    with alone(settings):
        found = state.read(settings)
        if found is not None and whole(found) and not processes.leftovers(settings.root, found):
            require_as_wanted(found, wanted)
            return found, False
        _require_nothing_left(settings, found)
        try:
            return _start(settings, wanted, tell), True
        except BaseException:
            tell("stopping what was started")
            stop_all(settings)
            raise


def whole(found: State) -> bool:
    """Whether every process runs and the API answers."""
    if not all(processes.running(process) for process in found.processes):
        return False
    with Api(found.api) as api:
        return api.healthy()


def require_as_wanted(found: State, wanted: Wanted) -> None:
    """Raises UsageError where a password is wished for and the service that is up has none."""
    if wanted.auth and not found.auth:
        raise UsageError("The service is up without a password.", "Run: josi down && josi up --auth")


def _require_nothing_left(settings: Settings, found: State | None) -> None:
    left = remains(settings, found)
    if left:
        dead = [p.role for p in (found.processes if found else ()) if not processes.running(p)]
        gone = f" Not running any more: {', '.join(dead)}." if dead else ""
        raise ServiceError(f"Left of an earlier service: {'; '.join(left)}.{gone}", "Run: josi down && josi up")
    state.forget(settings)


def _start(settings: Settings, wanted: Wanted, tell: Tell) -> State:
    for place in (state.folder(settings), settings.root / "prefect"):  # password, logs, and a database with blocks
        place.mkdir(parents=True, exist_ok=True)
        place.chmod(0o700)
    port = choose_port(wanted.port, "--port")
    serve = wanted.bucket and "://" not in settings.bucket
    bucket_port = choose_port(wanted.bucket_port, "--bucket-port") if serve else None
    if wanted.auth:
        state.auth_string(settings, make=True)
    service = State(
        address=f"http://{commands.HOST}:{port}",
        bucket=f"http://{commands.HOST}:{bucket_port}" if serve else settings.bucket_address,
        auth=wanted.auth,
    )
    _require_same_api(service)
    tell("server: starting")
    service = launch(settings, service, commands.server(settings, service, port))
    if bucket_port is not None:
        service = launch(settings, service, commands.bucket(settings, bucket_port))
    os.environ.update(commands.client(settings, service))
    import prefect.workers.process  # noqa: F401 - seconds, while the server is starting anyway

    with Api(service.api, commands.client(settings, service).get("PREFECT_API_AUTH_STRING", "")) as api:
        wait_for("server", service, api.healthy)
        tell(f"server: {service.address}")
        return _fill(settings, service, api, wanted, tell)


def _require_same_api(service: State) -> None:
    """A service that no command of this shell would talk to is not what anybody wants."""
    given = os.environ.get("PREFECT_API_URL", service.api)
    if given.rstrip("/") != service.api:
        raise UsageError(
            f"PREFECT_API_URL is {given}: every command here talks to that service, not to the one to be started.",
            "Run: unset PREFECT_API_URL, then josi up",
        )


def _fill(settings: Settings, service: State, api: Api, wanted: Wanted, tell: Tell) -> State:
    """Everything that needs a server that answers. Workers start while the deployments are registered."""
    from blocks.service.automations import register_automations
    from blocks.service.result_block import check_store, register_results

    api.check()
    check_store(settings)
    register.register_pools()
    begun = datetime.now(UTC)
    deploying = register.start_deploying(commands.forge(), commands.client(settings, service))
    try:
        for pool in POOLS if wanted.workers else ():
            service = launch(settings, service, commands.worker(settings, service, pool))
        register_results(settings)
        register.finish_deploying(deploying)
    finally:
        deploying.kill()
    register_automations(settings)  # they name deployments
    register.watch_running()
    tell("pools, deployments, automations: registered")
    for pool in POOLS if wanted.workers else ():
        wait_for(pool, service, partial(_online, api, pool, begun))
        tell(f"{pool} worker: online")
    if service.process("bucket"):
        tell(f"bucket: {service.bucket}")
    return service


def _online(api: Api, pool: str, since: datetime) -> bool:
    """Heard of since then: what was heard earlier was a worker that is no more."""
    heard = api.workers(pool).get(commands.worker_name(pool))
    return heard is not None and heard >= since
