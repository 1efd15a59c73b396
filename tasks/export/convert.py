"""From a merged model to the file that ships: F16 GGUF by llama.cpp's own converter, then quantized."""

import json
import logging
import os
import shutil
import struct
import subprocess
import sys
from pathlib import Path

from prefect import task

from blocks.bases import QWEN2_SPLIT
from blocks.llama import quantize
from blocks.recipe import Quant
from blocks.settings import Settings
from blocks.store import FolderStore
from josi.errors import ExportError
from josi.examples import Example
from josi.records import Artifact, Kind, Record, Role
from tasks.export.parity import climb
from tasks.stage import Stage

log = logging.getLogger(__name__)

# llama.cpp's converter knows a BPE pre-tokenizer by a hash over the vocabulary too, so a vocabulary of our own is
# "not recognized". Where the pre-tokenizer is Qwen2's to the letter, the converter is told so; it runs otherwise as is.
_RUNNER = """
import runpy, sys
tools, pre, *arguments = sys.argv[1:]
sys.path.insert(0, tools)
sys.argv = [tools + "/convert_hf_to_gguf.py", *arguments]
if pre:
    sys.path.insert(1, tools + "/gguf-py")
    from conversion.base import TextModel
    TextModel.get_vocab_base_pre = lambda self, tokenizer: pre
runpy.run_path(sys.argv[0], run_name="__main__")
"""


class Build(Record):
    """The file that ships, and how far it answers as the merged model does."""

    gguf: Artifact
    parity: Artifact


def export_gguf(
    role: Role, merged: Artifact, data: Artifact, file_name: str, quant: Quant, store: FolderStore, tools: Path
) -> Build:
    """Convert, quantize and compare answers. The F16 file never enters the store: it goes when this is done.

    Raises ExportError where a file does not convert or load, ParityError where it answers otherwise than before.
    """
    examples = held_out(store.fetch(data))
    model = store.fetch(merged)
    with store.scratch() as folder:
        f16, shipped = folder / "f16.gguf", folder / f"{file_name}-{quant.type}.gguf"
        to_f16(model, f16, tools)
        if quant.type == "f16":
            shutil.copyfile(f16, shipped)
        else:
            quantize(f16, shipped, quant.type, threads=os.cpu_count() or 1)
        log.info("%s: %.1f MB (F16 %.1f MB)", shipped.name, shipped.stat().st_size / 1e6, f16.stat().st_size / 1e6)
        parity = climb(role, model, f16, shipped, examples)
        ship = folder / "ship"
        ship.mkdir()
        shipped = shipped.rename(ship / shipped.name)
        if quant.legacy_header:
            legacy_copy(shipped, ship / f"{shipped.stem}.gguf-v2.gguf")
        return Build(
            gguf=store.put(ship, Kind.GGUF, shipped.stem),
            parity=store.put_bytes(parity.to_json(), "parity.json", Kind.PARITY, shipped.stem),
        )


def held_out(data: Path) -> list[Example]:
    """The validation rows of a role's set."""
    lines = (data / "validation.jsonl").read_text("utf-8").split("\n")  # splitlines would cut at a U+2028 in a text
    return [Example.model_validate_json(line) for line in lines if line.strip()]


def to_f16(model: Path, target: Path, tools: Path) -> None:
    """Run llama.cpp's converter in a process of its own. Raises ExportError with the end of what it said."""
    if not (tools / "convert_hf_to_gguf.py").exists():
        raise ExportError(f"llama.cpp's converter is not in {tools}.", "Run `make setup`.")
    pre = "qwen2" if splits_like_qwen2(model / "tokenizer.json") else ""
    command = [sys.executable, "-c", _RUNNER, str(tools), pre, str(model), "--outfile", str(target), "--outtype", "f16"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # our own arguments
    if done.returncode != 0 or not target.exists():
        raise ExportError(
            f"llama.cpp's converter failed on {model.name}: {done.stderr.strip()[-800:]}",
            "Is it a model that llama.cpp knows, and the disk not full? `make setup` fetches the converter again.",
        )


def splits_like_qwen2(tokenizer: Path) -> bool:
    """Whether the pre-tokenizer is exactly Qwen2's: its split, then byte level, nothing else."""
    found = json.loads(tokenizer.read_text("utf-8")).get("pre_tokenizer") or {}
    steps = found.get("pretokenizers", [])
    return (
        len(steps) == 2
        and steps[0].get("type") == "Split"
        and steps[0].get("pattern") == {"Regex": QWEN2_SPLIT}
        and steps[0].get("behavior") == "Isolated"
        and not steps[0].get("invert", False)
        and steps[1].get("type") == "ByteLevel"
        and not steps[1].get("use_regex", True)
        and not steps[1].get("add_prefix_space", True)
    )


def legacy_copy(source: Path, target: Path) -> Path:
    """A copy whose GGUF header says version 2, for old Android loaders: the little-endian layout is the same.

    The version is the 32-bit number after the magic (GGUF specification, ggml/docs/gguf.md).
    """
    with source.open("rb") as file:
        if file.read(4) != b"GGUF":
            raise ExportError(f"{source.name} is no GGUF file.", "Export it again.")
    shutil.copyfile(source, target)
    with target.open("r+b") as file:
        file.seek(4)
        file.write(struct.pack("<I", 2))
    return target


@task(name="export", task_run_name="export-{file_name}", cache_policy=Stage(name="export", version=1))
def export(role: Role, merged: Artifact, data: Artifact, file_name: str, quant: Quant) -> Build:
    """Cached: the same model, prompts, name and quantization give the same file."""
    settings = Settings()
    return export_gguf(role, merged, data, file_name, quant, settings.store, settings.llama_tools)
