"""The main job, end to end on the tiny recipe: one pair for all of these tests."""

import json

from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import TaskRunFilter, TaskRunFilterFlowRunId

from blocks.order import Order
from blocks.settings import Settings
from flows.candidate import candidate
from josi.candidate import Candidate
from josi.records import Channel, Role
from tests.support import pair_alone

CACHED_STAGES = {"prepare", "base", "train", "merge", "export", "floor", "evaluate"}


def _report(pair: Candidate) -> dict[str, object]:
    found: dict[str, object] = json.loads((Settings().store.fetch(pair.report) / "report.json").read_text())
    return found


def test_the_tiny_pair_may_go_to_dev_and_not_to_production(pair: Candidate) -> None:
    assert pair.verdict.allows(Channel.DEV), pair.verdict.reasons[Channel.DEV]
    assert not pair.verdict.allows(Channel.PRODUCTION)
    assert any("not measured" in reason for reason in pair.verdict.reasons[Channel.PRODUCTION])


def test_known_phrasings_are_understood(pair: Candidate) -> None:
    """The model's own action, before any rule, on rows it has not seen in phrasings that it has."""
    known = _report(pair)["metrics"]["sets"]["known"]["model"]["action"]  # type: ignore[index]

    assert known["hits"] / known["total"] >= 0.95


def test_the_report_shows_the_linear_floor_beside_the_model(pair: Candidate) -> None:
    sets = {found["name"]: found for found in _report(pair)["floor"]["sets"]}  # type: ignore[index]

    assert list(sets) == ["known", "unseen", "prompts"]
    for name, found in sets.items():
        own = _report(pair)["metrics"]["sets"][name]["model"]["action"]  # type: ignore[index]
        assert found["model"] == own
        assert found["floor"]["total"] == own["total"]
        assert found["floor"]["hits"] / own["total"] > 0.5, "it learned the rows: one action in five by chance"


def test_the_second_run_is_all_cached(pair: Candidate, prefect: None) -> None:
    state = candidate(Order(), return_state=True)

    with get_client(sync_client=True) as client:
        runs = client.read_task_runs(
            task_run_filter=TaskRunFilter(flow_run_id=TaskRunFilterFlowRunId(any_=[state.state_details.flow_run_id]))
        )
    states = {run.name.split("-")[0]: run.state_name for run in runs}
    made = {run.name: run.state_name for run in runs if run.name.split("-")[0] in CACHED_STAGES}
    assert set(made.values()) == {"Cached"}, states
    assert state.result() == pair


def test_a_corrupted_artifact_is_detected_and_made_anew(pair: Candidate, prefect: None) -> None:
    store = Settings().store
    gguf = pair.ggufs[Role.EXPLAINER]
    path = store.file(gguf)
    with pair_alone():
        path.chmod(0o644)
        data = bytearray(path.read_bytes())
        data[len(data) // 2] ^= 0xFF
        path.write_bytes(data)

        again = candidate(Order())

    assert again.ggufs == pair.ggufs
    assert store.holds(gguf)


def test_the_report_names_what_was_tested_by_digest(pair: Candidate) -> None:
    folder = Settings().store.fetch(pair.report)
    page = (folder / "report.html").read_text("utf-8")

    for gguf in pair.ggufs.values():
        assert gguf.sha256[:12] in page
