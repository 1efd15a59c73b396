"""Warmth and brevity of an answer on the 1..5 scale. Heuristics: they order answers, they do not understand them.

Warmth counts signs of one person speaking to another, and takes off for the tone of a machine. Brevity counts words.
Production wants more than 3.5 of each on average.
"""

import re

_WARM_SIGNS = (
    # speaks to the athlete
    r"\b(?:you|your|you're|you've|yours|je|jij|jou|jouw)\b",
    # stands beside the athlete
    r"\b(?:we|we'll|we're|let's|together|i'm here|i've|i'll|i planned|our|samen|laten we|ik help|ik heb|ons)\b",
    # praises, encourages, wishes well
    r"\b(?:great|good|nice|well done|enjoy|proud|love|lovely|strong|happy|glad|keep it up|keep going|you've got this|smart|solid|"
    r"awesome|perfect|brilliant|fun|excellent|wonderful|welcome|hope|goed|mooi|knap|top|fijn|prima|geniet|trots|lekker|heerlijk|sterk|succes|"
    r"zet hem op|hou vol|blij|slim|leuk|plezier)\b",
    # shows understanding
    r"\b(?:i understand|i hear you|i know|makes sense|no worries|that's okay|it's okay|take care|take it easy|sorry|rest well|listen to|feel|tough|"
    r"ik begrijp|snap ik|begrijpelijk|geen zorgen|geeft niet|rustig aan|doe rustig|beterschap|zorg goed|luister naar|voelt?|jammer|vervelend|even)\b",
)
_COLD = re.compile(
    r"\b(?:error|invalid|denied|request (?:cannot|can not)|as an ai|language model|user|the athlete|not permitted|prohibited|input|output|"
    r"system|ongeldig|fout|geweigerd|de gebruiker|niet toegestaan|failed|failure|pathetic|lazy|lui)\b",
    re.I,
)
_START, _A_SIGN, _A_COLD_WORD = 2.5, 0.6, 1.0
_SHORT, _LONG, _TOO_LONG, _FAR_TOO_LONG = 50, 80, 100, 150  # words


def warmth(answer: str) -> float:
    """1..5. Starts at 2.5; each kind of warm sign adds 0.6 (a wish with an exclamation mark 0.3); each cold word takes 1."""
    text = answer.replace("\u2019", "'")
    score = _START + _A_SIGN * sum(bool(re.search(sign, text, re.I)) for sign in _WARM_SIGNS)
    score += 0.3 if 1 <= text.count("!") <= 2 else 0.0
    score -= _A_COLD_WORD * len(_COLD.findall(text))
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
    for (low, high_score), (high, low_score) in zip(steps, steps[1:], strict=False):
        if count <= high:
            return high_score - (high_score - low_score) * (count - low) / (high - low)
    return 1.0


def _bounded(score: float) -> float:
    return max(1.0, min(5.0, score))
