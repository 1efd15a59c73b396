"""The gold set as scenarios of the explainer: the message, the context, the request, and what an answer has to do."""

from pathlib import Path

from josi.examples import Scenario
from josi.records import Role
from tasks.data.gold.check import must_of
from tasks.data.gold.entry import Gold
from tasks.data.gold.load import FOLDER, load_gold


def gold_scenarios(root: Path = FOLDER) -> tuple[Scenario, ...]:
    """One scenario an entry, in the order of the files. Raises DataError with all faults at once."""
    return tuple(map(_scenario, load_gold(root)))


def _scenario(gold: Gold) -> Scenario:
    entry = gold.entry
    return Scenario(
        name=f"gold/{entry.name}",
        role=Role.EXPLAINER,
        message=entry.message,
        context=gold.context,
        expected=gold.request,
        category=f"gold.{entry.situation}",
        language=entry.language,
        family=f"gold.{entry.situation}.{entry.language}.{entry.name}",
        must=must_of(gold),
    )
