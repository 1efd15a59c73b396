"""Days that an athlete names, resolved from today: "tomorrow", "on Saturday", "overmorgen", "4 mei".

A weekday is the next such day, today included; "next Saturday" is strictly after today; "Monday next week"
is in the calendar week after this one.
"""

import re
from collections.abc import Callable
from datetime import date, timedelta

from josi.numbers import NUMBER, value_of

_WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            ("monday", "mon", "maandag"),
            ("tuesday", "tues", "tue", "dinsdag"),
            ("wednesday", "wed", "woensdag"),
            ("thursday", "thurs", "thu", "donderdag"),
            ("friday", "fri", "vrijdag"),
            ("saturday", "sat", "zaterdag"),
            ("sunday", "sun", "zondag"),
        )
    )
    for name in names
}
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("january", "jan", "januari"),
            ("february", "feb", "februari"),
            ("march", "mar", "maart", "mrt"),
            ("april", "apr"),
            ("may", "mei"),
            ("june", "jun", "juni"),
            ("july", "jul", "juli"),
            ("august", "aug", "augustus"),
            ("september", "sep", "sept"),
            ("october", "oct", "oktober", "okt"),
            ("november", "nov"),
            ("december", "dec"),
        ),
        start=1,
    )
    for name in names
}
_WORDS_TOO = ("sat", "sun")  # also a verb and a star: a day only after "on" or "next"
_DAY = "|".join(sorted(_WEEKDAYS.keys() - _WORDS_TOO, key=len, reverse=True))
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_MORNING = r"(?:ochtend|morgen|middag|avond)"

Resolve = Callable[[re.Match[str], date], date | None]


def _weekday(match: re.Match[str], today: date) -> date:
    wanted = _WEEKDAYS[match["day"].lower()]
    if match["week"] or match["week_after"]:  # "Monday next week"
        return today - timedelta(days=today.weekday()) + timedelta(days=7 + wanted)
    ahead = (wanted - today.weekday()) % 7
    return today + timedelta(days=7 if ahead == 0 and match["next"] else ahead)


def _weekend(_: re.Match[str], today: date) -> date:
    return today if today.weekday() >= 5 else today + timedelta(days=5 - today.weekday())


def _in_days(match: re.Match[str], today: date) -> date | None:
    days = int(value_of(match["count"]))
    return today + timedelta(days=days) if days <= 60 else None


def _iso(match: re.Match[str], _: date) -> date | None:
    try:
        return date.fromisoformat(match["iso"])
    except ValueError:
        return None


def _calendar(match: re.Match[str], today: date) -> date | None:
    """A day and a month without a year: the next such day."""
    number = int(match["number"] or match["number_after"])
    month = _MONTHS[(match["month"] or match["month_before"]).lower()]
    for year in (today.year, today.year + 1):
        try:
            if (day := date(year, month, number)) >= today:
                return day
        except ValueError:
            continue
    return None


# Tried in this order; where two stand in one message, `date_in` chooses.
_FORMS: tuple[tuple[re.Pattern[str], Resolve], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), resolve)
    for pattern, resolve in (
        (r"\b(?P<iso>20\d\d-\d\d-\d\d)\b", _iso),
        (
            rf"\b(?P<number>[0-3]?\d)(?:st|nd|rd|th|e)? (?:of )?(?P<month>{_MONTH})\b"
            rf"|\b(?P<month_before>{_MONTH}) (?P<number_after>[0-3]?\d)(?:st|nd|rd|th)?\b(?! ?(?:min|h|hour|uur|k))",
            _calendar,
        ),
        (r"\bday after tomorrow\b|\bovermorgen\b", lambda _, today: today + timedelta(days=2)),
        (
            rf"\btomorrow\b|\btmrw\b|\btmr\b|\b2morrow\b|(?<!goede )(?<!goeie )\bmorgen(?:{_MORNING}|vroeg)?\b",
            lambda _, today: today + timedelta(days=1),
        ),
        (rf"\b(?:in|over) (?P<count>{NUMBER}) (?:days?|dagen)\b", _in_days),
        (
            r"\b(?:(?P<next>next|volgende|komende week)\s+)?(?:(?P<week>next week|volgende week)\s+(?:on |op )?)?"
            rf"(?P<day>{_DAY}|(?<=on )(?:sat|sun)|(?<=next )(?:sat|sun))(?:{_MORNING}|"
            rf"\b)(?!s\b)(?P<week_after> (?:next week|volgende week))?",
            _weekday,
        ),
        (r"\b(?:this|at the|on the|over the|dit|het|in het) (?:coming )?weekend\b", _weekend),
        (
            r"\b(?:today|tonight|this (?:morning|afternoon|evening|lunch\w*)|right now|vandaag|vanavond|vanmiddag|"
            r"vanmorgen|vanochtend|"
            r"after work|na het werk|na mijn werk)(?:'?s)?\b",
            lambda _, today: today,
        ),
    )
)
_PAST = re.compile(
    r"\b(?:since|last|past|sinds|afgelopen|vorige|was|yesterday|every|elke|iedere)\s+(?:the\s+)?$", re.IGNORECASE
)
_TARGET = re.compile(r"\b(?:to|till|until|for|naar|op|tot|on)\s+(?:the\s+|next\s+|volgende\s+)?$", re.IGNORECASE)
_MOVE_TO = re.compile(
    r"\b(?:to|till|until|naar|tot)\s+(?:the\s+|next\s+|volgende\s+|the following\s+)?$", re.IGNORECASE
)


def date_in(text: str, today: date) -> date | None:
    """The day that a message is about, or None where it names none.

    Where it names several, the one that something is moved to ("from Monday to Friday"), else the one after a
    preposition, else the first. Days that lie behind ("since Monday") do not count.
    """
    found = days_in(text, today)
    if not found:
        return None
    for pattern in (_MOVE_TO, _TARGET):
        for start, day in found:
            if pattern.search(text[:start]):
                return day
    return found[0][1]


def days_in(text: str, today: date) -> tuple[tuple[int, date], ...]:
    """Every day that a message names and that does not lie behind, with its place in characters, in order."""
    found: dict[int, date] = {}
    taken: list[tuple[int, int]] = []
    for pattern, resolve in _FORMS:
        for match in pattern.finditer(text):
            if any(start < match.end() and match.start() < end for start, end in taken):
                continue
            taken.append(match.span())
            day = resolve(match, today)
            if day is not None and not _PAST.search(text[: match.start()]):
                found[match.start()] = day
    return tuple(sorted(found.items()))
