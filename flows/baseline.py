"""Phase 1: a candidate whose scores become what later runs are measured against."""

from prefect import flow

from blocks.order import Order
from flows.cancel import cancel_children
from flows.candidate import candidate
from josi.candidate import Candidate
from tasks.evaluate.scoreboard import keep_as_baseline


@flow(name="baseline", flow_run_name="baseline-{order.title}", on_cancellation=[cancel_children])
def baseline(order: Order) -> Candidate:
    """Make a candidate and keep its scoreboard."""
    made = candidate(order)
    keep_as_baseline(made.recipe, made.report)
    return made
