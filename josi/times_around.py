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
    r"|\b(?:worked|drove|travelled|stood|studied|werkte|(?:shift|meeting|flight|drive|commute|lecture|exam|journey|dienst|"
    r"vergadering|vlucht|reis|autorit|werkdag|nap|dutje|film)(?: of| van| took| takes| lasts| lasted| duurt| duurde))"
    r"(?: for| about| almost| over| a full)*"
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
    r"rust\b)|flight|drive|vlucht|shifts?\b|meetings?\b|commute|lecture|exam\b|journey|nap\b|dienst\b|vergadering|werkdag|"
    r"work ?day|working day|dutje|of work\b|at (?:work|the office|my desk)|in the car|behind the wheel|on my feet|"
    r"gewerkt|op kantoor|in de auto)",
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
# What stands between two lengths of time when the second takes the first back.
_CORRECTED = re.compile(
    r"\b(?:no,|no (?:wait|make|sorry)|nee\b|wait|wacht|scratch that|sorry|i mean|ik bedoel|or rather|make (?:that|it)|"
    r"correction|too (?:short|little|long|much)|te (?:weinig|kort|lang|veel))",
    re.IGNORECASE,
)
_METRES_BEFORE = re.compile(
    r"\b(?:climb\w*|hills?|over|gain\w*|ascent|altitude|elevation|up|sprint\w*|swam|swim|of|every|repeats?|reps?|drop\w*)"
    r"\W*$",
    re.IGNORECASE,
)
_AGE_OR_CLOCK = re.compile(r"\b(?:i'm|im|i am|aged?|at|by|around|before|after|till?|until|turning)\s*$", re.IGNORECASE)
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
    if re.search(r"\dm$", expression) and _METRES_BEFORE.search(before):
        return False
    if re.search(r"\d[- ]?ish$", expression) and _AGE_OR_CLOCK.search(before):
        return False
    return not _PAST.search(_clause_around(text, start, end))


def is_corrected(between: str) -> bool:
    """Whether what stands between two lengths of time takes the first back ("an hour, no, make that 40 minutes")."""
    return len(between) <= 60 and bool(_CORRECTED.search(between))


def _clause_around(text: str, start: int, end: int) -> str:
    return _CLAUSE.split(text[:start])[-1] + " " + _CLAUSE.split(text[end:])[0]
