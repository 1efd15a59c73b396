"""What goes wrong in a team's nights, with real processes and real kills; and nobody has to mend the run by hand."""

import json
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from prefect.client.schemas.objects import StateType
from prefect.states import Crashed

from blocks.service.automations import LOST_AFTER_S
from josi.candidate import Candidate
from josi.records import Role
from tests.proxy import Proxy, proxied
from tests.service.breaking import (
    children,
    kill,
    order,
    paused,
    press,
    processes,
    result,
    serving,
    tasks,
    trains,
)
from tests.service.team import Machine, Team, until

pytestmark = pytest.mark.slow

OUTAGE_S = 60.0
SERVER_GONE_S = 20.0
END = 400.0  # seconds for a candidate, on cores that others use too
GONE_ON = "going on from step"
CANCEL = {"type": "CANCELLING", "name": "Cancelling"}  # as the UI's buttons send them
RETRY = {"type": "SCHEDULED", "name": "AwaitingRetry", "message": "Retry from the UI"}


@pytest.fixture(scope="module")
def way(s3: str) -> Iterator[Proxy]:
    """To S3, for all of the team."""
    with proxied(s3) as proxy:
        yield proxy


@pytest.fixture(scope="module")
def the_team(way: Proxy, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Team]:
    found = Team(tmp_path_factory.mktemp("failing"), way.url)
    yield found
    found.close()


@pytest.fixture
def team(the_team: Team) -> Team:
    """With one worker for each pool, whatever the test before has done to them."""
    for machine in list(the_team.machines.values()):
        if machine.name not in ("cpu", "gpu"):
            machine.stop()
    for pool in ("cpu", "gpu"):
        if not the_team.machine(pool, CUDA_VISIBLE_DEVICES="").process:
            the_team.worker(pool)
    return the_team


@pytest.fixture(scope="module")
def alone(the_team: Team) -> Machine:
    """A machine that shares nothing with anybody, where all is done in one process."""
    return Machine(the_team.root, "alone", {})


def trained_alone(machine: Machine, wanted: dict[str, Any]) -> str:
    """The digest of the adapter that the same order gives there."""
    sets = [word for key, value in wanted["changes"].items() if key != "roles" for word in ("--set", f"{key}={value}")]
    done = machine.josi("train", "--role", "interpreter", *sets, "--json", seconds=END)
    assert done.returncode == 0, done.stderr
    return str(json.loads(done.stdout)["sha256"])


def adapter_of(candidate: Candidate) -> str:
    return candidate.adapters[Role.INTERPRETER].sha256


def test_a_killed_training_goes_on_from_its_checkpoint_on_another_worker(team: Team, alone: Machine) -> None:
    wanted = order(11)
    run = team.start("candidate/candidate", wanted)
    first = trains(team, run)

    with paused(team, "gpu"):  # so that the first worker does not take the retry
        kill(processes(first.id))
        state = team.ended(first.id, 60).state
        team.machines["gpu"].stop()
    team.worker("gpu", "gpu-2")

    assert state and state.is_crashed()
    assert team.ended(run, END).state_type == StateType.COMPLETED
    _, second = children(team, run)
    assert GONE_ON in team.told(second.id)
    assert adapter_of(result(team, run)) == trained_alone(alone, wanted)


def test_worker_and_process_killed_together_are_found_out_and_resume_goes_on(team: Team) -> None:
    """Both machines lose their power: nobody is left who could say what became of their runs."""
    run = team.start("candidate/candidate", order(12))
    first = trains(team, run)
    for name in ("cpu", "gpu"):
        team.machines[name].kill()
    waiting = team.start("train/train", {**order(13, steps=12), "roles": ["interpreter"]})
    team.worker("gpu", "gpu-2")

    for one in (run, first.id):
        state = team.ended(one, LOST_AFTER_S + 60).state
        assert state and state.is_crashed() and "josi resume" in str(state.message)
    assert team.ended(waiting, END).state_type == StateType.COMPLETED, "the place in the pool is not free"
    team.worker("cpu", "cpu-2")
    resumed = team.server.josi("resume", str(run))

    assert resumed.returncode == 0, resumed.stderr
    assert team.ended(run, END).state_type == StateType.COMPLETED
    *_, second = children(team, run)
    assert GONE_ON in team.told(second.id)
    assert {task.name: task.state_name for task in tasks(team, second.id)}["base-tiny-qwen2"] == "Cached"


