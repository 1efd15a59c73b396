"""llama.cpp's own grammar engine, asked without a model: what it accepts is what a phone will let a model say."""

import ctypes
import math
from pathlib import Path
from typing import Any

from blocks.vocabulary import Vocabulary
from josi.errors import ExportError

VOCABULARY = Path(".cache/llama.cpp/models/ggml-vocab-qwen2.gguf")  # from llama-cpp-python's source archive


def grammar_sampler(vocabulary: Any, grammar: str) -> Any:
    """llama.cpp's sampler for a grammar; who asks frees it. `vocabulary` is a `llama_vocab` pointer.

    Raises ExportError where the grammar does not parse: handed on unasked, it would crash the process at generation.
    An empty one counts as broken, since it would be no grammar at all.
    """
    import llama_cpp

    text = grammar.encode()
    sampler = llama_cpp.llama_sampler_init_grammar(vocabulary, text, b"root") if grammar.strip() else None
    if not sampler:
        raise ExportError("llama.cpp cannot parse the grammar.", "Run `make schemas` and look at the last change.")
    return sampler


def allows(sampler: Any, token: int) -> bool:
    """Whether a grammar's sampler lets this one token come next. Its state stays as it is."""
    import llama_cpp

    one = (llama_cpp.llama_token_data * 1)(llama_cpp.llama_token_data(token, 1.0, 0.0))
    llama_cpp.llama_sampler_apply(sampler, ctypes.byref(llama_cpp.llama_token_data_array(one, 1, -1, False)))
    return not math.isinf(one[0].logit)


class GrammarEngine(Vocabulary):
    """A vocabulary and the engine. Close it explicitly (or use `with`): its memory is llama.cpp's, not Python's."""

    def __init__(self, path: Path = VOCABULARY) -> None:
        super().__init__(path)

    def accepts(self, grammar: str, text: str) -> bool:
        """Whether the whole text, token by token and then the end, is in the grammar's language."""
        return self.refused(grammar, text) is None

    def refused(self, grammar: str, text: str) -> str | None:
        """What is left of the text from the first token that may not come; "" where it may not end; None: accepted.

        Raises ExportError where the grammar does not parse.
        """
        import llama_cpp

        sampler = grammar_sampler(self._llama._model.vocab, grammar)
        tokens = self._llama.tokenize(text.encode(), add_bos=False, special=False)
        try:
            for place, token in enumerate(tokens):
                if not allows(sampler, token):
                    return bytes(self._llama.detokenize(tokens[place:])).decode(errors="replace")
                llama_cpp.llama_sampler_accept(sampler, token)
            return None if allows(sampler, self._llama.token_eos()) else ""
        finally:
            llama_cpp.llama_sampler_free(sampler)
