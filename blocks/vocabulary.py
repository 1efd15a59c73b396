"""A model's vocabulary without its weights: llama.cpp counts a text's tokens as the phone will."""

from pathlib import Path

from blocks.closing import Closing
from blocks.llama_log import quiet
from josi.errors import ExportError


class Vocabulary(Closing):
    """A vocabulary-only GGUF. Close it explicitly (or use `with`): its memory is llama.cpp's, not Python's."""

    def __init__(self, path: Path) -> None:
        import llama_cpp

        if not path.is_file():
            raise ExportError(f"{path}: there is no such vocabulary.", "Run `make setup`.")
        quiet()
        self._llama = llama_cpp.Llama(str(path), vocab_only=True, verbose=False)

    def count(self, text: str) -> int:
        """Tokens of a text; control tokens such as `<|im_start|>` are recognised, none is added."""
        return len(self._llama.tokenize(text.encode(), add_bos=False, special=True))

    def close(self) -> None:
        self._llama.close()
