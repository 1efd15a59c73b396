"""A base folder as the hub would hold it: the real Qwen2 vocabulary, a small Qwen2.5 with random weights.

The weights are random but for one attention layer, which looks back LOOK_BACK tokens and writes what stood there.
With nothing but random weights the best two of 151,936 tokens lie so near each other that the rounding of Q4_K_M
changes most greedy answers (4 of 24 stayed): the parity check refuses such a model, and rightly so. With it the model
repeats the end of its prompt and then stops: it answers each prompt otherwise, and knows what it wants to say.
Whatever the other layers add is noise to that answer, so a fault in them is for the tiny recipe's parity to find.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from blocks.bases import PAD, QWEN2_SPLIT
from josi.chat import CHATML

if TYPE_CHECKING:
    from tokenizers import Tokenizer
    from transformers import Qwen2Config, Qwen2ForCausalLM

VOCABULARY = Path(".cache/llama.cpp/models/ggml-vocab-qwen2.gguf")  # in llama-cpp-python's source archive
CONTROL = (PAD, "<|im_start|>", CHATML.stop)
LOOK_BACK = 16  # tokens; five of a prompt's last ones are <|im_end|> \n <|im_start|> assistant \n
SHARPNESS = 12.0  # of the attention on that one token: its neighbours get about e^-14 of its weight
LOUDNESS = 6.0  # of what stood there, against the token that stands here


def write_folder(folder: Path, *, hidden: int = 256, seed: int = 7, decisive: bool = True) -> Path:
    """Write tokenizer, config and bfloat16 weights into `folder`; `decisive=False` leaves all weights random."""
    import torch

    folder.mkdir(parents=True, exist_ok=True)
    tokens, merges = read_vocabulary()
    write_tokenizer(folder, tokens, merges)
    model = random_model(small_config(len(tokens), hidden), seed)
    if decisive:
        look_back(model)
    model.to(torch.bfloat16).save_pretrained(folder, safe_serialization=True)
    return folder


def read_vocabulary(path: Path = VOCABULARY) -> tuple[list[str], list[str]]:
    """Tokens (in byte-level spelling, padded to the model's vocabulary) and merges ("a b"), best first."""
    from gguf import GGUFReader

    reader = GGUFReader(path)
    tokens, merges = (reader.get_field(f"tokenizer.ggml.{name}") for name in ("tokens", "merges"))
    return tokens.contents(), merges.contents()


def write_tokenizer(folder: Path, tokens: Sequence[str], merges: Sequence[str]) -> None:
    """Qwen2's own steps: NFC, its split, byte level, BPE."""
    (folder / "tokenizer_config.json").write_text(
        json.dumps({"tokenizer_class": "Qwen2Tokenizer", "eos_token": CHATML.stop, "pad_token": PAD}, indent=1)
    )
    build_tokenizer(tokens, merges).save(str(folder / "tokenizer.json"))


def build_tokenizer(tokens: Sequence[str], merges: Sequence[str]) -> "Tokenizer":
    from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers

    ordinary = tokens[: tokens.index(CONTROL[0])]
    pairs = [(left, right) for left, right in (merge.split(" ") for merge in merges)]
    tokenizer = Tokenizer(models.BPE({token: i for i, token in enumerate(ordinary)}, pairs))
    tokenizer.normalizer = normalizers.NFC()
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(QWEN2_SPLIT), behavior="isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.add_special_tokens(list(CONTROL))
    return tokenizer


def small_config(vocabulary: int, hidden: int = 256) -> "Qwen2Config":
    """The shape of Qwen2.5-1.5B made small: the same kinds of tensors, tied embeddings, grouped attention."""
    from transformers import Qwen2Config

    return Qwen2Config(
        vocab_size=vocabulary,
        hidden_size=hidden,
        num_hidden_layers=2,
        intermediate_size=3 * hidden,
        num_attention_heads=4,
        num_key_value_heads=2,
        max_position_embeddings=4096,
        rope_parameters={"rope_type": "default", "rope_theta": 1e6},
        rms_norm_eps=1e-6,
        tie_word_embeddings=True,
        bos_token_id=151643,
        eos_token_id=151645,
        pad_token_id=151643,
        architectures=["Qwen2ForCausalLM"],
    )


def random_model(config: "Qwen2Config", seed: int) -> "Qwen2ForCausalLM":
    import torch
    from transformers import Qwen2ForCausalLM

    torch.manual_seed(seed)
    return Qwen2ForCausalLM(config)


def look_back(model: "Qwen2ForCausalLM") -> None:
    """Make the first attention layer write the token that stood LOOK_BACK tokens ago.

    With constant queries and keys that rotary embedding turns by position, the score of a token n steps back is
    the sum of cos((n - LOOK_BACK) * frequency) over all frequencies: highest where n is LOOK_BACK.
    """
    import torch

    config: Any = model.config
    attention: Any = model.model.layers[0].self_attn
    size, groups = config.hidden_size // config.num_attention_heads, config.num_key_value_heads
    turns = LOOK_BACK * 1e6 ** (-torch.arange(0, size, 2) / size)
    query = SHARPNESS * torch.cat([turns.cos(), -turns.sin()])
    key = SHARPNESS * torch.cat([torch.ones(size // 2), torch.zeros(size // 2)])
    seen = torch.linalg.qr(torch.randn(config.hidden_size, groups * size)).Q  # orthonormal columns: what a head sees
    repeats = config.num_attention_heads // groups
    back = seen.view(-1, groups, 1, size).expand(-1, -1, repeats, -1).reshape(config.hidden_size, -1) / repeats
    with torch.no_grad():
        for part in (attention.q_proj, attention.k_proj):
            part.weight.mul_(0.25)
        attention.q_proj.bias.copy_(query.repeat(config.num_attention_heads))
        attention.k_proj.bias.copy_(key.repeat(groups))
        attention.v_proj.weight.copy_(seen.T)
        attention.o_proj.weight.copy_(LOUDNESS * config.initializer_range * back)
