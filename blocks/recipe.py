"""Recipes: everything that a run depends on, in one YAML file. Each stage is handed only the slice it uses."""

import difflib
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, Self

import yaml
from pydantic import BaseModel, Field, ValidationError, model_validator

from blocks.bases import BASES
from josi.errors import RecipeError, UsageError
from josi.records import Record, Role
from josi.runtime import Echo

RECIPES = Path("deployments/recipes")
LOWER_CASE = r"^[a-z0-9][a-z0-9.-]{0,59}$"  # of what becomes part of file names

Seed = Annotated[int, Field(ge=0, lt=2**32)]  # what numpy takes
Rate = Annotated[float, Field(gt=0, le=1)]


class Mix(Record):
    """What goes into the corpus, and how strict its reader is. Files are not named here: their bytes are hashed."""

    seed: Seed = 7
    interpreter_examples: Annotated[int, Field(ge=0)] = 4000
    explainer_examples: Annotated[int, Field(ge=0)] = 3600
    validation_share: Annotated[float, Field(gt=0, lt=0.5)] = 0.05
    max_words: Annotated[int, Field(ge=10, le=400)] = Field(100, description="Longest explainer answer, in words.")
    max_bad_share: Annotated[float, Field(ge=0, le=1)] = Field(0.1, description="Stop when more rows are malformed.")
    answers_per_group: Annotated[int, Field(ge=0)] = Field(
        0, description="How many of the answers to one situation the explainer is taught; 0: all of them."
    )
    explainer_text: tuple[str, ...] = Field(
        (), description="Which files of data/explainer the explainer is taught, without `.yaml`; none named: all."
    )
    long_share: Annotated[float, Field(ge=0, le=1)] = Field(
        0.15, description="Share of rows behind a conversation of three or four turns and with a full memory."
    )
    confidence: bool = Field(False, description="Whether the interpreter is taught to state how sure it is.")
    preference_pairs: Annotated[int, Field(ge=0)] = Field(800, description="Pairs of a good and a refused answer.")
    echo: Echo = Echo.MODEL
    prompts: Mapping[Role, str] = Field(description="The system prompts, as text.")


class TinyBase(Record):
    """A small Qwen2 made on the spot from the project's own text."""

    kind: Literal["tiny"]
    name: str = "tiny-qwen2"
    vocabulary: Annotated[int, Field(ge=259, le=65536)] = Field(2048, description="At least 256 bytes, 3 controls.")
    hidden: Annotated[int, Field(ge=64, le=4096, multiple_of=64)] = 256
    layers: Annotated[int, Field(ge=1, le=64)] = 2
    feed_forward: Annotated[int, Field(ge=64, le=16384, multiple_of=64)] = 768
    heads: Annotated[int, Field(ge=2, le=32, multiple_of=2)] = 4
    max_length: Annotated[int, Field(ge=32, le=4096)] = 512
    steps: Annotated[int, Field(ge=1)] = 1000
    batch_size: Annotated[int, Field(ge=1)] = 16
    muon_learning_rate: Rate = 0.01
    adamw_learning_rate: Rate = 0.004
    seed: Seed = 7

    @model_validator(mode="after")
    def _has_heads_of_one_size(self) -> Self:
        if self.hidden % (2 * self.heads):  # a rotary embedding turns pairs of numbers
            raise ValueError(f"hidden {self.hidden} is no multiple of twice the {self.heads} heads")
        return self


class HubBase(Record):
    """A catalogued base (`blocks/bases.py`), from the hub at its pinned revision or from a local folder."""

    kind: Literal["catalogue"]
    name: str


class SFT(Record):
    """LoRA fine-tuning of one role."""

    epochs: Annotated[float, Field(gt=0, le=50)] = 4
    max_steps: Annotated[int, Field(ge=-1)] = Field(-1, description="Overrides epochs when positive.")
    learning_rate: Rate = 3e-5
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
    seed: Seed = 7

    @property
    def identity(self) -> str:
        """Without what cannot change the weights: where the run is watched, how often it is saved."""
        same = {"tracking": "none", "save_steps": 1}
        return f"sft-{self.model_copy(update=same).digest[:12]}"


class Quant(Record):
    """How a merged model becomes the file that ships."""

    type: Literal["q4_k_m", "q8_0", "f16"] = "q4_k_m"
    legacy_header: bool = Field(False, description="Also write a copy whose GGUF header says version 2.")


class Decoding(Record):
    """Runtime settings of one role, in the ranges of `josi.runtime.RoleRuntime`."""

    temperature: Annotated[float, Field(ge=0, le=2)] = 0.45
    max_new_tokens: Annotated[int, Field(ge=1, le=4096)] = 150
    context_tokens: Annotated[int, Field(ge=256, le=32768)] = 2048
    grounded: bool = Field(False, description="The explainer can only say numbers and zones that it was given.")


