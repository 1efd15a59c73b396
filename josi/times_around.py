"""What stands around a length of time and makes it something else than the time that an athlete has.

Clocks, paces, sleep, intervals, speeds, what is past, denied or replaced, and differences to something else.
"""

import re

# What stands before or after and makes it something else than the time an athlete has.
_BEFORE = re.compile(
    r"(?:(?<!do )(?<!over )(?<!done )(?<!fit )(?<!something )(?<!endurance )\b(?:in|every|per|each|"
    r"(?<!can't )(?<!to )last|past|next|elke|ieder|iedere|afgelopen|komende|binnen)(?: about| around| the|"
    r" de| ongeveer| under| less than| onder)?"
    r"|\b(?:slept|sleep|sleeping|geslapen|slaap|sliep)(?: only| just| for| about| maar| ongeveer)*"
    r"|\b(?:after|na|first|initial|final|eerste|laatste|sub)(?: about| only| the| de| ongeveer)?"
    r"|\b(?:intervals|repeats|reps|sets|efforts|blocks|blokken|intervallen|herhalingen) (?:of|van)"
    r"|(?<!why )(?<!waarom )\b(?:not|(?:don't|do not|didn't|doesn't) have|haven't got|no|geen|niet|instead of|"
    r"rather than|in plaats van|ipv)(?: a| an| the| full| whole| quite| even| een| hele?)*"
    r"|\d\s?[x\u00d7]|\btimes|\b(?:km|k|miles|kilometers?|kilometres?|meters?) )\s*$",
    re.IGNORECASE,
)
_CLOCK_BEFORE = re.compile(
    r"\b(?:at|by|until|till?|from|before|after|around|since|om|tot|vanaf|van|voor|na|rond|sinds|"
    r"pace(?: of)?|tempo(?: van)?|@)\s*$",
    re.IGNORECASE,
)
_SPOKEN_CLOCK_BEFORE = re.compile(r"\b(?:om|tot|vanaf|sinds|rond|na|voor)\s*$", re.IGNORECASE)
_HOUR_CLOCK_BEFORE = re.compile(r"\b(?:om|tot|vanaf|sinds|at|by|until|till?|from)\s*$", re.IGNORECASE)
_AFTER = re.compile(
    r"^\W{0,2}(?:ago\b|from now|geleden|(?:of )?(?:sleep|slept|slaap|slapen|geslapen)\b|"
    r"(?:a|per|each|every) (?:day|week|month|night)|per (?:dag|week|maand|nacht)|in (?:a|the) week"
    r"|(?:half |halve )?marathon"
    r"|/|per (?:km|k|mile)|(?:intervals?|repeats?|reps?|efforts?|blocks?|warm|cool|rest\b|break|pauze|"
    r"rust\b)|flight|drive|vlucht)",
    re.IGNORECASE,
)
# A difference to something, and no length by itself: "15 minutes shorter", "an hour later" (but "an hour later today").
_DIFFERENCE = re.compile(
    r"^\s(?:shorter|longer|less|more(?! or less)|extra|sooner|earlier|korter|langer|minder|meer(?! of minder)|eerder|"
    r"vroeger|te laat|later?(?! (?:today|tonight|on|in|at|this|after\w*|even\w*|morning|vandaag|op|deze)))\b",
    re.IGNORECASE,
)
_CLOCK_AFTER = re.compile(
    r"^\s*(?:am|pm|a\.m|p\.m|uur|u\b|o'?clock|(?:half |halve )?marathon|half\b|10 ?k|5 ?k|min/|/ ?km|per km|pace|"
    r"finish|goal)",
    re.IGNORECASE,
)
_NL_IN = re.compile(
    r"\bover\s*(?:een\s*)?$", re.IGNORECASE
)  # "over een uur" is in an hour; "over an hour" is more than one
_PAST = re.compile(
    r"\b(?:yesterday|last (?:night|week|weekend|month|time)|gisteren|vorige (?:week|keer|maand))\b", re.IGNORECASE
)
_CLAUSE = re.compile(r"[.!?;,](?:\s|$)|\bbut\b|\bmaar\b", re.IGNORECASE)


def is_time_available(text: str, start: int, end: int) -> bool:
    """Whether the length of time at `start` to `end` (characters) can be the time that an athlete has."""
    text = text.replace("\u2019", "'")
    before, expression, after = text[:start], text[start:end], text[end:]
    if _BEFORE.search(before) or _AFTER.match(after) or _DIFFERENCE.match(after):
        return False
    if ":" in expression and (_CLOCK_BEFORE.search(before) or _CLOCK_AFTER.match(after)):
        return False
    if " of " in expression and _SPOKEN_CLOCK_BEFORE.search(before):  # "om een uur of drie"
        return False
    if re.search(r"\d ?(?:uur|h|u)$", expression) and _HOUR_CLOCK_BEFORE.search(before):
        return False
    if re.search(r"(?:uur(?:tje)?|minuten|kwartier)$", expression) and _NL_IN.search(before):
        return False
    return not _PAST.search(_clause_around(text, start, end))


def _clause_around(text: str, start: int, end: int) -> str:
    return _CLAUSE.split(text[:start])[-1] + " " + _CLAUSE.split(text[end:])[0]
