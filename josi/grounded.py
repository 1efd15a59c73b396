"""A grammar made for one answer: digits can only form numbers that the context holds, and zones that it holds.

It goes by the same facts as the language rules (`josi.language`): values count, not spellings ("forty-five" allows 45,
"60min" allows "1 hour"). It is stricter in one thing: the digit of a zone is no number, or a model that is kept from
"20 min" says "2 min" where Z2 was given. All else is free text without control characters.

Beyond its reach are numbers in words, and a number that was given for something else ("45 km" for 45 minutes): the
language rules find those in the finished answer.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache
from math import isfinite
from unicodedata import category

from josi.durations import mentioned
from josi.gbnf_parts import literal
from josi.language.checks import zones_in
from josi.numbers import in_figures, numbers_in

# A rule for each state of reading. What leads where; any other character leads to `text`, and a z to `z`.
_STATES: Mapping[str, Mapping[str, str]] = {
    "text": {},
    "z": {"oO": "zo"},
    "zo": {"nN": "zon"},
    "zon": {"eE": "zone"},
    "zone": {"sS": "zones", " -": "of-zones"},
    "zones": {" -": "of-zones"},
    "of-zones": {},
    "counted": {".,": "point"},
    "point": {},
    "zoned": {".,": "point", " ": "zoned-gap", "-\u2013": "and-zone", "tT": "t", "aA": "a", "oO": "o", "eE": "e"},
    "zoned-gap": {"-\u2013": "and-zone", "tT": "t", "aA": "a", "oO": "o", "eE": "e"},
    "t": {"oO": "to"},
    "to": {"tT": "and-zone", " ": "of-zones"},
    "a": {"nN": "an"},
    "an": {"dD": "and-zone"},
    "o": {"rRfF": "and-zone"},
    "e": {"nN": "and-zone"},
    "and-zone": {" ": "of-zones"},
    "unit": {".,": "point"},
}
# What a digit may begin there; everywhere else a number or a length of time. Where 1 to 8 are zones ("Z2 to 3"), other
# numbers have two digits or are 0 and 9.
_STARTS: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("counted", "point", "zoned", "unit"), ()),  # it would make another number of the last one
    **dict.fromkeys(("z", "zone", "zones"), ("zone-number",)),
    **dict.fromkeys(("of-zones", "to", "and-zone"), ("zone-number", "wide-number")),
}
_ANYWHERE = ("number", "length")

_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
_NEAR = frozenset(chr(code) for code in range(0x20, 0x7F)) - frozenset("0123456789") | {"\u2013"}
# Letters, marks, punctuation, symbols and emoji; no sign that is a number (digits of other scripts, \u00bd, \u00b3,
# \u2468, \u2164, the keycap ten), nothing invisible that turns text around.
_FAR = (
    r"\u00a0-\u00ac\u00ae-\u00b1\u00b4-\u00b8\u00ba\u00bb\u00bf-\u052f\u1e00-\u200a\u200d\u2010-\u2012\u2014-\u2027\u2030-\u205e"
    r"\u2071-\u2073\u207a-\u207f\u208a-\u214f\u2183\u2184\u218a-\u245f\u249c-\u24e9\u2500-\u2775\u2794-\u2bff\u2e00-\u2e7f\ufe0f"
    r"\U0001f000-\U0001f0ff\U0001f10d-\U0001f51e\U0001f520-\U0001faff"
)
_IS_FAR = re.compile(f"[{_FAR}]")
_ZONE = re.compile(r"\b(?:z|zones?[ -]?)[1-8]\b", re.IGNORECASE)
_FIGURE = re.compile(r"\d+(?:[.,]\d+)?")
_HOURS = '("hours" | "hour" | "hrs" | "hr" | "uur")'


def grounded_grammar(given: str) -> str:
    """GBNF for an answer. `given` is all that it may draw on: `chat.user_turn` with the decision, without the request.

    llama.cpp parses it for any text.
    """
    rest = _ZONE.sub(" ", given)
    numbers = sorted({*_spelled(numbers_in(rest)), *filter(str.isascii, _FIGURE.findall(in_figures(rest)))})
    begins = {
        "number": [f"{literal(one)} counted" for one in numbers],
        "wide-number": [f"{literal(one)} counted" for one in numbers if not re.fullmatch("[1-8]", one)],
        "zone-number": [f"{literal(zone)} zoned" for zone in sorted(zones_in(given))],
        "length": list(dict.fromkeys(form for minutes in _lengths(given) for form in _forms(minutes, numbers))),
    }
    begins = {name: forms for name, forms in begins.items() if forms}
    also = "".join(sorted({sign for sign in given if sign.isprintable() and not _is_number(sign)} - _NEAR))
    rules = {
        "root": "text",
        **{
            state: _state(state, tuple(name for name in _STARTS.get(state, _ANYWHERE) if name in begins))
            for state in _STATES
        },
        **{name: " | ".join(forms) for name, forms in begins.items()},
        "far": f"[{_FAR}{''.join(map(_escaped, (sign for sign in also if not _IS_FAR.match(sign))))}]",
    }
    return "".join(f"{name} ::= {body}\n" for name, body in rules.items())


@cache
def _state(state: str, starts: tuple[str, ...]) -> str:
    """One rule: every character leads on, and the answer may end anywhere."""
    leads = {**_STATES[state], **({} if state == "unit" else {"zZ": "z"})}
    rest = _NEAR - set("".join(leads)) - (_LETTERS if state == "unit" else set())
    parts = [f"{_class(signs)} {target}" for signs, target in leads.items()]
    return f"({' | '.join([*parts, f'{_class(rest)} text', 'far text', *starts])})?"


def _is_number(sign: str) -> bool:
    return category(sign).startswith("N") or sign == "\U0001f51f"


def _spelled(values: Iterable[float]) -> Iterator[str]:
    for value in filter(isfinite, values):  # a figure of 400 digits is none
        if value == int(value):
            yield str(int(value))
        else:
            yield from (f"{value:.15g}", f"{value:.15g}".replace(".", ","))


def _lengths(given: str) -> list[int]:
    return sorted({minutes for item in mentioned(given) for minutes in (item.minutes, item.most)})


def _forms(minutes: int, numbers: Collection[str]) -> Iterator[str]:
    """How figures say a length of time that was given in other words or another unit; each ends in a state."""
    hours, rest = divmod(minutes, 60)
    if str(minutes) not in numbers:
        yield f'{literal(str(minutes))} [ -]? [mM] "in" text'
    if rest == 30:
        yield from (f'"{hours}{point}5" [ -]? {_HOURS} text' for point in ".,")
        yield f'"{hours}" ("\u00bd" | " and a half hour" | " en een half uur") text'
    if hours and not rest and str(hours) not in numbers:
        yield from (f'"{hours}" [ -]? {_HOURS} text', f'"{hours}" [ -]? [hu] unit')
    if hours and rest:
        yield f'"{hours}" [:hu] "{rest:02}" counted'
        yield f'"{hours}" " "? {_HOURS} (" and" | " en")? " {rest}" counted'


def _class(signs: Iterable[str]) -> str:
    """A GBNF character class, neighbours drawn together."""
    spans: list[list[int]] = []
    for code in sorted(map(ord, signs)):
        if spans and spans[-1][-1] == code - 1:
            spans[-1] = [spans[-1][0], code]
        else:
            spans.append([code])
    return f"[{''.join('-'.join(_escaped(chr(code)) for code in span) for span in spans)}]"


def _escaped(sign: str) -> str:
    return sign if sign in _LETTERS else f"\\U{ord(sign):08x}" if ord(sign) > 0xFF else f"\\x{ord(sign):02x}"
