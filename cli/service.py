"""The service of a team: up, down, status, and a worker on another machine."""

import os
import signal
import time
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from cli import options, show

if TYPE_CHECKING:
    from blocks.service.state import State
    from blocks.settings import Settings

Port = Annotated[int, typer.Option(min=0, max=65535, help="Of the Prefect server and its UI. 0: any free one.")]
BucketPort = Annotated[int, typer.Option(min=0, max=65535, help="Of the folder bucket. 0: any free one.")]
Auth = Annotated[
    bool | None,
    typer.Option("--auth/--no-auth", help="The API wants a password. Default: where JOSI_API_PASSWORD is set."),
]


class PoolName(StrEnum):
    CPU = "cpu"
    GPU = "gpu"


@show.fails_kindly
def up(
    port: Port = 4200,
    bucket_port: BucketPort = 8484,
    auth: Auth = None,
    bucket: Annotated[bool, typer.Option(help="Offer a folder bucket over HTTP.")] = True,
    workers: Annotated[bool, typer.Option(help="Start a worker for each pool.")] = True,
    foreground: Annotated[
        bool, typer.Option("--foreground", help="Stay; stop everything when told to, or when a part ends.")
    ] = False,
    as_json: options.Json = False,
) -> None:
    """Start the service: Prefect server and UI, a worker for each pool, a bucket. Ready when it returns.

    Everything listens on 127.0.0.1. `JOSI_DATABASE` names a Postgres instead of SQLite.

    **Examples** `josi up` · `josi up --auth` · `josi up --port 0 --bucket-port 0`
    """
    from blocks.service.down import down as take_down
    from blocks.service.up import Wanted
    from blocks.service.up import up as bring_up
    from blocks.settings import Settings
    from cli import service_words

    settings = Settings()
    wanted = Wanted(
        port=port,
        bucket_port=bucket_port,
        auth=bool(settings.api_password) if auth is None else auth,
        bucket=bucket,
        workers=workers,
    )
    if foreground:
        signal.signal(signal.SIGTERM, _interrupt)
    begun, now = time.monotonic(), False
    try:
        with show.console.status("Starting") as display:

            def tell(what: str) -> None:
                show.console.print(f"{time.monotonic() - begun:5.1f} s  {what}", markup=False)
                display.update(what)

            service, now = bring_up(settings, wanted, tell)
        show.result(
            {"started": now, **service_words.addresses(service, settings)},
            service_words.words(service, settings, now),
            as_json=as_json,
        )
        if foreground:
            _stay(service, settings, now)
    except KeyboardInterrupt:  # from the first moment on: who reads that it is up may stop it at once
        if not (foreground and now):
            raise
        take_down(settings)


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def _stay(service: "State", settings: "Settings", now: bool) -> None:
    """Watch over the parts until one ends (error)."""
    from blocks.service import processes
    from blocks.service.down import down as take_down
    from josi.errors import ServiceError

    if not now:
        raise ServiceError("The service is up already, not in the foreground.", "Run josi down first.")
    while all(processes.running(process) for process in service.processes):
        time.sleep(1)
    ended = [process.role for process in service.processes if not processes.running(process)]
    take_down(settings)
    raise ServiceError(f"Ended by itself: {', '.join(ended)}.", "See JOSI_HOME/service/*.log, then run josi up.")


@show.fails_kindly
def down(as_json: options.Json = False) -> None:
    """Stop what `josi up` started, with its runs, and what an earlier crash left of it. Nothing else."""
    from blocks.service.down import down as take_down
    from blocks.settings import Settings

    with show.console.status("Stopping"):
        done = take_down(Settings())
    text = "\n".join(
        [
            *(f"Stopped {what}" for what in done.stopped),
            *(f"Left alone, not of this service: {who}" for who in done.left_alone),
            "The service is down." if done.stopped else "Nothing was up.",
        ]
    )
    show.result(done, text, as_json=as_json)


@show.fails_kindly
def status(as_json: options.Json = False) -> None:
    """Processes, pools, last runs, leftovers. Exit code 0: all is up; 1: something is not."""
    from blocks.service.status import examine
    from blocks.settings import Settings
    from cli import service_words

    found = examine(Settings())
    if not as_json:
        for table in (service_words.parts(found), service_words.pools(found), service_words.runs(found)):
            if table.row_count:
                show.console.print(table, "")
    show.result(found, service_words.summary(found), as_json=as_json)
    if not found.up:
        raise typer.Exit(1)


@show.fails_kindly
def worker(
    pool: Annotated[PoolName, typer.Argument(help="cpu: all but training. gpu: training.")],
    name: Annotated[str, typer.Option(help="Default: POOL@HOST. Two workers of one pool here need two names.")] = "",
    limit: Annotated[int | None, typer.Option(min=1, help="Runs at once. Default: what the pool allows.")] = None,
) -> None:
    """Work for a service, here or on another machine: take runs from a pool until stopped.

    Needs `PREFECT_API_URL`, `JOSI_STORE` and the store's credentials; see `deployments/systemd`.

    **Examples** `PREFECT_API_URL=http://127.0.0.1:4200/api JOSI_STORE=s3://models/store josi worker gpu`
    """
    from blocks.service.worker import prepare_worker
    from blocks.settings import Settings

    arguments, environment = prepare_worker(pool.value, name, limit, Settings())
    os.execvpe(arguments[0], arguments, environment)  # noqa: S606 - our own command line, no shell
