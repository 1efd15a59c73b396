"""The catalogue of base models, and how a base is loaded. One entry is all it takes to add one."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from josi.chat import CHATML
from josi.errors import Unreachable, UsageError
from josi.records import Record

if TYPE_CHECKING:
    from transformers import PreTrainedModel, PreTrainedTokenizerFast

QWEN2_TARGETS = ("q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj")
PAD = "<|endoftext|>"  # of every Qwen2; never the stop token, or the end would be masked and never learned
# Qwen2's own pre-tokenizer: llama.cpp splits text in exactly this way for `tokenizer.ggml.pre = qwen2`.
QWEN2_SPLIT = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)
WEIGHT_FILES = ("*.safetensors", "*.json")  # never a pickle, never code


class Base(Record):
    """What is known of a base. `repo` and `revision` are empty for one that is made here."""

    name: str
    repo: str = ""
    revision: str = ""
    licence: str
    may_be_shipped: bool
    template: str
    lora_targets: tuple[str, ...]
    pad: str
    stop: str
    architecture: str  # llama.cpp's name for it, GGUF key general.architecture


BASES: Mapping[str, Base] = MappingProxyType(
    {
        base.name: base
        for base in (
            Base(
                name="tiny-qwen2",
                licence="Apache-2.0",
                may_be_shipped=True,
                template=CHATML.name,
                lora_targets=QWEN2_TARGETS,
                pad=PAD,
                stop=CHATML.stop,
                architecture="qwen2",
            ),
            Base(
                name="qwen2.5-1.5b-instruct",
                repo="Qwen/Qwen2.5-1.5B-Instruct",
                revision="989aa7980e4cf806f80c7fef2b1adb7bc71aa306",
                licence="Apache-2.0",
                may_be_shipped=True,
                template=CHATML.name,
                lora_targets=QWEN2_TARGETS,
                pad=PAD,
                stop=CHATML.stop,
                architecture="qwen2",
            ),
        )
    }
)


def known(name: str) -> Base:
    """The catalogue's entry. Raises UsageError with the names there are."""
    if name not in BASES:
        raise UsageError(f"There is no base {name}.", f"Known: {', '.join(BASES)}. Or add it to blocks/bases.py.")
    return BASES[name]


def download(base: Base) -> Path:
    """A base from the hub at its pinned revision, kept in the hub's cache: weights as safetensors and JSON only."""
    from huggingface_hub import snapshot_download

    try:
        folder = snapshot_download(base.repo, revision=base.revision, allow_patterns=list(WEIGHT_FILES), max_workers=4)
    except Exception as error:  # the hub raises a dozen types, all meaning: it is not to be had from here
        raise Unreachable(
            f"{base.repo} could not be fetched from the hub ({type(error).__name__}).",
            "Check the connection, or give a local copy with --base-folder FOLDER.",
        ) from None
    return Path(folder)


def load_tokenizer(folder: Path) -> "PreTrainedTokenizerFast":
    """The tokenizer as its own file states it: AutoTokenizer would add a normalizer to a Qwen2 config."""
    from transformers import PreTrainedTokenizerFast

    tokenizer = PreTrainedTokenizerFast(tokenizer_file=str(folder / "tokenizer.json"))
    tokenizer.pad_token, tokenizer.eos_token = PAD, CHATML.stop
    tokenizer.chat_template = CHATML.jinja
    return tokenizer


def load_model(folder: Path, **options: Any) -> "PreTrainedModel":
    """The weights, in the precision asked for (`dtype=`), from safetensors and without foreign code."""
    from transformers import AutoModelForCausalLM

    model: PreTrainedModel = AutoModelForCausalLM.from_pretrained(
        folder, trust_remote_code=False, use_safetensors=True, local_files_only=True, **options
    )
    return model


def to_copy(folder: Path) -> list[Path]:
    """The files of a local base that belong to it."""
    files = sorted(path for pattern in WEIGHT_FILES for path in folder.glob(pattern))
    if not (folder / "config.json").exists() or not any(path.suffix == ".safetensors" for path in files):
        raise UsageError(
            f"{folder} is no model folder: it needs config.json, tokenizer.json and *.safetensors.",
            "Name the folder that holds them with --base-folder.",
        )
    return files
