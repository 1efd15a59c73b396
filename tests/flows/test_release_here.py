"""The release flow in one process, as `josi run` calls it: the answer is given, or the run says how to give one."""

import json
from pathlib import Path

import pytest

from blocks.order import ReleaseOrder
from blocks.settings import Settings
from flows.release import release
from josi.approval import Answer, Decided
from josi.candidate import Candidate
from josi.errors import GateBlocked, NotApproved, UsageError
from josi.records import Channel
from tasks.release.approve import decisions
from tasks.release.published import Outcome, Released
from tests.candidates import small_candidate

YES = Answer(channel=Channel.DEV, decided=Decided.APPROVE, approver="Robin")
NO = Answer(decided=Decided.DECLINE, approver="Sam", note="too terse")


@pytest.fixture
def one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, prefect: None) -> Candidate:
    monkeypatch.setenv("JOSI_HOME", str(tmp_path))
    return small_candidate(Settings().store)


def test_what_is_approved_is_published_and_published_twice_changes_nothing(one: Candidate, tmp_path: Path) -> None:
    order = ReleaseOrder(candidate=one.identity, answer=YES)

    first, second = release(order).or_refused(), release(order).or_refused()

    assert (first.outcome, second.outcome) == (Outcome.NEW, Outcome.UNCHANGED)
    assert json.loads((tmp_path / "bucket/channels/dev.json").read_text())["release"] == first.release


def test_a_decline_is_a_state_that_says_so_and_publishes_nothing(one: Candidate, tmp_path: Path) -> None:
    state = release(ReleaseOrder(candidate=one.identity, channel=Channel.DEV, answer=NO), return_state=True)

    done = Released.model_validate(state.result())
    assert (state.name, state.is_completed()) == ("Declined", True)
    assert state.message == f"{one.identity} was declined for dev by Sam: too terse. Nothing was published."
    assert [held.decided for held in decisions(Settings().store, one.digest, Channel.DEV)] == [Decided.DECLINE]
    with pytest.raises(NotApproved, match="too terse"):
        done.or_refused()
    assert not (tmp_path / "bucket").exists()


def test_a_blocked_gate_stops_before_anything_is_published(one: Candidate, tmp_path: Path) -> None:
    answer = YES.model_copy(update={"channel": Channel.PRODUCTION})
    with pytest.raises(GateBlocked, match="production"):
        release(ReleaseOrder(candidate=one.identity, answer=answer))

    assert not (tmp_path / "bucket").exists()


def test_without_an_answer_and_without_a_deployment_it_says_how_to_give_one(one: Candidate) -> None:
    with pytest.raises(UsageError, match="josi approve"):
        release(ReleaseOrder(candidate=one.identity))
