"""From a recipe to a tested candidate."""

from prefect import flow

from blocks.order import Order, TrainOrder
from flows.cancel import cancel_children
from flows.train import trained
from josi.candidate import Candidate
from tasks.data.prepare import gather, prepared
from tasks.data.quality.gate import passed
from tasks.evaluate.evaluate import evaluate
from tasks.evaluate.floor import floor, floor_of
from tasks.evaluate.scoreboard import baseline_of
from tasks.export.convert import export
from tasks.export.merge import merge
from tasks.export.runtime import Settled, runtime
from tasks.release.seal import ingredients, seal
from tasks.train.base import make_base
from tasks.train.sft import train

STAGES = (make_base, train, merge, export, floor, evaluate)  # whose code, by version, makes a candidate what it is


@flow(name="candidate", flow_run_name="candidate-{order.title}", on_cancellation=[cancel_children])
def candidate(order: Order) -> Candidate:
    """Turn one recipe into a tested candidate. What was made before from the same things is not made again."""
    recipe = order.chosen()
    sources = order.sources or gather(order.inputs)
    corpus = prepared(recipe, sources)
    passed(recipe, corpus)
    made = trained(TrainOrder.of(order, recipe, sources), corpus)
    merged = {role: merge(made.base, made.adapters[role]) for role in recipe.roles}
    builds = {
        role: export(role, merged[role], corpus.sets[role], recipe.model_name(role), recipe.quant)
        for role in recipe.roles
    }
    settings = runtime(recipe.prefix, Settled.of(recipe))
    ggufs = {role: build.gguf for role, build in builds.items()}
    parity = {role: build.parity for role, build in builds.items()}
    judged = evaluate(ggufs, settings, corpus.scenarios, parity, baseline_of(recipe.name), floor_of(corpus))
    made_from = ingredients(recipe, corpus, settings, STAGES)
    return seal(recipe, corpus, made.base, made.adapters, ggufs, settings, judged, made_from)
