"""A release run of the service: it waits with a form, takes no worker meanwhile, and does what was answered."""

import json
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from prefect.client.schemas.filters import ArtifactFilter, ArtifactFilterFlowRunId, ArtifactFilterKey
from prefect.client.schemas.responses import SetStateStatus

from blocks.settings import Settings
from blocks.store import FolderStore
from josi.approval import Decided
from josi.candidate import Candidate
from josi.records import Channel
from tasks.release.approve import holding
from tests.candidates import small_candidate
from tests.released import Service

SECONDS = 1 / 3600  # of an hour


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    running = Service(tmp_path_factory.mktemp("release"))
    try:
        running.start_server()
        running.start_worker()
        running.deploy()
        yield running
    finally:
        running.stop()


def asked(service: Service, candidate: Candidate, **more: Any) -> UUID:
    """A release run that waits for an answer about it."""
    run = service.order(candidate.identity, **{"channel": Channel.DEV, **more})
    service.until_state(run, "Suspended")
    return run


def offered(service: Service) -> str:
    """What the dev channel offers: the candidate's digest, or nothing."""
    pointer = service.bucket / "channels/dev.json"
    if not pointer.exists():
        return ""
    release = json.loads(pointer.read_text())["release"]
    manifest = json.loads((service.bucket / f"releases/{release}/models.json").read_text())
    return str(manifest["candidate"])


def artifact(service: Service, run: UUID, key: str) -> str:
    with service.client() as client:
        found = client.read_artifacts(
            artifact_filter=ArtifactFilter(
                flow_run_id=ArtifactFilterFlowRunId(any_=[run]), key=ArtifactFilterKey(any_=[key])
            )
        )
    return str(found[0].data)


def form(candidate: Candidate, **fields: str) -> dict[str, str]:
    """What the page sends when the form was filled in."""
    fixed = {"channel": "dev", "candidate": candidate.identity, "digest": candidate.digest}
    return {"decision": "approve", "approver": "Ada", "note": "", **fixed, **fields}


def test_an_answer_that_does_not_fit_is_refused_and_one_that_does_publishes(service: Service) -> None:
    one, other = small_candidate(service.store), small_candidate(service.store)
    run = asked(service, one)
    bad: dict[str, dict[str, str]] = {
        "'approver'": form(one, approver="  "),
        "'decision'": form(one, decision="maybe"),
        "'digest'": form(one, digest=other.digest),
        "'channel'": form(one, channel="production"),
        "required property": {"decision": "approve", "approver": "Ada"},
    }
    with service.client() as client:
        for reason, sent in bad.items():
            refused = client.resume_flow_run(run, run_input=sent)
            assert refused.status is SetStateStatus.REJECT
            assert reason in refused.details.reason  # type: ignore[union-attr]
    assert service.run(run).state_name == "Suspended"
    assert not service.bucket.exists()

    with service.client() as client:
        client.resume_flow_run(run, run_input=form(one, note="calm and clear"))

    ended = service.until_state(run, "Published", "Failed", "Crashed")
    assert ended.name == f"release-{one.identity}"
    assert ended.state and "is in channel dev" in str(ended.state.message)
    assert offered(service) == one.digest
    held = holding(service.store, one, Channel.DEV)
    assert held and (held.decided, held.approver, held.note) == (Decided.APPROVE, "Ada", "calm and clear")
    assert "calm and clear" in artifact(service, run, "release-tiny")
    assert "All is well." in artifact(service, run, "gate-report-tiny")


@pytest.mark.slow
def test_a_blank_name_in_the_terminal_is_refused_and_a_decline_publishes_nothing(service: Service) -> None:
    one = small_candidate(service.store)
    run = asked(service, one)

    blank = service.josi("approve", one.identity, "--approver", "  ")
    assert blank.returncode == 2
    assert "refused the answer and still waits" in blank.stderr
    assert "'approver'" in blank.stderr
    assert service.run(run).state_name == "Suspended"

    done = service.josi("decline", one.identity[:-4], "--approver", "Bob", "--note", "too terse")
    again = service.josi("decline", one.identity, "--approver", "Bob", "--note", "too terse")
    publish = service.josi("publish", one.identity)

    assert done.returncode == 0, done.stderr
    assert "was declined for dev by Bob: too terse. Nothing was published." in done.stdout
    assert service.run(run).state_name == "Declined"
    assert again.returncode == 0
    assert "No release run waits" in again.stderr
    assert publish.returncode == 4
    assert "declined by Bob" in publish.stderr
    assert offered(service) != one.digest


