"""Small parts of GBNF grammars: names, literals, ranges of whole numbers, days, and the characters of JSON's texts."""

import json
from collections.abc import Mapping
from types import MappingProxyType

from josi.errors import JosiError


class InexpressibleError(JosiError):
    """The schema says something that no grammar of ours can hold a model to."""

    def __init__(self, path: str, keyword: str, why: str) -> None:
        super().__init__(
            f"{path}: {keyword}: {why}.",
            "Say it with another keyword, or teach josi/gbnf.py to write it and its test to prove it.",
        )


def literal(text: str) -> str:
    """A text between quotes, as GBNF reads it."""
    return json.dumps(text, ensure_ascii=False)


def integers(least: int, most: int) -> list[str]:
    """Alternatives that produce the whole numbers from `least` to `most`, without leading zeros."""
    lengths = range(len(str(least)), len(str(most)) + 1)
    spans = [(max(least, 10 ** (size - 1) if size > 1 else 0), min(most, 10**size - 1)) for size in lengths]
    return [part for low, high in spans for part in _same_length(str(low), str(high))]


def _same_length(low: str, high: str) -> list[str]:
    rest = len(low) - 1
    if low == high:
        return [literal(low)]
    if not rest:
        return [f"[{low}-{high}]"]
    if low[0] == high[0]:
        return [f"{literal(low[0])} ({' | '.join(_same_length(low[1:], high[1:]))})"]
    first, last = int(low[0]), int(high[0])
    below = [] if set(low[1:]) == {"0"} else _same_length(low, low[0] + "9" * rest)
    above = [] if set(high[1:]) == {"9"} else _same_length(high[0] + "0" * rest, high)
    first, last = first + bool(below), last - bool(above)
    return [*below, *([f"[{first}-{last}] [0-9]{{{rest}}}"] if first <= last else []), *above]


def grouped(expression: str) -> str:
    """Alternatives in brackets, so that something can stand beside them."""
    return f"({expression})" if " | " in expression else expression


def kebab(name: str) -> str:
    """`ReplanType` and `replan_type` become `replan-type`: names of rules hold letters, digits and dashes."""
    parts = "".join(f"-{letter}" if letter.isupper() else letter for letter in name).replace("_", "-")
    return parts.strip("-").lower()


TERMINALS: Mapping[str, str] = MappingProxyType(
    {
        # A character as the canonical form writes it: by itself, or with its short escape where JSON asks for one.
        # Other control characters and lone surrogates cannot occur.
        "char": r'[^"\\\x00-\x1f\x7f] | "\\" ["\\bfnrt]',
        "share": '"0" ("." [0-9]{1,3})? | "1" (".0")?',
        # Every day from 2000 to 2099: months of 31 and 30 days, February, and its leap days.
        "date": r'"\"" year "-" ( month31 | month30 | february ) "\"" | "\"" leap "-02-29\""',
        "year": '"20" [0-9]{2}',
        "month31": '("01" | "03" | "05" | "07" | "08" | "10" | "12") "-" ("0" [1-9] | [12] [0-9] | "30" | "31")',
        "month30": '("04" | "06" | "09" | "11") "-" ("0" [1-9] | [12] [0-9] | "30")',
        "february": '"02-" ("0" [1-9] | "1" [0-9] | "2" [0-8])',
        "leap": '"20" ([02468] [048] | [13579] [26])',
    }
)
