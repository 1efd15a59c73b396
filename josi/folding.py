"""Text as it looks: what is read for safety must not depend on which of several like letters were typed.

Full-width, mathematical and accented letters become plain ones (NFKD, Unicode Standard Annex 15), what takes no room
(zero-width characters, soft hyphens, combining marks) goes, and letters of other scripts become the Latin ones that
they look like. For matching only: characters move, so that offsets do not hold in the original.
"""

import re
import unicodedata

# By script: the letters, and what they look like, in the same order. As escapes, since they look alike.
_LETTERS = (
    (
        "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0458\u0455\u04bb\u0501\u051b\u051d\u043a\u043c\u0442\u043d\u0432",
        "aeopcyxijshdqwkmthb",
    ),
    (
        "\u043f\u0433\u044c\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0425\u0423\u0406\u0408\u0405\u04ba",
        "nrbABEKMHOPCTXYIJSH",
    ),
    (
        "\u03b1\u03b2\u03b5\u03b9\u03ba\u03bd\u03bf\u03c1\u03c4\u03c5\u03c7\u03b7\u03b3\u03c9\u0391\u0392\u0395\u0396\u0397",
        "abeikvoptuxnywABEZH",
    ),
    ("\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7", "IKMNOPTYX"),  # Greek
    ("\u0585\u0570\u057d\u0578\u0131\u0251\u0261\u0127\u0142\u00f8", "ohuniaghlo"),  # Armenian and other Latin
)
_TABLE = {
    **{ord(letter): latin for letters, latins in _LETTERS for letter, latin in zip(letters, latins, strict=True)},
    **dict.fromkeys(map(ord, "\u2018\u2019\u02bc\u00b4`"), "'"),
    **dict.fromkeys(map(ord, "\u2010\u2011"), "-"),
    0x2026: " ",  # an ellipsis is a pause, no end of a sentence
}
_NO_ROOM = ("Mn", "Me", "Cf")
_SPELT = re.compile(r"(?<![^\W_])[^\W\d_](?:[ .*_-][^\W\d_]){3,}(?![^\W_])")


def whole(text: str) -> str:
    """The text as valid Unicode: a surrogate without its partner, which no UTF-8 can hold, becomes U+FFFD."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def folded(text: str) -> str:
    """The text in the plain letters that a reader sees."""
    if text.isascii():
        return text.replace("`", "'")
    plain = unicodedata.normalize("NFKD", text.translate(_TABLE)).translate(_TABLE)
    return "".join(letter for letter in plain if unicodedata.category(letter) not in _NO_ROOM)


def unspelt(text: str) -> str:
    """Words that are spelt out ("c h e s t") in one piece."""
    return _SPELT.sub(lambda match: re.sub(r"[\W_]", "", match[0]), text)
