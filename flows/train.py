"""One role, from data to adapter."""

from prefect import flow

from blocks.recipe import Inputs, Recipe
from josi.records import Artifact, Role
from tasks.data.prepare import gather, prepare
from tasks.train.obtain import obtain
from tasks.train.sft import train as fine_tune


@flow(name="train", flow_run_name="train-{recipe.name}-{role}")
def train(recipe: Recipe, role: Role, inputs: Inputs = Inputs()) -> Artifact:
    """Train the adapter of one role."""
    corpus = prepare(recipe.data, gather(inputs))
    base = obtain(recipe.base, corpus.sets, inputs.base_folder)
    return fine_tune(recipe.model_name(role), recipe.sft[role], recipe.base.name, base, corpus.sets[role])
