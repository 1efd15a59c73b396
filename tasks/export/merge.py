"""Merging: the adapter's weights are added to the base's, and an ordinary model comes out."""

import gc
import shutil

from prefect import task

from blocks.bases import load_model
from blocks.settings import Settings
from blocks.store import FolderStore
from josi.errors import ExportError
from josi.records import Artifact, Kind
from tasks.stage import Stage

TOKENIZER_FILES = ("tokenizer.json", "tokenizer_config.json")


def merge_adapter(base: Artifact, adapter: Artifact, store: FolderStore) -> Artifact:
    """A whole model folder (float32 for small ones, else bfloat16 as the base has it) named like its adapter.

    Raises ExportError where the adapter leaves the base as it was: it was not loaded, or it learned nothing.
    """
    import torch
    from peft import PeftModel

    base_folder = store.fetch(base)
    model = load_model(base_folder, dtype="auto")
    before = {name: p.detach().clone() for name, p in model.named_parameters() if name.endswith("o_proj.weight")}
    merged = PeftModel.from_pretrained(model, store.fetch(adapter), use_safetensors=True).merge_and_unload()
    if all(torch.equal(before[name], p) for name, p in merged.named_parameters() if name in before):
        raise ExportError(
            f"{adapter.identity} does not change its base.",
            "Train it longer: `--epochs`, or with a higher `--learning-rate`.",
        )
    with store.scratch() as folder:
        merged.save_pretrained(folder, safe_serialization=True)
        for name in TOKENIZER_FILES:
            shutil.copyfile(base_folder / name, folder / name)
        artifact = store.put(folder, Kind.MERGED, adapter.name)
    del model, merged
    gc.collect()
    return artifact


@task(name="merge", task_run_name="merge-{adapter.name}", cache_policy=Stage(name="merge", version=1))
def merge(base: Artifact, adapter: Artifact) -> Artifact:
    """Cached: the same base and adapter give the same model."""
    return merge_adapter(base, adapter, Settings().store)
