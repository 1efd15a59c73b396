"""Evaluation prompts in training: long runs of the same words, and near copies with numbers and sports masked.

The n-gram test is the usual one of contamination studies (Brown et al. 2020, appendix C, there with 13 words); ours are
short messages, so fewer words count, and a whole shorter message counts as well.
"""

from collections.abc import Iterator

from tasks.data.leak import plain
from tasks.data.quality.material import Material, Placed

GRAM = 8  # words in a row
LEAST_WORDS = 3  # a whole message of fewer words ("hello coach") is nobody's own


def leaked(material: Material) -> Iterator[tuple[Placed, str]]:
    """Each row that holds the words of an evaluation prompt, and whose they are."""
    grams: dict[str, str] = {}
    whole: dict[str, str] = {}
    for message, name in material.judged.items():
        words = plain(message).split()
        if len(words) >= LEAST_WORDS:
            whole.setdefault(" ".join(words), name)
        for start in range(len(words) - GRAM + 1):
            grams.setdefault(" ".join(words[start : start + GRAM]), name)
    for placed in material.placed:
        words = plain(placed.said).split()
        text = " ".join(words)
        if text in whole:
            yield placed, f"the words of {whole[text]}"
            continue
        runs = (" ".join(words[start : start + GRAM]) for start in range(len(words) - GRAM + 1))
        run = next((run for run in runs if run in grams), None)
        if run:
            yield placed, f"{GRAM} words in a row of {grams[run]}: {run!r}"
