"""How long an athlete usually has for training.

"I have 45 minutes" is about now; "I usually have 45 minutes" is about the athlete. How long they sleep, work or travel
is something else, and so are hours a week.
"""

import re
from collections.abc import Iterator

from josi.durations import mentioned
from josi.memory.clauses import Clause
from josi.memory.said import Gone, Said, both
from josi.memory.store import Kind

USUAL = "usual"
LEAST_MINUTES, MOST_MINUTES = 10, 300  # as in the contract

_HABIT = re.compile(
    r"\b(?:usually|always|normally|generally|typically|mostly|never|most days|every day|per (?:day|session)|a day|"
    r"each (?:day|session|time)|on (?:weekdays|work ?days)|during the week|weekends?|my (?:sessions|workouts|runs|"
    r"rides)|"
    r"meestal|altijd|normaal|gewoonlijk|nooit|per (?:dag|keer|training)|elke dag|iedere dag|doordeweeks|door de week|"
    r"op werkdagen|mijn (?:trainingen|sessies))\b"
)
_HAS_TIME = re.compile(
    r"\b(?:i|i've|my|ik)\b.*\b(?:have|get|got|train|work out|exercise|run|ride|cycle|swim|spare|manage|free|sessions|"
    r"workouts|runs|rides|time|heb|train|sport|tijd|trainingen|sessies|loop|fiets)\b|\b(?:heb|train|sport|loop|fiets) "
    r"ik\b"
)
_ANOTHER_LENGTH = re.compile(
    r"\b(?:sleep\w*|nap|commut\w*|drive|meetings?|walk|weekly|per week|a week|each week|every week|per month|flights?|"
    r"travel\w*|to get (?:to|there)|away|(?:mon|tues|wednes|thurs|fri)days?|maandag|dinsdag|woensdag|donderdag|"
    r"vrijdag|slaap\w*|reis\w*|wandel\w*|vergader\w*)\b"
    r"|\b(?:i|ik) (?:\w+ )?(?:work|werk)\b(?! out)"
)
_AT_MOST = re.compile(
    r"\b(?:never (?:\w+ )?(?:more|longer) than|at most|no more than|max(?:imum)?|tops|nooit (?:\w+ )?(?:meer|langer) "
    r"dan|"
    r"hooguit|hoogstens|maximaal|niet meer dan)\b"
)
_AT_LEAST = re.compile(r"\b(?:at least|minimum|more than|minstens|minimaal|meer dan)\b")
_WHEN: tuple[tuple[str, re.Pattern[str], str, str], ...] = (
    (
        "weekdays",
        re.compile(r"\b(?:on (?:weekdays|work ?days)|during the week|doordeweeks|door de week|op werkdagen)\b"),
        " on weekdays",
        " doordeweeks",
    ),
    (
        "weekend",
        re.compile(r"\b(?:weekends?|in het weekend|(?:satur|sun)days|zaterdag|zondag)\b"),
        " at the weekend",
        " in het weekend",
    ),
)


def lengths(clause: Clause) -> Iterator[Said | Gone]:
    """The minutes of an ordinary session, on all days or on those that are named."""
    habit = _HABIT.search(clause.text)
    holder = _HAS_TIME.search(clause.text)
    if clause.passing or not (habit and holder) or _ANOTHER_LENGTH.search(clause.text):
        return
    subject, english, dutch = next(
        ((name, en, nl) for name, pattern, en, nl in _WHEN if pattern.search(clause.text)), (USUAL, "", "")
    )
    found = [item for item in mentioned(clause.text) if LEAST_MINUTES <= item.minutes <= MOST_MINUTES]
    if not found or clause.of_somebody_else(holder):
        return
    if clause.over:
        yield Gone(Kind.DURATION, subject)
        return
    minutes, at_most = found[0].minutes, _AT_MOST.search(clause.text)
    if at_most:
        words = both(f"has at most {minutes} minutes{english}", f"heeft{dutch} hooguit {minutes} minuten")
        yield Said(Kind.DURATION, subject, f"at most {minutes}", words)
    elif not _AT_LEAST.search(clause.text) and not _denied(clause):
        words = both(f"usually has {minutes} minutes{english}", f"heeft{dutch} meestal {minutes} minuten")
        yield Said(Kind.DURATION, subject, str(minutes), words)


def _denied(clause: Clause) -> bool:
    return bool(re.search(r"\b(?:not|never|no|niet|nooit|geen)\b|n't\b", clause.text))
