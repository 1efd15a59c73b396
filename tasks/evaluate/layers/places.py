"""Layers 4 to 6: their places. Each says which phase of the road measures it; until then production stays closed."""

from dataclasses import dataclass

from josi.records import Role
from tasks.evaluate.answers import Answers
from tasks.evaluate.layers.base import LayerResult, Status


@dataclass(frozen=True)
class Place:
    """A layer that nothing measures yet. Its line in `LAYERS` is replaced by the layer's own file."""

    number: int
    name: str
    needs: tuple[Role, ...]
    question: str
    phase: int

    def judge(self, answers: Answers) -> LayerResult:  # noqa: ARG002  # the protocol's signature
        note = f"{self.question} Measured from phase {self.phase} on."
        return LayerResult(number=self.number, name=self.name, status=Status.NOT_MEASURED, note=note)
