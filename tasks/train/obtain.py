"""A base to train on: made on the spot, taken from a local folder, or fetched from the hub."""

import shutil
from collections.abc import Mapping
from pathlib import Path

from prefect import task
from prefect.cache_policies import NO_CACHE

from blocks.bases import download, known, load_tokenizer, to_copy
from blocks.recipe import HubBase, TinyBase
from blocks.settings import Settings
from blocks.store import FolderStore
from josi.errors import UsageError
from josi.records import Artifact, Kind, Role
from tasks.stage import network_retries
from tasks.train.base import make_base


def take(spec: HubBase, folder: Path | None, store: FolderStore) -> Artifact:
    """A catalogued base as an artifact, from `folder` or from the hub. Raises UsageError where it does not fit."""
    base = known(spec.name)
    with store.scratch() as scratch:
        source = folder or download(base)
        copy = scratch / "base"
        copy.mkdir()
        for path in to_copy(source):
            shutil.copyfile(path, copy / path.name)
        _check(spec, copy)
        return store.put(copy, Kind.BASE, spec.name)


def _check(spec: HubBase, folder: Path) -> None:
    if not (folder / "tokenizer.json").exists():
        raise UsageError(f"The base {spec.name} lacks tokenizer.json.", "Name a complete folder with --base-folder.")
    tokenizer, base = load_tokenizer(folder), known(spec.name)
    unknown = [token for token in (base.pad, base.stop) if token not in tokenizer.get_vocab()]
    if unknown:
        raise UsageError(
            f"The tokenizer of {folder.name} lacks {', '.join(unknown)}, which {spec.name} has.",
            "Name a folder of the right base with --base-folder, or another base in the recipe.",
        )


@task(name="fetch base", task_run_name="base-{spec.name}", cache_policy=NO_CACHE, **network_retries())
def take_base(spec: HubBase, folder: Path | None) -> Artifact:
    """Not cached: what lies in a folder or on the hub is named by its bytes."""
    return take(spec, folder, Settings().store)


def obtain(spec: TinyBase | HubBase, sets: Mapping[Role, Artifact], folder: Path | None) -> Artifact:
    """The base that a recipe asks for."""
    return make_base(spec, dict(sets)) if isinstance(spec, TinyBase) else take_base(spec, folder)
