"""What a GPU does for a candidate: the base where it is made here, and an adapter for each role."""

from prefect import flow

from blocks.machine import require_gpu
from blocks.order import TrainOrder
from blocks.settings import Settings
from josi.examples import Corpus
from tasks.data.prepare import gather, prepared
from tasks.train.elsewhere import Trained, Training, elsewhere, require_same_code
from tasks.train.obtain import obtain
from tasks.train.sft import train as fine_tune


@flow(name="train", flow_run_name="train-{order.title}", persist_result=True, result_serializer="json")
def train(order: TrainOrder) -> Trained:
    """Train the adapter of each role that is ordered."""
    recipe = order.chosen()
    require_gpu(recipe, order.allow_cpu)
    corpus = prepared(recipe, order.sources or gather(order.inputs))
    require_same_code(order, corpus.sets)
    base = obtain(recipe.base, corpus.sets, order.base_folder)
    adapters = {
        role: fine_tune(recipe.model_name(role), recipe.sft[role], recipe.base.name, base, corpus.sets[role])
        for role in recipe.those(order.roles)
    }
    return Trained(base=base, adapters=adapters)


def trained(order: TrainOrder, corpus: Corpus) -> Trained:
    """The same by this process or, in the service, by a worker of the pool whose deployment `JOSI_TRAIN_WITH` names."""
    deployment = Settings().train_with
    if not deployment:
        return train.fn(order)
    recipe = order.chosen()
    sft = {role: recipe.sft[role] for role in recipe.those(order.roles)}
    training = Training(base=recipe.base, sft=sft, sets=corpus.sets)
    # A folder has no identity before it is read, and only the machine that trains can read it: look there each time.
    ask = elsewhere.with_options(refresh_cache=True) if order.base_folder else elsewhere
    return ask(deployment, order, training)
