"""llama.cpp: the engine that runs on the phone, here to judge and to try the very files that ship."""

import ctypes
from pathlib import Path
from typing import Any

from blocks.closing import Closing
from blocks.llama_log import quiet
from josi.errors import ExportError

FTYPES = {"f16": 1, "q8_0": 7, "q4_k_m": 15}  # llama_ftype in llama.h


class LlamaModel(Closing):
    """One loaded GGUF. Close it explicitly (or use `with`): its memory is llama.cpp's, not Python's.

    One thread is fastest for models of a few million parameters; give more for 1.5B.
    """

    def __init__(self, path: Path, context_tokens: int = 2048, threads: int = 1) -> None:
        if not path.is_file():
            raise ExportError(f"{path}: there is no such GGUF file.", "Run `josi download`, or name another file.")
        from blocks.choosing import ChoosingLlama

        quiet()
        try:
            self._llama = ChoosingLlama(
                str(path),
                n_ctx=context_tokens,
                n_threads=threads,
                n_threads_batch=threads,
                verbose=False,
                seed=7,
            )
        except ValueError as error:
            raise ExportError(f"{path.name}: llama.cpp cannot load it: {error}.", "Export it again.") from None
        self.path = path

    def complete(
        self,
        prompt: str,
        *,
        max_new_tokens: int,
        temperature: float,
        stop: str,
        grammar: str | None = None,
    ) -> str:
        """The text after `prompt`, without the stop token. Greedy at temperature 0; at most `max_new_tokens` tokens.

        With a grammar a token is chosen first and then checked (`blocks.choosing` says what that means for sampling).

        Any control token ends it: their text is not shown, and behind a hidden `<|im_start|>` the model would go on
        and speak for the athlete.

        Raises ExportError where the grammar does not parse, and where the prompt leaves no room in the context.
        """
        import llama_cpp

        tokens = self.tokenize(prompt)
        if len(tokens) + max_new_tokens > self._llama.n_ctx():
            raise ExportError(
                f"a prompt of {len(tokens)} tokens and {max_new_tokens} new ones exceed the context of "
                f"{self._llama.n_ctx()}.",
                "Shorten the history or raise context_tokens.",
            )
        result: Any = self._llama.create_completion(
            tokens,
            max_tokens=max_new_tokens,
            temperature=temperature,
            top_p=1.0 if temperature == 0 else 0.95,
            top_k=0 if temperature == 0 else 40,
            repeat_penalty=1.0,
            stop=[stop],
            stopping_criteria=llama_cpp.StoppingCriteriaList([self._ended]),
            grammar=None if grammar is None else llama_cpp.LlamaGrammar(_grammar=grammar),
            seed=7,
        )
        return str(result["choices"][0]["text"])

    def tokenize(self, text: str) -> list[int]:
        """Token ids; control tokens such as `<|im_start|>` are recognised, no token is added at the start."""
        ids: list[int] = self._llama.tokenize(text.encode(), add_bos=False, special=True)
        return ids

    def count(self, text: str) -> int:
        """The tokens of a text, control tokens among them."""
        return len(self.tokenize(text))

    def _ended(self, ids: Any, _scores: Any) -> bool:
        import llama_cpp

        return bool(llama_cpp.llama_vocab_is_control(self._llama._model.vocab, int(ids[-1])))

    def close(self) -> None:
        self._llama.close()


def quantize(source: Path, target: Path, kind: str, threads: int = 2) -> None:
    """Write `target` as a quantized copy of the F16 GGUF `source`. `kind` is a key of FTYPES."""
    import llama_cpp

    quiet()
    params = llama_cpp.llama_model_quantize_default_params()
    params.ftype = FTYPES[kind]
    params.nthread = threads
    code = llama_cpp.llama_model_quantize(str(source).encode(), str(target).encode(), ctypes.byref(params))
    if code != 0:
        raise ExportError(f"{source.name}: llama.cpp could not quantize to {kind} (code {code}).", "Is the disk full?")
