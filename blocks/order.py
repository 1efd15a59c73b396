"""What a person, a schedule or another flow asks for. One record for each flow: the form that Prefect's UI shows.

An order says what to make in the fewest words: a recipe by name and what to change in it. `chosen` gives the whole.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import Field, JsonValue

from blocks.recipe import RECIPES, Inputs, Recipe, load
from blocks.settings import Settings
from josi.approval import Answer
from josi.records import Artifact, Channel, Record, Role

Rate = Annotated[float, Field(gt=0, le=1)]
_FOR_EVERY_ROLE = ("learning_rate", "epochs", "max_length", "rank", "tracking")

_PATIENCE = "Hours to wait for an answer, 720 at most. Nobody answers: declined."


def _names() -> list[str]:
    return sorted(path.stem for path in RECIPES.glob("*.yaml"))


def _choices(schema: dict[str, Any]) -> None:
    """The recipes of this checkout are the form's choices."""
    schema["enum"] = _names()


class Order(Record):
    """What to make, and from what."""

    recipe: str = Field("tiny", description="Which line of models.", json_schema_extra=_choices)
    data: tuple[Path, ...] = Field(
        (),
        description="Chat JSONL to learn from as well: files, or folders of them. Paths of the worker that runs this.",
    )
    validation: tuple[Path, ...] = Field(
        (), description="Chat JSONL to validate on, instead of a seeded split of data."
    )
    base_folder: Path | None = Field(None, description="A copy of the base on the machine that trains; else the hub.")
    learning_rate: Rate | None = Field(None, description="Instead of the recipe's, for every role: above 0, at most 1.")
    epochs: Annotated[float, Field(gt=0, le=50)] | None = Field(
        None, description="Instead of the recipe's, for every role: 50 at most."
    )
    max_length: Annotated[int, Field(ge=32, le=32768)] | None = Field(
        None, description="Longest sequence in tokens: 32 to 32768."
    )
    rank: Annotated[int, Field(ge=1, le=512)] | None = Field(None, description="LoRA rank: 1 to 512.")
    tracking: Literal["none", "tensorboard", "wandb"] | None = Field(None, description="Where the curves go as well.")
    changes: Mapping[str, JsonValue] = Field(
        {}, description='Any other key of the recipe, dotted: {"sft.explainer.seed": 8}.'
    )
    allow_cpu: bool = Field(False, description="Train without a GPU what asks for one: slow, for small bases.")
    resolved: Recipe | None = Field(None, description="For programs: a whole recipe, instead of a name and changes.")
    sources: Artifact | None = Field(None, description="For programs: data that is in the store, instead of files.")

    @property
    def title(self) -> str:
        """What a run of this order is called."""
        return self.resolved.name if self.resolved else self.recipe

    @property
    def inputs(self) -> Inputs:
        return Inputs(data=self.data, validation=self.validation, base_folder=self.base_folder)

    def chosen(self) -> Recipe:
        """The recipe with everything that this order changes. Raises RecipeError with all faults at once."""
        if self.resolved:
            return self.resolved
        shared = {key: getattr(self, key) for key in _FOR_EVERY_ROLE}
        every = {f"sft.{role}.{key}": value for key, value in shared.items() if value is not None for role in Role}
        return load(self.recipe, {**every, **self.changes})


class TrainOrder(Order):
    """Training alone: the base where it is made here, and an adapter for each role."""

    roles: Annotated[tuple[Role, ...], Field(min_length=1)] = Field(tuple(Role), description="Which models to train.")
    stages: str = Field("", description="For programs: versions of the training code that the asker counts on.")
    sets: Mapping[Role, Artifact] = Field({}, description="For programs: the prepared data that the asker counts on.")

    @property
    def title(self) -> str:
        """With the roles, where not all are trained: `tiny-interpreter`."""
        return super().title if set(self.roles) == set(Role) else f"{super().title}-{'+'.join(self.roles)}"

    @classmethod
    def of(cls, order: Order, recipe: Recipe, sources: Artifact) -> Self:
        """What another machine needs to train for an order: the recipe as it is here, and data from the store."""
        return cls(
            recipe=recipe.name if recipe.name in _names() else "tiny",  # a name of the form; `resolved` is what counts
            resolved=recipe,
            sources=sources,
            roles=recipe.roles,
            base_folder=order.base_folder,
            allow_cpu=order.allow_cpu,
        )


class ReleaseOrder(Record):
    """A candidate that may become a release."""

    candidate: str = Field(description="Its name (candidate-tiny-1f0c9a12ab34) or digest. Empty: the newest.")
    channel: Channel | None = Field(None, description="Where to. Empty: the most demanding one that the gate opened.")
    answer: Answer | None = Field(None, description="The decision, where it was made already. Empty: ask.")
    patience_hours: Annotated[float, Field(gt=0, le=24 * 30)] = Field(72, description=_PATIENCE)
    dry_run: Path | None = Field(None, description="Write everything into this folder and publish nothing.")

    @property
    def title(self) -> str:
        """What a run of this order is called: the candidate by its name, or by the beginning of its digest."""
        named = not self.candidate or self.candidate.startswith("candidate-")
        return self.candidate or "newest" if named else f"candidate-{self.candidate[:12]}"


class NightlyOrder(Order):
    """What is made anew every night where something changed, and asked about."""

    data: tuple[Path, ...] = Field(
        (), description="Chat JSONL, files or folders of them. Empty: the inbox of the worker that runs this."
    )
    channel: Channel | None = Field(None, description="Where to. Empty: the most demanding one that the gate opened.")
    patience_hours: Annotated[float, Field(gt=0, le=24 * 30)] = Field(72, description=_PATIENCE)

    @property
    def inputs(self) -> Inputs:
        """An inbox that is not there is empty."""
        inbox = Settings().inbox_folder
        found = super().inputs
        return found if found.data or not inbox.is_dir() else found.model_copy(update={"data": (inbox,)})
