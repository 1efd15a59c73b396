"""The whole service as a team has it: workers in folders of their own, everything they share on S3."""

from collections.abc import Mapping
from typing import Any

import pytest
from prefect.client.schemas.objects import FlowRun

from blocks.settings import Settings
from tests.service.story import from_order_to_release
from tests.service.team import Team, until
from tests.support import pair_alone

# The pair of all tests, but for the seed of one adapter: that alone is trained again.
ANOTHER: Mapping[str, Any] = {"recipe": "tiny", "changes": {"sft.explainer.seed": 8}}


@pytest.fixture(scope="module")
def workers(team: Team) -> Team:
    team.worker("cpu")
    team.worker("gpu")
    return team


def seed(team: Team) -> None:
    """Put what was made for all tests where the team looks: the newest result of each key, and its artifacts."""
    mine = Settings()
    with pair_alone(), pytest.MonkeyPatch.context() as patch, team.settings(patch) as theirs:
        for path in sorted(mine.results_folder.glob("*@*/*"), key=lambda path: path.stat().st_mtime):
            key = path.relative_to(mine.results_folder).as_posix()
            artifacts = mine.results.artifacts(key)
            if artifacts and all(mine.store.holds(artifact) for artifact in artifacts):
                for artifact in artifacts:
                    theirs.store.put(mine.store.fetch(artifact), artifact.kind, artifact.name)
                theirs.results.bucket.put(key, path)


def test_a_night_ends_in_a_release_and_the_next_one_trains_nothing(
    workers: Team, s3: str, request: pytest.FixtureRequest
) -> None:
    request.getfixturevalue("pair")  # asked for here: the workers start while another process still trains it
    seed(workers)

    from_order_to_release(workers, s3, ANOTHER, 500)


def test_the_schedule_creates_runs(workers: Team) -> None:
    def scheduled() -> list[FlowRun]:
        return [run for run in workers.named("") if run.auto_scheduled and run.state_name == "Scheduled"]

    runs = until("a scheduled run", 120, scheduled)

    with workers.client() as client:
        nightly = client.read_deployment_by_name("nightly/nightly")
    assert {run.deployment_id for run in runs} == {nightly.id}
    assert all(run.next_scheduled_start_time.hour in (0, 1) for run in runs if run.next_scheduled_start_time)


def test_workers_share_no_folder(workers: Team) -> None:
    """What the gpu worker made, the cpu worker has from the bucket: each home holds its own copies."""
    gpu, cpu = (workers.machines[name].root / ".josi/store" for name in ("gpu", "cpu"))

    made, brought = ({path.name for path in (home / "adapter").iterdir()} for home in (gpu, cpu))
    assert made
    assert made <= brought
    assert not list(gpu.glob("gguf/*"))