class Recipe(Record):
    """One line of models, from data to gate."""

    name: Annotated[str, Field(pattern=LOWER_CASE)]
    line: Annotated[str, Field(pattern=r"^v[0-9]+$")] = "v5"
    prefix: Annotated[str, Field(pattern=LOWER_CASE, description="First part of the file names, e.g. josi-v5.")]
    roles: Annotated[tuple[Role, ...], Field(min_length=1)] = tuple(Role)
    base: Annotated[TinyBase | HubBase, Field(discriminator="kind")]
    data: Mix
    sft: Mapping[Role, SFT]
    quant: Quant = Quant()
    decoding: Mapping[Role, Decoding]
    needs_gpu: bool = False

    @model_validator(mode="after")
    def _has_all_that_its_roles_need(self) -> Self:
        parts: dict[str, Mapping[Role, Any]] = {
            "data.prompts": self.data.prompts,
            "sft": self.sft,
            "decoding": self.decoding,
        }
        faults = [f"{part}.{role}: missing" for part, held in parts.items() for role in self.roles if role not in held]
        if len(set(self.roles)) != len(self.roles):
            faults.append("roles: each role once")
        if self.base.name not in BASES:
            faults.append(f"base.name: there is no base {self.base.name}, known: {', '.join(BASES)}")
        if faults:
            raise ValueError("; ".join(faults))
        return self

    def those(self, roles: Collection[Role]) -> tuple[Role, ...]:
        """Which of these roles the recipe has. Raises UsageError where it is none."""
        found = tuple(role for role in self.roles if role in roles)
        if not found:
            raise UsageError(f"The recipe {self.name} has no such role.", f"It has {', '.join(self.roles)}.")
        return found

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

    Overrides are dotted keys, e.g. `{"sft.interpreter.learning_rate": 1e-4}`. Raises RecipeError with all faults.
    """
    path = Path(name) if name.endswith((".yaml", ".yml")) else RECIPES / f"{name}.yaml"
    if not path.is_file():
        known = ", ".join(sorted(p.stem for p in RECIPES.glob("*.yaml")))
        raise UsageError(f"There is no recipe {name} ({path}).", f"Known: {known}. Or give the path of a YAML file.")
    raw = _mapping(path)
    for dotted, value in (overrides or {}).items():
        raw = _with(raw, dotted, value, str(path))
    faults: list[str] = []
    data = raw.get("data")
    if isinstance(data, dict) and isinstance(data.get("prompts"), dict):
        prompts = {role: _prompt(role, file, faults) for role, file in data["prompts"].items()}
        raw = {**raw, "data": {**data, "prompts": prompts}}
    try:
        recipe = Recipe.model_validate(raw)
    except ValidationError as error:
        faults += [_fault(item) for item in error.errors()]
    if faults:
        raise RecipeError(str(path), faults)
    return recipe


def _mapping(path: Path) -> dict[str, Any]:
    try:
        raw = yaml.safe_load(path.read_text("utf-8"))
    except UnicodeDecodeError as error:
        raise RecipeError(str(path), [f"it is not UTF-8 (byte {error.start})"]) from None
    except yaml.YAMLError as error:
        raise RecipeError(str(path), [f"it is not YAML: {' '.join(str(error).split())}"]) from None
    if not isinstance(raw, dict):
        raise RecipeError(str(path), ["a recipe is a mapping of keys"])
    return raw


def _prompt(role: str, file: object, faults: list[str]) -> str:
    try:
        text = Path(str(file)).read_text("utf-8").strip()
    except OSError:
        faults.append(f"data.prompts.{role}: there is no file {file}")
    except UnicodeDecodeError:
        faults.append(f"data.prompts.{role}: {file} is not UTF-8")
    else:
        if not text:
            faults.append(f"data.prompts.{role}: {file} is empty")
        return text
    return ""


def _with(raw: Mapping[str, Any], dotted: str, value: Any, source: str) -> dict[str, Any]:
    """A copy in which one key has another value. A copy: a YAML alias makes two keys share one mapping."""
    key, _, rest = dotted.partition(".")
    if not rest:
        return {**raw, key: value}
    inner = raw.get(key, {})
    if not isinstance(inner, dict):
        raise RecipeError(source, [f"{dotted}: {key} has no keys of its own"])
    return {**raw, key: _with(inner, rest, value, source)}


def _fault(error: Any) -> str:
    where = ".".join(str(part) for part in error["loc"])
    if error["type"] == "value_error":
        return ": ".join(part for part in (where, str(error["ctx"]["error"])) if part)
    if error["type"] == "missing":
        return f"{where}: missing"
    if error["type"] != "extra_forbidden":
        return f"{where}: {error['msg']}, got {error['input']!r}"
    near = difflib.get_close_matches(str(error["loc"][-1]), _known_keys(), n=1)
    return f"{where}: unknown key" + (f", did you mean {near[0]}?" if near else "")


def _known_keys() -> list[str]:
    models: tuple[type[BaseModel], ...] = (Recipe, Mix, TinyBase, HubBase, SFT, Quant, Decoding)
    return sorted({name for model in models for name in model.model_fields})
