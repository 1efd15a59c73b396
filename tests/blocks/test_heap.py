import gc
import sys

import psutil
import pytest

from blocks.heap import trim


@pytest.mark.skipif(sys.platform != "linux", reason="glibc alone gives memory back when it is told to")
def test_what_is_free_between_pieces_in_use_is_given_back() -> None:
    """Pieces too small for a mapping of their own, each tenth still in use: the heap can shrink at neither end."""
    process = psutil.Process()
    pieces = [bytearray(b"x" * 50_000) for _ in range(4000)]
    kept = pieces[9::10]
    del pieces
    gc.collect()
    before = process.memory_info().rss

    trim()

    assert before - process.memory_info().rss > 100e6
    assert all(piece[-1] == ord("x") for piece in kept)
