"""From a tested candidate to a release that apps find: asked, approved, published."""

from prefect import flow

from blocks.order import ReleaseOrder
from josi.approval import Decided
from tasks.release.approve import approve_task, find
from tasks.release.ask import ask, in_question
from tasks.release.ended import ended
from tasks.release.publish import publish_task
from tasks.release.published import Released


@flow(name="release", flow_run_name="release-{order.title}")
def release(order: ReleaseOrder) -> Released:
    """Ask a person unless the answer is given, put it on record, and publish what it approves.

    Waiting for an answer takes no worker: the run is suspended, and starts here again once somebody has answered.
    """
    found = find(in_question() or order.candidate)
    answer = order.answer or ask(found, order.channel, order.patience_hours)
    approval = approve_task(found, answer, order.channel)
    agreed = approval.decided is Decided.APPROVE
    return ended(approval, publish_task(found, approval, order.dry_run) if agreed else None)
