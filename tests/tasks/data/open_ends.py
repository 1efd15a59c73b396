"""What a line that may stand before any message must not hold: a table of checks, each by the rules of `josi`."""

import re
from collections.abc import Callable, Iterable
from datetime import date

from josi.dates import days_in
from josi.durations import mentioned
from josi.illness import is_ill
from josi.memory.words import speaks_of_injury
from josi.numbers import numbers_in
from josi.red_flags import red_flag
from josi.sports import sports_in
from tasks.data.athletes import Language
from tasks.data.leak import Index, Masker
from tasks.data.phrase import Phrase

Line = tuple[Language, str]

DAYS = (date(2026, 1, 5), date(2026, 1, 6))  # neighbours: what is "today" on both is today
# Readiness, phase and the wish for training: the context says them, and the message after the conversation.
DECIDES = re.compile(
    r"\b(?:green|yellow|orange|amber|red|groen|geel|oranje|rood|recovered|productive|accumulated|overreached|hersteld|"
    r"tapering|peak|peaking|base|build(?:ing)?|phase|fase|race[sd]?|racing|wedstrijd\w*|workouts?|sessions?|sessies?|"
    r"plans?|planned|schema|training|getraind|intervals?|rest day|rustdag|injur\w+|blessure\w*|sore|stiff|aches?|"
    r"aching|pain(?:s|ful)?|hurts?|pijn\w*|tired|exhausted|moe|uitgeput)\b",
    re.IGNORECASE,
)
WEEKDAY = re.compile(
    r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b|\bweekends?\b"
    r"|\b(?:maan|dins|woens|donder|vrij|zater|zon)dag\w*",
    re.IGNORECASE,
)


def counts_something(language: Language, text: str) -> bool:
    """Whether a number stands in a text. "Een" is the Dutch article as well."""
    return bool(numbers_in(text) - ({1.0} if language == "nl" else set()))


def names_another_day(text: str) -> bool:
    """Whether a text names a day that is not today."""
    return any(named.day != today for today in DAYS for named in days_in(text, today))


OPEN: dict[str, Callable[[Language, str], object]] = {
    "a sport": lambda _, text: sports_in(text),
    "a length of time": lambda _, text: mentioned(text),
    "a number": counts_something,
    "a day": lambda _, text: names_another_day(text),
    "a red flag": lambda _, text: red_flag(text),
    "an illness": lambda _, text: is_ill(text),
    "an injury": lambda _, text: speaks_of_injury(text),
    "training, readiness or phase": lambda _, text: DECIDES.search(text),
}
OF_MEMORY = ("a sport", "a length of time", "a red flag", "an illness", "an injury")


def holding(what: str, lines: Iterable[Line]) -> list[str]:
    """The texts that hold what they must not."""
    return [text for language, text in lines if OPEN[what](language, text)]


def alike(texts: list[str]) -> list[tuple[str, str, str]]:
    """Pairs of which each rewords the other, with the measure that says so."""
    masker = Masker({})
    phrases = [(Phrase(where=str(place), text=text), masker.filled(text)) for place, text in enumerate(texts)]
    index = Index(phrases)
    return [
        (phrase.text, near.text, reason)
        for phrase, shape in phrases
        for near, reason in index.near(shape)
        if int(phrase.where) < int(near.where)
    ]
