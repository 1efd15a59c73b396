"""What `josi up` started, as it stands in JOSI_HOME/service/service.json. Light: every `josi` command looks there."""

import os
import secrets
from pathlib import Path

from blocks.settings import Settings
from josi.records import Record

USER = "josi"


class Process(Record):
    """One process. A pid alone may be somebody else's by now; with the time it was created it is this one."""

    role: str  # server, bucket, cpu, gpu
    pid: int
    created: float  # seconds since the epoch, as psutil gives them
    port: int | None = None
    log: Path


class State(Record):
    """A service, whole or in the making: each process is written down as soon as it runs."""

    address: str  # of the server, e.g. http://127.0.0.1:4200
    bucket: str  # where releases go: a URL on loopback, or S3
    auth: bool
    processes: tuple[Process, ...] = ()

    @property
    def api(self) -> str:
        return f"{self.address}/api"

    def process(self, role: str) -> Process | None:
        return next((process for process in self.processes if process.role == role), None)


def folder(settings: Settings) -> Path:
    """Where state, logs, lock and password are."""
    return settings.root / "service"


def read(settings: Settings) -> State | None:
    """What was started and not stopped; None where there is nothing. It may have died since."""
    try:
        return State.model_validate_json((folder(settings) / "service.json").read_text("utf-8"))
    except (OSError, ValueError):
        return None


def write(settings: Settings, state: State) -> None:
    """In one step: a reader sees the old or the new."""
    place = folder(settings)
    partial = place / f"service.json.{os.getpid()}"
    partial.write_text(state.model_dump_json(indent=1), "utf-8")
    partial.replace(place / "service.json")


def forget(settings: Settings) -> None:
    (folder(settings) / "service.json").unlink(missing_ok=True)


def password_file(settings: Settings) -> Path:
    return folder(settings) / "password"


def auth_string(settings: Settings, *, make: bool = False) -> str:
    """`user:password` for the API, or nothing. JOSI_API_PASSWORD holds; else what was generated and kept.

    `make`: generate one where there is none.
    """
    if settings.api_password:
        return f"{USER}:{settings.api_password.get_secret_value()}"
    file = password_file(settings)
    kept = file.read_text("utf-8") if file.exists() else ""
    if make and not kept:
        kept = secrets.token_urlsafe(24)
        _keep_secret(file, kept)
    return f"{USER}:{kept}" if kept else ""


def _keep_secret(file: Path, text: str) -> None:
    """In one step, and at no moment readable for others."""
    partial = file.with_suffix(f".{os.getpid()}")
    with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as stream:
        stream.write(text)
    partial.replace(file)


def client_environment(settings: Settings) -> dict[str, str]:
    """What lets a client find the service of this JOSI_HOME, while it is up; a password that was given, in any case."""
    found = {"PREFECT_API_AUTH_STRING": auth_string(settings)} if settings.api_password else {}
    state = read(settings)
    if state is None:
        return found
    from blocks.service.processes import running

    server = state.process("server")
    if server is None or running(server) is None:
        return found
    return {"PREFECT_API_URL": state.api, **_auth(settings, state)}


def _auth(settings: Settings, state: State) -> dict[str, str]:
    return {"PREFECT_API_AUTH_STRING": auth_string(settings)} if state.auth else {}
