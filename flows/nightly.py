"""Every night: what is new becomes a candidate, and a person is asked about it. Nothing new: nothing is done."""

from prefect import flow
from prefect.client.schemas.objects import State
from prefect.states import Completed

from blocks.order import NightlyOrder, TrainOrder
from blocks.settings import Settings
from flows.cancel import cancel_children
from flows.candidate import STAGES, candidate
from josi.nightly import Nightly
from tasks.data.prepare import gather, left_out, prepared
from tasks.export.runtime import Settled, runtime
from tasks.release.news import conclude_task, look_back
from tasks.release.seal import ingredients


@flow(name="nightly", flow_run_name="nightly-{order.title}", on_cancellation=[cancel_children])
def nightly(order: NightlyOrder) -> State[Nightly]:
    """Train what changed since the last night, and ask.

    Blocked is a completed night: nothing crashed and trying again would change nothing; the event and the reasons are
    for a person.
    """
    recipe = order.chosen()
    sources = gather(order.inputs)
    corpus = prepared(recipe, sources)
    made_from = ingredients(recipe, corpus, runtime(recipe.prefix, Settled.of(recipe)), STAGES)
    before = look_back(made_from)
    found = before or candidate(TrainOrder.of(order, recipe, sources))
    night = conclude_task(found, order, before is None, left_out(corpus, Settings().store))
    return Completed(name=night.outcome, message=night.message, data=night)
