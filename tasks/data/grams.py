"""Evaluation prompts inside rows: long runs of the same words, and messages in almost the same letters.

The n-gram test is the usual one of contamination studies (Brown et al. 2020, appendix C, there with 13 words); ours are
short messages, so fewer words count, and a whole shorter message counts as well. Near copies are proposed by MinHash
(Broder 1997, by datasketch) and decided by exact Jaccard over threes of letters.
"""

from collections.abc import Mapping

from tasks.data.leak import Shape, jaccard, minhash, plain

GRAM = 8  # words in a row
LEAST_WORDS = 3  # a whole message of fewer words ("hello coach") is nobody's own
NEAR = 0.7  # Jaccard over threes of letters from which a message is a copy with a word or two changed
LEAST_NEAR = 5  # words; shorter messages are alike by chance
PERMUTATIONS = 64


class Grams:
    """The words of evaluation prompts, asked for each row. `judged` are messages with the names of their scenarios."""

    def __init__(self, judged: Mapping[str, str]) -> None:
        from datasketch import MinHashLSH

        self._grams: dict[str, str] = {}
        self._whole: dict[str, str] = {}
        self._shapes: dict[str, Shape] = {}
        self._known: dict[str, str] = {}
        self._near = MinHashLSH(threshold=NEAR, num_perm=PERMUTATIONS)
        for message, name in judged.items():
            text = plain(message)
            words = text.split()
            if len(words) >= LEAST_WORDS:
                self._whole.setdefault(text, name)
            for run in _runs(words):
                self._grams.setdefault(run, name)
            if len(words) >= LEAST_NEAR and text not in self._shapes:
                self._shapes[text] = Shape(text)
                self._near.insert(text, minhash(self._shapes[text], PERMUTATIONS))

    def reason(self, said: str) -> str:
        """Whose words a row holds, or an empty string."""
        text = plain(said)
        if text not in self._known:
            self._known[text] = self._reason(text)
        return self._known[text]

    def _reason(self, text: str) -> str:
        words = text.split()
        if text in self._whole:
            return f"the words of {self._whole[text]}"
        run = next((run for run in _runs(words) if run in self._grams), None)
        if run:
            return f"{GRAM} words in a row of {self._grams[run]}: {run!r}"
        if len(words) < LEAST_NEAR:
            return ""
        shape = Shape(text)
        for other in sorted(self._near.query(minhash(shape, PERMUTATIONS))):
            share = jaccard(shape.shingles, self._shapes[other].shingles)
            if share >= NEAR:
                return f"{share:.0%} of its letters in threes are those of {self._whole[other]}: {other!r}"
        return ""


def _runs(words: list[str]) -> list[str]:
    return [" ".join(words[start : start + GRAM]) for start in range(len(words) - GRAM + 1)]
