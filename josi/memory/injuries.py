"""Sore or injured parts of the body, and those that are well again.

Forgetting an injury too early costs more than keeping it too long: "better" is not well, and what is well only
today, only on the bike or only in hope stays.
"""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from josi.contract import Injury
from josi.memory.clauses import ELSE, Clause
from josi.memory.said import Gone, Said, both
from josi.memory.store import Kind

GUESS = 55  # hundredths: at most as sure as this, an athlete who says that all is well is not taken at their word


class Part(NamedTuple):
    """A part of the body: how it is said, its English and Dutch name, and what the contract calls it."""

    said: str
    english: str
    dutch: str
    injury: Injury = Injury.OTHER


PARTS: Mapping[str, Part] = {
    "knee": Part(r"knees?|kneecap|knie(?:ën|schijf)?", "knee", "knie", Injury.KNEE),
    "back": Part(r"(?:lower |upper )?back|(?:onder)?rug", "back", "rug", Injury.BACK),
    "ankle": Part(r"ankles?|enkels?", "ankle", "enkel", Injury.ANKLE),
    "shoulder": Part(r"shoulders?|schouders?", "shoulder", "schouder", Injury.SHOULDER),
    "hip": Part(r"hips?|heup(?:en)?", "hip", "heup"),
    "shin": Part(r"shins?|scheen(?:been|benen)?|schenen", "shin", "scheen"),
    "achilles": Part(r"achilles(?: tendon|pees)?", "achilles", "achillespees"),
    "calf": Part(r"calf|calves|kuit(?:en)?", "calf", "kuit"),
    "hamstring": Part(r"hamstrings?", "hamstring", "hamstring"),
    "foot": Part(r"foot|feet|heel|voet(?:en)?|hiel", "foot", "voet"),
    "groin": Part(r"groin|lies", "groin", "lies"),
    "neck": Part(r"neck|nek", "neck", "nek"),
    "wrist": Part(r"wrists?|pols(?:en)?", "wrist", "pols"),
    "elbow": Part(r"elbows?|elleboog|ellebogen", "elbow", "elleboog"),
}
_SIDES = {"left": "left", "right": "right", "linker": "left", "rechter": "right"}
_SIDES_NL = {"left": "linker", "right": "rechter"}
# Conditions that name their part themselves.
_CONDITIONS: Mapping[str, str] = {
    "shin splints": "shin",
    "springschenen": "shin",
    "plantar fasciitis": "foot",
    "fasciitis plantaris": "foot",
    "hielspoor": "foot",
    "runner's knee": "knee",
    "lopersknie": "knee",
    "jumper's knee": "knee",
    "tennis elbow": "elbow",
    "tenniselleboog": "elbow",
}

