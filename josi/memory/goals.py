"""What an athlete is training for: an event, a time in it, or a change in themselves."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from josi.memory.clauses import Clause
from josi.memory.said import Gone, Said, both
from josi.memory.store import Kind


class Event(NamedTuple):
    """How an event is said, and its English and Dutch name."""

    said: str
    english: str
    dutch: str


# Longer names first: a half marathon is no marathon.
EVENTS: Mapping[str, Event] = {
    "half_marathon": Event(
        r"(?:half|halve)[- ]?marathons?|half(?! (?:an?|hour|uur|the|day))", "a half marathon", "een halve marathon"
    ),
    "ultra": Event(r"ultra(?:[- ]?marathon|[- ]?trail|loop)?", "an ultra", "een ultraloop"),
    "ski_marathon": Event(r"ski[- ]?marathon|vasaloppet|birkebeiner|marcialonga", "a ski marathon", "een skimarathon"),
    "marathon": Event(r"(?:full |hele )?marathons?", "a marathon", "een marathon"),
    "ironman": Event(r"(?:full |half )?iron ?man|70\.3", "an Ironman", "een Ironman"),
    "triathlon": Event(r"(?:sprint |olympic )?triathlons?", "a triathlon", "een triathlon"),
    "duathlon": Event(r"duathlons?", "a duathlon", "een duathlon"),
    "10k": Event(r"10 ?(?:k|km)|ten k|tien kilometer", "a 10k", "een 10 km"),
    "5k": Event(r"5 ?(?:k|km)|five k|vijf kilometer|parkrun", "a 5k", "een 5 km"),
    "gran_fondo": Event(
        r"gran ?fondo|sportive|century(?: ride)?|cyclo(?:sportive)?|toertocht", "a long tour", "een toertocht"
    ),
    "skating_tour": Event(
        r"elfstedentocht|weissensee|skating (?:tour|marathon)|schaats(?:tocht|marathon)",
        "a skating tour",
        "een schaatstocht",
    ),
    "time_trial": Event(r"time trials?|tijdrit(?:ten)?", "a time trial", "een tijdrit"),
    "hyrox": Event(r"hyrox", "a Hyrox", "een Hyrox"),
}

_ANY = "|".join(event.said for event in EVENTS.values())
_EVENT = rf"(?P<event>{_ANY})"
_GAP = r"(?: (?!not\b|niet\b|any\b)[\w'-]+){0,4}?"
_AIMS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\bi(?:'m| am|'ve been| have been)?(?: \w+)? ?train(?:ing)? (?:for|towards){_GAP} {_EVENT}\b",
        rf"\bi(?:'m| am)? (?:\w+ )?(?:want|going|plan|planning|aim|aiming|preparing|prepare|build|building)(?: "
        rf"to)?{_GAP} "
        rf"{_EVENT}\b",
        rf"\b(?:i(?:'ve| have)?(?: just)?|just) (?:signed up|registered|entered|booked){_GAP} {_EVENT}\b",
        rf"\bi have (?:a|an|my|the){_GAP} {_EVENT} (?:in|on|coming|next|this|at)\b",
        rf"\bi(?:'m| am) (?:doing|running|racing|riding|skiing|skating)(?: in)?{_GAP} {_EVENT}\b",
        rf"\bmy (?:\w+ ){{0,2}}?(?:goal|target|aim|dream|a[- ]race|next race|big race)(?: this (?:year|season|summer|"
        rf"winter))? is{_GAP} {_EVENT}\b",
        rf"\b(?:ik )?train(?: ik)?(?: \w+)? voor{_GAP} {_EVENT}\b",
        rf"\b(?:ik )?wil(?: ik)?{_GAP} {_EVENT}\b",
        rf"\bik (?:ga|bereid|doe)(?: me)?{_GAP} {_EVENT}\b",
        rf"\b(?:ingeschreven|opgegeven|aangemeld) voor{_GAP} {_EVENT}\b",
        rf"\bmijn (?:\w+ )?(?:doel|droom|streven) is{_GAP} {_EVENT}\b",
        rf"\b(?:ik )?heb (?:ik )?me{_GAP} {_EVENT} (?:ingeschreven|opgegeven)\b",
    )
)
# "A 10k" is a race, "10k tomorrow" is a distance.
_DISTANCES = ("5k", "10k")
_AS_RACE = re.compile(r"\b(?:a|an|my|the|first|fast|sub[- ]?\d+|een|mijn|de|eerste) $")
_IN_TIME = re.compile(
    r"\b(?:sub[- ]?|under |below |faster than |in under |binnen (?:de )?|onder (?:de )?)(?P<time>\d{1,3}(?:[:.h]\d\d)?"
    r"(?: ?(?:hours?|minutes?|min|uur|minuten))?)(?!\w)"
)
_OFF = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b(?:pulled out of|cancelled|canceled|dropped|withdrew from|withdrawn from|given up on|gave up on|skipping|"
        rf"deferred){_GAP} {_EVENT}\b",
        rf"\bi(?:'ve| have)?(?: \w+)? (?:finished|completed|ran|did|done|raced){_GAP} {_EVENT}\b",
        rf"\b(?:my|the) {_EVENT} (?:is|was|has been|got) (?:cancelled|canceled|off|over|done|behind me|called off)\b",
        rf"\b(?:de|mijn|die) {_EVENT} (?:gaat niet door|is (?:afgelast|voorbij|geweest|achter de rug)|zit erop)\b",
        rf"\b(?:afgemeld|uitgeschreven) voor{_GAP} {_EVENT}\b",
        rf"\bheb{_GAP} {_EVENT} (?:\w+ )?(?:gelopen|uitgelopen|volbracht|gereden|afgezegd|gehaald)\b",
    )
)
_PERSONAL: tuple[tuple[str, re.Pattern[str], str, str], ...] = tuple(
    (subject, re.compile(said), english, dutch)
    for subject, said, english, dutch in (
        (
            "weight",
            r"\b(?:i (?:\w+ )?(?:want|need|am trying|try)|i'm trying|my (?:\w+ )?goal is) (?:to )?(?:lose (?:\w+ ){0,3}"
            r"(?:weight|kilos?|kg|pounds?|fat)|slim down)|\bik (?:wil|moet|probeer)\b[^.]*\b(?:afvallen|kilo\w* kwijt|"
            r"af te "
            r"vallen)\b",
            "wants to lose weight",
            "wil afvallen",
        ),
        (
            "fitness",
            r"\b(?:i (?:\w+ )?(?:want|am trying|try)|i'm trying|my (?:\w+ )?goal is) (?:to )?(?:get|be|become|stay|"
            r"getting|"
            r"staying) (?:\w+ )?(?:fit|fitter|in shape|healthy|healthier)\b|\bik wil (?:\w+ )*?(?:fit(?:ter)?|"
            r"gezond(?:er)?|in "
            r"vorm) (?:worden|blijven|komen)\b",
            "wants to get fitter",
            "wil fitter worden",
        ),
        (
            "speed",
            r"\b(?:i (?:\w+ )?(?:want|am trying|try)|i'm trying|my (?:\w+ )?goal is) (?:to )?(?:get|become|be|getting|"
            r"run|ride) "
            r"(?:\w+ )?(?:faster|quicker)\b|\bik wil (?:\w+ )*?sneller (?:worden|lopen|fietsen)\b",
            "wants to get faster",
            "wil sneller worden",
        ),
        (
            "strength",
            r"\b(?:i (?:\w+ )?(?:want|am trying|try)|i'm trying|my (?:\w+ )?goal is) (?:to )?(?:get|become|be|getting|"
            r"build) "
            r"(?:\w+ )?(?:stronger|muscle)\b|\bik wil (?:\w+ )*?sterker worden\b",
            "wants to get stronger",
            "wil sterker worden",
        ),
        (
            "comeback",
            r"\bi(?:'m| am) (?:\w+ )?(?:coming back|making a comeback|getting back) (?:after|from|into)\b|"
            r"\bi want to (?:come|get) back (?:into|to) (?:shape|running|cycling|sport|training)\b|"
            r"\bik (?:ben bezig met|werk aan) (?:een |mijn )?(?:comeback|terugkeer)\b",
            "is coming back after a break",
            "bouwt weer op na een pauze",
        ),
    )
)


def goals(clause: Clause) -> Iterator[Said | Gone]:
    """Events aimed at, with their time where one is named, and what is over: cancelled, run, or wanted no more."""
    off = [] if clause.over else _events(clause, _OFF)
    aims = [event for event in _events(clause, _AIMS) if event not in off]
    for event in off:
        yield from _ended(event)
    for event in aims:
        if clause.over:
            yield from _ended(event)
            continue
        words = EVENTS[event]
        yield Said(Kind.GOAL, event, "aims", both(f"trains for {words.english}", f"traint voor {words.dutch}"))
        if in_time := _IN_TIME.search(clause.text):
            time = in_time["time"]
            told = both(f"wants {words.english} in under {time}", f"wil {words.dutch} onder {time}")
            yield Said(Kind.GOAL, f"{event}_time", time, told)
    for subject, pattern, english, dutch in _PERSONAL:
        match = pattern.search(clause.text)
        if match and clause.over:
            yield Gone(Kind.GOAL, subject)
        elif match and clause.states(match) and not clause.passing:
            yield Said(Kind.GOAL, subject, "wants", both(english, dutch))


def _ended(event: str) -> Iterator[Gone]:
    yield Gone(Kind.GOAL, event)
    yield Gone(Kind.GOAL, f"{event}_time")


def _events(clause: Clause, patterns: tuple[re.Pattern[str], ...]) -> list[str]:
    found: dict[str, None] = {}
    for match in (match for pattern in patterns for match in pattern.finditer(clause.text)):
        if clause.of_somebody_else(match) or (patterns is _AIMS and not clause.over and clause.denies(match)):
            continue
        name = next(name for name, event in EVENTS.items() if re.fullmatch(event.said, match["event"]))
        is_race = not clause.passing and _AS_RACE.search(clause.text[: match.start("event")])
        if name not in _DISTANCES or is_race:
            found[name] = None
    return list(found)
