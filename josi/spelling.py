"""Slips of the hand put right: words of which two inner letters changed places ("huors", "kwariter", "sesison").

A model reads through such a slip, and a rule that does not would throw away what the model read right. From one closed
list of words, without the slips that are words of their own ("there" of "three"). A slip is as long as its word:
offsets in the text hold.
"""

import re
from collections.abc import Iterator

_WORDS = (
    # lengths of time, and what lies behind
    "hours minute minutes quarter quarters couple solid minuut minuten minuutjes kwartier kwartiertje "
    "kwartiertjes uurtje uurtjes halfuur halfuurtje anderhalf three seven eight fifteen twenty thirty forty fifty "
    "sixty seventy eighty ninety vijftien twintig dertig veertig vijftig zestig zeventig tachtig negentig "
    "yesterday gisteren slept "
    # sports
    "strength session sessions workout workouts training skate skates skating skater skiing riding rides rowing "
    "spinning cycle turbo indoor trainer parkrun kettlebell kettlebells dumbbell dumbbells fiets koersfiets "
    "fietstraining duurloop looptraining hardloopschoenen schaatsers schaats "
    # who else is ill
    "husband partner daughter girlfriend boyfriend friend colleague flatmate brother sister mother father parents "
    "children vriend vriendin dochter moeder vader broer collega kinderen heeft hebben "
    # illness, and what only sounds like it
    "fever vomit vomiting vomited griep koorts verkouden misselijk zenuwen spanning marathon "
)


def _listed(words: str) -> tuple[str, ...]:
    return tuple(words.split())


def _slips(word: str) -> Iterator[str]:
    """The word with two neighbours changed; its first and last letter stay, as they do where people slip."""
    for at in range(1, len(word) - 2):
        yield word[:at] + word[at + 1] + word[at] + word[at + 2 :]


_OWN_WORDS = {*_listed(_WORDS), "there"}
_RIGHT = {slip: word for word in _listed(_WORDS) for slip in _slips(word) if slip not in _OWN_WORDS}
_WORD = re.compile(r"[a-z]{5,}", re.IGNORECASE)


def spelt(text: str) -> str:
    """The text with every known slip put right, in small letters; all else as it is."""
    return _WORD.sub(lambda found: _RIGHT.get(found[0].lower(), found[0]), text)
