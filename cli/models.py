"""The stages by themselves: base, train, merge, export, eval. Each makes what it needs first, or finds it made."""

from pathlib import Path
from typing import Annotated

import typer

from cli import options, show
from josi.records import Artifact, Role

OneRole = Annotated[Role, typer.Option(help="interpreter or explainer.")]
Output = Annotated[Path | None, typer.Option("--output", "-o", help="Copy what was made into this folder.")]


def _deliver(artifact: Artifact, output: Path | None, as_json: bool) -> None:
    from blocks.settings import Settings

    folder = Settings().store.fetch(artifact)
    if output:
        folder = show.copy(folder, output)
    show.result(artifact, f"{artifact.identity}: {folder}", as_json=as_json)


@show.fails_kindly
def base(
    recipe: options.RecipeName = "tiny",
    base_folder: options.BaseFolder = None,
    data: options.Data = None,
    output: Output = None,
    as_json: options.Json = False,
) -> None:
    """Make or fetch the base model of a recipe."""
    from flows.stages import base as flow

    order = options.order(recipe, data=data, base_folder=base_folder)
    options.get_ready(order)
    _deliver(flow(order), output, as_json)


@show.fails_kindly
def train(
    role: OneRole,
    recipe: options.RecipeName = "tiny",
    data: options.Data = None,
    validation: options.Validation = None,
    base_folder: options.BaseFolder = None,
    learning_rate: options.LearningRate = None,
    epochs: options.Epochs = None,
    max_length: options.MaxLength = None,
    rank: options.Rank = None,
    tracking: options.Tracking = None,
    sets: options.Set = None,
    allow_cpu: options.AllowCpu = False,
    output: Output = None,
    as_json: options.Json = False,
) -> None:
    """Train the LoRA adapter of one role. Killed in the middle, the same command goes on from the last checkpoint.

    **Example** `josi train --role explainer --data mine.jsonl --learning-rate 1e-3 -o adapters/`
    """
    from flows.train import train as flow

    order = options.order(
        recipe,
        role=role,
        data=data,
        validation=validation,
        base_folder=base_folder,
        allow_cpu=allow_cpu,
        learning_rate=learning_rate,
        epochs=epochs,
        max_length=max_length,
        rank=rank,
        tracking=tracking,
        sets=sets,
    )
    options.get_ready(order)
    _deliver(flow(order).adapters[role], output, as_json)


@show.fails_kindly
def merge(
    role: OneRole,
    recipe: options.RecipeName = "tiny",
    data: options.Data = None,
    base_folder: options.BaseFolder = None,
    sets: options.Set = None,
    allow_cpu: options.AllowCpu = False,
    output: Output = None,
    as_json: options.Json = False,
) -> None:
    """Merge the adapter of one role into its base."""
    from flows.stages import merged as flow

    order = options.order(recipe, role=role, data=data, base_folder=base_folder, allow_cpu=allow_cpu, sets=sets)
    options.get_ready(order)
    _deliver(flow(order)[role], output, as_json)


@show.fails_kindly
def export(
    role: OneRole,
    recipe: options.RecipeName = "tiny",
    data: options.Data = None,
    base_folder: options.BaseFolder = None,
    sets: options.Set = None,
    legacy_header: Annotated[
        bool, typer.Option("--legacy-header", help="Also write a copy whose GGUF header says version 2.")
    ] = False,
    allow_cpu: options.AllowCpu = False,
    output: Output = None,
    as_json: options.Json = False,
) -> None:
    """Convert the merged model of one role to GGUF, quantize it, and check that it answers as before.

    **Example** `josi export --role interpreter --legacy-header -o android/`
    """
    from flows.stages import exported as flow

    order = options.order(
        recipe,
        role=role,
        data=data,
        base_folder=base_folder,
        allow_cpu=allow_cpu,
        legacy_header=legacy_header,
        sets=sets,
    )
    options.get_ready(order)
    _deliver(flow(order)[role].gguf, output, as_json)


@show.fails_kindly
def evaluate(
    first: Annotated[Path, typer.Argument(exists=True, dir_okay=False, metavar="GGUF", help="A GGUF file.")],
    second: Annotated[
        Path | None, typer.Argument(exists=True, dir_okay=False, metavar="OTHER", help="A second one, side by side.")
    ] = None,
    role: OneRole = Role.INTERPRETER,
    recipe: options.RecipeName = "tiny",
    every: Annotated[
        bool, typer.Option("--each", help="Show each prompt, what was expected and what was said.")
    ] = False,
    as_json: options.Json = False,
) -> None:
    """Judge one GGUF file by the evaluation sets, or two side by side.

    **Example** `josi eval large.gguf small.gguf --role explainer`
    """
    from blocks.settings import Settings
    from cli.data import corpus_of
    from tasks.evaluate.compare import compare_ggufs, judge_file, table, verbose
    from tasks.export.runtime import Settled, pack_runtime

    chosen = options.order(recipe).chosen()
    store = Settings().store
    runtime = store.fetch(pack_runtime(chosen.prefix, Settled.of(chosen), store))
    corpus, _ = corpus_of(recipe)
    scenarios = store.fetch(corpus.scenarios)
    if second:
        found = compare_ggufs(first, second, role, runtime, scenarios)
        show.result(found, table(found), as_json=as_json)
        return
    sheet = judge_file(first, role, runtime, scenarios)
    text = "\n".join(verbose(sheet)) if every else table(sheet)
    show.result(sheet, text, as_json=as_json)
