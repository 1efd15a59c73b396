"""Warmth and brevity of an answer on the 1..5 scale. Heuristics: they order answers, they do not understand them.

Warmth counts signs of one person speaking to another, and takes off for the tone of a machine. Brevity counts words.
Production wants more than 3.5 of each on average.
"""

import re
from collections.abc import Mapping
from itertools import pairwise

from josi.language.words import pattern

_WARM_SIGNS: Mapping[str, str] = {
    "speaks to the athlete": r"you|your|yours|you're|you've|you'll|yourself|je|jij|jou|jouw|jezelf",
    "is a person": (
        r"i|i'm|i'll|i've|i'd|me|my|ik|mij|mijn|we|we'll|we're|let's|us|our|together|samen|laten we|ons|wij"
    ),
    "gives a reason": r"because|so that|since|that is why|that's why|the reason|omdat|zodat|want|daarom|de reden",
    "is gentle": (
        r"gentl[ey]|gentler|calm(?:ly)?|kind(?:est|er|ly)?|relax(?:ed)?|soft(?:ly)?|breathe?|breath|"
        r"comfortabl[ey]|easy does it|"
        r"take your time|no rush|no need|listen|feel|feels|body|care|patien(?:t|ce)|slowly|settle|rest|"
        r"rustig|zacht|kalm|ontspan\w*|adem\w*|neem de tijd|geen haast|luister|voel\w*|lichaam|lijf|zorg|geduld|rust"
    ),
    "encourages": (
        r"great|good|nice|well done|enjoy|proud|love|lovely|strong(?:er)?|happy|glad|keep (?:it up|going)|"
        r"you've got this|smart|"
        r"solid|well|perfect|brilliant|fun|excellent|wonderful|welcome|hope|pleasure|best|ready|right|fits?|"
        r"suits?|helps?|"
        r"pays? off|counts?|gains?|better|worth|goed|goede|mooie?|knap|top|fijne?|prima|geniet|trots|lekker|"
        r"heerlijk|sterk\w*|succes|"
        r"zet hem op|hou vol|blij|slimm?e?|leuke?|plezier|klaar|past|helpt|beter|beste|waard|loont|telt"
    ),
    "understands": (
        r"i understand|i hear you|i know|i see|makes sense|no worries|that's okay|it's okay|take care|sorry|"
        r"frustrat\w*|tough|"
        r"hard to hear|ik begrijp|snap ik|ik snap|begrijpelijk|geen zorgen|geeft niet|beterschap|jammer|"
        r"vervelend|balen"
    ),
}
_COLD = (
    r"error|invalid|denied|request cannot|as an ai|language model|user|the athlete|not permitted|"
    r"prohibited|forbidden|"
    r"mandatory|comply|execute|as prescribed|input|output|system|ongeldig|fout|geweigerd|de gebruiker|"
    r"niet toegestaan|"
    r"verplicht|failed|failure|pathetic|lazy|excuses?|no whining|lui|aanstellen"
)
_SIGNS = tuple(pattern((sign,)) for sign in _WARM_SIGNS.values())
_COLD_WORDS = pattern((_COLD,))
_START, _A_SIGN, _A_COLD_WORD = 2.2, 0.6, 1.0
_SHORT, _LONG, _TOO_LONG, _FAR_TOO_LONG = 50, 80, 100, 150  # words


def warmth(answer: str) -> float:
    """1..5. Starts at 2.2; each kind of warm sign adds 0.6, an exclamation mark 0.3; each cold word takes 1.

    So an answer that speaks to the athlete and gives a reason is near the middle (3.4), one more kind of sign makes
    it warm (4.0), and a bare statement is cold (2.2).
    """
    text = answer.replace("\u2019", "'")
    score = _START + _A_SIGN * sum(bool(sign.search(text)) for sign in _SIGNS)
    score += 0.3 if 1 <= text.count("!") <= 2 else 0.0
    score -= _A_COLD_WORD * len(_COLD_WORDS.findall(text))
    shouts = [word for word in re.findall(r"[^\W\d_]{4,}", text) if word.isupper()]
    return _bounded(score - 0.5 * len(shouts))


def brevity(answer: str) -> float:
    """1..5: up to 50 words 5, 80 words 4, 100 words 3, 150 words and more 1, in straight lines between. No words: 1."""
    count = len(answer.split())
    if count == 0:
        return 1.0
    steps = ((_SHORT, 5.0), (_LONG, 4.0), (_TOO_LONG, 3.0), (_FAR_TOO_LONG, 1.0))
    if count <= _SHORT:
        return 5.0
    for (low, high_score), (high, low_score) in pairwise(steps):
        if count <= high:
            return high_score - (high_score - low_score) * (count - low) / (high - low)
    return 1.0


def _bounded(score: float) -> float:
    return max(1.0, min(5.0, score))
