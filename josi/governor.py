"""The dialogue governor: an explainer's answer follows the rules of the dialogue, whatever the model wrote.

In this order, over again until nothing changes:
1. *answer first*: a question at the start goes to the end, or away where another one waits or the next sentence
   answers it;
2. *one question*: of several that wait, one that speaks of care stays, else the first; the others go;
3. *one question mark*: a rhetorical question (`josi.language.questions`) is no question, keeps its place and its words,
   and gets another mark where more than one question mark would stand;
4. *whole sentences*: an end that a token limit cut off ("... and then the") goes;
5. *few words*: sentences go from the end, a waiting question first, until the limit is kept.
Nothing is ever cut inside a sentence, and a sentence that tells to stop or to seek care (`josi.language.care`) never
goes, so such an answer may stay longer than the limit. The first sentence stays as well: one sentence that is too long
by itself is left to `check_answer`. The governed answer is the one to show; what the model wrote is the one to judge.
"""

import re
from collections.abc import Callable

from josi.language.care import speaks_of_care
from josi.language.questions import Asked, kinds
from josi.language.sentences import Sentence, sentences
from josi.records import Record

WISHED_WORDS, MOST_WORDS = 80, 100

Said = tuple[Sentence, ...]
Step = Callable[[Said, int], tuple[Said, str]]


class Governed(Record):
    """An answer to show, and the names of what was done to it, in order and each once."""

    text: str
    steps: tuple[str, ...] = ()


def govern(answer: str, *, most_words: int = WISHED_WORDS) -> Governed:
    """The answer as the rules of the dialogue want it. `most_words` is at most 100.

    Pure, and a second time changes nothing. Raises ValueError for a limit that is below 1 or above 100 words.
    """
    if not 1 <= most_words <= MOST_WORDS:
        raise ValueError(f"a limit of 1 to {MOST_WORDS} words, not {most_words}")
    text = answer.strip()
    names: list[str] = []
    while True:
        said, name = _next_step(sentences(text), most_words)
        if not name:
            return Governed(text=text, steps=tuple(dict.fromkeys(names)))
        text = "".join(one.text + one.gap for one in said).strip()
        names.append(name)


def _next_step(said: Said, most_words: int) -> tuple[Said, str]:
    """The first rule that changes something, applied once. Every step takes something away or moves it for good."""
    for step in _STEPS:
        changed, name = step(said, most_words)
        if changed != said:
            return changed, name
    return said, ""


def _answer_first(said: Said, _: int) -> tuple[Said, str]:
    asked = kinds(said)
    opening = next((place for place, kind in enumerate(asked) if kind not in _IN_THE_WAY), len(said))
    if opening in (0, len(said)):  # nothing in the way, or nothing but questions
        return said, ""
    first, rest = said[0], said[1:]
    others = Asked.WAITS in asked[1:]
    if asked[0] is Asked.ANSWERED or (others and not speaks_of_care(first.text)):
        return rest, "opening_question_dropped"
    return _put_behind(rest, first), "opening_question_moved"


def _one_question(said: Said, _: int) -> tuple[Said, str]:
    waiting = [place for place, kind in enumerate(kinds(said)) if kind is Asked.WAITS]
    if len(waiting) < 2:
        return said, ""
    of_care = [place for place in waiting if speaks_of_care(said[place].text)]
    kept = (of_care or waiting)[0]
    last = next((place for place in reversed(waiting) if place != kept and place not in of_care), None)
    if last is not None:
        return (*said[:last], *said[last + 1 :]), "further_question_dropped"
    return _stated(said, of_care[-1]), "question_mark_replaced"


def _one_mark(said: Said, _: int) -> tuple[Said, str]:
    asked = kinds(said)
    marks = [place for place, kind in enumerate(asked) if kind is not Asked.NOTHING]
    if len(marks) < 2:
        return said, ""
    return _stated(said, next(place for place in marks if asked[place] is not Asked.WAITS)), "question_mark_replaced"


def _whole_sentences(said: Said, _: int) -> tuple[Said, str]:
    cut_off = len(said) > 1 and not said[-1].ends and _UNFINISHED.search(said[-1].text)
    if not cut_off or speaks_of_care(said[-1].text):
        return said, ""
    return said[:-1], "unfinished_sentence_dropped"


def _few_words(said: Said, most_words: int) -> tuple[Said, str]:
    if sum(len(one.text.split()) for one in said) <= most_words:
        return said, ""
    asked = kinds(said)
    loose = [place for place in range(1, len(said)) if not speaks_of_care(said[place].text)]
    if not loose:
        return said, ""
    last = next((place for place in reversed(loose) if asked[place] is Asked.WAITS), loose[-1])
    return (*said[:last], *said[last + 1 :]), "shortened"


_IN_THE_WAY = (Asked.WAITS, Asked.ANSWERED)
_UNFINISHED = re.compile(
    r"(?:[,:;(\u2013-]|\b(?:and|or|but|because|so|that|the|a|an|to|of|in|on|at|for|with|from|your|my|is|are|will|if|when|"
    r"then the|en|of|maar|omdat|want|dus|dat|de|het|een|te|van|op|om|voor|met|naar|je|jouw|als|wanneer))$",
    re.IGNORECASE,
)
_STEPS: tuple[Step, ...] = (_answer_first, _one_question, _one_mark, _whole_sentences, _few_words)


def _put_behind(said: Said, question: Sentence) -> Said:
    """The question as the last sentence; what stands before it gets an end."""
    last = said[-1]
    ended = last.text if last.ends else re.sub(r"[\s,:;\u2013-]+$", "", last.text) + "."
    return (*said[:-1], Sentence(text=ended, gap=" "), Sentence(text=question.text))


def _stated(said: Said, place: int) -> Said:
    """The sentence with another mark: a full stop behind a tag or words of care, else an exclamation mark."""
    one = said[place]
    calm = speaks_of_care(one.text) or "," in one.text
    mark = re.compile(r"[.!?\u2026]*\?[.!?\u2026]*(?=[^\w.!?\u2026]*$)")
    text = mark.sub("." if calm else "!", one.text)
    return (*said[:place], Sentence(text=text, gap=one.gap), *said[place + 1 :])
