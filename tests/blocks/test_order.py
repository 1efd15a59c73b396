"""What runs are called, so that a list of runs can be read."""

import pytest

from blocks.order import NightlyOrder, Order, ReleaseOrder, TrainOrder
from josi.records import Role


@pytest.mark.parametrize(
    ("order", "title"),
    [
        (Order(recipe="v5"), "v5"),
        (NightlyOrder(), "tiny"),
        (TrainOrder(), "tiny"),
        (TrainOrder(roles=(Role.EXPLAINER,)), "tiny-explainer"),
        (ReleaseOrder(candidate="candidate-tiny-1f0c9a12ab34"), "candidate-tiny-1f0c9a12ab34"),
        (ReleaseOrder(candidate="1f0c9a12ab34" + 52 * "0"), "candidate-1f0c9a12ab34"),
        (ReleaseOrder(candidate=""), "newest"),
    ],
)
def test_a_run_is_called_what_it_makes(order: Order | ReleaseOrder, title: str) -> None:
    assert order.title == title
