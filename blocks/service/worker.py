"""A worker on this machine for a service anywhere: what must be there, and the command that is it."""

import os

from blocks.service import commands, processes, state
from blocks.service.api import Api
from blocks.service.result_block import check_store
from blocks.settings import Settings
from josi.errors import UsageError


def prepare_worker(
    pool: str, name: str, limit: int | None, settings: Settings
) -> tuple[tuple[str, ...], dict[str, str]]:
    """The command line of the worker and its whole environment.

    Raises UsageError for what cannot work, ServiceError where the API does not answer.
    """
    url = os.environ.get("PREFECT_API_URL", "")
    if not url:
        raise UsageError(
            "This worker does not know which service it works for: PREFECT_API_URL is empty.",
            "Set PREFECT_API_URL=http://SERVER:4200/api, or run `josi up` on this machine.",
        )
    if not settings.store_address and not _ours(settings, url):
        raise UsageError(
            f"{url} is not served from {settings.root}, and the store is a folder that its other workers do not see.",
            "Set JOSI_STORE=s3://NAME[/PREFIX], for the server's own workers too.",
        )
    with Api(url, os.environ.get("PREFECT_API_AUTH_STRING", "")) as api:
        api.check()
    check_store(settings)
    return commands.start_worker(pool, name or commands.worker_name(pool), limit), commands.worker_environment(settings)


def _ours(settings: Settings, url: str) -> bool:
    """Whether `josi up` runs the API at `url` here, with the same store. A tunnel looks alike, and is not."""
    found = state.read(settings)
    server = found.process("server") if found else None
    return bool(found and server and found.api == url.rstrip("/") and processes.running(server))
