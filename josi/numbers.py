"""Numbers in words, English and Dutch: a table from word to value, and one pattern that finds them all."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from unicodedata import numeric


def _listed(words: str) -> tuple[str, ...]:
    return tuple(words.split())


_EN = _listed(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
)
_EN_TENS = _listed("twenty thirty forty fifty sixty seventy eighty ninety")
_NL = _listed(
    "een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien zeventien "
    "achttien negentien"
)
_NL_TENS = _listed("twintig dertig veertig vijftig zestig zeventig tachtig negentig")


def _english() -> dict[str, int]:
    found = {word: value for value, word in enumerate(_EN, start=1)}
    for tens, word in enumerate(_EN_TENS, start=2):
        found[word] = 10 * tens
        for ones, unit in enumerate(_EN[:9], start=1):
            found |= {f"{word}{gap}{unit}": 10 * tens + ones for gap in ("-", " ", "")}
    return found | {"a hundred": 100, "one hundred": 100, "hundred": 100, "fourty": 40}


def _dutch() -> dict[str, int]:
    found = {word: value for value, word in enumerate(_NL, start=1)} | {"één": 1, "honderd": 100}
    for tens, word in enumerate(_NL_TENS, start=2):
        found[word] = 10 * tens
        for ones, unit in enumerate(_NL[:9], start=1):
            joint = "ën" if unit.endswith("e") else "en"
            found |= {f"{unit}{link}{word}": 10 * tens + ones for link in {joint, "en"}}
    return found


NUMBER_WORDS: Mapping[str, int] = MappingProxyType(_english() | _dutch())


def _tree(words: frozenset[str]) -> str:
    """A pattern of exactly these words, the longest first, that shares their beginnings: much faster than a list."""
    heads = sorted({word[0] for word in words if word})
    branches = [re.escape(head) + _tree(frozenset(word[1:] for word in words if word[:1] == head)) for head in heads]
    if not branches:
        return ""
    pattern = branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"
    return f"(?:{pattern})?" if "" in words else pattern


_WORDS = _tree(frozenset(NUMBER_WORDS))
_HUNDREDS = re.compile(
    r"(?:(?P<times>an?|one|two|three|twee|drie)[ -]?)?(?:hundred|honderd)"
    rf"(?:(?: and | en |[ -]|en)?(?P<more>{_WORDS}))?",
    re.IGNORECASE,
)
_IN_WORDS = (
    rf"(?:(?:(?:(?:an?|one|two|three)[ -])?hundred(?:(?: and |[ -]){_WORDS})?)"
    rf"|(?:(?:twee|drie)?honderd(?:(?:en)?{_WORDS})?)|{_WORDS})"
)
NUMBER = rf"(?:\d+(?:[.,]\d+)?|{_IN_WORDS})"


def value_of(number: str) -> float:
    """The value of what `NUMBER` matched. Raises ValueError for anything else."""
    word = number.lower()
    if word in NUMBER_WORDS:
        return NUMBER_WORDS[word]
    if found := _HUNDREDS.fullmatch(word):
        times = found["times"]
        return 100 * NUMBER_WORDS.get(times or "one", 1) + (NUMBER_WORDS[found["more"]] if found["more"] else 0)
    return float(word.replace(",", "."))


# Not the figure of a name: "VO2", "CO2", "MP3", "H2O".
_FIGURE = re.compile(r"(?<!\b[A-Z]{2})(?<!\b[VvCc][Oo])(?<!\b[Hh](?=2[Oo]\b))\d+(?:[.,]\d+)?")
_WORD = re.compile(rf"(?<![^\W\d_])(?:{_IN_WORDS})(?![^\W\d_])", re.IGNORECASE)


# One sign for a number (Unicode's categories No and Nl), as far as Latin text has them: \u00bd, \u00b3, \u2468, \u2164.
NUMBER_SIGNS = (
    r"\u00b2\u00b3\u00b9\u00bc-\u00be\u2070\u2074-\u2079\u2080-\u2089\u2150-\u2182\u2185-\u2189"
    r"\u2460-\u249b\u24ea-\u24ff\u2776-\u2793\U0001f100-\U0001f10c"
)
_SIGN = re.compile(rf"((?<!\d)\d+)?([{NUMBER_SIGNS}])")


def figures(text: str) -> frozenset[float]:
    """The values of all numbers that stand in figures or in one sign. "1,5", "1.5" and "1\u00bd" are the same."""
    return frozenset(float(match[0].replace(",", ".")) for match in _FIGURE.finditer(in_figures(text)))


def in_figures(text: str) -> str:
    """The text with figures in the place of each sign that is a number: "1\u00bd" reads "1.5", "\u2468" reads "9"."""
    return text if text.isascii() else _SIGN.sub(_in_figures, text)


def _in_figures(found: re.Match[str]) -> str:
    """A sign as figures: a fraction belongs to the whole number before it, any other sign is a number by itself."""
    whole, value = found[1] or "", numeric(found[2])
    if value < 1 and whole:
        return f"{float(whole) + value} "
    return f"{whole} {value:g} " if whole else f"{int(value) if value.is_integer() else value} "


def numbers_in(text: str) -> frozenset[float]:
    """The values of all numbers, in figures and in words."""
    return figures(text) | {value_of(match[0]) for match in _WORD.finditer(text)}


# Figures that are something else than minutes: clocks and paces, days, ages, distances, weights, powers, counts.
_MEASURED = re.compile(
    r"\d{1,2}[:.]\d{2}(?!\d)|20\d\d-\d\d-\d\d"
    r"|\b(?:i'm|im|age|aged|turned|ben|zone|z|week|day|dag|om|at|@) ?\d+(?:[:.]\d{2})?(?! ?(?:min|['\u2032]))"
    r"|\d+(?:[.,]\d+)? ?(?:km|kms|k|kilo\w*|miles?|mi|m|met(?:er|re)s?|years?|jaar|kg|lbs?|watts?|w|%|bpm|am|pm|st|nd|"
    r"rd|th|e|x|reps?|sets?|days?|dagen|weeks?|weken|times|keer|jan\w*|feb\w*|mar\w*|maart|mrt|apr\w*|may|mei|jun\w*|jul\w*|"
    r"aug\w*|sep\w*|o[ck]t\w*|nov\w*|dec\w*)(?![^\W\d_])",
    re.IGNORECASE,
)


def bare_numbers(text: str) -> frozenset[int]:
    """Whole numbers in figures that carry no unit, so that minutes may be meant ("45 on the treadmill")."""
    return frozenset(int(value) for value in figures(_MEASURED.sub(" ", text)) if value.is_integer())
