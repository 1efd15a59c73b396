"""Parts of the main job, for running one stage by itself."""

from prefect import flow

from blocks.recipe import Inputs, Recipe
from flows.train import train
from josi.records import Artifact, Role
from tasks.data.prepare import gather, prepare
from tasks.export.convert import Build, export
from tasks.export.merge import merge
from tasks.train.obtain import obtain


@flow(name="base", flow_run_name="base-{recipe.name}")
def base(recipe: Recipe, inputs: Inputs = Inputs()) -> Artifact:
    """Make or fetch the base."""
    corpus = prepare(recipe.data, gather(inputs))
    return obtain(recipe.base, corpus.sets, inputs.base_folder)


@flow(name="merge", flow_run_name="merge-{recipe.name}-{role}")
def merged(recipe: Recipe, role: Role, inputs: Inputs = Inputs()) -> Artifact:
    """Train one role and merge it."""
    return merge(base(recipe, inputs), train(recipe, role, inputs))


@flow(name="export", flow_run_name="export-{recipe.name}-{role}")
def exported(recipe: Recipe, role: Role, inputs: Inputs = Inputs()) -> Build:
    """Train one role, merge it and export it."""
    corpus = prepare(recipe.data, gather(inputs))
    return export(role, merged(recipe, role, inputs), corpus.sets[role], recipe.model_name(role), recipe.quant)
