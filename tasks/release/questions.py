"""The questions that release runs wait with, as the Prefect API has them; and how an answer reaches them."""

from datetime import UTC, datetime
from fnmatch import fnmatchcase
from typing import Any
from uuid import UUID

import orjson
from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.filters import FlowFilter, FlowFilterName, FlowRunFilter, FlowRunFilterState
from prefect.client.schemas.filters import FlowRunFilterStateType as StateTypes
from prefect.client.schemas.objects import FlowRun, State, StateType
from prefect.client.schemas.responses import SetStateStatus
from prefect.exceptions import PrefectHTTPStatusError
from pydantic import AwareDatetime

from blocks.runs import link
from blocks.service.expired import EXPIRED
from josi.approval import NAME_LENGTH, NOTE_LENGTH, Answer
from josi.errors import NotApproved, UsageError
from josi.records import Channel, Record
from tasks.release.form import filled_in

FLOW = "release"
_NOT_FOUND = 404


class Question(Record):
    """What a run asked: about which candidate, for which channel, until when. `key` is Prefect's for the answer."""

    run: UUID
    name: str
    candidate: str
    sha256: str
    channel: Channel
    until: AwareDatetime
    key: str
    expired: bool = False  # by the server's clock, which is the one that counts

    @property
    def is_over(self) -> bool:
        """Whether the time to answer has passed."""
        return self.expired or self.until < datetime.now(UTC)


def questions_asked(client: SyncPrefectClient, run: FlowRun) -> list[Question]:
    """Every question that a run has asked, oldest first. One whose form was never saved is none."""
    states = sorted(client.read_flow_run_states(run.id), key=lambda state: state.timestamp)
    found = []
    for number, state in enumerate(states):
        question = _question(client, run, state) if state.is_paused() else None
        if question:
            expired = any(fnmatchcase(later.message or "", EXPIRED) for later in states[number + 1 :])
            found.append(question.model_copy(update={"expired": expired}))
    return found


def response_to(client: SyncPrefectClient, question: Question) -> dict[str, Any] | None:
    """What was answered, or None."""
    found: dict[str, Any] | None = _input(client, question.run, question.key)
    return found


def waiting(client: SyncPrefectClient, reference: str = "", channel: Channel | None = None) -> list[Question]:
    """The questions that wait for an answer now. `reference` is a candidate's identity or digest, or its beginning."""
    paused = client.read_flow_runs(
        flow_filter=FlowFilter(name=FlowFilterName(any_=[FLOW])),
        flow_run_filter=FlowRunFilter(state=FlowRunFilterState(type=StateTypes(any_=[StateType.PAUSED]))),
    )
    last = [asked[-1] for run in paused if (asked := questions_asked(client, run))]
    return [
        one
        for one in last
        if (one.candidate.startswith(reference) or one.sha256.startswith(reference)) and channel in {None, one.channel}
    ]


def the_question(found: list[Question], reference: str) -> list[Question]:
    """What one answer may be sent to: a single candidate and channel (two runs may ask the same).

    Raises UsageError where the reference leaves a choice.
    """
    if len({(one.sha256, one.channel) for one in found}) > 1:
        which = ", ".join(f"{one.candidate} for {one.channel}" for one in found)
        raise UsageError(f"{reference or 'This'} fits {which}.", "Give more of the candidate, or --channel.")
    return found


def send(client: SyncPrefectClient, question: Question, answer: Answer) -> None:
    """Answer a question; its run goes on where a worker picks it up.

    Raises UsageError with the server's reason for an answer that does not fit the form (the run still waits), or where
    somebody was quicker; NotApproved when the time is over.
    """
    form = filled_in(answer, question.channel, question.candidate, question.sha256)
    done = client.resume_flow_run(question.run, run_input=form)
    if done.status is SetStateStatus.ACCEPT:
        return
    reason = getattr(done.details, "reason", "") or "no reason given"
    if question.is_over:
        raise NotApproved(
            f"The time to answer {question.name} ended {question.until:%Y-%m-%d %H:%M} UTC: it is declined.",
            f"Ask again with a new release run, or: josi approve {question.candidate} --approver NAME",
        )
    if done.status is SetStateStatus.REJECT:
        raise UsageError(
            f"{question.name} refused the answer and still waits. {reason}",
            f"Give a name of 1 to {NAME_LENGTH} characters that is not blank, and a note of at most {NOTE_LENGTH}.",
        )
    raise UsageError(f"{question.name} was answered already. {reason}", f"See what became of it: {link(question.run)}")


def _question(client: SyncPrefectClient, run: FlowRun, state: State[Any]) -> Question | None:
    keys, until = state.state_details.run_input_keyset, state.state_details.pause_timeout
    schema = _input(client, run.id, keys["schema"]) if keys else None
    if not (keys and until and schema):
        return None
    candidate, digest, channel = (schema["properties"][name]["enum"][0] for name in ("candidate", "digest", "channel"))
    return Question(
        run=run.id,
        name=run.name,
        candidate=candidate,
        sha256=digest,
        channel=Channel(channel),
        until=until,
        key=keys["response"],
    )


def _input(client: SyncPrefectClient, run: UUID, key: str) -> Any:
    try:
        return orjson.loads(client.read_flow_run_input(run, key))
    except PrefectHTTPStatusError as error:
        if error.response.status_code == _NOT_FOUND:
            return None
        raise
