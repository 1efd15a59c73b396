"""Days that an athlete names, resolved from today: "tomorrow", "on Saturday", "overmorgen", "4 mei", "on the 15th".

A weekday is the next such day, today included; "next Saturday" is strictly after today; "Monday next week"
is in the calendar week after this one. A date that names its year is taken as it stands, also where it lies behind.
Habits ("on Tuesdays"), what was ("I ran on Monday"), and the day of a race or a holiday are no days of a message.
"""

import re
from datetime import date
from typing import NamedTuple

from josi.date_forms import FORMS

_PAST = re.compile(
    r"\b(?:since|last|past|sinds|afgelopen|vorige|was|yesterday|every|elke|iedere)\s+(?:the\s+)?$", re.IGNORECASE
)
# What was done on a weekday lies behind; "I did more than you said today" is about today.
_DONE = re.compile(
    r"\b(?:i|we|ik)(?:'ve)? (?:already |just |also )?(?:ran|rode|rested|did|skipped|missed|swam|lifted|skied|skated|"
    r"trained|raced|liep|reed|fietste|rustte|deed|trainde|zwom|schaatste|miste)\b[^.!?,;]*$",
    re.IGNORECASE,
)
_EVENT = re.compile(
    r"\b(?:race|marathon|event|competition|match|wedding|holidays?|vacation|wedstrijd|vakantie|bruiloft)"
    r"(?:\s(?:is|are|'s|starts?|begins?|comes?|begint))?\s(?:(?:on|this|next|op|komende|aanstaande)\s)?$",
    re.IGNORECASE,
)
_DENIED_BEFORE = re.compile(
    r"(?<!why )(?<!waarom )\b(?:not|niet|instead of|rather than|in plaats van|ipv)(?: on| for| the| op| de)?\s+$",
    re.IGNORECASE,
)
_DENIED_AFTER = re.compile(r"^\s+(?:niet|not)\b", re.IGNORECASE)
_HOUR = re.compile(r"(?:after work|na (?:het|mijn) werk)", re.IGNORECASE)
_TARGET = re.compile(r"\b(?:to|till|until|for|naar|op|tot|on)\s+(?:the\s+|next\s+|volgende\s+)?$", re.IGNORECASE)
_MOVE_TO = re.compile(
    r"\b(?:to|till|until|naar|tot)\s+(?:the\s+|next\s+|volgende\s+|the following\s+)?$", re.IGNORECASE
)


class Named(NamedTuple):
    """A day and where in the text it is named (characters)."""

    day: date
    start: int
    end: int


def date_in(text: str, today: date) -> date | None:
    """The day that a message is about, or None where it names none.

    Where it names several, the one that something is moved to ("from Monday to Friday"), else the first one after a
    preposition, else the first. A denied day ("not today") and an hour of the day ("after work") count only where no
    other day is named.
    """
    text = text.replace("\u2019", "'")
    found = days_in(text, today)
    found = tuple(named for named in found if not _is_weak(text, named)) or found
    for pattern in (_MOVE_TO, _TARGET):
        for named in found:
            if pattern.search(text[: named.start]):
                return named.day
    return found[0].day if found else None


def days_in(text: str, today: date) -> tuple[Named, ...]:
    """Every day that a message can be about, in the order of the text."""
    found: list[Named] = []
    taken: list[tuple[int, int]] = []
    for pattern, resolve in FORMS:
        for match in pattern.finditer(text):
            if any(start < match.end() and match.start() < end for start, end in taken):
                continue
            taken.append(match.span())
            day, before = resolve(match, today), text[: match.start()]
            behind = _PAST.search(before) or (day != today and _DONE.search(before))
            if day is not None and not behind and not _EVENT.search(before):
                found.append(Named(day, *match.span()))
    return tuple(sorted(found, key=lambda named: named.start))


def _is_weak(text: str, named: Named) -> bool:
    return bool(
        _DENIED_BEFORE.search(text[: named.start])
        or _DENIED_AFTER.match(text[named.end :])
        or _HOUR.fullmatch(text[named.start : named.end])
    )
