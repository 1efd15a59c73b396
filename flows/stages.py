"""Parts of the main job, for running one stage by itself."""

from collections.abc import Mapping

from prefect import flow

from blocks.order import Order, TrainOrder
from flows.train import train
from josi.records import Artifact, Role
from tasks.data.prepare import gather, prepared
from tasks.export.convert import Build, export
from tasks.export.merge import merge
from tasks.train.obtain import obtain


@flow(name="base", flow_run_name="base-{order.title}")
def base(order: Order) -> Artifact:
    """Make or fetch the base."""
    recipe = order.chosen()
    corpus = prepared(recipe, gather(order.inputs))
    return obtain(recipe.base, corpus.sets, order.base_folder)


@flow(name="merge", flow_run_name="merge-{order.title}")
def merged(order: TrainOrder) -> Mapping[Role, Artifact]:
    """Train the roles and merge them."""
    trained = train.fn(order)
    return {role: merge(trained.base, adapter) for role, adapter in trained.adapters.items()}


@flow(name="export", flow_run_name="export-{order.title}")
def exported(order: TrainOrder) -> Mapping[Role, Build]:
    """Train the roles, merge them and export them."""
    recipe = order.chosen()
    corpus = prepared(recipe, gather(order.inputs))
    return {
        role: export(role, model, corpus.sets[role], recipe.model_name(role), recipe.quant)
        for role, model in merged.fn(order).items()
    }
