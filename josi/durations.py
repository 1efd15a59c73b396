"""Durations that an athlete states, in words and figures, English and Dutch.

"about an hour", "45ish min", "an hour and a half", "1h15", "1:30", "drie kwartier", "anderhalf uur", "90'" are
durations; "in two hours", "at 18:30", "10k", "5 days", "Z2", ages, paces and sets ("6 x 3 min") are not.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from josi.numbers import NUMBER, value_of
from josi.spelling import spelt
from josi.times_around import is_corrected, is_time_available


class Stated(NamedTuple):
    """A duration in whole minutes and where in the text it stands (characters). `most` is a range's upper end."""

    minutes: int
    most: int
    start: int
    end: int


Minutes = Callable[[re.Match[str]], tuple[float, float]]

_HOUR = r"(?:hours?|hrs?|h|uurtjes?|uur|uren)\b"
_MINUTE = r"(?:minutes?|minuten|minuutjes|minuut|mins?|mn)\b"
_ISH = r"(?:[- ]?ish|[- ]odd|tal)?"
_COUNT = rf"(?P<n>an?\b|{NUMBER}){_ISH}"
_RANGE = rf"(?:\s*(?:-|\u2013|to|or|tot|of|and|en|\u00e0|a|/)\s*(?:de )?(?P<upper>{NUMBER}){_ISH})?"
_HALF_MORE = r"(?:and a half|en een hal(?:f|ve)|(?:and )?\u00bd)"
_ADJECTIVE = r"(?:full |whole |good |solid |short |hele |goede? |klein |dik(?:ke)? |ruime? )?"
_SHARE = {"1/4": 15, "1/2": 30, "3/4": 45, "\u00bc": 15, "\u00bd": 30, "\u00be": 45}
# "45m" is minutes before what one does with them; "90m sprints" are metres.
_M_FOR = (
    r"(?=\W*$|[.,!?;)]| (?:(?:of|for|on|in|at) )?(?:an? |the |my )?(?:easy |steady |gentle |quick |hard )?(?:run|jog|"
    r"ride|bike|spin|gym|yoga|workout|session|row|turbo|trainer|treadmill|please|max|tops|today|tonight|tomorrow|free|only|"
    r"total|available|to spare|or so)\b)"
)
# "an hour fifteen": minutes in words, where no other thing is counted.
_SPOKEN = (
    r"(?:(?:twenty|thirty|forty|fifty)(?:[- ]five)?|five|ten|fifteen|tien|"
    r"(?:vijfen)?(?:twintig|dertig|veertig|vijftig))"
)
_NO_MINUTES = (
    r"(?!\s*(?:\d|km|k\b|kilo|miles?\b|met(?:er|re)|m\b|x\b|times|keer|reps?\b|sets?\b|days?\b|dagen|weeks?\b|weken|"
    r"years?\b|jaar|sec|intervals?|watt|kg))"
)


def _number(text: str | None) -> float:
    return 1.0 if text is None or text.lower() in ("a", "an") else value_of(text)


def _times(unit: int, plus: int = 0) -> Minutes:
    """Minutes of a count of `unit` and `plus` more; of a range both ends, the lower one first."""

    def minutes(match: re.Match[str]) -> tuple[float, float]:
        ends = sorted((_number(match["n"]), _number(match.groupdict().get("upper") or match["n"])))
        return unit * ends[0] + plus, unit * ends[1] + plus

    return minutes


def _hours_and_minutes(match: re.Match[str]) -> tuple[float, float]:
    minutes = 60 * _number(match["n"]) + _number(match["m"])
    return minutes, minutes


def _fraction(match: re.Match[str]) -> tuple[float, float]:
    minutes = 60 * _number(match["n"] or "0") + _SHARE[match["share"]]
    return minutes, minutes


def _exactly(minutes: int) -> Minutes:
    return lambda _: (minutes, minutes)