def test_while_its_child_still_trains_a_lost_candidate_is_retried_and_trains_nothing_twice(team: Team) -> None:
    run = team.start("candidate/candidate", order(14, steps=120))
    first = trains(team, run)
    team.machines["cpu"].kill()
    with team.client() as client:  # what the automation says after a while
        client.set_flow_run_state(run, Crashed(message="No heartbeat"), force=True)
    assert team.run(first.id).state_type == StateType.RUNNING
    team.worker("cpu", "cpu-2")

    press(team, run, RETRY)

    until("a second child", 120, lambda: len(children(team, run)) == 2)
    end = time.monotonic() + END
    while not team.run(run).state.is_final():  # type: ignore[union-attr]
        assert sum(child.state_type == StateType.RUNNING for child in children(team, run)) <= 1
        assert time.monotonic() < end, team.logs()
        time.sleep(1)
    assert team.run(run).state_type == StateType.COMPLETED
    _, second = children(team, run)
    assert "Finished in state Cached" in team.told(second.id)
    assert GONE_ON not in team.told(second.id)


def test_cancelled_means_stopped_and_cleaned_up(team: Team) -> None:
    wanted = order(15, steps=120)
    run = team.start("candidate/candidate", wanted)
    child = trains(team, run)

    press(team, run, CANCEL)

    for one in (run, child.id):
        assert team.ended(one, 90).state_name == "Cancelled", team.logs()
    until("the end of the processes", 20, lambda: not processes(run) and not processes(child.id))
    assert [
        path for name in ("cpu", "gpu") for path in (team.machines[name].root / ".josi/store/scratch").iterdir()
    ] == []
    again = team.start("candidate/candidate", wanted)
    assert team.ended(again, END).state_type == StateType.COMPLETED
    assert GONE_ON in team.told(children(team, again)[-1].id)


def test_a_worker_without_gpu_refuses_a_recipe_that_needs_one(team: Team) -> None:
    run = team.start("candidate/candidate", {"recipe": "v5"})

    refused = team.ended(run, 120)

    (child,) = children(team, run)
    for one in (refused, child):
        assert one.state_type == StateType.FAILED
        assert one.run_count == 1
        for words in ("v5 needs a GPU", "--allow-cpu"):
            assert words in str(one.state and one.state.message)
            assert words in team.told(one.id)
    assert child.total_run_time.total_seconds() < 30
    assert [task.name for task in tasks(team, child.id)] == [], "something was done or fetched first"


def test_candidates_at_once_do_not_disturb_each_other(team: Team, alone: Machine) -> None:
    one, other = order(16), order(17)

    runs = [team.start("candidate/candidate", wanted) for wanted in (one, other, other)]

    for run in runs:
        assert team.ended(run, 2 * END).state_type == StateType.COMPLETED, team.told(run)
    first, second, third = (result(team, run) for run in runs)
    assert adapter_of(first) == trained_alone(alone, one)
    assert (second.base, second.adapters, second.ggufs) == (third.base, third.adapters, third.ggufs)
    assert adapter_of(second) != adapter_of(first)


def test_s3_may_be_away_for_a_minute_while_training_and_while_uploading(team: Team, way: Proxy) -> None:
    wanted = order(18)
    before = way.cuts
    way.cut(OUTAGE_S, at=b"PUT /models/store/artifacts/checkpoint/train")
    run = team.start("candidate/candidate", wanted)
    until("the first outage", END, lambda: way.cuts == before + 1)
    way.cut(OUTAGE_S, at=b"PUT /models/store/artifacts/gguf")
    until("the second outage", END, lambda: way.cuts == before + 2)
    night = team.start("nightly/nightly", wanted)

    for one in (run, night):
        found = team.ended(one, END)
        assert (found.state_type, found.run_count) == (StateType.COMPLETED, 1), team.told(one)
    assert len(children(team, run)) == 1
    made = result(team, run)
    with pytest.MonkeyPatch.context() as patch, team.settings(patch) as settings:
        for artifact in (made.base, *made.adapters.values(), *made.ggufs.values(), made.runtime, made.report):
            settings.store.fetch(artifact)


def test_runs_outlast_a_killed_server_and_those_after_it_can_be_cancelled(team: Team) -> None:
    run, later = (team.start("train/train", {**order(seed), "roles": ["interpreter"]}) for seed in (19, 20))
    until("training", 120, lambda: team.run(run).state_type == StateType.RUNNING)

    serving(team).kill()
    time.sleep(SERVER_GONE_S)
    up = team.server.josi("up", "--port", str(urlsplit(team.api).port), "--no-workers", "--json")

    assert up.returncode == 0, up.stderr
    found = team.ended(run, END)
    assert (found.state_type, found.run_count) == (StateType.COMPLETED, 1), team.logs()
    until("the next one", 120, lambda: team.run(later).state_type == StateType.RUNNING)
    press(team, later, CANCEL)
    assert team.ended(later, 90).state_name == "Cancelled", team.logs()