@pytest.mark.slow
def test_the_same_question_is_asked_once(service: Service) -> None:
    one = small_candidate(service.store)
    asked(service, one)

    second = service.order(one.identity, channel=Channel.DEV)
    beta = asked(service, one, channel=Channel.BETA)

    ended = service.until_state(second, "Failed", "Suspended")
    assert ended.state and "asks about" in str(ended.state.message)
    which = service.josi("approve", one.identity, "--approver", "Ada")
    assert which.returncode == 2
    assert "Give more of the candidate, or --channel" in which.stderr
    one_of_them = service.josi("approve", one.identity, "--approver", "Ada", "--channel", "beta")
    assert one_of_them.returncode == 0, one_of_them.stderr
    assert service.run(beta).state_name == "Published"


@pytest.mark.slow
def test_silence_is_a_no_on_record(service: Service) -> None:
    from blocks.service.automations import register_automations

    one = small_candidate(service.store)
    with service.client():
        register_automations(Settings())

    run = service.order(one.identity, channel=Channel.DEV, patience_hours=4 * SECONDS)

    ended = service.until_state(run, "Declined")
    assert ended.state and "by nobody (no answer in 0.00111111 h)" in str(ended.state.message)
    held = holding(service.store, one, Channel.DEV)
    assert held and held.decided is Decided.DECLINE
    assert service.josi("publish", one.identity).returncode == 4
    with service.client() as client:
        late = client.resume_flow_run(run, run_input=form(one))
    assert late.status is SetStateStatus.ABORT
    assert offered(service) != one.digest


@pytest.mark.slow
def test_worker_and_server_may_be_killed_while_a_run_waits(service: Service) -> None:
    one = small_candidate(service.store)
    run = asked(service, one)

    service.kill("worker")
    service.kill("server")
    service.start_server()
    told = service.josi("approve", one.identity, "--approver", "Ada", "--no-wait")
    assert told.returncode == 0, told.stderr
    service.start_worker()

    service.until_state(run, "Published")
    assert offered(service) == one.digest


@pytest.mark.slow
def test_a_question_whose_time_ran_out_while_the_server_was_down_is_declined(service: Service) -> None:
    from blocks.service.automations import register_automations

    one = small_candidate(service.store)
    with service.client():
        register_automations(Settings())
    run = asked(service, one, patience_hours=10 * SECONDS)

    service.kill("server")
    time.sleep(12)
    service.start_server()
    with service.client():
        register_automations(Settings())  # as `josi up` does

    service.until_state(run, "Declined")


@pytest.mark.slow
def test_what_was_shown_is_what_is_decided_whatever_is_the_newest_by_then(service: Service) -> None:
    one = small_candidate(service.store)
    run = service.order("", channel=Channel.DEV)  # the newest
    service.until_state(run, "Suspended")

    other = small_candidate(service.store)
    with service.client() as client:
        assert client.resume_flow_run(run, run_input=form(one)).status is SetStateStatus.ACCEPT

    service.until_state(run, "Published")
    assert offered(service) == one.digest != other.digest


@pytest.mark.slow
def test_a_failed_run_goes_on_where_it_was_and_a_waiting_one_is_answered_instead(
    service: Service, tmp_path: Path
) -> None:
    elsewhere = FolderStore(tmp_path / "store")
    one = small_candidate(elsewhere)
    run = service.order(one.identity, channel=Channel.DEV)
    service.until_state(run, "Failed")
    shutil.copytree(elsewhere.root, service.store.root, dirs_exist_ok=True)

    again = service.josi("resume", "last", "--wait")
    refused = service.josi("resume", str(run))

    assert again.returncode == 0, again.stderr
    assert f"release-{one.identity}: Suspended" in again.stdout
    assert refused.returncode == 2
    assert "josi approve" in refused.stderr
    declined = service.josi("decline", one.identity, "--approver", "Bob")
    assert declined.returncode == 0, declined.stderr
    assert "is done" in service.josi("resume", f"release-{one.identity}").stderr
