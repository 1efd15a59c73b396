"""Ask a person from within a release run: the run is suspended, its process ends, no worker is held.

When the answer is there, the run starts again from the top, and this finds it. A run that nobody answered in time is
started again as well (see `blocks/service`), and finds that: silence is a no.
"""

import logging
import platform
from datetime import timedelta
from uuid import UUID

from prefect.client.schemas.objects import FlowRun
from prefect.context import FlowRunContext
from prefect.flow_runs import suspend_flow_run

from blocks.bucket import open_bucket
from blocks.runs import api, is_configured, link, page
from blocks.service.expired import carry_on_expired
from blocks.service.notify import about_to_wait
from blocks.settings import Settings
from josi.approval import Answer, unanswered
from josi.candidate import Candidate
from josi.errors import JosiError, UsageError
from josi.records import Channel
from tasks.release.approve import open_channel
from tasks.release.briefing import briefing, in_short
from tasks.release.form import form, said
from tasks.release.questions import questions_asked, response_to, waiting
from tasks.shown import show

log = logging.getLogger(__name__)


def ask(candidate: Candidate, channel: Channel | None, hours: float) -> Answer:
    """The answer to this run's question; where there is none yet, ask and suspend the run (which ends this process).

    Raises GateBlocked where the gate does not open the channel, NotApproved where the question was about another
    candidate, UsageError where another run asks the same or where nobody could continue this one.
    """
    run = _this_run(candidate)
    target = open_channel(candidate, channel)
    carry_on_expired()
    with api() as client:
        asked = questions_asked(client, run)
        response = response_to(client, asked[-1]) if asked else None
        others = [one for one in waiting(client, candidate.digest, target) if one.run != run.id]
    if response is not None:
        return said(response, candidate)
    if asked and asked[-1].is_over:
        return unanswered(asked[-1].channel, hours)
    if others:
        raise UsageError(
            f"{others[0].name} asks about {candidate.identity} for {target} already.",
            f"Answer that one: {link(others[0].run)}",
        )
    _suspend(run, candidate, target, hours, number=len(asked) + 1)
    raise AssertionError("A suspended run goes no further.")  # suspend_flow_run has raised


def in_question() -> str:
    """The digest of the candidate that this run has asked about; nothing where it has asked nothing yet.

    What was shown is what is decided, also where "the newest" is another one by now.
    """
    context = FlowRunContext.get()
    run = context.flow_run if context else None
    if run is None or run.deployment_id is None or not is_configured():
        return ""
    with api() as client:
        asked = questions_asked(client, run)
    return asked[-1].sha256 if asked else ""


def _suspend(run: FlowRun, candidate: Candidate, channel: Channel, hours: float, number: int) -> None:
    text = _told(candidate, channel, run)
    log.info(
        "%s may go to %s: waiting %g h for an answer. In the UI: %s. In a terminal: josi approve|decline %s "
        "--approver NAME",
        candidate.identity,
        channel,
        hours,
        link(run.id),
        candidate.identity,
    )
    about_to_wait(run.id)
    suspend_flow_run(
        wait_for_input=form(candidate, channel, text),
        timeout=max(1, round(timedelta(hours=hours).total_seconds())),
        key=f"approval-{number}",  # a run that was cancelled and continued asks anew
    )


def _told(candidate: Candidate, channel: Channel, run: FlowRun) -> str:
    """What the form says. All there is to know is on two pages of this run, where every browser can open it."""
    settings = Settings()
    bucket, store = open_bucket(settings), settings.store
    links = {"Gate report": _report(candidate)}
    everything = {**links, "This run": link(run.id), **_folder(candidate)}
    text = briefing(candidate, channel, bucket=bucket, store=store, links=everything)
    asked = f"May {candidate.identity} go to {channel}? All there is to know"
    links["Reasons, differences, digests"] = _page(show("approval-request", candidate.recipe, text, asked))
    return in_short(candidate, channel, bucket=bucket, store=store, links=links)


def _report(candidate: Candidate) -> str:
    try:
        text = (Settings().store.fetch(candidate.report) / "report.md").read_text("utf-8")
    except (JosiError, OSError):  # a report of another shape; the form is shown without it
        return ""
    return _page(show("gate-report", candidate.recipe, text, f"Gate report of {candidate.identity}"))


def _page(artifact: UUID | None) -> str:
    return page(f"artifacts/artifact/{artifact}") if artifact else ""


def _folder(candidate: Candidate) -> dict[str, str]:
    path = Settings().store.folder(candidate.report) / "report.html"
    return {f"The same with plots, a file on {platform.node()}": str(path)}


def _this_run(candidate: Candidate) -> FlowRun:
    """This flow run. Raises UsageError where Prefect could not start it again after an answer."""
    context = FlowRunContext.get()
    run = context.flow_run if context else None
    if run is None or run.deployment_id is None:
        raise UsageError(
            f"{candidate.identity} needs an answer, and only a run of the deployment release/release can wait for one.",
            "Run: prefect deployment run release/release; or decide first: "
            f"josi approve {candidate.identity} --approver NAME && josi publish {candidate.identity}",
        )
    if run.parent_task_run_id is not None:
        raise UsageError(
            "A run inside another run cannot wait for an answer.",
            "Start it with run_deployment(..., as_subflow=False).",
        )
    return run
