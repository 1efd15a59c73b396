"""How an athlete lives, as far as it bears on training: work, home, sleep, food.

Nothing medical, and nothing about other people beyond that they are there.
"""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from josi.language.which import Language
from josi.memory.clauses import Clause
from josi.memory.said import Gone, Said, both
from josi.memory.store import Kind


class Way(NamedTuple):
    """One way of life: what it is about, what is said of it, and how athletes say it."""

    subject: str
    value: str
    said: str
    fact: Mapping[Language, str]


_HAVE = r"\b(?:i (?:\w+ )?have|i've(?: got)?|i got|with|heb(?: ik)?|met)(?: (?:also|just|ook|net))?"
_MANY = r"(?:two|three|four|five|2|3|4|5|twee|drie|vier|vijf|some|several)"
_IK = r"^(?=.*\bik\b).*?"  # Dutch puts the verb where it likes
_WAYS: tuple[Way, ...] = (
    Way(
        "work hours",
        "nights",
        rf"\bi (?:\w+ )?work (?:\w+ )?(?:nights|night shifts?)\b|\bi (?:\w+ )?(?:do|have) night shifts\b|"
        rf"{_IK}\b(?:nachtdiensten|in de nachtdienst)\b",
        both("works nights", "werkt in nachtdiensten"),
    ),
    Way(
        "work hours",
        "shifts",
        rf"\bi (?:\w+ )?work (?:in |on )?(?:\w+ )?(?:shifts|shift work|rotas?)\b|\bi (?:\w+ )?do shift ?work\b|"
        rf"\bi'm (?:a |an )?shift ?worker\b|{_IK}\b(?:in ploegen(?:dienst\w*)?|ploegendienst(?:en)?|wisselende "
        rf"diensten)\b",
        both("works shifts", "werkt in ploegen"),
    ),
    Way(
        "work place",
        "desk",
        r"\b(?:i (?:\w+ )?have|i've(?: got)?|i work) (?:(?!from|home)\w+ ){0,5}(?:desk|office)\b|"
        r"\bi sit (?:at (?:a|my) (?:desk|computer)|all day)\b|"
        rf"{_IK}\b(?:kantoorbaan|zittende? (?:beroep|werk|baan)|bureaubaan|(?:werk(?: ik)?|de hele dag|altijd) op "
        rf"kantoor|op kantoor werk|de hele dag achter een bureau)\b",
        both("has a desk job", "heeft een zittend beroep"),
    ),
    Way(
        "work place",
        "home",
        rf"\bi (?:\w+ )?work (?:\w+ )?from home\b|{_IK}\b(?:werk(?: ik)? (?:\w+ )?thuis|thuis werk)\b",
        both("works from home", "werkt thuis"),
    ),
    Way(
        "work place",
        "physical",
        rf"\bi (?:\w+ )?have an? (?:\w+ )?(?:physical|physically \w+|manual) job\b|\bi'm on my feet all day\b|"
        rf"\bmy (?:job|work) is (?:\w+ )?physical\b|{_IK}\b(?:lichamelijk|fysiek) (?:zwaar )?(?:werk|beroep)\b|"
        rf"{_IK}\bde hele dag op (?:de|mijn) been\b",
        both("has a physical job", "heeft lichamelijk werk"),
    ),
    Way(
        "travel",
        "often",
        rf"\bi (?:\w+ )?travel (?:(?:a lot|often|every \w+|for work|so much|regularly)\b ?)+|\bi'm (?:often |always "
        rf")on the road\b|"
        rf"{_IK}\b(?:veel op reis|reis (?:ik )?(?:veel|vaak)|vaak op reis|veel voor (?:mijn|het) werk)\b",
        both("travels a lot", "is veel op reis"),
    ),
    Way(
        "study",
        "student",
        r"\bi(?:'m| am) (?:a |still a |still )?(?:\w+ )?student\b|\bik (?:ben (?:nog )?(?:een )?student|studeer)\b",
        both("is a student", "studeert"),
    ),
    Way(
        "retired",
        "yes",
        r"\bi(?:'m| am|'ve) (?:\w+ )?retired\b|\bik ben (?:\w+ )?(?:met pensioen|gepensioneerd)\b",
        both("is retired", "is met pensioen"),
    ),
    Way(
        "baby",
        "yes",
        rf"{_HAVE} (?:a |an |een |our )(?:\w+ )?(?:baby|newborn|infant|pasgeborene)\b",
        both("has a baby", "heeft een baby"),
    ),
    Way(
        "children",
        "small",
        rf"{_HAVE}(?: {_MANY})? (?:small|young|little|kleine|jonge) (?:kids|children|ones|kinderen)\b|"
        rf"{_HAVE} (?:a |an |een |{_MANY} )(?:toddlers?|peuters?|kleuters?)\b|{_HAVE} (?:a |een )(?:klein|jong|small|"
        rf"young) "
        r"(?:kid|child|kind)\b",
        both("has small children", "heeft kleine kinderen"),
    ),
    Way(
        "children",
        "yes",
        rf"{_HAVE}(?: {_MANY})? (?:kids|children|kinderen|teenagers|pubers|twins|een tweeling)\b|\bi'm a (?:\w+ )?"
        r"(?:mum|mom|dad|mother|father|parent)\b|\bik ben (?:\w+ )?(?:moeder|vader)\b",
        both("has children", "heeft kinderen"),
    ),
    Way(
        "sleep",
        "badly",
        rf"\bi (?:\w+ )?sleep (?:\w+ )?(?:badly|poorly|terribly|lightly|too little)\b|\bi(?:'m| am) (?:a |an )?(?:\w+ "
        rf")?"
        rf"(?:bad|poor|light|terrible) sleeper\b|\bi (?:have|suffer from) insomnia\b|"
        rf"{_IK}\bslaap (?:ik )?(?:\w+ )?(?:slecht|licht|weinig|matig)\b|\bik ben een slechte slaper\b",
        both("sleeps badly", "slaapt slecht"),
    ),
    Way(
        "food",
        "vegan",
        r"\bi(?:'m| am) (?:a )?vegan\b|\bi eat vegan\b|\bik (?:ben|eet) (?:\w+ )?(?:veganist\w*|vegan)\b",
        both("is vegan", "eet veganistisch"),
    ),
    Way(
        "food",
        "vegetarian",
        r"\bi(?:'m| am) (?:a )?vegetarian\b|\bi don't eat meat\b|\bik (?:ben|eet) (?:\w+ )?vegetari\w+\b|"
        r"\bik eet geen vlees\b",
        both("is vegetarian", "eet vegetarisch"),
    ),
)
_FOUND = tuple((way, re.compile(way.said)) for way in _WAYS)
_WELL = re.compile(
    r"\bi(?:'m| am)? (?:\w+ )?sleep(?:ing)? (?:much |a lot |really )?(?:well|fine|great|better)(?: (?:again|now|these "
    r"days))+\b"
    r"|\bslaap (?:ik )?(?:nu |inmiddels )?weer (?:goed|prima|beter)\b"
)
_OWN_DENIAL = re.compile(r"\bi don't eat meat\b|\bgeen vlees\b")


def life(clause: Clause) -> Iterator[Said | Gone]:
    """The first way of each subject that a clause names: who works nights works shifts, and is told so once."""
    if clause.passing:
        return
    told: set[str] = set()
    for way, pattern in _FOUND:
        match = pattern.search(clause.text)
        if match is None or way.subject in told or clause.of_somebody_else(match):
            continue
        told.add(way.subject)
        if clause.over and not _OWN_DENIAL.search(match[0]):
            yield Gone(Kind.LIFESTYLE, way.subject)
        elif clause.states(match) or _OWN_DENIAL.search(match[0]):
            yield Said(Kind.LIFESTYLE, way.subject, way.value, way.fact)
    if _WELL.search(clause.text) and not clause.over:
        yield Gone(Kind.LIFESTYLE, "sleep")