_ANY = "|".join(part.said for part in PARTS.values())
_PART = rf"(?:(?P<side>left|right|linker|rechter) ?)?(?P<part>{_ANY})"
_MY = r"(?:my|mijn|m'n|mn|me)"
_DEGREE = (
    r"(?: (?:a|an|bit|little|really|quite|very|still|always|often|sometimes|usually|pretty|so|constantly|slightly|"
    r"getting|being|of|been|again|now|nog|steeds|wat|erg|best|heel|vaak|soms|altijd|weer|beetje|een|flink|snel|echt))*"
)
_NAMED = re.compile(rf"\b{_PART}(?:\b|(?=(?:pijn|klachten|blessure|problemen|operatie)\b))")
_HURTS = tuple(
    re.compile(pattern)
    for pattern in (
        # my knee hurts; my left calf has been tight for a week
        rf"(?:\b{_MY} |^\W*){_PART}\b(?: that| which)?(?:'s| is| are| feels?| has| have| keeps?| gets?)?{_DEGREE} "
        r"(?:hurt(?:s|ing)?|"
        r"ach(?:es?|ing|y)|sore|painful|stiff|tight|sensitive|injured|inflamed|swollen|dodgy|bad|niggly|niggl(?:es|"
        r"ing)|"
        r"(?:acts?|acting|plays?|playing) up|bother(?:s|ing) me|bugs me|bugging me|troubl(?:es|ing) me|giving "
        r"me (?:trouble|grief)|"
        r"not right|killing me)\b",
        # I have a bad knee
        rf"\b(?:have|had|got|with|nursing|suffer from)(?: (?:a|an|my|this|bit of a|slightly|really|very|chronically|"
        rf"recurring|old|rather))* (?:bad|sore|dodgy|weak|injured|painful|stiff|sensitive|tricky|twisted|sprained|"
        rf"strained|inflamed|grumpy|torn) {_PART}\b",
        # knee pain; a niggle in my knee
        rf"\b(?:have|had|got|with|from|get|getting|feel|my)(?: (?:a|an|some|bit of|chronic|recurring|old|constant|"
        rf"slight|mild))* {_PART} (?:pain|aches?|injury|problems?|trouble|issues?|niggle|tendin\w+|tendon\w+|strain|"
        rf"sprain)\b",
        rf"\b(?:pain|niggle|twinge|soreness|ache|stiffness|injury|problems?|trouble|issues?) (?:in|with|on|at|around|"
        rf"behind) my {_PART}\b",
        # I twisted my ankle
        rf"\b(?:i|i've|just|and) (?:\w+ ){{0,2}}?(?:hurt|twisted|sprained|strained|tweaked|pulled|rolled|injured|"
        rf"jarred|"
        rf"wrenched|busted) my {_PART}\b",
        # mijn knie doet pijn, doet mijn knie pijn
        rf"\b(?:{_MY}|de) {_PART}\b(?: (?:doet|is|voelt|speelt|blijft))?{_DEGREE} (?:pijn|zeer|gevoelig|pijnlijk|stijf|"
        rf"geblesseerd|overbelast|dik|op|protesteert|zeurt|steekt|trekt|verzwikt|verstuikt|verrekt|bezeerd)\b",
        rf"\bdoe[tn] {_MY} {_PART}{_DEGREE} (?:pijn|zeer)\b",
        rf"\b(?:last|pijn|klachten|blessure|problemen) (?:van|in|aan|met|op|bij) (?:{_MY}|de) {_PART}\b",
        rf"\bvan (?:{_MY}|de) {_PART} (?:heb ik )?(?:\w+ )?last\b",
        rf"\b(?:heb|een|met) (?:\w+ )?(?:zere|slechte|gevoelige|zwakke|pijnlijke|stijve|geblesseerde|vervelende|"
        rf"verzwikte|verstuikte) {_PART}\b",
        rf"\b(?:heb|met|mijn|m'n|van)(?: \w+)? {_PART}(?:pijn|klachten|blessure|problemen)\b",
    )
)
_HAS_CONDITION = re.compile(
    rf"\b(?:have|had|got|with|my|from|heb|mijn|last van)(?: \w+)? (?P<condition>{'|'.join(_CONDITIONS)})\b"
)
_WELL = (
    r"(?:(?: (?:now|finally|all|completely|fully|totally|perfectly|absolutely|back to|again|been|at last|"
    r"nu|inmiddels|helemaal|gelukkig|eindelijk|volledig|weer|terug|zo goed als))*)"
    r" (?:fine|ok(?:ay)?|good|great|healed|recovered|gone|normal|cured|sorted|pain[- ]free|as good as new|"
    r"(?:all|completely|fully|totally) better|goed|prima|oké|hersteld|genezen|in orde|pijnvrij|klachtenvrij|de oude|"
    r"top|over|weg|voorbij|(?:weer|helemaal) beter)"
)
_IS = r"(?:'s| is| are| feels?| has| have| was| zijn| voelt| doet het)"
_IS_WELL = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:\b(?:{_MY}|the|de) |^\W*){_PART}(?: ?(?:pain|injury|niggle|pijn|klachten|blessure))?{_IS}{_WELL}",
        rf"\b(?:pain|niggle|injury|pijn|last|blessure) (?:in|with|at|aan|van|met) (?:{_MY}|the|de) {_PART}{_IS}{_WELL}",
        rf"\b(?:is|voelt) {_MY} {_PART}{_WELL}",
        rf"\b(?:i'm|i am) over (?:my|the) {_PART}(?: (?:pain|injury|niggle|problems?|issues?))?",
        rf"\bcleared my {_PART}",
        rf"\b(?:{_MY}|the) {_PART} (?:has )?(?:completely |fully |finally )?(?:healed|recovered)(?: up| completely| "
        rf"fully)?",
    )
)
_IT_IS_WELL = re.compile(rf"^\W*(?:and |en )?(?:it|that|this|het|dat|die|hij|ze)?{_IS}{_WELL}")
_DOES_NOT_HURT = re.compile(
    rf"\b{_MY} {_PART} (?:doesn't|does not|isn't|is not|doet geen|is niet)(?: really)? "
    r"(?:hurt|sore|painful|pijn|gevoelig)"
)
# What may follow "my knee is fine": nothing that narrows it ("when I cycle", "most days", "enough").
_NOTHING_MORE = re.compile(
    r"^(?:,? (?:now|again|finally|thankfully|luckily|fortunately|though|coach|thanks|these days|after all|by the way|"
    r"(?:for|since) (?:\w+ ){0,3}\w+|nu|weer|gelukkig|eindelijk|hoor|trouwens|inmiddels|helemaal|sinds (?:\w+ "
    rf"){{0,3}}\w+))*{ELSE}\W*$"
)


