"""Where a sentence ends. English and Dutch; "Z2.", "e.g.", "45 min." and "8 a.m." are no ends by themselves.

An end is `.`, `!`, `?` or `\u2026` (several in a row count as one, closing quotes and brackets belong to it) with white
space or nothing behind it, and every line break. A full stop is no end
- after an abbreviation that something always follows ("e.g.", "bijv.", "Dr.");
- after a zone, a number, a unit or an hour ("Z2.", "1.", "45 min.", "8 a.m.", "etc."), unless the next word starts with
  a capital letter and is no code itself;
- where a small letter follows.
A mark before a small letter ends nothing when a quote closes on it ('ask "can I talk?" on every climb'). A piece of
codes and numbers alone ("Z2.", "1.") belongs to what follows, unless that is a question; one without any letter or
figure (an emoji) belongs to what stands before.
"""

import re

from josi.records import Record

_CLOSING = "\"'\u201d\u2019\u00bb)\\]"
_MARK = re.compile(rf"(?P<mark>[.!?\u2026]+)(?P<closing>[{_CLOSING}]*)(?=\s|\Z)|(?P<line>\n)")
_NEVER = re.compile(
    r"(?:^|[\s(])(?:e\.g|i\.e|vs|approx|ca|dr|mr|mrs|ms|st|nr|incl|excl|resp|fig|bijv|bv|o\.a|d\.w\.z|m\.a\.w|"
    r"m\.b\.t|a\.u\.b|t\/m|i\.p\.v|zgn|evt|mw|dhr|prof|ong)$",
    re.IGNORECASE,
)
_CODE = re.compile(
    r"(?:^|[\s(\u2013-])(?:[zZ][1-8]|\d+(?:[.,:]\d+)?|\d*\s?(?:min|mins|sec|secs|hr|hrs|km|uur|u|h|m|bpm|max|etc|"
    r"a\.m|p\.m|enz))$",
    re.IGNORECASE,
)
_FIRST_WORD = re.compile(r"\s+[\"'(\u201c\u2018]*(\w+)")
_LONGEST = 24  # characters before a full stop that can make it no end: far more than any abbreviation or number
_LETTERS = re.compile(r"[^\W\d_]{2,}")


class Sentence(Record):
    """One sentence with its mark, and the white space behind it. The pieces of a text join to the text."""

    text: str
    gap: str = ""

    @property
    def asks(self) -> bool:
        """Whether it ends with a question mark."""
        mark = re.search(rf"[.!?\u2026]+(?=[{_CLOSING}]*$)", self.text)
        return mark is not None and "?" in mark[0]

    @property
    def ends(self) -> bool:
        """Whether it has a mark at its end."""
        return re.search(rf"[.!?\u2026][{_CLOSING}]*$", self.text) is not None


def sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of a text, in order. Nothing is lost: texts and gaps join to `text` without outer white space."""
    text = text.strip()
    cuts = [match.end() for match in _MARK.finditer(text) if _is_end(text, match)]
    pieces = [text[start:end] for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True)]
    return tuple(_with_gaps(_joined([piece for piece in pieces if piece])))


def _is_end(text: str, match: re.Match[str]) -> bool:
    if match["line"]:
        return True
    start, end = match.span()
    small = _is_small(text, end)
    if match["mark"] != ".":
        return not (match["closing"] and small)
    near = max(0, start - _LONGEST)
    if small or _NEVER.search(text, near, start):
        return False
    return end == len(text) or _CODE.search(text, near, start) is None or _starts_sentence(text, end)


def _is_small(text: str, end: int) -> bool:
    first = _FIRST_WORD.match(text, end)
    return bool(first and first[1][0].islower())


def _starts_sentence(text: str, end: int) -> bool:
    first = _FIRST_WORD.match(text, end)
    return bool(first and first[1][0].isupper() and not re.fullmatch(r"[ZzR]\d?", first[1]))


def _joined(pieces: list[str]) -> list[str]:
    """Pieces that are no sentence by themselves go to a neighbour."""
    found: list[str] = []
    for piece in pieces:
        nothing = re.search(r"[^\W_]", piece) is None
        stub = bool(found) and found[-1].rstrip(" \t").endswith(".") and _is_stub(found[-1])
        if found and (nothing or (stub and not Sentence(text=piece.rstrip()).asks)):
            found[-1] += piece
        else:
            found.append(piece)
    return found


def _is_stub(piece: str) -> bool:
    """A lone code or number with a full stop: "Z2.", "1."."""
    return _LETTERS.search(re.sub(r"\b(?:min|mins|km|uur|zone)\b", "", piece)) is None


def _with_gaps(pieces: list[str]) -> list[Sentence]:
    """The white space between two sentences belongs to the first."""
    found: list[Sentence] = []
    for piece in pieces:
        lead = len(piece) - len(piece.lstrip())
        if found:
            found[-1] = found[-1].model_copy(update={"gap": found[-1].gap + piece[:lead]})
        body = piece[lead:] if found or not lead else piece
        found.append(Sentence(text=body.rstrip(), gap=body[len(body.rstrip()) :]))
    return found
