"""Tokens are counted part by part, and no token reaches over a control token: the sum is that of the whole."""

from pathlib import Path

import llama_cpp
import pytest

from blocks.settings import Settings
from blocks.vocabulary import Vocabulary
from josi.errors import ExportError

VOCABULARY = Settings().llama_tools / "models" / "ggml-vocab-qwen2.gguf"
TURN = "<|im_start|>system\nBe kind.<|im_end|>\n<|im_start|>user\n  Een uurtje, één uur!\n\n\nCONTEXT:\n<|im_end|>\n"


@pytest.mark.parametrize(
    "text",
    [
        TURN,
        TURN + "<|im_start|>assistant\n" + '{"action":"create_workout"}' + "<|im_end|>\n",
        "no control token at all \U0001f6b4",
        "<|im_start|><|im_start|>",
        " <|im_end|> \n",
        "",
    ],
)
def test_the_parts_of_a_turn_have_as_many_tokens_as_the_whole(text: str) -> None:
    whole = llama_cpp.Llama(str(VOCABULARY), vocab_only=True, verbose=False)

    with Vocabulary(VOCABULARY) as vocabulary:
        assert vocabulary.count(text) == len(whole.tokenize(text.encode(), add_bos=False, special=True))


def test_a_vocabulary_that_is_not_there_is_named_with_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match=r"none\.gguf.*make setup"):
        Vocabulary(tmp_path / "none.gguf")
