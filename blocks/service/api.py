"""Prefect's API as it is asked about itself. Plain HTTP: importing Prefect's client takes two seconds."""

import time
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

import httpx

from josi.errors import ServiceError
from josi.records import Record

ATTEMPTS, PAUSE = 10, 0.5  # SQLite under load: "service unavailable", and a moment later it is not
WAITING = ("SCHEDULED", "PENDING")
_HEADLESS = "Start it with `josi up`, or set PREFECT_API_URL to where it runs."


class Pool(Record):
    """A work pool as a person wants to know it."""

    name: str
    limit: int | None
    paused: bool
    workers: tuple[str, ...]  # online
    waiting: int  # runs that are due
    running: int


class Run(Record):
    """A flow run."""

    name: str
    state: str
    message: str
    started: datetime | None


def _is_loopback(url: str) -> bool:
    """No proxy stands before a server on this machine; before another one there may be, and a CA of the team's own."""
    return urlsplit(url).hostname in ("127.0.0.1", "::1", "localhost")


class Api:
    """A Prefect API at `url` (…/api). Raises ServiceError where it does not answer or refuses."""

    def __init__(self, url: str, auth: str = "", timeout: float = 10) -> None:
        self.url = url.rstrip("/")
        user, _, password = auth.partition(":")
        given = httpx.BasicAuth(user.encode(), password.encode()) if auth else None
        self._client = httpx.Client(auth=given, timeout=timeout, trust_env=not _is_loopback(self.url))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

    def healthy(self) -> bool:
        """Whether it answers at all; needs no password."""
        try:
            return self._client.get(f"{self.url}/health").status_code == httpx.codes.OK
        except httpx.HTTPError:
            return False

    def check(self) -> str:
        """The server's version. Raises ServiceError where it does not answer, or wants another password."""
        return str(self._ask("GET", "admin/version"))

    def pools(self) -> tuple[Pool, ...]:
        return tuple(self._pool(found) for found in self._ask("POST", "work_pools/filter", {}))

    def workers(self, pool: str) -> dict[str, datetime]:
        """The workers of a pool that are online, and when each was heard of last."""
        found = self._ask("POST", f"work_pools/{pool}/workers/filter", {})
        return {w["name"]: datetime.fromisoformat(w["last_heartbeat_time"]) for w in found if w["status"] == "ONLINE"}

    def runs(self, limit: int = 5) -> tuple[Run, ...]:
        """The runs that began last, newest first."""
        begun = {"start_time": {"is_null_": False}}
        asked = {"sort": "START_TIME_DESC", "limit": limit, "flow_runs": begun}
        return tuple(
            Run(
                name=run["name"],
                state=run["state_name"] or "",
                message=((run.get("state") or {}).get("message") or "")[:200],
                started=run["start_time"],
            )
            for run in self._ask("POST", "flow_runs/filter", asked)
        )

    def crashed(self, run: str, why: str) -> None:
        """Say of a flow run whose process is gone that it is; one that has ended already stays what it is."""
        found = self._ask("GET", f"flow_runs/{run}")["state"] or {}
        end = {"RUNNING": "CRASHED", "PENDING": "CRASHED", "CANCELLING": "CANCELLED"}.get(found.get("type", ""))
        if end:
            said = {"type": end, "name": end.capitalize(), "message": why}
            self._ask("POST", f"flow_runs/{run}/set_state", {"state": said, "force": True})

    def _pool(self, found: dict[str, Any]) -> Pool:
        name = found["name"]
        now = datetime.now(UTC).isoformat()
        return Pool(
            name=name,
            limit=found["concurrency_limit"],
            paused=found["is_paused"],
            workers=tuple(sorted(self.workers(name))),
            waiting=self._count(name, WAITING, expected_start_time={"before_": now}),
            running=self._count(name, ("RUNNING", "CANCELLING")),
        )

    def _count(self, pool: str, states: tuple[str, ...], **more: Any) -> int:
        asked = {"state": {"type": {"any_": states}}, **more}
        return int(self._ask("POST", "flow_runs/count", {"work_pools": {"name": {"any_": [pool]}}, "flow_runs": asked}))

    def _ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        try:
            for _ in range(ATTEMPTS):
                answer = self._client.request(method, f"{self.url}/{path}", json=body)
                if answer.status_code != httpx.codes.SERVICE_UNAVAILABLE:
                    break
                time.sleep(PAUSE)
        except httpx.HTTPError as error:
            raise ServiceError(f"The Prefect API at {self.url} does not answer ({error}).", _HEADLESS) from error
        if answer.status_code == httpx.codes.UNAUTHORIZED:
            raise ServiceError(
                f"The Prefect API at {self.url} wants a password.", "Set JOSI_API_PASSWORD to the one of the server."
            )
        if answer.is_error:
            raise ServiceError(f"The Prefect API at {self.url} answers {answer.status_code} to {path}.", _HEADLESS)
        return answer.json()
