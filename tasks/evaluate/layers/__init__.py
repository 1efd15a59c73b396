"""The six layers of the evaluation, one file each and one table."""

from josi.records import Role
from tasks.evaluate.answers import Answers
from tasks.evaluate.layers.base import Layer, LayerResult, Status
from tasks.evaluate.layers.contract import Contract
from tasks.evaluate.layers.places import Place
from tasks.evaluate.layers.quality import Quality
from tasks.evaluate.layers.schema import Schema

__all__ = ["LAYERS", "Layer", "LayerResult", "Status", "judge"]

LAYERS: tuple[Layer, ...] = (
    Schema(),
    Contract(),
    Quality(),
    Place(4, "grounding", (Role.EXPLAINER,), "Does the answer name the engine's result and nothing else?", phase=5),
    Place(
        5, "memory", (Role.INTERPRETER, Role.EXPLAINER), "Is what is known of the athlete used, and used well?", phase=8
    ),
    Place(6, "confidence", (Role.INTERPRETER,), "Does the interpreter know when it does not know?", phase=9),
)


def judge(answers: Answers) -> tuple[LayerResult, ...]:
    """Every layer's result, in the table's order."""
    return tuple(layer.judge(answers) for layer in LAYERS)
