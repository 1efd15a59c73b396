"""Recipes: everything that a run depends on, in one YAML file. Each stage is handed only the slice it uses."""

import difflib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, Field, ValidationError

from josi.errors import RecipeError, UsageError
from josi.records import Record, Role
from josi.runtime import Echo

RECIPES = Path("deployments/recipes")


class Mix(Record):
    """What goes into the corpus, and how strict its reader is. Files are not named here: their bytes are hashed."""

    seed: int = 7
    interpreter_examples: Annotated[int, Field(ge=0)] = 3000
    explainer_examples: Annotated[int, Field(ge=0)] = 1600
    validation_share: Annotated[float, Field(gt=0, lt=0.5)] = 0.05
    max_words: Annotated[int, Field(ge=10, le=400)] = Field(100, description="Longest explainer answer, in words.")
    max_bad_share: Annotated[float, Field(ge=0, le=1)] = Field(0.1, description="Stop when more rows are malformed.")
    echo: Echo = Echo.MODEL
    prompts: Mapping[Role, str] = Field(description="The system prompts, as text.")


class TinyBase(Record):
    """A small Qwen2 made on the spot from the project's own text."""

    kind: Literal["tiny"]
    name: str = "tiny-qwen2"
    vocabulary: int = 2048
    hidden: int = 256
    layers: int = 2
    feed_forward: int = 768
    heads: int = 4
    max_length: int = 512
    steps: int = 1000
    batch_size: int = 16
    muon_learning_rate: float = 0.01
    adamw_learning_rate: float = 0.004
    seed: int = 7


class HubBase(Record):
    """A catalogued base (`blocks/bases.py`), from the hub at its pinned revision or from a local folder."""

    kind: Literal["catalogue"]
    name: str


class SFT(Record):
    """LoRA fine-tuning of one role."""

    epochs: Annotated[float, Field(gt=0, le=50)] = 4
    max_steps: int = Field(-1, description="Overrides epochs when positive.")
    learning_rate: Annotated[float, Field(gt=0, le=1)] = 3e-5
    batch_size: Annotated[int, Field(ge=1)] = 4
    accumulation: Annotated[int, Field(ge=1)] = 4
    max_length: Annotated[int, Field(ge=32, le=32768)] = 2048
    rank: Annotated[int, Field(ge=1, le=512)] = 8
    alpha: Annotated[int, Field(ge=1)] = 16
    dropout: Annotated[float, Field(ge=0, lt=1)] = 0.05
    warmup: Annotated[float, Field(ge=0, lt=1)] = 0.05
    save_steps: Annotated[int, Field(ge=1)] = 100
    gradient_checkpointing: bool = True
    packing: bool = False
    tracking: Literal["none", "tensorboard", "wandb"] = "none"
    seed: int = 7


class Quant(Record):
    """How a merged model becomes the file that ships."""

    type: Literal["q4_k_m", "q8_0", "f16"] = "q4_k_m"
    legacy_header: bool = Field(False, description="Also write a copy whose GGUF header says version 2.")


class Decoding(Record):
    """Runtime settings of one role."""

    temperature: float = 0.45
    max_new_tokens: int = 150
    context_tokens: int = 2048


class Recipe(Record):
    """One line of models, from data to gate."""

    name: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9.-]*$")]
    line: Annotated[str, Field(pattern=r"^v[0-9]+$")] = "v5"
    prefix: str = Field(description="First part of the file names, e.g. josi-v5.")
    roles: tuple[Role, ...] = (Role.INTERPRETER, Role.EXPLAINER)
    base: Annotated[TinyBase | HubBase, Field(discriminator="kind")]
    data: Mix
    sft: Mapping[Role, SFT]
    quant: Quant = Quant()
    decoding: Mapping[Role, Decoding]
    needs_gpu: bool = False

    def model_name(self, role: Role) -> str:
        """E.g. `josi-v5-interpreter`: the first part of the file's name."""
        return f"{self.prefix}-{role}"


class Inputs(Record):
    """What a run takes from this machine besides the recipe. Its bytes are hashed; its paths enter no identity."""

    data: tuple[Path, ...] = ()
    validation: tuple[Path, ...] = ()
    base_folder: Path | None = None


def load(name: str, overrides: Mapping[str, Any] | None = None) -> Recipe:
    """Read `deployments/recipes/NAME.yaml` (or a path to a YAML file), with the prompts it names.

    Overrides are dotted keys, e.g. `{"sft.interpreter.learning_rate": 1e-4}`. Raises RecipeError with all faults at once.
    """
    path = Path(name) if name.endswith((".yaml", ".yml")) else RECIPES / f"{name}.yaml"
    if not path.is_file():
        known = ", ".join(sorted(p.stem for p in RECIPES.glob("*.yaml")))
        raise UsageError(f"There is no recipe {name} ({path}).", f"Known: {known}. Or give the path of a YAML file.")
    raw = yaml.safe_load(path.read_text("utf-8"))
    if not isinstance(raw, dict):
        raise RecipeError(str(path), ["a recipe is a mapping of keys"])
    for dotted, value in (overrides or {}).items():
        _put(raw, dotted, value)
    data = raw.get("data")
    if isinstance(data, dict) and isinstance(data.get("prompts"), dict):
        data["prompts"] = {role: _prompt(path, role, file) for role, file in data["prompts"].items()}
    try:
        return Recipe.model_validate(raw)
    except ValidationError as error:
        raise RecipeError(str(path), [_fault(item) for item in error.errors()]) from None


def _prompt(recipe: Path, role: str, file: object) -> str:
    try:
        return Path(str(file)).read_text("utf-8").strip()
    except OSError:
        raise RecipeError(str(recipe), [f"data.prompts.{role}: there is no file {file}"]) from None


def _put(raw: dict[str, Any], dotted: str, value: Any) -> None:
    *parents, leaf = dotted.split(".")
    for key in parents:
        raw = raw.setdefault(key, {})
    raw[leaf] = value


def _fault(error: Any) -> str:
    where = ".".join(str(part) for part in error["loc"])
    if error["type"] != "extra_forbidden":
        return f"{where}: {error['msg']}, got {error['input']!r}"
    near = difflib.get_close_matches(str(error["loc"][-1]), _known_keys(), n=1)
    return f"{where}: unknown key" + (f", did you mean {near[0]}?" if near else "")


def _known_keys() -> list[str]:
    models: tuple[type[BaseModel], ...] = (Recipe, Mix, TinyBase, HubBase, SFT, Quant, Decoding)
    return sorted({name for model in models for name in model.model_fields})
