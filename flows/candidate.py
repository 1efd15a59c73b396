"""From a recipe to a tested candidate."""

from prefect import flow

from blocks.recipe import Inputs, Recipe
from josi.candidate import Candidate
from tasks.data.prepare import gather, prepare
from tasks.evaluate.evaluate import evaluate
from tasks.evaluate.scoreboard import baseline_of
from tasks.export.convert import export
from tasks.export.merge import merge
from tasks.export.runtime import Settled, runtime
from tasks.release.seal import seal
from tasks.train.obtain import obtain
from tasks.train.sft import train


@flow(name="candidate", flow_run_name="candidate-{recipe.name}")
def candidate(recipe: Recipe, inputs: Inputs = Inputs()) -> Candidate:
    """Turn one recipe into a tested candidate. What was made before from the same things is not made again."""
    corpus = prepare(recipe.data, gather(inputs))
    base = obtain(recipe.base, corpus.sets, inputs.base_folder)
    adapters = {
        role: train(recipe.model_name(role), recipe.sft[role], recipe.base.name, base, corpus.sets[role])
        for role in recipe.roles
    }
    merged = {role: merge(base, adapters[role]) for role in recipe.roles}
    builds = {
        role: export(role, merged[role], corpus.sets[role], recipe.model_name(role), recipe.quant)
        for role in recipe.roles
    }
    settings = runtime(recipe.prefix, Settled.of(recipe))
    ggufs = {role: build.gguf for role, build in builds.items()}
    parity = {role: build.parity for role, build in builds.items()}
    judged = evaluate(ggufs, settings, corpus.scenarios, parity, baseline_of(recipe.name))
    return seal(recipe.name, recipe.line, corpus.sets, base, adapters, ggufs, settings, judged)
