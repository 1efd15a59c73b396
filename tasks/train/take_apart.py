"""Subword regularization: some tokens of a prompt taken apart, as BPE dropout would have left them, from a seed.

Provilkov, Emelianenko, Voita 2020, "BPE-Dropout". The tokenizers library has it, but draws from a generator that
cannot be seeded: here a token becomes the two that its merge joined, and each of these again with the same chance.
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from random import Random

from tasks.train.tokens import IGNORED, Encoded

Merges = Mapping[int, tuple[int, int]]  # a token, and the two that were merged into it


def merges_of(folder: Path) -> Merges:
    """From the tokenizer.json of a byte-level BPE."""
    model = json.loads((folder / "tokenizer.json").read_text("utf-8"))["model"]
    ids = model["vocab"]
    pairs = (tuple(merge.split(" ")) if isinstance(merge, str) else tuple(merge) for merge in model["merges"])
    return {ids[left + right]: (ids[left], ids[right]) for left, right in pairs}


def taken_apart(row: Encoded, merges: Merges, share: float, rng: Random) -> Encoded:
    """The row with about `share` of its prompt's tokens in parts. What is learned stays as it is."""
    ids: list[int] = []
    labels: list[int] = []
    for token, label in zip(row.ids, row.labels, strict=True):
        parts = list(_parts(token, merges, share, rng)) if label == IGNORED else [token]
        ids += parts
        labels += [label] * len(parts)
    return row.model_copy(update={"ids": tuple(ids), "labels": tuple(labels)})


def _parts(token: int, merges: Merges, share: float, rng: Random) -> Iterator[int]:
    if token in merges and rng.random() < share:
        for part in merges[token]:
            yield from _parts(part, merges, share, rng)
    else:
        yield token
