"""How people type on a phone: small letters, missing points and apostrophes, swapped letters."""

import re
from random import Random

from josi.red_flags import red_flag

SHARE = 0.15
WORD = re.compile(r"(?<![\w{'])[A-Za-z]{5,}(?![\w}'])")


def typed(template: str, rng: Random) -> str:
    """The template as somebody in a hurry writes it, in about 15 of 100 cases; slots stay whole.

    A slip in which the rules see a red flag that was none is not made: they would stop what the label lets pass.
    """
    if rng.random() >= SHARE:
        return template
    change = rng.choice((_small, _no_point, _loud, _swapped, _no_apostrophe, _small))
    changed = change(template, rng) or template  # of a lone question mark something is left
    return template if red_flag(changed) and not red_flag(template) else changed


def _small(text: str, _: Random) -> str:
    return text.lower().rstrip(".")


def _no_point(text: str, _: Random) -> str:
    return text.rstrip(".?!")


def _loud(text: str, rng: Random) -> str:
    return text.rstrip(".!") + rng.choice(("!", "!!", " :)", "...")) if not text.endswith("?") else text + "?"


def _no_apostrophe(text: str, _: Random) -> str:
    return text.replace("'", "")


def _swapped(text: str, rng: Random) -> str:
    """Two neighbouring letters inside one longer word of the template change places."""
    words = list(WORD.finditer(text))
    if not words:
        return text
    word = rng.choice(words)
    at = word.start() + rng.randrange(1, len(word.group()) - 2)
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
