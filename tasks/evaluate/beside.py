"""The interpreter beside the floor: what a linear classifier, taught the same rows, makes of the same prompts.

A yardstick for people. Nothing here is read by the gate.
"""

from collections.abc import Mapping, Sequence

from josi.records import Record
from tasks.evaluate.answers import KNOWN, PROMPTS, UNSEEN, Answers, Heard
from tasks.evaluate.intervals import Difference, Rate, rate
from tasks.evaluate.metrics import Metrics
from tasks.evaluate.paired import Trial, paired

JUDGED = (KNOWN, UNSEEN, PROMPTS)  # the sets on which actions are judged


class Floor(Record):
    """What the classifier got right, prompt by prompt as each set's file has them. `rows` is how many it learned."""

    rows: int
    right: Mapping[str, tuple[bool, ...]]


class Beside(Record):
    """One set: the action accuracy of the model itself and of the floor; `difference` is the model minus the floor."""

    name: str
    model: Rate
    floor: Rate
    difference: Difference


class AgainstFloor(Record):
    """Every set that both answered."""

    rows: int
    sets: tuple[Beside, ...]


def against_floor(answers: Answers, metrics: Metrics, floor: Floor | None) -> AgainstFloor | None:
    """None where there is no floor, or no set that both answered.

    Raises ValueError where the floor was measured on other prompts.
    """
    if floor is None:
        return None
    both = ((name, answers.heard.get(name, ()), floor.right.get(name, ())) for name in JUDGED)
    sets = tuple(_beside(name, heard, right, metrics) for name, heard, right in both if heard and right)
    return AgainstFloor(rows=floor.rows, sets=sets) if sets else None


def _beside(name: str, heard: Sequence[Heard], right: Sequence[bool], metrics: Metrics) -> Beside:
    families = [item.scenario.family for item in heard]
    model = [Trial(family, (_right(item),)) for family, item in zip(families, heard, strict=True)]
    floor = [Trial(family, (ok,)) for family, ok in zip(families, right, strict=True)]
    own = metrics.sets[name].model.action
    return Beside(name=name, model=own, floor=rate(right), difference=paired(floor, model))


def _right(item: Heard) -> bool:
    return item.model_request is not None and item.model_request.action is item.scenario.expected.action
