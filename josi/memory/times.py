"""The part of the day that an athlete likes to train in, or never trains in. Only habits count, not today."""

import re
from collections.abc import Iterator, Mapping

from josi.language.which import Language
from josi.memory.clauses import Clause
from josi.memory.said import Gone, Said, both
from josi.memory.store import Kind

PREFERRED, AVOIDS = "preferred", "avoids"
TRAIN = (
    r"(?:train(?:ing)?|work(?:ing)? out|exercis(?:e|ing)|run(?:ning)?|rid(?:e|ing)|cycl(?:e|ing)|swim(?:ming)?|"
    r"lift(?:ing)?|row(?:ing)?|ski(?:ing)?|skat(?:e|ing)|go(?:ing)?|get out|do (?:it|my \w+)|sessions?|workouts?|runs|"
    r"rides)"
)
OFTEN = (
    r"(?:(?:always|usually|mostly|normally|generally|often|sometimes|really|definitely|only|tend to|do|still|now|far|"
    r"can|have to|much|also) )*"
)

_PARTS: Mapping[str, str] = {
    "morning": r"(?:the )?(?:early )?mornings?|before (?:work|breakfast|school|the kids \w+(?: up)?)|first thing|"
    r"'s (?:ochtends|morgens)|(?:vroege? )?ochtend(?:en)?|voor (?:het |mijn )?werk",
    "lunch": r"(?:my )?lunch(?: ?times?| ?breaks?| hours?|pauze)?|at noon|midday|tussen de middag",
    "afternoon": r"(?:the )?(?:late |early )?afternoons?|'s middags|middag(?:en)?",
    "evening": r"(?:the )?(?:late )?evenings?|after (?:work|dinner|the kids (?:are|go|have gone) \w+(?: bed)?)|"
    r"(?:late )?at night|nights|'s avonds|avond(?:en)?|"
    r"na (?:het |mijn )?werk",
}
_LIKED: Mapping[str, Mapping[Language, str]] = {
    "morning": both("prefers mornings", "traint het liefst 's ochtends"),
    "lunch": both("prefers training at lunchtime", "traint het liefst tussen de middag"),
    "afternoon": both("prefers afternoons", "traint het liefst 's middags"),
    "evening": both("prefers evenings", "traint het liefst 's avonds"),
}
_AVOIDED: Mapping[str, Mapping[Language, str]] = {
    "morning": both("does not train in the morning", "traint niet 's ochtends"),
    "lunch": both("does not train at lunchtime", "traint niet tussen de middag"),
    "afternoon": both("does not train in the afternoon", "traint niet 's middags"),
    "evening": both("does not train in the evening", "traint niet 's avonds"),
}

_PART = "(?<![\\w'])(?P<part>" + "|".join(_PARTS.values()) + r")(?!\w)"
_AT = r"(?: (?:best|most|mine|my \w+|outside|in|at|during|on|only|it|every|each))*"
_SPORTING = r"(?:train|sport|loop|ren|fiets|zwem|hardloop|schaats|roei|trainen|sporten|hardlopen|fietsen|zwemmen)"
_LIKES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\bi {OFTEN}(?:prefer|love|like|enjoy|favou?r)(?: to)?(?: {TRAIN})?{_AT} {_PART}",
        rf"\bi {OFTEN}{TRAIN}{_AT} {_PART}",
        rf"\b(?:only|best) (?:have (?:\w+ )?time|time|slot|moment)\b[^.]{{0,30}}? {_PART}",
        rf"{_PART}(?: {TRAIN})? (?:works?|suits?|are|is)(?: \w+)? (?:best|better|great|perfect|ideal|easiest|well|me\b|"
        r"my (?:time|favou?rite|thing))",
        rf"\bmijn voorkeur (?:gaat uit naar|is|heeft)(?: de)? {_PART}",
        rf"{_PART} (?:past|komt|werkt|lukt|gaat)(?: \w+)* (?:best|beste|beter|goed)\b",
        rf"^(?=.*\bik\b)(?=.*\b(?:liefst|meestal|altijd|vaak|graag|alleen|gewoonlijk|normaal|elke)\b)"
        rf"(?=.*\b{_SPORTING}\b).*?{_PART}",
    )
)
_IS_LIKED = (
    (
        re.compile(r"\bi(?:'m| am) [^.]{0,20}?\b(?:morning person|early bird)\b|\bik ben [^.]*\bochtendmens\b"),
        "morning",
    ),
    (re.compile(r"\bi(?:'m| am) [^.]{0,20}?\b(?:evening person|night owl)\b|\bik ben [^.]*\bavondmens\b"), "evening"),
)
_AVOIDING = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\bi (?:\w+ ){{0,2}}?(?:hate|dislike|avoid|can't stand|struggle with)(?: {TRAIN})?{_AT} {_PART}",
        rf"\bi (?:really |just |simply )?(?:can't|cannot|don't|do not|never)(?: (?:like|do|want|have time))?(?: to)?"
        rf"(?: {TRAIN})?{_AT} {_PART}",
        rf"{_PART}(?: {TRAIN})? (?:don't|do not|doesn't|never|aren't|won't) (?:really |ever )?(?:work|suit|an option|"
        rf"for me)",
        rf"{_PART}(?: {TRAIN})? (?:are|is) (?:impossible|out|no good|hard for me|difficult|hell|not for me)\b",
        rf"\bno (?:training |sessions? |workouts? )?(?:in |at )?{_PART} (?:for me|please|ever)\b",
        rf"^(?=.*\b(?:ik|me|mij)\b)(?=.*\b(?:niet|nooit|geen|hekel)\b)(?=.*\b(?:{_SPORTING}|lukt|kan|"
        rf"hekel)\b).*?{_PART}",
    )
)
_NO_DUTCH = re.compile(r"\b(?:niet|nooit|geen|hekel)\b")


def times(clause: Clause) -> Iterator[Said | Gone]:
    """What is liked also ends a dislike of the same part of the day, and the other way round."""
    if clause.passing:
        return
    avoided = [] if clause.over else _parts(clause, _AVOIDING)
    liked = [part for part in _liked(clause) if part not in avoided]
    for part, pattern in ((part, pattern) for pattern, part in _IS_LIKED):
        found = pattern.search(clause.text)
        if found and not clause.of_somebody_else(found):
            (avoided if not clause.over and clause.denies(found) else liked).append(part)
    for part in dict.fromkeys(liked):
        yield Gone(Kind.TIME, PREFERRED, part) if clause.over else Gone(Kind.TIME, part, AVOIDS)
        if not clause.over:
            yield Said(Kind.TIME, PREFERRED, part, _LIKED[part])
    for part in dict.fromkeys(avoided):
        yield Gone(Kind.TIME, PREFERRED, part)
        yield Said(Kind.TIME, part, AVOIDS, _AVOIDED[part])


def _liked(clause: Clause) -> list[str]:
    if _NO_DUTCH.search(clause.text):
        return []
    return _parts(clause, _LIKES, undenied=True)


def _parts(clause: Clause, patterns: tuple[re.Pattern[str], ...], *, undenied: bool = False) -> list[str]:
    found = (match for pattern in patterns for match in pattern.finditer(clause.text))
    return [
        _part_of(match["part"])
        for match in found
        if not clause.of_somebody_else(match) and not (undenied and not clause.over and clause.denies(match))
    ]


def _part_of(words: str) -> str:
    return next(part for part, forms in _PARTS.items() if re.fullmatch(forms, words))
