"""Sports that an athlete does, has as their main one, or has given up."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from josi.contract import Sport
from josi.language.which import Language
from josi.memory.clauses import ELSE, Clause
from josi.memory.said import Gone, Said, both
from josi.memory.store import Kind

MAIN = "main"


class Words(NamedTuple):
    """How a sport is said: after "I", after "I love" or "aan", after "I'm a", and in a fact."""

    sport: Sport
    verb: str
    doing: str
    person: str
    fact: Mapping[Language, str]
    noun: Mapping[Language, str]


def _played(english: str, dutch: str) -> Words:
    verb = rf"play {english}|speel {dutch}|{dutch}"
    fact = both(f"plays {english}", f"doet aan {dutch}")
    return Words(Sport.OTHER, verb, f"{english}|{dutch}|{dutch}len|{dutch}sen", "\0", fact, both(english, dutch))


# What stands in a fact must name its sport in the words of `josi.sports` too: the memory answers "which sport?".
SPORTS: Mapping[str, Words] = {
    "run": Words(
        Sport.RUN,
        r"run(?! (?:out|late|low|into|through|down|by|around|errands|short|a (?!club)\w+|my|the \w+ (?:shop|"
        r"business)))|"
        r"jog|hardloop|jog|ren",
        r"(?:(?:trail|road|track|distance|long[- ]distance) )?running(?! (?:late|out|low|a ))|jogging|hardlopen|"
        r"trailrunnen|joggen|rennen",
        r"(?:(?:trail|road|ultra|marathon|distance|track|fell) ?)?runner|jogger|hardlo(?:per|opster)|trailrunner",
        both("runs", "doet aan hardlopen"),
        both("running", "hardlopen"),
    ),
    "bike": Words(
        Sport.BIKE,
        r"cycle|bike|ride(?! (?:horses?|the|a (?:horse|motor\w*|train|bus)))|fiets|wielren|mountainbike",
        r"(?:(?:road|indoor|gravel) )?cycling|(?:mountain )?biking|riding (?:my|a|the) (?:\w+ )?bike|(?:gravel )?riding"
        r"(?! horses)|(?:race)?fietsen|wielrennen|mountainbiken",
        r"(?:(?:road|keen) )?cyclist|(?:mountain )?biker|fietser|wielren(?:ner|ster)|mountainbiker",
        both("rides a bike", "fietst"),
        both("cycling", "fietsen"),
    ),
    "ski": Words(
        Sport.SKI,
        r"(?:cross[- ]country )?ski|langlauf|rolski",
        r"(?:(?:cross[- ]country|nordic|xc|roller|classic) )?skiing|skiën|langlaufen|rolskiën",
        r"(?:(?:cross[- ]country|nordic|xc) )?skier|skiër|langlaufer",
        both("skis", "doet aan langlaufen"),
        both("skiing", "langlaufen"),
    ),
    "skate": Words(
        Sport.SKATE,
        r"(?:(?:ice|inline|speed)[- ]?)?skate|schaats|skeeler",
        r"(?:(?:ice|inline|speed)[- ]?)?skating|schaatsen|skeeleren|inlineskaten",
        r"(?:(?:ice|inline|speed)[- ]?)?skater|schaats(?:er|ster)",
        both("skates", "schaatst"),
        both("skating", "schaatsen"),
    ),
    "strength": Words(
        Sport.STRENGTH,
        r"lift(?: weights)?(?! (?:my|the|a|it|up|your)\b)|do weights|go to the gym|hit the gym|(?:ga|sport) (?:naar|"
        r"in) de sportschool",
        r"strength (?:training|work)|weight ?lifting|weight training|lifting(?: weights)?|powerlifting|the gym|"
        r"krachttraining|krachtsport|gewichtheffen",
        r"(?:power|weight)?lifter|krachtsporter",
        both("does strength training", "doet aan krachttraining"),
        both("strength training", "krachttraining"),
    ),
    "swim": Words(
        Sport.OTHER,
        r"swim|zwem",
        r"(?:open[- ]water )?swimming|zwemmen",
        r"swimmer|zwem(?:mer|ster)",
        both("swims", "zwemt"),
        both("swimming", "zwemmen"),
    ),
    "row": Words(
        Sport.OTHER, r"row|roei", r"rowing|roeien", r"rower|roei(?:er|ster)", both("does rowing", "roeit"),
        both("rowing", "roeien"),
    ),
    "walk": Words(
        Sport.OTHER,
        r"hike|wandel(?! (?:naar|met de hond))",
        r"(?:nordic )?walking(?! (?:the|to|my))|hiking|(?:nordic )?wandelen",
        r"hiker|walker|wandelaar(?:ster)?",
        both("hikes", "wandelt"),
        both("hiking", "wandelen"),
    ),
    "yoga": Words(
        Sport.OTHER, r"do yoga|doe yoga", r"yoga", r"yogi", both("does yoga", "doet aan yoga"), both("yoga", "yoga")
    ),
    "climb": Words(
        Sport.OTHER, r"boulder", r"(?:rock )?climbing|bouldering|klimmen|boulderen", r"climber|klimmer",
        both("does climbing", "doet aan klimmen"), both("climbing", "klimmen"),
    ),
    "tennis": _played("tennis", "tennis"),
    "padel": _played("padel", "padel"),
    "football": _played("football", "voetbal"),
    "hockey": _played("hockey", "hockey"),
}  # fmt: skip

_ADVERB = (
    r"(?:(?:also|always|usually|mostly|mainly|primarily|normally|often|sometimes|really|still|only|just|generally|"
    r"regularly|occasionally|actually|currently|both|either|probably|definitely|do|love to|like to|tend to|try to|"
    r"ook|altijd|meestal|vooral|vaak|soms|echt|nog|graag|veel|alleen|nu|eigenlijk|gewoon|heel|het liefst|liefst|"
    r"voornamelijk|hoofdzakelijk|regelmatig|weer|wel|sinds kort) )*"
)
_BEING = (
    r"(?:(?:a|an|more of a|mainly|primarily|still|both|really|passionate|keen|avid|beginner|recreational|amateur|club|"
    r"competitive|new|lifelong|also|een|echte?|fanatieke?|recreatieve?|beginnende?|vooral|ook) )*"
)
_LOVING = (
    r"(?:do|love|enjoy|like|adore|prefer|practi[sc]e|took up|take up|started|picked up|got into|am into|go|"
    r"do a lot of|do a bit of|have been|ben begonnen met|begon met)"
)
_ENDED = r"(?:stopped|quit|gave up|given up|gestopt met)(?: with| doing| met| all)?"
_MAINLY = r"(?:mainly|mostly|primarily|vooral|voornamelijk|hoofdzakelijk)"
_MY_SPORT = r"(?:my|mijn) (?:\w+ )?(?:sport|thing|discipline|passion|passie|hoofdsport|ding|first love|grote liefde)"
_ANY_VERB, _ANY_DOING, _ANY_PERSON = (
    "(?:" + "|".join(forms) + ")"
    for forms in zip(*((words.verb, words.doing, words.person) for words in SPORTS.values()), strict=True)
)
_LIST = r"(?:(?:,| and| en| or| of|, and| &) (?:i )?" + _ADVERB + "{form}" + r"\b)*"
# Each finds one sport or a list of them: "I run, cycle and swim".
_DOES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b(?:i|ik) {_ADVERB}(?P<names>{_ANY_VERB}\b{_LIST.format(form=_ANY_VERB)})",
        rf"\b(?:i|i've|i'm|ik) {_ADVERB}(?:{_LOVING}|been|into) (?:{_ADVERB}|doing |with |a lot of )"
        rf"(?P<names>{_ANY_DOING}\b{_LIST.format(form=_ANY_DOING)})",
        rf"\b(?:i'm|i am|ik ben) {_BEING}(?P<names>{_ANY_PERSON}\b(?:(?:,| and| en) {_BEING}{_ANY_PERSON}\b)*)",
        rf"\b(?P<names>{_ANY_VERB}) ik\b",
        rf"\b(?P<names>{_ANY_DOING}) doe ik\b",
        rf"\b(?:ik (?:doe|zit) {_ADVERB}|doe ik {_ADVERB})(?:aan|op) "
        rf"(?P<names>{_ANY_DOING}\b{_LIST.format(form=_ANY_DOING)})",
        rf"\b(?:ik hou|ik houd|hou ik|geniet) {_ADVERB}van (?P<names>{_ANY_DOING}\b{_LIST.format(form=_ANY_DOING)})",
    )
)
_LOOPT = re.compile(r"\b(?:ik loop|loop ik)\b[^.]{0,30}?(?<!te )(?<!zo )\bhard\b")
_IS_MAIN = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b{_MY_SPORT} (?:is|remains|blijft) {_ADVERB}(?P<names>{_ANY_DOING})\b",
        rf"\b(?P<names>{_ANY_DOING}) (?:is|remains|blijft) {_ADVERB}{_MY_SPORT}\b",
        rf"\b(?:i|ik) {_MAINLY} (?P<names>{_ANY_VERB})\b",
        rf"\b(?:i|ik) (?P<names>{_ANY_VERB}) {_MAINLY}\b",
        rf"\b(?:i'm|i am|ik ben) (?:{_MAINLY}|more of) (?:a |an |een )?(?P<names>{_ANY_PERSON})\b",
    )
)
_QUITS = re.compile(rf"\b{_ENDED} (?P<names>{_ANY_DOING})\b")
_DOES_NOT = (
    re.compile(rf"\bi (?:don't|do not|never) {_ADVERB}(?P<names>{_ANY_VERB})\b"),
    re.compile(rf"\b(?:i'm not|i am not) (?:a |an |really a )?(?P<names>{_ANY_PERSON})\b"),
    re.compile(rf"\b(?:ik {_ADVERB}(?P<names>{_ANY_VERB})|(?P<turned>{_ANY_VERB}) ik) (?:helemaal |gewoon )?niet\b"),
    re.compile(rf"\bik ben geen (?P<names>{_ANY_PERSON})\b"),
    re.compile(rf"\bik doe (?:helemaal )?niet aan (?P<names>{_ANY_DOING})\b"),
)
_SOLD = re.compile(r"\b(?:i(?:'ve)? sold my|ik heb mijn) (?:\w+ )?(?:bike|(?:race)?fiets) ?(?:verkocht)?$")
# After what has ended nothing may follow that narrows it: "I don't run in the mornings any more".
_NOTHING_MORE = re.compile(
    r"^(?:\s*(?:at all|ever|now|coach|sorry|unfortunately|sadly|these days|for good|altogether|helaas|nu|"
    r"(?:since|due to|last|sinds|door|vanwege|vorig\w*) [^,]*))*" + ELSE + r"\W*$"
)


def sports(clause: Clause) -> Iterator[Said | Gone]:
    """Sports done and given up. A sport that ended also ends as the main one."""
    yield from _ended(clause)
    if clause.passing:
        return
    mains = {name for pattern in _IS_MAIN for match in pattern.finditer(clause.text) for name in _of(clause, match)}
    for name in (name for name in SPORTS if name in mains):
        noun = SPORTS[name].noun
        yield Said(Kind.SPORT, MAIN, name, both(f"main sport is {noun['en']}", f"hoofdsport is {noun['nl']}"))
    found = [name for pattern in _DOES for match in pattern.finditer(clause.text) for name in _of(clause, match)]
    found += ["run" for match in _LOOPT.finditer(clause.text) if clause.states(match)]
    for name in dict.fromkeys(found):
        if name not in mains:
            yield Said(Kind.SPORT, name, "does", SPORTS[name].fact)


def _ended(clause: Clause) -> Iterator[Gone]:
    patterns = (_QUITS, *_DOES, *_IS_MAIN, _LOOPT) if clause.over else (*_DOES_NOT, _SOLD)
    names = [
        name
        for pattern in patterns
        for match in pattern.finditer(clause.text)
        if not (clause.of_somebody_else(match) or clause.passes_at(match))
        and _NOTHING_MORE.match(clause.text[match.end() :])
        for name in _named(match)
    ]
    for name in dict.fromkeys(names):
        yield Gone(Kind.SPORT, name)
        yield Gone(Kind.SPORT, MAIN, name)


def _of(clause: Clause, match: re.Match[str]) -> tuple[str, ...]:
    return _named(match) if clause.states(match) else ()


def _named(match: re.Match[str]) -> tuple[str, ...]:
    groups = match.groupdict()
    text = groups.get("names") or groups.get("turned") or ""
    if not groups:
        return ("run",) if match.re is _LOOPT else ("bike",)
    found = (
        (hit.start(), name)
        for name, words in SPORTS.items()
        for hit in re.finditer(rf"\b(?:{words.verb}|{words.doing}|{words.person})\b", text)
    )
    return tuple(dict.fromkeys(name for _, name in sorted(found)))
