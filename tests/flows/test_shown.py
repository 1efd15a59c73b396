"""A run in which everything was found made shows what a run shows that made it."""

from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import ArtifactFilter, ArtifactFilterFlowRunId

from blocks.order import Order
from flows.candidate import candidate
from josi.candidate import Candidate


def test_data_report_gate_report_and_lineage_are_shown_although_all_is_cached(pair: Candidate, prefect: None) -> None:
    state = candidate(Order(), return_state=True)

    run = state.state_details.flow_run_id
    with get_client(sync_client=True) as client:
        wanted = ArtifactFilter(flow_run_id=ArtifactFilterFlowRunId(any_=[run]))
        found = [one for one in client.read_artifacts(artifact_filter=wanted) if one.key]
        assert client.read_flow_run(run).name == "candidate-tiny"
    shown = {one.key: str(one.data) for one in found}
    assert len(shown) == len(found), "a page is shown twice"
    assert shown["data-report-tiny"].startswith("# Data of this run")
    assert shown["gate-report-tiny"].startswith("# Open for")
    lineage = shown["lineage-tiny"]
    assert lineage.startswith(f"# {pair.identity}")
    assert all(part.sha256 in lineage for part in pair.ggufs.values())
    for step in ("prepare", "train-josi-tiny-interpreter", "merge-josi-tiny-explainer", "evaluate-josi-tiny"):
        assert f"| {step} | found |" in lineage
