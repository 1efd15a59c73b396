"""Phase 4: what models learn from and are judged by, and whether it is good enough."""

from prefect import flow

from blocks.order import Order
from josi.examples import Corpus
from tasks.data.prepare import gather, prepared
from tasks.data.quality.gate import passed


@flow(name="corpus", flow_run_name="corpus-{order.title}")
def corpus(order: Order) -> Corpus:
    """Build the corpus of a recipe and put it through the data quality gate."""
    recipe = order.chosen()
    made = prepared(recipe, order.sources or gather(order.inputs))
    passed(recipe, made)
    return made
