"""Everything under data/ that models learn from or are judged by."""

from pathlib import Path

from josi.errors import DataError
from tasks.data.families import ProjectText
from tasks.data.gold.scenarios import gold_scenarios
from tasks.data.golden import load_golden, load_hostile
from tasks.data.judged import load_prompts
from tasks.data.text import TEXT, load_text


def load_project(root: Path = TEXT) -> ProjectText:
    """The training text with all evaluation sets. Raises DataError with the faults of every set at once."""
    text = load_text(root)
    faults: list[DataError] = []
    found: dict[str, object] = {}
    if (root / "judge").is_dir():
        for name, load in (("golden", load_golden), ("hostile", load_hostile)):
            try:
                found[name] = load(root)
            except DataError as error:
                faults.append(error)
        try:
            prompts = load_prompts(root, text.words.slots)
            found |= {"prompts": prompts.interpreter, "prompts_explainer": prompts.explainer}
        except DataError as error:
            faults.append(error)
    if (root / "gold").is_dir():
        try:
            found["gold"] = gold_scenarios(root / "gold")
        except DataError as error:
            faults.append(error)
    if faults:
        raise DataError("\n".join(fault.what for fault in faults), faults[0].remedy)
    return text.model_copy(update=found)
