"""A model's vocabulary without its weights: llama.cpp counts a text's tokens as the phone will."""

import re
from pathlib import Path

from blocks.closing import Closing
from blocks.llama_log import quiet
from josi.chat import CHATML
from josi.errors import ExportError

_CONTROL = re.compile(f"({re.escape(CHATML.head)}|{re.escape(CHATML.stop)})")


class Vocabulary(Closing):
    """A vocabulary-only GGUF. Close it explicitly (or use `with`): its memory is llama.cpp's, not Python's."""

    def __init__(self, path: Path) -> None:
        import llama_cpp

        if not path.is_file():
            raise ExportError(f"{path}: there is no such vocabulary.", "Run `make setup`.")
        quiet()
        self._llama = llama_cpp.Llama(str(path), vocab_only=True, verbose=False)
        self._known: dict[str, int] = {}

    def count(self, text: str) -> int:
        """Tokens of a text; control tokens such as `<|im_start|>` are recognised, none is added.

        Control tokens part a text, and no token reaches over one: a part that many turns share is counted once.
        """
        return sum(self._count(part) for part in _CONTROL.split(text) if part)

    def _count(self, part: str) -> int:
        if part not in self._known:
            self._known[part] = len(self._llama.tokenize(part.encode(), add_bos=False, special=True))
        return self._known[part]

    def close(self) -> None:
        self._llama.close()
