"""A night: nothing new trains nothing, what is new is made once and asked about once, blocked says why."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.actions import WorkPoolCreate
from prefect.client.schemas.filters import TaskRunFilter, TaskRunFilterFlowRunId
from prefect.client.schemas.objects import FlowRun, State
from prefect.settings import PREFECT_LOCAL_STORAGE_PATH, temporary_settings
from prefect.states import Cancelled

from blocks.order import NightlyOrder
from blocks.settings import Settings
from flows.candidate import STAGES
from flows.nightly import nightly
from josi.approval import Answer, Decided
from josi.candidate import Candidate, Verdict
from josi.errors import UsageError
from josi.nightly import Nightly, Outcome
from josi.records import Channel, Kind
from tasks.data.prepare import gather_sources, prepare_corpus
from tasks.export.runtime import Settled, pack_runtime
from tasks.release.approve import approve
from tasks.release.news import made_before
from tasks.release.seal import ingredients
from tests.candidates import small_candidate

SMALL = {
    "data.interpreter_examples": 60,
    "data.explainer_examples": 40,
    "data.validation_share": 0.3,
    "quant.type": "f16",
    "base.layers": 1,
    "base.steps": 2,
    "base.batch_size": 2,
    **{f"sft.{role}.max_steps": 3 for role in ("interpreter", "explainer")},
    **{f"decoding.{role}.max_new_tokens": 1 for role in ("interpreter", "explainer")},
}
TRAINING = {"base", "train", "merge", "export", "evaluate", "seal"}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, prefect: None) -> Iterator[Path]:
    """A home of its own: nothing made here is found by other tests, nor theirs here."""
    root = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch, temporary_settings({PREFECT_LOCAL_STORAGE_PATH: root / "results"}):
        patch.setenv("JOSI_HOME", str(root))
        yield root


@pytest.fixture(scope="module")
def made_from(home: Path) -> str:
    """What tonight's candidate would be made from."""
    order, store = NightlyOrder(changes=SMALL), Settings().store
    recipe = order.chosen()
    corpus = prepare_corpus(recipe.data, gather_sources(order.inputs, store), store)
    return ingredients(recipe, corpus, pack_runtime(recipe.prefix, Settled.of(recipe), store), STAGES)


@pytest.fixture(scope="module")
def client(home: Path) -> Iterator[SyncPrefectClient]:
    with get_client(sync_client=True) as found:
        yield found


@pytest.fixture(scope="module")
def deployed(client: SyncPrefectClient) -> None:
    """A deployment that nobody works on: what is asked stays asked."""
    client.create_work_pool(WorkPoolCreate(name="nobody", type="process"))
    client.create_deployment(client.create_flow_from_name("release"), "release", work_pool_name="nobody")


@pytest.fixture
def candidate(made_from: str) -> Iterator[Candidate]:
    """Open for beta, made last night. Gone afterwards."""
    with _made(made_from) as found:
        yield found


def _night(**order: Any) -> tuple[State[Nightly], Nightly]:
    state = nightly(NightlyOrder(changes=SMALL, **order), return_state=True)
    return state, state.result()


def _tasks(client: SyncPrefectClient, state: State[Any]) -> set[str]:
    wanted = TaskRunFilter(flow_run_id=TaskRunFilterFlowRunId(any_=[state.state_details.flow_run_id]))
    return {run.name.split("-")[0] for run in client.read_task_runs(task_run_filter=wanted)}


def _asked(client: SyncPrefectClient, found: Candidate) -> list[FlowRun]:
    runs = client.read_flow_runs()
    return [run for run in runs if run.parameters.get("order", {}).get("candidate") == found.digest]


@contextmanager
def _made(made_from: str, **changes: Any) -> Iterator[Candidate]:
    store = Settings().store
    found = small_candidate(store).model_copy(update={"made_from": made_from, **changes})
    store.put_bytes(found.model_dump_json().encode(), "candidate.json", Kind.CANDIDATE, "tiny")
    yield found
    shutil.rmtree(store.root / Kind.CANDIDATE)


def test_nothing_new_trains_nothing_and_says_so(
    candidate: Candidate, client: SyncPrefectClient, deployed: None
) -> None:
    first, asked = _night()
    second, night = _night()

    assert asked.outcome is Outcome.ASKED, "nobody had asked about it: a night that ended too early"
    assert second.name == night.outcome == Outcome.NOTHING_NEW
    assert second.is_completed()
    assert candidate.identity in night.message and "Scheduled" in night.release
    assert not (_tasks(client, first) | _tasks(client, second)) & TRAINING


