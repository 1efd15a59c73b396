"""The days of the week on which an athlete always trains, or never does.

Only what is said of all such days counts: "on Mondays", "every Monday", "nooit op maandag"; "on Monday" is one day.
"""

import re
from collections.abc import Iterator

from josi.memory.clauses import Clause
from josi.memory.said import Gone, Said, both
from josi.memory.store import Kind
from josi.memory.times import OFTEN, TRAIN

YES, NO = "trains", "free"
_WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "weekend")
_WEEK_NL = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag", "weekend")
_DAY, _DAY_NL = "|".join(_WEEK), "|".join(_WEEK_NL)
_DAYS = rf"(?P<days>(?:(?:{_DAY})s|(?:every|each) (?:{_DAY}))(?:(?:,|,? and|,? or) (?:{_DAY})s)*)\b"
_DAYS_NL = (
    rf"(?P<days>(?:elke |iedere |'s )?(?:{_DAY_NL})(?:en|s)?(?:(?:,| en| of|, en) (?:op )?(?:{_DAY_NL})(?:en|s)?)*)\b"
)
_SPORTING = r"(?:train|sport|loop|fiets|zwem|ren|schaats|roei)"
_ON = r"(?:on |at |in )?(?:the )?"
_TRAINS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\bi {OFTEN}{TRAIN}\b(?: \w+){{0,4}}? {_ON}{_DAYS}",
        rf"\bi (?:can|have (?:more |plenty of )?time)(?: {TRAIN})? (?:again )?{_ON}{_DAYS}",
        rf"\b{_DAYS} (?:are|is) (?:always |usually |my |for |the )*(?:long|training|best|good|free|perfect|great|"
        rf"running|"
        r"cycling|run|runs|ride|rides|gym|easiest)\b",
        rf"\b(?:ik {_SPORTING}|{_SPORTING} ik)\b(?=.*\b(?:altijd|meestal|elke|iedere|vaste?|'s)\b).*?{_DAYS_NL}",
        rf"{_DAYS_NL} {_SPORTING} ik\b.*\b(?:altijd|meestal|vast|vaak)\b",
        rf"\b(?P<days>(?:elke|iedere) (?:{_DAY_NL})) {_SPORTING} ik\b",
    )
)
_NEVER = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\bi (?:really |just )?(?:can't|cannot|don't|do not|never)(?: ever)?(?: {TRAIN})?(?: \w+){{0,3}}? "
        rf"{_ON}{_DAYS}",
        rf"\b{_DAYS} (?:are|is) (?:always |usually |my |a )*(?:off|rest|out|impossible|difficult|no|busy|packed|sacred|"
        r"family|work)\b",
        rf"\b{_DAYS} (?:don't|doesn't|do not|never) work\b",
        rf"\bno (?:training|sessions?|workouts?|running|runs) {_ON}{_DAYS}",
        rf"\b(?:ik (?:{_SPORTING}|kan)|(?:{_SPORTING}|kan) ik)\b(?=.*\bnooit\b).*?{_DAYS_NL}",
        rf"{_DAYS_NL} (?:kan|{_SPORTING}) ik (?:\w+ )?nooit\b",
        rf"\b(?P<days>(?:elke|iedere) (?:{_DAY_NL})|(?:{_DAY_NL})en) (?:kan ik niet|is (?:altijd )?(?:mijn )?rustdag|"
        rf"ben ik vrij van)",
    )
)


def weekdays(clause: Clause) -> Iterator[Said | Gone]:
    """One fact a day. "I don't train on Mondays any more" ends what was said of Mondays."""
    never = [] if clause.over else _found(clause, _NEVER)
    always = [day for day in _found(clause, _TRAINS) if day not in never]
    if clause.passing:
        return
    for day in dict.fromkeys(always):
        english = "at the weekend" if day == "weekend" else f"on {day.capitalize()}s"
        dutch = "in het weekend" if day == "weekend" else f"op {_WEEK_NL[_WEEK.index(day)]}"
        yield (
            Gone(Kind.TIME, day, YES)
            if clause.over
            else Said(Kind.TIME, day, YES, both(f"trains {english}", f"traint {dutch}"))
        )
    for day in dict.fromkeys(never):
        english = "at the weekend" if day == "weekend" else f"on {day.capitalize()}s"
        dutch = "in het weekend" if day == "weekend" else f"op {_WEEK_NL[_WEEK.index(day)]}"
        yield Said(Kind.TIME, day, NO, both(f"does not train {english}", f"traint niet {dutch}"))


def _found(clause: Clause, patterns: tuple[re.Pattern[str], ...]) -> list[str]:
    matches = (match for pattern in patterns for match in pattern.finditer(clause.text))
    denied_ok = patterns is _NEVER or clause.over
    return [
        day
        for match in matches
        if not clause.of_somebody_else(match) and (denied_ok or not clause.denies(match))
        for day in _days_of(match["days"])
    ]


def _days_of(words: str) -> list[str]:
    found = re.findall(rf"{_DAY}|{_DAY_NL}", words)
    return [_WEEK[_WEEK_NL.index(day)] if day in _WEEK_NL else day for day in found]
