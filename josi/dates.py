"""Days that an athlete names, resolved from today: "tomorrow", "on Saturday", "overmorgen", "4 mei", "on the 15th".

A weekday is the next such day, today included; "next Saturday" is strictly after today; "Monday next week"
is in the calendar week after this one. A date that names its year is taken as it stands, also where it lies behind.
Habits ("on Tuesdays"), what was ("I ran on Monday"), and the day of a race or a holiday are no days of a message.
"""

import re
from datetime import date, timedelta
from typing import NamedTuple

from josi.date_forms import FORMS
from josi.days_around import is_another_day, is_denied, names_the_session
from josi.numbers import NUMBER, value_of

_HOUR = re.compile(r"(?:after work|na (?:het|mijn) werk)", re.IGNORECASE)
_TARGET = re.compile(r"\b(?:to|till|until|for|naar|op|tot|on)\s+(?:the\s+|next\s+|volgende\s+)?$", re.IGNORECASE)
_MOVE_TO = re.compile(
    r"\b(?:to|till|until|into|becomes?|naar|tot|wordt)\s+(?:the\s+|next\s+|volgende\s+|the following\s+)?$",
    re.IGNORECASE,
)
# "Push today's run back by a day": so many days from the day that is named.
_SHIFT = re.compile(
    r"\b(?:push|move|shift|delay|postpone|put|bump|slide|bring|schuif|verschuif|verzet|stel|zet|haal)\b[^.!?]*?"
    rf"(?<!in )(?<!over )\b(?P<count>a|{NUMBER}) (?P<unit>days?|dag|dagen|weeks?|weken)\b"
    r"(?! (?:off|from|of|vanaf))",
    re.IGNORECASE,
)
_EARLIER = re.compile(r"\b(?:forward|earlier|sooner|eerder|naar voren|vroeger)\b", re.IGNORECASE)


class Named(NamedTuple):
    """A day and where in the text it is named (characters)."""

    day: date
    start: int
    end: int


def date_in(text: str, today: date) -> date | None:
    """The day that a message is about, or None where it names none.

    Where it names several, the one that something is moved to ("from Monday to Friday"), else the first one after a
    preposition, else the first. A denied day ("not today"), a day that only says which session is meant ("today's
    run") and an hour of the day ("after work") count only where no other day is named. Where a session is moved by a
    number of days, they are counted from the one day that is named.
    """
    text = text.replace("\u2019", "'")
    found = days_in(text, today)
    found = tuple(named for named in found if not _is_weak(text, named)) or found
    for pattern in (_MOVE_TO, _TARGET):
        for named in found:
            if pattern.search(text[max(0, named.start - 40) : named.start]):
                return named.day
    return _shifted(text, found[0].day) if found else None


def days_in(text: str, today: date) -> tuple[Named, ...]:
    """Every day that a message can be about, in the order of the text."""
    found: list[Named] = []
    taken: list[tuple[int, int]] = []
    for pattern, resolve in FORMS:
        for match in pattern.finditer(text):
            if any(start < match.end() and match.start() < end for start, end in taken):
                continue
            taken.append(match.span())
            day = resolve(match, today)
            if day is not None and not is_another_day(text, *match.span(), today=day == today):
                found.append(Named(day, *match.span()))
    return tuple(sorted(found, key=lambda named: named.start))


def _shifted(text: str, day: date) -> date:
    found = _SHIFT.search(text)
    if not found:
        return day
    count = 1 if found["count"].lower() == "a" else int(value_of(found["count"]))
    days = min(count * (7 if found["unit"].lower().startswith("we") else 1), 60)
    return day + timedelta(days=-days if _EARLIER.search(text) else days)


def _is_weak(text: str, named: Named) -> bool:
    return (
        is_denied(text, named.start, named.end)
        or names_the_session(text, named.start, named.end)
        or bool(_HOUR.fullmatch(text[named.start : named.end]))
    )