def test_the_same_is_asked_once_whatever_became_of_the_question(
    candidate: Candidate, client: SyncPrefectClient, deployed: None
) -> None:
    _night(patience_hours=5)
    (run,) = _asked(client, candidate)
    client.set_flow_run_state(run.id, Cancelled(), force=True)
    _, night = _night()

    assert night.outcome is Outcome.NOTHING_NEW
    assert run.name in night.message and "Cancelled" in night.message
    assert len(_asked(client, candidate)) == 1
    assert run.parameters["order"]["channel"] == "beta", "the most demanding channel that the gate opens"
    assert run.parameters["order"]["patience_hours"] == 5
    assert run.parent_task_run_id is None, "it lives on when the night is over"


def test_another_channel_is_another_question(candidate: Candidate, client: SyncPrefectClient, deployed: None) -> None:
    nights = [_night(channel=channel)[1] for channel in (Channel.DEV, Channel.BETA, Channel.DEV)]

    assert [night.outcome for night in nights] == [Outcome.ASKED, Outcome.ASKED, Outcome.NOTHING_NEW]
    assert sorted(run.parameters["order"]["channel"] for run in _asked(client, candidate)) == ["beta", "dev"]


@pytest.mark.parametrize("decided", Decided)
def test_what_is_decided_is_not_asked_again(
    decided: Decided, candidate: Candidate, client: SyncPrefectClient, deployed: None
) -> None:
    answer = Answer(channel=Channel.BETA, decided=decided, approver="Robin")
    approve(candidate, answer, store=Settings().store)

    _, night = _night()

    assert night.outcome is Outcome.NOTHING_NEW
    assert f"{decided}d for beta by Robin" in night.message
    assert _asked(client, candidate) == []


def test_what_was_blocked_last_night_is_nothing_new_and_its_reasons_are_shown(
    made_from: str, client: SyncPrefectClient, deployed: None
) -> None:
    reasons = {channel: (f"{channel} wants more",) for channel in Channel}
    with _made(made_from, verdict=Verdict(reasons=reasons)) as found:
        told, _ = _night()  # no night has told of it yet: one that was killed before it could, say
        state, night = _night()

    assert told.name == Outcome.BLOCKED
    assert state.name == Outcome.NOTHING_NEW
    assert night.reasons == tuple(f"{channel}: {channel} wants more" for channel in Channel)
    assert _asked(client, found) == []
    (shown,) = (
        one
        for one in client.read_artifacts()
        if (one.key, one.flow_run_id) == ("nightly-tiny", state.state_details.flow_run_id)
    )
    assert "production wants more" in str(shown.data)


def test_an_inbox_that_is_not_there_or_empty_is_nothing_new(
    candidate: Candidate, home: Path, deployed: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    _night()
    monkeypatch.setenv("JOSI_INBOX", str(home / "nowhere"))
    assert _night()[1].outcome is Outcome.NOTHING_NEW

    (home / "box").mkdir()
    monkeypatch.setenv("JOSI_INBOX", str(home / "box"))
    assert _night()[1].outcome is Outcome.NOTHING_NEW


def test_a_file_in_the_inbox_that_cannot_be_used_is_nothing_new_and_is_named(
    candidate: Candidate, home: Path, deployed: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    box = home / "box of one"
    box.mkdir()
    (box / "old.jsonl").write_bytes("café".encode("latin-1"))
    monkeypatch.setenv("JOSI_INBOX", str(box))
    _night()

    _, night = _night()

    assert night.outcome is Outcome.NOTHING_NEW
    assert night.left_out[0].startswith("old.jsonl: ") and "iconv" in night.left_out[0]


def test_without_the_deployment_that_asks_the_night_fails_with_the_remedy(
    candidate: Candidate, client: SyncPrefectClient
) -> None:
    for deployment in client.read_deployments():
        client.delete_deployment(deployment.id)

    with pytest.raises(UsageError, match="josi up"):
        nightly(NightlyOrder(changes=SMALL))


def test_a_night_loads_nothing_that_only_training_needs() -> None:
    """A night in which nothing is new is over in seconds because of that."""
    heavy = "torch transformers matplotlib llama_cpp numpy boto3 prefect_aws"
    script = f"import sys, flows.nightly; print([name for name in '{heavy}'.split() if name in sys.modules])"

    found = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True).stdout

    assert found.strip() == "[]"


@pytest.mark.slow
def test_new_data_is_made_into_a_candidate_and_blocked_with_reasons_and_is_nothing_new_the_next_night(
    home: Path, client: SyncPrefectClient
) -> None:
    """Two steps of training: a real candidate, which no gate lets pass."""
    state, night = _night()
    again, second = _night()

    assert (state.name, again.name) == (Outcome.BLOCKED, Outcome.NOTHING_NEW)
    assert state.is_completed(), "nothing crashed"
    assert night.candidate == second.candidate
    assert night.reasons == second.reasons and any(reason.startswith("dev: ") for reason in night.reasons)
    assert made_before(Settings().store, "something else") is None
    assert not _tasks(client, again) & TRAINING