# What every form holds, and how it can begin: where these are not, no form is tried.
_UNITS = re.compile(
    r"\d:\d|ho?u?r|h\b|uur|uren|u\b|\d ?[hu]|min|mn|\dm\b|ish\b|kwart|quarter|['\u2019\u2032]|half|\u00bd",
    re.IGNORECASE,
)
_STARTS = re.compile(
    rf"(?<![\w:.,/])(?={NUMBER}|an?|\u00bd|hal(?:f|ve)|anderhal|hour|uur|kwart|quarter|couple|paar|minuut|full|whole|entire|hele|volle|\u00bc|\u00be)",
    re.IGNORECASE,
)
# Longer forms first: what one form has taken, a later one does not look at.
_FORMS: tuple[tuple[re.Pattern[str], Minutes], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), minutes)
    for pattern, minutes in (
        (r"(?P<n>[0-5]):(?P<m>[0-5]\d)(?::\d\d)?(?!\d)", _hours_and_minutes),
        (
            (
                r"(?P<n>\d{1,2}) ?(?:h|hr|hrs|u|uur|hours?) ?(?P<m>[0-5]?\d) ?(?:m|min|mins|minutes|"
                r"minuten)?\b(?! ?(?:km|k)\b)"
            ),
            _hours_and_minutes,
        ),
        (rf"(?:(?P<n>\d) ?)?(?P<share>[13]/[24]|[\u00bc\u00bd\u00be])(?: of an?| an?)?[- ]?{_HOUR}", _fraction),
        (rf"{_COUNT} {_HALF_MORE}[- ]?{_HOUR}", _times(60, 30)),
        (rf"(?P<n>twee|drie|vier)(?:\u00eb|e)nhalf {_HOUR}", _times(60, 30)),
        (rf"{_COUNT}[- ]?{_HOUR} {_HALF_MORE}", _times(60, 30)),
        (rf"{_COUNT} (?:and a quarter|en een kwart)[- ]{_HOUR}", _times(60, 15)),
        (rf"{_COUNT} (?:and )?three[- ]quarters?[- ]{_HOUR}", _times(60, 45)),
        (rf"{_COUNT}[- ]?{_HOUR} (?:and a quarter|en een kwartier)", _times(60, 15)),
        (rf"{_COUNT}[- ]?{_HOUR} (?:and three[- ]quarters|en drie kwartier)", _times(60, 45)),
        (rf"{_COUNT}[- ]?{_HOUR}(?: and| en)? (?P<m>{NUMBER})[- ]?{_MINUTE}", _hours_and_minutes),
        (rf"{_COUNT}[- ]?{_HOUR} (?:and |en )?(?P<m>{_SPOKEN})\b{_NO_MINUTES}", _hours_and_minutes),
        (rf"hour {_HALF_MORE}", _exactly(90)),
        (r"(?:hour|uur) (?:and a quarter|en een kwart(?:ier)?)", _exactly(75)),
        (r"(?:hour|uur) (?:and three[- ]quarters|en drie kwart(?:ier)?)", _exactly(105)),
        (r"(?:a )?quarter (?:to|or) (?:an|one) hour", lambda _: (15, 60)),
        (r"anderhal(?:f|ve)[- ]?(?:uurtje|uur)", _exactly(90)),
        # "Een uur of twee" is about two hours, "een minuut of tien" about ten minutes.
        (rf"(?:een )?uur(?:tje)? of (?P<n>{NUMBER})\b(?! ?(?:{_HOUR}|{_MINUTE}|half|kwart))", _times(60)),
        (rf"(?:een )?minuut(?:je)? of (?P<n>{NUMBER})\b(?! ?(?:{_HOUR}|{_MINUTE}))", _times(1)),
        (r"three[- ]quarters? of an hour", _exactly(45)),
        (rf"(?P<n>{NUMBER}) kwartier(?:tje)?s?", _times(15)),
        (r"(?:a )?half[- ](?:an |a )?(?:hour|hr)|half ?uur(?:tje)?|\u00bd (?:an )?(?:hour|uur)", _exactly(30)),
        (r"(?:a )?quarter (?:of an |of a |an )?hour|kwartier(?:tje)?", _exactly(15)),
        (r"(?:a )?couple (?:of )?hours?|(?:een )?paar uur", _exactly(120)),
        (rf"{_COUNT}{_RANGE}[- ]?{_ADJECTIVE}{_HOUR}{_ISH}", _times(60)),
        (r"(?P<n>\d{1,2})u\b", _times(60)),
        (r"uurtje|hour[- ]long|hour[- ]?ish|(?:full|whole|entire|hele|volle) (?:hour|uur)\b", _exactly(60)),
        (rf"(?P<n>{NUMBER}){_ISH}{_RANGE}[- ]?{_ADJECTIVE}(?:{_MINUTE}|['\u2019\u2032](?!\w))", _times(1)),
        (rf"(?P<n>[1-9]\d)m\b{_M_FOR}", _times(1)),
        (rf"(?P<n>1[5-9]|[2-9]\d|[12]\d\d)[- ]?ish\b{_NO_MINUTES}", _times(1)),
    )
)

_TERSE = re.compile(r"^(?=.{0,40}$)(?:[^\W\d]+[ -]){1,5}(?P<number>[1-9]\d{1,2})\W*$|^(?P<alone>[1-9]\d{1,2})\W*$")
_TERSE_NOT = re.compile(
    r"\b(?:at|age|aged|i'm|im|am|zone|top|over|week|day|number|level|is|ben|turned|bij)\b", re.IGNORECASE
)


def minutes_in(text: str) -> int | None:
    """The time an athlete states, in minutes, or None.

    Of a range the lower end counts, of several durations the first that does not lie behind.
    """
    found = stated(text)
    if found:
        return found[0].minutes
    terse = _TERSE.match(text.strip())
    if terse and not _TERSE_NOT.search(text):  # "Run 45"
        number = int(terse["number"] or terse["alone"])
        return number if 10 <= number <= 300 else None
    return None


def stated(text: str) -> tuple[Stated, ...]:
    """Every duration that can be the time an athlete has, in order."""
    text = spelt(text)
    found = [item for item in mentioned(text) if is_time_available(text, item.start, item.end)]
    nexts = (*found[1:], None)
    return tuple(
        item
        for item, later in zip(found, nexts[: len(found)], strict=True)
        if later is None or not is_corrected(text[item.end : later.start])
    )


@lru_cache(maxsize=20_000)  # the lines of contexts come again and again
def mentioned(text: str) -> tuple[Stated, ...]:
    """Every expression that is a length of time, whatever it is the length of ("slept 5 hours" too), in order."""
    text, found = spelt(text), list[Stated]()
    starts = [match.start() for match in _STARTS.finditer(text)] if _UNITS.search(text) else []
    for pattern, minutes in _FORMS if starts else ():
        end = 0
        for start in starts:
            match = pattern.match(text, start) if start >= end else None
            if match is None:
                continue
            end = match.end()
            least, most = minutes(match)
            item = Stated(round(least), round(most), start, end)
            if item.minutes > 0 and not any(item.start < other.end and other.start < item.end for other in found):
                found.append(item)
    return tuple(sorted(found, key=lambda item: item.start))
