"""What a run shows: under keys that Prefect takes, once, and never at the cost of the work."""

import re

import pytest
from prefect import flow
from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import ArtifactFilter, ArtifactFilterKey
from prefect.settings import PREFECT_API_URL, PREFECT_CLIENT_MAX_RETRIES, temporary_settings

from tasks.shown import key_of, progress_bar, show, show_link


def _kept(key: str) -> list[object]:
    with get_client(sync_client=True) as client:
        found = client.read_artifacts(artifact_filter=ArtifactFilter(key=ArtifactFilterKey(any_=[key])))
    return [one.data for one in found]


@pytest.mark.parametrize(
    ("words", "key"),
    [
        (("gate-report", "tiny"), "gate-report-tiny"),
        (("loss", "Qwen2.5_1.5B"), "loss-qwen2-5-1-5b"),
        (("data-report", "v5.Josi-"), "data-report-v5-josi"),
    ],
)
def test_a_key_is_what_prefect_takes(words: tuple[str, ...], key: str) -> None:
    assert key_of(*words) == key
    assert re.fullmatch(r"[a-z0-9-]+", key)


def test_a_run_shows_a_page_once_and_the_next_run_a_version_of_it(prefect: None) -> None:
    @flow
    def shows(text: str) -> None:
        show("page", "shown-twice", text, "A page")
        show("page", "shown-twice", text, "A page")

    shows("one")
    assert _kept("page-shown-twice") == ["one"]
    shows("one")
    assert _kept("page-shown-twice") == ["one", "one"]


def test_a_progress_bar_ends_at_a_hundred(prefect: None) -> None:
    @flow
    def works() -> None:
        move = progress_bar("Some work, by steps")
        for step in range(1, 8):
            move(step, 7)

    works()

    with get_client(sync_client=True) as client:
        (bar,) = (one for one in client.read_artifacts() if one.description == "Some work, by steps")
    assert bar.data == 100


def test_work_goes_on_where_the_bar_was_deleted_meanwhile(prefect: None, caplog: pytest.LogCaptureFixture) -> None:
    @flow
    def works() -> str:
        move = progress_bar("Work that somebody hides")
        with get_client(sync_client=True) as client:
            (bar,) = (one for one in client.read_artifacts() if one.description == "Work that somebody hides")
            client.delete_artifact(bar.id)
        move(1, 1)
        return "done"

    assert works() == "done"
    assert "Work that somebody hides is not shown" in caplog.text


def test_work_goes_on_where_the_api_is_gone(prefect: None, caplog: pytest.LogCaptureFixture) -> None:
    with temporary_settings({PREFECT_API_URL: "http://127.0.0.1:9/api", PREFECT_CLIENT_MAX_RETRIES: 0}):
        assert show("page", "lost", "text", "A page") is None
        show_link("link", "lost", "http://127.0.0.1:9", "there", "A link")
        progress_bar("A bar")(1, 1)

    for what in ("A page", "A link", "A bar"):
        assert f"{what} is not shown" in caplog.text
