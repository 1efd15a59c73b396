"""The forms in which a day is named, each with the day that it means from today."""

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
            ("wednesday", "weds", "wed", "woensdag"),
            ("thursday", "thurs", "thur", "thu", "donderdag"),
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
_ENDS = r"(?=\W*$|[,.;!?]| (?:at|in|for|please|and|or|but|instead|then|with|if|of|om|graag|en|maar)\b)"
_HABIT = r"(?! (?:mornings|evenings|afternoons|nights)\b)"

Resolve = Callable[[re.Match[str], date], date | None]


def _weekday(match: re.Match[str], today: date) -> date:
    wanted = _WEEKDAYS[match["day"].lower()]
    if match["week"] or match["week_after"]:  # "Monday next week"
        return today - timedelta(days=today.weekday()) + timedelta(days=7 + wanted)
    ahead = (wanted - today.weekday()) % 7
    return today + timedelta(days=7 if ahead == 0 and match["next"] else ahead)


def _weekend(_: re.Match[str], today: date) -> date:
    return today if today.weekday() >= 5 else today + timedelta(days=5 - today.weekday())


def _counted(match: re.Match[str], today: date) -> date | None:
    """In so many days or weeks: at most 60 days ahead."""
    unit = 7 if match["unit"].lower().startswith("we") else 1
    count = match["count"].lower()
    days = unit * (1 if count in ("a", "an") else int(value_of(count)))
    return today + timedelta(days=days) if days <= 60 else None


def _day_of_month(match: re.Match[str], today: date) -> date | None:
    """The next day with this number, today included."""
    number = int(match["nth"] or match["nth_nl"])
    for ahead in range(12):
        month = today.month - 1 + ahead
        try:
            day = date(today.year + month // 12, month % 12 + 1, number)
        except ValueError:
            continue
        if day >= today:
            return day
    return None


def _iso(match: re.Match[str], _: date) -> date | None:
    try:
        return date.fromisoformat(match["iso"])
    except ValueError:
        return None


def _calendar(match: re.Match[str], today: date) -> date | None:
    """A day and a month: in the year that is named, else the next such day."""
    number = int(match["number"] or match["number_after"])
    month = _MONTHS[(match["month"] or match["month_before"]).lower()]
    named = match["year"] or match["year_after"]
    for year in (int(named),) if named else (today.year, today.year + 1):
        try:
            if (day := date(year, month, number)) >= today or named:
                return day
        except ValueError:
            continue
    return None


# Tried in this order: what one form has taken, a later one does not look at.
FORMS: tuple[tuple[re.Pattern[str], Resolve], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), resolve)
    for pattern, resolve in (
        (r"\b(?P<iso>20\d\d-\d\d-\d\d)\b", _iso),
        (
            rf"\b(?P<number>[0-3]?\d)(?:st|nd|rd|th|e)? (?:of )?(?P<month>{_MONTH})\b(?:,? (?P<year>20\d\d)\b)?"
            rf"|\b(?P<month_before>{_MONTH}) (?:the )?(?P<number_after>[0-3]?\d)(?:st|nd|rd|th)?\b"
            r"(?! ?(?:min|h|hour|uur|k))(?:,? (?P<year_after>20\d\d)\b)?",
            _calendar,
        ),
        (r"\bday after tomorrow\b|\bovermorgen\b", lambda _, today: today + timedelta(days=2)),
        (
            rf"\btomorrow\b|\btmrw\b|\btmr\b|\b2morrow\b|(?<!goede )(?<!goeie )\bmorgen(?:{_MORNING}|vroeg)?\b",
            lambda _, today: today + timedelta(days=1),
        ),
        (rf"\b(?:in|over) (?P<count>{NUMBER}) (?P<unit>days?|dagen)\b", _counted),
        (rf"\b(?P<count>a|{NUMBER}) (?P<unit>days?|weeks?) from (?:now|today)\b", _counted),
        (
            rf"\b(?:on|for|to|till|until) the (?P<nth>[0-3]?\d)(?:st|nd|rd|th)\b{_ENDS}"
            rf"|\b(?:op|naar|tot) de (?P<nth_nl>[0-3]?\d)e\b{_ENDS}",
            _day_of_month,
        ),
        (
            r"\b(?:(?P<next>next|volgende|komende week)\s+)?(?:(?P<week>next week|volgende week)\s+(?:on |op )?)?"
            rf"(?P<day>{_DAY}|(?<=on )(?:sat|sun)|(?<=next )(?:sat|sun))(?:{_MORNING}|"
            rf"\b)(?!s\b){_HABIT}(?P<week_after> (?:next week|volgende week))?",
            _weekday,
        ),
        (r"\b(?:this|at the|on the|over the|dit|het|in het) (?:coming )?weekend\b", _weekend),
        (
            r"\b(?:today|tonight|this (?:morning|afternoon|evening|lunch\w*)|right now|vandaag|vanavond|vanmiddag|"
            r"vanmorgen|vanochtend|"
            r"after work|na het werk|na mijn werk)s?\b",
            lambda _, today: today,
        ),
    )
)
