"""How each process of the service is started: command line and environment. Secrets are only in the second."""

import os
import socket
import sys
from collections.abc import Mapping
from pathlib import Path

from blocks.service.processes import MARK
from blocks.service.state import State, auth_string
from blocks.settings import Settings
from josi.errors import UsageError
from josi.records import Record

HOST = "127.0.0.1"
POOLS = ("cpu", "gpu")
FORGE = Path(__file__).resolve().parents[2]

# A worker outlasts a minute without S3 by botocore's own retries; an interactive command gives up sooner. 20 last
# 155 s on average, and of 200,000 draws none was under 66 s; of 16, one in 700 was under 60 s.
WORKER = {
    "PREFECT_WORKER_QUERY_SECONDS": "2",  # a question costs the server 12 ms of a core that may be training
    "PREFECT_FLOWS_HEARTBEAT_FREQUENCY": "30",
    "AWS_RETRY_MODE": "standard",
    "AWS_MAX_ATTEMPTS": "20",
}
_NOT_FOR_WORKERS = (MARK, "JOSI_DATABASE", "JOSI_API_PASSWORD", "PREFECT_SERVER_DATABASE", "PREFECT_API_DATABASE")
_NOT_FOR_SERVERS = (MARK, "JOSI_DATABASE", "JOSI_API_PASSWORD", "PREFECT_API_", "S3_", "AWS_")


class Command(Record):
    """One process to start. `environment` is all that it gets."""

    role: str
    arguments: tuple[str, ...]
    environment: Mapping[str, str]
    port: int | None = None


def forge() -> Path:
    """The checkout that workers run flows from: JOSI_FORGE, or this one."""
    return Path(os.environ.get("JOSI_FORGE") or FORGE).resolve()


def worker_name(pool: str) -> str:
    """The same after a restart, so that the pool's list does not fill with the dead."""
    return f"{pool}@{socket.gethostname()}"


def server(settings: Settings, state: State, port: int) -> Command:
    """Prefect's server as `prefect server start` runs it, without that command's process around it."""
    values = {
        "PREFECT__SERVER_FINAL": "1",
        "PREFECT_UI_API_URL": state.api,
        "PREFECT_SERVER_CORS_ALLOWED_ORIGINS": f"{state.address},http://localhost:{port}",  # no other page's scripts
    }
    if settings.database:
        values["PREFECT_SERVER_DATABASE_CONNECTION_URL"] = _database(settings.database.get_secret_value())
    if state.auth:
        values["PREFECT_SERVER_API_AUTH_STRING"] = auth_string(settings)
    application = ("--factory", "prefect.server.api.server:create_app", "--host", HOST, "--port", str(port))
    return Command(
        role="server",
        arguments=(sys.executable, "-m", "uvicorn", *application, "--log-level", "warning"),
        environment={**_inherited(settings, _NOT_FOR_SERVERS), **values},
        port=port,
    )


def bucket(settings: Settings, port: int) -> Command:
    """A folder bucket over HTTP."""
    place = str(Path(settings.bucket_address).resolve())
    return Command(
        role="bucket",
        arguments=(sys.executable, "-m", "blocks.service.bucket", place, str(port)),
        environment=_inherited(settings, _NOT_FOR_SERVERS),
        port=port,
    )


def worker(settings: Settings, state: State, pool: str) -> Command:
    """A worker of one pool, that runs each flow in a process of its own."""
    served = {"JOSI_BUCKET_URL": settings.bucket_url or state.bucket} if state.process("bucket") else {}
    return Command(
        role=pool,
        arguments=start_worker(pool, worker_name(pool)),
        environment={**worker_environment(settings), **client(settings, state), **served},
    )


def start_worker(pool: str, name: str, limit: int | None = None) -> tuple[str, ...]:
    """The command line of a worker, without any secret."""
    most = ("--limit", str(limit)) if limit else ()
    words = ("worker", "start", "--pool", pool, "--type", "process", "--name", name, *most)
    return (sys.executable, "-m", "prefect", *words)


def worker_environment(settings: Settings) -> dict[str, str]:
    """What a worker and its flow runs need, wherever they run. What the user set holds."""
    bucket = {} if "://" in settings.bucket else {"JOSI_BUCKET": str(Path(settings.bucket_address).resolve())}
    given = _inherited(settings, _NOT_FOR_WORKERS)
    return {**WORKER, **given, **bucket, "JOSI_FORGE": str(forge())}


def client(settings: Settings, state: State) -> dict[str, str]:
    """What lets a client of this service in, while it is being started."""
    password = {"PREFECT_API_AUTH_STRING": auth_string(settings)} if state.auth else {}
    return {"PREFECT_API_URL": state.api, **password}


def _inherited(settings: Settings, without: tuple[str, ...]) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith(without)}
    return {**kept, "JOSI_HOME": str(settings.root), "PYTHONUNBUFFERED": "1"}


def _database(url: str) -> str:
    """The address as SQLAlchemy wants it: a team's Postgres, through asyncpg."""
    scheme, found, rest = url.partition("://")
    if not found or scheme not in ("postgres", "postgresql", "postgresql+asyncpg"):
        raise UsageError(
            "JOSI_DATABASE is no address of a Postgres database.",  # not shown: it may hold a password
            "Write JOSI_DATABASE=postgresql://USER:PASSWORD@HOST:5432/NAME, or leave it out for SQLite.",
        )
    return f"postgresql+asyncpg://{rest}"
