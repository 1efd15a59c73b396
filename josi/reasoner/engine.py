"""How the apps answer. This is fixed: every model that we train has to be expressed in it.

    score(label) = log_priors[label] + sum(count(token) * log_likelihoods[label][token])
                   + keyword_bonus * matches of keyword_hints[label]

The confidence is the softmax of the scores, capped at CAP.
"""

import math
import unicodedata
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from itertools import pairwise

from josi.reasoner.payload import Payload
from josi.records import Record

CAP = 0.995  # no answer is told as certain
SHORTEST = 2  # Unicode scalars in a token


@lru_cache(maxsize=8192)
def _kept(character: str) -> str:
    """A character in lower case, with a blank in place of all that is neither letter (L*) nor decimal digit (Nd).

    Lower-casing goes by single Unicode scalars, as Swift's `properties.lowercaseMapping` does: a final sigma stays a
    plain one, and what a mapping adds besides a letter (the dot of a Turkish capital I) parts words.
    """
    return "".join(
        one if (kind := unicodedata.category(one))[0] == "L" or kind == "Nd" else " " for one in character.lower()
    )


def tokens(text: str) -> list[str]:
    """Words of two characters or more, then each pair of neighbours among them, joined by `_`.

    Characters are Unicode scalars, and a combining mark parts a word. Words are in NFC, for Swift takes strings that
    are canonically equivalent for the same key.
    """
    parts = "".join(map(_kept, text)).split(" ")
    words = [unicodedata.normalize("NFC", word) for word in parts if len(word) >= SHORTEST]
    return words + [f"{first}_{second}" for first, second in pairwise(words)]


class Answered(Record):
    """What the engine says to a text. `scores` and `confidence` are those of the formula above."""

    label: str
    confidence: float
    next_action: str
    label_brief: str
    scores: Mapping[str, float]


class Reasoner:
    """The engine with one payload."""

    def __init__(self, payload: Payload) -> None:
        self.payload = payload
        self._place = {token: index for index, token in enumerate(payload.vocabulary)}
        self._hints = {label: frozenset(payload.keyword_hints.get(label, ())) for label in payload.labels}

    def scores(self, text: str) -> dict[str, float]:
        """The score of every label, in the payload's order."""
        counts = Counter(tokens(text))
        known = [(self._place[token], count) for token, count in counts.items() if token in self._place]
        payload = self.payload
        return {
            label: payload.log_priors[label]
            + sum(count * payload.log_likelihoods[label][place] for place, count in known)
            + payload.keyword_bonus * sum(hint in counts for hint in self._hints[label])
            for label in payload.labels
        }

    def answer(self, text: str) -> Answered:
        """The best label, of equal ones the first in the payload."""
        scores = self.scores(text)
        best = max(scores, key=lambda label: scores[label])
        return Answered(
            label=best,
            confidence=min(CAP, confidences(scores)[best]),
            next_action=self.payload.next_actions[best],
            label_brief=self.payload.label_briefs[best],
            scores=scores,
        )


def confidences(scores: Mapping[str, float]) -> dict[str, float]:
    """The softmax of scores, before the cap. Sums to 1."""
    top = max(scores.values())
    powers = {label: math.exp(score - top) for label, score in scores.items()}
    total = sum(powers.values())
    return {label: power / total for label, power in powers.items()}
