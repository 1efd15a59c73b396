"""What a run shows of itself in Prefect's UI. What it shows is never a reason for work to fail."""

import logging
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import cast
from uuid import UUID

import httpx
from prefect.artifacts import (
    Artifact,
    create_link_artifact,
    create_markdown_artifact,
    create_progress_artifact,
    update_progress_artifact,
)
from prefect.client.schemas.objects import Artifact as ArtifactResponse
from prefect.exceptions import PrefectException
from prefect.runtime import flow_run

log = logging.getLogger(__name__)

EVERY_S = 2.0  # a progress bar moves at most as often


def key_of(*words: str) -> str:
    """A key as Prefect wants it: small letters, digits, dashes.

    The same for every run of a line, e.g. `gate-report-tiny`: so the UI lists them below each other, as versions.
    """
    return re.sub(r"[^a-z0-9]+", "-", "-".join(words).lower()).strip("-")


def show(what: str, about: str, markdown: str, description: str) -> UUID | None:
    """A page of the run, e.g. show("gate-report", "tiny", ...). Its id, or None where it could not be kept.

    The same page of the same run is shown once: a run may come here twice, e.g. when it goes on after a question.
    """
    key = key_of(what, about)
    with not_vital(description):
        last = cast(ArtifactResponse | None, Artifact.get(key))
        if last and str(last.flow_run_id) == flow_run.id and last.data == markdown:
            return last.id
        return cast(UUID, create_markdown_artifact(markdown, key=key, description=description))
    return None


def show_link(what: str, about: str, address: str, text: str, description: str) -> None:
    """A link of the run to somewhere else. Nothing where there is no address."""
    if address:
        with not_vital(description):
            create_link_artifact(address, text, key=key_of(what, about), description=description)


def progress_bar(description: str) -> Callable[[int, int], None]:
    """A progress bar among the run's artifacts; call what is returned with (done, in all) as often as you like."""
    shown: UUID | None = None
    with not_vital(description):
        shown = create_progress_artifact(0.0, description=description)  # type: ignore[assignment]  # sync
    last = time.monotonic()

    def update(done: int, total: int) -> None:
        nonlocal last
        if shown and (done == total or time.monotonic() - last > EVERY_S):
            last = time.monotonic()
            with not_vital(description):
                update_progress_artifact(shown, 100.0 * done / total)

    return update


@contextmanager
def not_vital(what: str) -> Iterator[None]:
    """Around what only shows something: where Prefect's API does not answer, a line in the log is all that happens."""
    try:
        yield
    except (httpx.HTTPError, PrefectException, OSError) as error:
        log.warning("%s is not shown: %s", what, error)