_SORE_WORD = re.compile(
    r"\b(?:hurts?|hurting|ach(?:es?|ing|y)|sore|pain(?:s|ful|fully)?(?![- ]free)|stiff\w*|tight\w*|swollen|"
    r"swell\w*|niggl\w*|twinges?|"
    r"throb\w*|click\w*|"
    r"bother\w*|bugg\w*|tender|sensitive|weak|unstable|feel it|notice it|pijn(?:en|lijk)?|doet zeer|stijf|dik|"
    r"opgezwollen|gevoelig|"
    r"zeurt|steekt|trekt|last van|voel (?:hem|het|ik))\b"
)
_ANOTHER = re.compile(r"\b(?:my|mijn|m'n|mn) (?P<word>[^\W\d]+)")
# "My knee is fine, but": what narrows it, and not a wish or another subject.
_BUT = re.compile(
    r"\b(?:but|although|though|yet|except|unless|only|maar|hoewel|al|toch|behalve|alleen|"
    r"tenzij)\b(?!\W+(?:now |today |then |so |"
    r"please |nu |vandaag |dan |also |ook |)*(?:i|i'm|i've|i'd|we|can|could|give|make|let|let's|please|what|"
    r"how|my|a|an|"
    r"the|ik|mijn|m'n|geef|maak|kan|kun|graag|doe|wat|hoe|de|een|wil|that's all)\b)"
)
_IT_HURTS = re.compile(
    r"^\W*(?:and |but |en |maar |only |ouch |au )*(?:it|they|that|this|he|het|die|hij|ze|dat)(?:'s| is| are| "
    r"feels?| does| doet| is| "
    rf"voelt| has been)?(?: only| just| alleen| weer| wel)?{_DEGREE} (?:hurts?|hurting|ach(?:es?|ing|y)|sore|"
    rf"painful|stiff|"
    r"swollen|bothers me|bugs me|pijn|zeer|gevoelig|stijf|dik|opgezwollen)\b"
)


def injuries(clause: Clause) -> Iterator[Said | Gone]:
    """Parts that hurt, and parts that are well again. A pain of today is a fact too; a part well today is not."""
    well = list(_well(clause))
    yield from well
    for pattern in _HURTS:
        for match in pattern.finditer(clause.text):
            if clause.states(match) and not well:
                yield _sore(_subject(match["side"], match["part"]))
            elif clause.over and _is_settled(clause, match):
                yield Gone(Kind.INJURY, _subject(match["side"], match["part"]))
    named = parts_in(clause.before)
    pronoun = _IT_HURTS.match(clause.text)
    if pronoun and named and not well and clause.states(pronoun):
        yield _sore(named[-1])
    for match in _HAS_CONDITION.finditer(clause.text):
        if clause.states(match):
            yield _sore(_CONDITIONS[match["condition"]])
        elif clause.over and _is_settled(clause, match):
            yield Gone(Kind.INJURY, _CONDITIONS[match["condition"]])


def parts_in(text: str) -> tuple[str, ...]:
    """The subjects of all parts that a text names, in order: "left knee", "back"."""
    return tuple(_subject(match["side"], match["part"]) for match in _NAMED.finditer(text.lower()))


def injury_of(subject: str) -> Injury:
    """What the contract calls a part, e.g. "left knee" knee, "hip" other."""
    return PARTS[subject.rsplit(maxsplit=1)[-1]].injury


def _sore(subject: str) -> Said:
    *side, part = subject.split()
    english = f"{subject.removesuffix(part)}{PARTS[part].english}"
    dutch = f"{_SIDES_NL[side[0]] if side else ''}{PARTS[part].dutch}"
    return Said(Kind.INJURY, subject, "sore", both(f"has a sore {english}", f"heeft een gevoelige {dutch}"))


def _well(clause: Clause) -> Iterator[Gone]:
    for pattern in _IS_WELL:
        for match in pattern.finditer(clause.text):
            if not clause.over and not clause.denies(match) and _is_settled(clause, match):
                yield Gone(Kind.INJURY, _subject(match["side"], match["part"]))
    for match in _DOES_NOT_HURT.finditer(clause.text):
        if _is_settled(clause, match):
            yield Gone(Kind.INJURY, _subject(match["side"], match["part"]))
    pronoun = _IT_IS_WELL.match(clause.text)
    named = parts_in(clause.before)
    if pronoun and named and not clause.denies(pronoun) and _is_settled(clause, pronoun):
        yield Gone(Kind.INJURY, named[-1])


def _is_settled(clause: Clause, match: re.Match[str]) -> bool:
    return (
        not clause.passes_at(match)
        and not clause.conditional
        and clause.sure > GUESS
        and not clause.of_somebody_else(match)
        and bool(_NOTHING_MORE.match(clause.text[match.end() :]))
        and not _is_turned(clause, match)
    )


def _is_turned(clause: Clause, match: re.Match[str]) -> bool:
    """Whether the rest of the sentence takes back that a part is well, or says that it is sore in another way.

    "But" before a wish takes nothing back, and soreness of another part is that part's.
    """
    rest = clause.text[match.end() :] + clause.after
    if _BUT.search(rest):
        return True
    part = match.groupdict().get("part") or "".join(name.split()[-1] for name in parts_in(clause.before)[-1:])
    others = [found["word"] for found in _ANOTHER.finditer(rest) if found["word"] not in (part, "left", "right")]
    return bool(_SORE_WORD.search(rest)) and not others


def _subject(side: str | None, part: str) -> str:
    name = next(name for name, words in PARTS.items() if re.fullmatch(words.said, part))
    return f"{_SIDES[side]} {name}" if side else name
