"""The dialogue governor: an explainer's answer follows the rules of the dialogue, whatever the model wrote.

In this order, over again until nothing changes:
1. *answer first*: a question at the start goes to the end, or away where another one waits or the next sentence
   answers it; one that speaks of care never goes, and stays at the start where it is answered there;
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
from josi.language.left import Left, Said
from josi.language.questions import Asked
from josi.language.sentences import Sentence, sentences
from josi.records import Record

WISHED_WORDS, MOST_WORDS = 80, 100

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
    """A question of care that the next sentence answers stays where it is: moved, it would ask what is known."""
    left = Left(said)
    while left.opening not in (0, len(left.said)):  # something in the way, and not all is questions
        answered, of_care = left.asked[0] is Asked.ANSWERED, left.of_care[0]
        if of_care and answered:
            break
        if not answered and (of_care or Asked.WAITS not in left.asked[1:]):
            if len(left.said) < len(said):
                break  # moved in the next step
            return _put_behind(said[1:], said[0]), "opening_question_moved"
        left.drop(0)
    return left.kept, "opening_question_dropped"


def _one_question(said: Said, _: int) -> tuple[Said, str]:
    left = Left(said)
    while len(waiting := left.places(Asked.WAITS)) > 1:
        kept = next((place for place in waiting if left.of_care[place]), waiting[0])
        last = next((place for place in reversed(waiting) if place != kept and not left.of_care[place]), None)
        if last is None:
            break
        left.drop(last)
    if left.kept != said:
        return left.kept, "further_question_dropped"
    while len(waiting := left.places(Asked.WAITS)) > 1:
        left.state(waiting[-1])
    return left.kept, "question_mark_replaced"


def _one_mark(said: Said, _: int) -> tuple[Said, str]:
    left = Left(said)
    while len(marks := left.places(Asked.WAITS, Asked.ANSWERED, Asked.RHETORICAL)) > 1:
        left.state(next(place for place in marks if left.asked[place] is not Asked.WAITS))
    return left.kept, "question_mark_replaced"


def _whole_sentences(said: Said, _: int) -> tuple[Said, str]:
    cut_off = len(said) > 1 and not said[-1].ends and _UNFINISHED.search(said[-1].text)
    if not cut_off or speaks_of_care(said[-1].text):
        return said, ""
    return said[:-1], "unfinished_sentence_dropped"


def _few_words(said: Said, most_words: int) -> tuple[Said, str]:
    left, words = Left(said), [len(one.text.split()) for one in said]
    while sum(words) > most_words:
        loose = [place for place in range(1, len(words)) if not left.of_care[place]]
        if not loose:
            break
        last = next((place for place in reversed(loose) if left.asked[place] is Asked.WAITS), loose[-1])
        left.drop(last)
        del words[last]
    return left.kept, "shortened"


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
