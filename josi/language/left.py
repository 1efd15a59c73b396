"""What is left of an answer while a step of the governor takes from it, and what each sentence then asks."""

import re

from josi.language.care import speaks_of_care
from josi.language.questions import Asked, kind_of, kinds
from josi.language.sentences import Sentence

Said = tuple[Sentence, ...]

_IN_THE_WAY = (Asked.WAITS, Asked.ANSWERED)


class Left:
    """Sentences, what each asks, and which speak of care. Only the sentence before a change can ask anew."""

    def __init__(self, said: Said) -> None:
        self.said = list(said)
        self.asked = list(kinds(said))
        self.of_care = [speaks_of_care(one.text) for one in said]

    @property
    def kept(self) -> Said:
        return tuple(self.said)

    @property
    def opening(self) -> int:
        """The first sentence that is no question in the way."""
        return next((place for place, kind in enumerate(self.asked) if kind not in _IN_THE_WAY), len(self.said))

    def places(self, *of: Asked) -> list[int]:
        return [place for place, kind in enumerate(self.asked) if kind in of]

    def drop(self, place: int) -> None:
        for column in (self.said, self.asked, self.of_care):
            del column[place]
        self._ask_again(place - 1)

    def state(self, place: int) -> None:
        """Another mark for a question: it asks nothing any more."""
        self.said[place] = _stated(self.said[place])
        self.asked[place] = Asked.NOTHING
        self._ask_again(place - 1)

    def _ask_again(self, place: int) -> None:
        if place >= 0:
            self.asked[place] = kind_of(self.said[place], self.said[place + 1 : place + 2])


def _stated(one: Sentence) -> Sentence:
    """The sentence with another mark: a full stop behind a tag or words of care, else an exclamation mark."""
    calm = speaks_of_care(one.text) or "," in one.text
    mark = re.compile(r"[.!?\u2026]*\?[.!?\u2026]*(?=[^\w.!?\u2026]*$)")
    return Sentence(text=mark.sub("." if calm else "!", one.text), gap=one.gap)
