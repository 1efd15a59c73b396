"""Evaluation prompts inside rows: long runs of the same words.

The n-gram test is the usual one of contamination studies (Brown et al. 2020, appendix C, there with 13 words); ours are
short messages, so fewer words count, and a whole shorter message counts as well.
"""

from collections.abc import Mapping

from tasks.data.leak import plain

GRAM = 8  # words in a row
LEAST_WORDS = 3  # a whole message of fewer words ("hello coach") is nobody's own


class Grams:
    """The words of evaluation prompts, asked for each row. `judged` are messages with the names of their scenarios."""

    def __init__(self, judged: Mapping[str, str]) -> None:
        self._grams: dict[str, str] = {}
        self._whole: dict[str, str] = {}
        for message, name in judged.items():
            words = plain(message).split()
            if len(words) >= LEAST_WORDS:
                self._whole.setdefault(" ".join(words), name)
            for run in _runs(words):
                self._grams.setdefault(run, name)

    def reason(self, said: str) -> str:
        """Whose words a row holds, or an empty string."""
        words = plain(said).split()
        whole = self._whole.get(" ".join(words))
        if whole:
            return f"the words of {whole}"
        run = next((run for run in _runs(words) if run in self._grams), None)
        return f"{GRAM} words in a row of {self._grams[run]}: {run!r}" if run else ""


def _runs(words: list[str]) -> list[str]:
    return [" ".join(words[start : start + GRAM]) for start in range(len(words) - GRAM + 1)]
