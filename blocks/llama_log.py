"""llama.cpp's own log: its chatter goes to our debug level, its errors stay errors."""

import ctypes
import logging
from typing import Any

log = logging.getLogger("blocks.llama")

_ERROR = 4  # ggml_log_level in ggml.h


def quiet() -> None:
    import llama_cpp

    if not hasattr(quiet, "callback"):
        quiet.callback = llama_cpp.llama_log_callback(_log)  # type: ignore[attr-defined]  # kept alive for C
    llama_cpp.llama_log_set(quiet.callback, ctypes.c_void_p(0))  # type: ignore[attr-defined]


def _log(level: int, text: bytes, _: Any) -> None:
    log.log(logging.ERROR if level == _ERROR else logging.DEBUG, text.decode(errors="replace").rstrip())
