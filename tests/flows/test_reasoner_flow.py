"""The flow `reasoner`, with a real Prefect API."""

from pathlib import Path

import pytest
from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import TaskRunFilter, TaskRunFilterFlowRunId

from flows.reasoner import reasoner
from josi.errors import GateBlocked
from josi.reasoner import payload_in
from tasks.reasoner.job import Done, Job, Options, Outcome
from tests.reasoner_data import OLD, examples, swift_files, write_rows


@pytest.fixture
def job(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Job:
    monkeypatch.setenv("JOSI_HOME", str(tmp_path / "home"))
    return Job(
        data=write_rows(tmp_path / "rows.jsonl", examples()),
        swift=tuple(swift_files(tmp_path / "apps")),
        report=tmp_path / "out",
    )


def _held(job: Job) -> set[str]:
    return {payload_in(path.name, path.read_bytes()) for path in job.swift}


def test_the_flow_writes_once_and_then_finds_nothing_new(job: Job, prefect: None) -> None:
    first = reasoner(job, return_state=True)
    second = reasoner(job, return_state=True)

    assert [Done.model_validate(state.result()).outcome for state in (first, second)] == [
        Outcome.WRITTEN,
        Outcome.UNCHANGED,
    ]
    assert OLD not in _held(job)
    with get_client(sync_client=True) as client:
        names = [
            {
                run.name.rsplit("-", 1)[0]
                for run in client.read_task_runs(
                    task_run_filter=TaskRunFilter(
                        flow_run_id=TaskRunFilterFlowRunId(any_=[state.state_details.flow_run_id])
                    )
                )
            }
            for state in (first, second)
        ]
    assert names == [{"begin", "train", "compare", "judge", "write"}, {"begin"}]


def test_a_closed_gate_fails_the_flow_and_leaves_the_files(job: Job, prefect: None) -> None:
    demanding = job.model_copy(update={"options": Options(min_samples=1000)})

    with pytest.raises(GateBlocked, match="samples"):
        reasoner(demanding)

    assert _held(job) == {OLD}
    assert (job.report / "report.html").exists()


def test_a_schedule_gives_the_job_as_json(job: Job, prefect: None) -> None:
    given = reasoner.validate_parameters({"job": job.model_dump(mode="json")})

    assert given["job"] == job
