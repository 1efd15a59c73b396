"""What people tell a run that waits or has stopped: yes, no, go on."""

from typing import Annotated
from uuid import UUID

import typer

from cli import options, show
from josi.approval import Answer, Approval, Decided
from josi.records import Channel, Record

Which = Annotated[str, typer.Argument(metavar="CANDIDATE", help="Identity or digest, or the beginning of one.")]
Approver = Annotated[str, typer.Option(envvar="APPROVER", help="Who decides.")]
Note = Annotated[str, typer.Option(help="Why.")]
OnChannel = Annotated[
    Channel | None, typer.Option(help="Default: what the waiting run asked, else the highest channel that is open.")
]
Wait = Annotated[bool, typer.Option(help="Follow the run until it has ended.")]


class RunEnd(Record):
    """Where a run that was answered or continued stands."""

    run: str
    state: str
    message: str
    link: str


@show.fails_kindly
def approve(
    candidate: Which,
    approver: Approver,
    note: Note = "",
    channel: OnChannel = None,
    wait: Wait = True,
    as_json: options.Json = False,
) -> None:
    """Approve a candidate. The record binds the digest of everything that was tested.

    A release run of the service that waits for this answer gets it and publishes. Where none waits, the decision is put
    on record, and `josi publish` goes by it.
    """
    _decide(candidate, Answer(decided=Decided.APPROVE, approver=approver, note=note, channel=channel), wait, as_json)


@show.fails_kindly
def decline(
    candidate: Which,
    approver: Approver,
    note: Note = "",
    channel: OnChannel = None,
    wait: Wait = True,
    as_json: options.Json = False,
) -> None:
    """Decline a candidate: it will not be published. Answers a waiting release run, as `josi approve` does."""
    _decide(candidate, Answer(decided=Decided.DECLINE, approver=approver, note=note, channel=channel), wait, as_json)


@show.fails_kindly
def resume(
    run: Annotated[str, typer.Argument(metavar="RUN", help="Id or name of a flow run; `last`: what failed last.")],
    wait: Wait = False,
    as_json: options.Json = False,
) -> None:
    """Continue a run that failed, crashed or was cancelled. What was made is found; training goes on where it was.

    **Examples** `josi resume last` · `josi resume candidate-tiny --wait`
    """
    from blocks.runs import api, carry_on, find_run, link

    with api() as client:
        found = find_run(client, run)
        carry_on(client, found)
    show.console.print(f"{found.name} goes on: {link(found.id)}", markup=False)
    done = _follow(found.id, found.name) if wait else RunEnd(run=found.name, state="", message="", link=link(found.id))
    show.result(done, f"{done.run}: {done.state or 'waits for a worker'}. {done.message}".strip(), as_json=as_json)


def _decide(candidate: str, answer: Answer, wait: bool, as_json: bool) -> None:
    """Answer whoever waits; else put the decision on record."""
    if ended := _answer_waiting(candidate, answer, wait):
        show.result(ended, ended.message or f"{ended.run} goes on.", as_json=as_json)
        return
    approval = _record(candidate, answer)
    about = approval.evidence.candidate_identity
    show.result(approval, f"{approval.approver}: {approval.decided} {about} for {approval.channel}.", as_json=as_json)


def _answer_waiting(candidate: str, answer: Answer, wait: bool) -> RunEnd | None:
    """Send the answer to the release run that waits for it, and follow it. None where no run waits."""
    from blocks.runs import api, is_configured, link
    from tasks.release.questions import send, the_question, waiting

    if not is_configured():
        return None
    with api() as client:
        asked = the_question(waiting(client, candidate, answer.channel), candidate)
        for question in asked:
            send(client, question, answer)
            show.console.print(f"{question.name} has the answer: {link(question.run)}", markup=False)
    if not asked:
        show.console.print("No release run waits for it: the decision is put on record.")
        return None
    first = asked[0]
    if not wait:
        return RunEnd(run=first.name, state="Resuming", message="", link=link(first.run))
    return _follow(first.run, first.name)


def _record(candidate: str, answer: Answer) -> Approval:
    from blocks.settings import Settings
    from tasks.release.approve import approve as decide
    from tasks.release.approve import find_candidate

    store = Settings().store
    return decide(find_candidate(store, candidate), answer, store=store)


def _follow(run: UUID, name: str) -> RunEnd:
    """Wait for a run, telling its states. Raises ServiceError where it comes to no good end."""
    from blocks.runs import api, follow, link
    from josi.errors import ServiceError

    with api() as client:
        state = follow(client, run, lambda word: show.console.print(f"  {word}", markup=False))
    if not (state.is_completed() or state.is_paused()):
        raise ServiceError(
            f"{name} ended {state.name}: {state.message}", f"Mend it, then: josi resume {run}. {link(run)}"
        )
    return RunEnd(run=name, state=state.name or "", message=state.message or "", link=link(run))
