"""Phase 1: a candidate whose scores become what later runs are measured against."""

from prefect import flow

from blocks.recipe import Inputs, Recipe
from flows.candidate import candidate
from josi.candidate import Candidate
from tasks.evaluate.scoreboard import keep_as_baseline


@flow(name="baseline", flow_run_name="baseline-{recipe.name}")
def baseline(recipe: Recipe, inputs: Inputs = Inputs()) -> Candidate:
    """Make a candidate and keep its scoreboard."""
    made = candidate(recipe, inputs)
    keep_as_baseline(made.recipe, made.report)
    return made
