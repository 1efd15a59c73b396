"""Options that several commands share, and the overrides they become."""

import os
from pathlib import Path
from typing import Annotated, Any

import typer

from blocks.order import Order, TrainOrder
from blocks.settings import Settings
from josi.errors import UsageError
from josi.records import Role

RecipeName = Annotated[str, typer.Option("--recipe", "-r", help="A name in deployments/recipes, or a YAML file.")]
Data = Annotated[
    list[Path] | None,
    typer.Option("--data", "-d", exists=True, dir_okay=False, help="Chat JSONL to train on as well. May be repeated."),
]
Validation = Annotated[
    list[Path] | None,
    typer.Option(exists=True, dir_okay=False, help="Chat JSONL to validate on, instead of a seeded split of --data."),
]
BaseFolder = Annotated[
    Path | None, typer.Option(exists=True, file_okay=False, help="A local copy of the base, instead of the hub.")
]
AllowCpu = Annotated[
    bool, typer.Option("--allow-cpu", help="Train without a GPU a recipe that asks for one: slow, for small bases.")
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object for programs.")]
Refresh = Annotated[bool, typer.Option("--refresh", help="Make everything anew, whatever is cached.")]
LearningRate = Annotated[float | None, typer.Option(help="Overrides the recipe, for every role.")]
Epochs = Annotated[float | None, typer.Option(help="Overrides the recipe, for every role.")]
MaxLength = Annotated[int | None, typer.Option(help="Longest sequence in tokens. Overrides the recipe.")]
Rank = Annotated[int | None, typer.Option(help="LoRA rank. Overrides the recipe.")]
MaxWords = Annotated[int | None, typer.Option(help="Longest explainer answer in words. Overrides the recipe.")]
Tracking = Annotated[str | None, typer.Option(help="none, tensorboard or wandb.")]
Set = Annotated[
    list[str] | None,
    typer.Option("--set", help="Any key of the recipe, dotted: --set sft.explainer.epochs=2. May be repeated."),
]

Bucket = Annotated[str | None, typer.Option(help="Folder, s3://NAME[/PREFIX] or block://NAME. Else JOSI_BUCKET.")]
Endpoint = Annotated[str | None, typer.Option(help="URL of an S3-compatible service. Else JOSI_S3_ENDPOINT.")]
Region = Annotated[str | None, typer.Option(help="S3 region. Else JOSI_S3_REGION.")]
AccessKey = Annotated[str | None, typer.Option(help="S3 access key. Else S3_ACCESS_KEY or AWS's own names.")]
SecretKeyFile = Annotated[
    Path | None,
    typer.Option(exists=True, dir_okay=False, help="File with the S3 secret key (a secret is no command-line word)."),
]


def storage(
    bucket: str | None, endpoint: str | None, region: str | None, access_key: str | None, secret_key_file: Path | None
) -> None:
    """Let the command line speak before the environment about where releases go.

    Raises UsageError for what would lead away from an artifact store on S3, which is reached by the same settings.
    """
    if Settings().store_address and (endpoint or region or access_key or secret_key_file):
        raise UsageError(
            "JOSI_STORE is on S3 as well, and these options would lead away from it.",
            "Set JOSI_S3_ENDPOINT and the keys for both; or save the releases' bucket as a block: --bucket block://NAME",
        )
    told = {
        "JOSI_BUCKET": bucket,
        "JOSI_S3_ENDPOINT": endpoint,
        "JOSI_S3_REGION": region,
        "S3_ACCESS_KEY": access_key,
        "S3_SECRET_KEY": secret_key_file.read_text("utf-8").strip() if secret_key_file else None,
    }
    os.environ.update({key: value for key, value in told.items() if value is not None})


def order(
    name: str,
    *,
    data: list[Path] | None = None,
    validation: list[Path] | None = None,
    base_folder: Path | None = None,
    allow_cpu: bool = False,
    role: Role | None = None,
    learning_rate: float | None = None,
    epochs: float | None = None,
    max_length: int | None = None,
    rank: int | None = None,
    tracking: str | None = None,
    max_words: int | None = None,
    legacy_header: bool = False,
    sets: list[str] | None = None,
) -> TrainOrder:
    """What the command line asks for; a flow's one parameter."""
    shared = {
        "learning_rate": learning_rate,
        "epochs": epochs,
        "max_length": max_length,
        "rank": rank,
        "tracking": tracking,
    }
    overrides: dict[str, Any] = {
        f"sft.{role}.{key}": value for key, value in shared.items() if value is not None for role in Role
    }
    if max_words is not None:
        overrides["data.max_words"] = max_words
    if legacy_header:
        overrides["quant.legacy_header"] = True
    for item in sets or []:
        key, found, value = item.partition("=")
        if not found:
            raise typer.BadParameter(f"--set {item}: write KEY=VALUE")
        overrides[key] = value
    return TrainOrder(
        recipe=name,
        changes=overrides,
        data=tuple(data or ()),
        validation=tuple(validation or ()),
        base_folder=base_folder,
        allow_cpu=allow_cpu,
        roles=(role,) if role else tuple(Role),
    )


def get_ready(asked: Order) -> None:
    """Refuse at once, before any data is read, what this machine cannot train; tell Prefect where results go."""
    from blocks.machine import require_gpu
    from blocks.service.result_block import register_results

    settings = Settings()
    if not settings.train_with:
        require_gpu(asked.chosen(), asked.allow_cpu)
    register_results(settings)
