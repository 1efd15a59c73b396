"""Everything under data/ that models learn from or are judged by."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from josi.errors import DataError
from tasks.data.families import ProjectText
from tasks.data.gold.scenarios import gold_scenarios
from tasks.data.golden import load_golden, load_hostile
from tasks.data.judged import load_prompts
from tasks.data.text import TEXT, load_text
from tasks.knowledge import load_cards


def load_project(root: Path = TEXT) -> ProjectText:
    """The training text with the coaching cards and all evaluation sets; a set whose folder is not there is empty.

    Raises DataError with the faults of every set at once.
    """
    text = load_text(root)
    faults: list[DataError] = []
    found: dict[str, Any] = {}
    for folder, read in _READERS:
        try:
            found |= read(root, text) if (root / folder).is_dir() else {}
        except DataError as error:
            faults.append(error)
    if faults:
        raise DataError("\n".join(fault.what for fault in faults), faults[0].remedy)
    return text.model_copy(update=found)


def _prompts(root: Path, text: ProjectText) -> Mapping[str, Any]:
    prompts = load_prompts(root, text.words.slots)
    return {"prompts": prompts.interpreter, "prompts_explainer": prompts.explainer}


_READERS: tuple[tuple[str, Callable[[Path, ProjectText], Mapping[str, Any]]], ...] = (
    ("knowledge", lambda root, _: {"cards": load_cards(root / "knowledge").cards}),
    ("judge", _prompts),
    ("judge", lambda root, _: {"golden": load_golden(root)}),
    ("judge", lambda root, _: {"hostile": load_hostile(root)}),
    ("gold", lambda root, _: {"gold": gold_scenarios(root / "gold")}),
)
