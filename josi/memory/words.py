"""What the text of a fact speaks of. Facts from a profile, from behaviour or from older apps have no kind."""

import re

from josi.memory.injuries import parts_in
from josi.memory.sports import SPORTS

_HURT = re.compile(
    r"\b(?:sore\w*|pain\w*|hurt\w*|ach(?:es?|ing)|injur\w*|sensitive|niggl\w*|weak|bad|stiff|tight|sprain\w*|strain\w*|"
    r"surgery|operat\w+|rehab\w*|tend[io]n\w*|problems?|trouble|issues?|care|gevoelig\w*|pijn\w*|blessure\w*|klachten|"
    r"last|zere?|slechte|zwakke|stijve|geblesseerd\w*|geopereerd\w*|revalid\w+|herstel\w*|problemen)\b"
)


def speaks_of_injury(fact: str) -> bool:
    """Whether a fact tells of a sore or injured part of the body."""
    text = fact.lower()
    return bool(parts_in(text)) and bool(
        _HURT.search(text) or re.search(r"(?:pijn|klachten|blessure|problemen|operatie)\b", text)
    )


def speaks_of_sport(fact: str, sport: str) -> bool:
    """Whether a fact names a sport by its key ("run", "swim"), or `main` of any."""
    words = SPORTS.get(sport)
    if words is None:
        return False
    names = (words.verb, words.doing, words.person, *words.fact.values(), *words.noun.values())
    return re.search(rf"\b(?:{'|'.join(names)})s?\b", fact.lower()) is not None
