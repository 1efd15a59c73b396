"""What this machine has and lacks for the job, each with the remedy."""

import importlib.metadata
import os
import shutil
import sys
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path

from blocks.recipe import Recipe
from blocks.settings import Settings
from josi.errors import JosiError, UsageError
from josi.records import Record

GIB = 1 << 30


class Status(StrEnum):
    OK = "ok"
    OPTIONAL = "optional"  # lacking, and only some recipes need it
    MISSING = "missing"


class Check(Record):
    """One line of the doctor's list."""

    name: str
    status: Status
    found: str
    remedy: str = ""


def examine(settings: Settings) -> tuple[Check, ...]:
    """Every check, in the order in which a newcomer would mend things."""
    return tuple(check(settings) for check in CHECKS)


def require_gpu(recipe: Recipe, allowed: bool) -> None:
    """Raises UsageError where a recipe wants a GPU and this machine has none, unless a CPU is `allowed` to do."""
    if not recipe.needs_gpu or allowed:
        return
    import torch

    if not torch.cuda.is_available():
        raise UsageError(
            f"The recipe {recipe.name} needs a GPU, and this machine has none that torch can use.",
            "Run it on a machine with a GPU, or with --allow-cpu (in a form: allow_cpu).",
        )


def _python(_: Settings) -> Check:
    version = ".".join(map(str, sys.version_info[:3]))
    fits = sys.version_info >= (3, 11)
    return Check(
        name="Python",
        status=Status.OK if fits else Status.MISSING,
        found=version,
        remedy="" if fits else "Install Python 3.11 and run `make setup`.",
    )


def _libraries(_: Settings) -> Check:
    found, missing = [], []
    for name in ("torch", "transformers", "trl", "peft", "prefect", "llama-cpp-python"):
        try:
            found.append(f"{name} {importlib.metadata.version(name)}")
        except importlib.metadata.PackageNotFoundError:
            missing.append(name)
    return Check(
        name="Libraries",
        status=Status.MISSING if missing else Status.OK,
        found=f"missing: {', '.join(missing)}" if missing else ", ".join(found),
        remedy="Run `make setup`." if missing else "",
    )


def _processor(_: Settings) -> Check:
    cores = os.cpu_count() or 1
    pages = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    few = cores < 2 or pages < 5 * GIB  # of 6, some are the system's
    return Check(
        name="Processor and memory",
        status=Status.MISSING if few else Status.OK,
        found=f"{cores} cores, {pages / GIB:.0f} GiB",
        remedy="The tiny recipe wants two cores and 6 GiB." if few else "",
    )


def _gpu(_: Settings) -> Check:
    try:
        import torch
    except ImportError:
        return Check(name="GPU", status=Status.OPTIONAL, found="unknown: torch is missing", remedy="Run `make setup`.")
    if not torch.cuda.is_available():
        return Check(
            name="GPU",
            status=Status.OPTIONAL,
            found="none",
            remedy="`--recipe tiny` needs none. For v5: a CUDA GPU of 8 GB or more (README, From tiny to a GPU).",
        )
    properties = torch.cuda.get_device_properties(0)
    memory = properties.total_memory / GIB
    return Check(
        name="GPU",
        status=Status.OK if memory >= 8 else Status.OPTIONAL,
        found=f"{properties.name}, {memory:.0f} GiB",
        remedy="" if memory >= 8 else "v5 wants 8 GB: lower `--set sft.interpreter.batch_size=1`.",
    )


def _disk(settings: Settings) -> Check:
    place = next(p for p in (settings.root, *settings.root.parents) if p.exists())
    free = shutil.disk_usage(place).free / GIB
    return Check(
        name="Disk",
        status=Status.OK if free > 20 else Status.OPTIONAL if free > 2 else Status.MISSING,
        found=f"{free:.0f} GiB free at JOSI_HOME",
        remedy="" if free > 20 else "tiny needs 2 GiB, v5 about 20: free some, or set JOSI_HOME to another disk.",
    )


def _tools(settings: Settings) -> Check:
    there = (settings.llama_tools / "convert_hf_to_gguf.py").exists()
    return Check(
        name="llama.cpp converter",
        status=Status.OK if there else Status.MISSING,
        found="there" if there else f"not in {settings.llama_tools}",
        remedy="" if there else "Run `make setup`.",
    )


def _base_weights(_: Settings) -> Check:
    hub = Path(os.environ.get("HF_HOME", Path.home() / ".cache/huggingface")) / "hub"
    found = sorted(p.name.removeprefix("models--").replace("--", "/") for p in hub.glob("models--Qwen*"))
    return Check(
        name="Base weights",
        status=Status.OK if found else Status.OPTIONAL,
        found=", ".join(found) or "none in the hub's cache",
        remedy="" if found else "tiny makes its own. v5 fetches Qwen2.5-1.5B-Instruct, or takes --base-folder FOLDER.",
    )


def _bucket(settings: Settings) -> Check:
    """Asks the bucket itself, so that a wrong key is found before an hour of training."""
    from blocks.bucket import open_bucket

    try:
        bucket = open_bucket(settings)
        bucket.check()
    except JosiError as error:
        return Check(name="Bucket", status=Status.MISSING, found=error.what, remedy=error.remedy)
    return Check(name="Bucket", status=Status.OK, found=bucket.address)


CHECKS: tuple[Callable[[Settings], Check], ...] = (
    _python,
    _libraries,
    _processor,
    _gpu,
    _disk,
    _tools,
    _base_weights,
    _bucket,
)
