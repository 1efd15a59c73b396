"""Which sport words mean: a message's, a profile's, a memory's. One table, English and Dutch."""

import re
from collections.abc import Iterable, Mapping

from josi.contract import Sport


def _listed(words: str) -> tuple[str, ...]:
    return tuple(words.split(","))


# Words, and stems with `*`. "Strength" alone is a goal ("good for strength"); with "session" it is a sport.
WORDS: Mapping[Sport, tuple[str, ...]] = {
    Sport.RUN: _listed(
        "run,runs,running,runner,runners,jog*,treadmill,parkrun*,trail run*,trailrun*,fartlek,hardloop*,"
        "hardlop*,looptraining*,duurloop*,duurlopen,loopband,looprondje,gaan lopen,rondje lopen,rennen"
    ),
    Sport.BIKE: _listed(
        "bike*,biking,bicycle*,cycle,cycling,cyclist,ride,rides,riding,spin,spinning,turbo,zwift*,mtb,"
        "peloton,gravel,indoor trainer,in the saddle,fiets*,gefietst,wielren*,racefiets*,mountainbike*,"
        "rit,ritje,ritten,tijdrit*,toerfiets*,cyclo*,veldrijden"
    ),
    Sport.SKI: _listed(
        "ski,skis,skiing,skier,xc,roller ski*,rollerski*,cross-country ski*,biathlon,langlauf*,"
        "skitraining*,skitocht*,skieën,skiën,skien,skate ski*"
    ),
    Sport.SKATE: _listed("skate*,skating,inline*,rollerblad*,ice rink,schaats*,skeeler*,ijsbaan"),
    Sport.STRENGTH: _listed(
        "strength session*,strength workout*,strength training,strength work,gym,weights,weights session,"
        "weight room,lift,lifting,deadlift*,squat*,kettlebell*,dumbbell*,barbell*,bench press,"
        "resistance training,powerlift*,krachttraining*,krachtsessie*,krachthonk,gewichthef*,gewichten,"
        "sportschool"
    ),
    Sport.OTHER: _listed(
        "swim*,swam,pool,row,rowing,rower,yoga,pilates,hike*,hiking,walk,walks,walking,climbing,"
        "bouldering,tennis*,padel,football,soccer,basketball,volleyball,hockey,kayak*,canoe*,paddl*,"
        "stand up paddl*,surf*,kitesurf*,boxing,dance,dancing,crossfit,elliptical,golf,badminton,squash,"
        "judo,karate,horse riding,snowboard*,snowshoe*,zwem*,roei*,wandel*,voetbal*,klimmen,dansen,"
        "boksen,kanoën,paardrijden,gymnast*,turnen,climbing gym,water ski*,waterski*,jet ski*"
    ),
}
_SPORT_BY_WORD = {word.rstrip("*"): sport for sport, words in WORDS.items() for word in words}
_STEMS = {word.rstrip("*") for words in WORDS.values() for word in words if word.endswith("*")}
# Longest first, so that "horse riding" is not the bike and "roller skis" is one sport.
_ANY = re.compile(
    r"\b(?:"
    + "|".join(
        re.escape(word) + (r"[^\W\d]*" if word in _STEMS else "")
        for word in sorted(_SPORT_BY_WORD, key=len, reverse=True)
    )
    + r")\b",
    re.IGNORECASE,
)

# Phrases that hold a sport's word and mean none: taken out first.
_NO_SPORT = re.compile(
    r"\bin the long run\b|\brun(?:s|ning)? (?:out|late|low|empty|into|through|down|by|around|on (?:empty|fumes)|"
    r"behind|errands|short|over|me through|us through)\b"
    r"|\brun of (?:bad|good)\b|\brun-down\b|\b(?:nose|throat)\b[^.,;]{0,12}\brunning\b|\b(?:dry|trial) run\b"
    r"|\brunning a temperature\b|\b(?:train|car|bus|taxi) rides?\b"
    r"|\blift (?:home|my|the mood)\b"
    r"|\b(?:gives?|gave|need|get|got|want) (?:(?:me|us|you|him|her) )?a lift\b|(?<=\bski )lifts?\b"
    r"|\bwalk (?:me|us) through\b|\bwalk in the park\b|\b(?:hardly|barely|can't|cannot) walk\b|\bcar ?pool\b"
    r"|\bin a row\b|\ba row with (?:my|the|a)\b"
    r"|\b(?:sleep|life|menstrual|training|recovery|washing|vicious|week) cycle\b|\bcycle of\b|\bweights? on my\b"
    r"|\b(?:head|room|world|mind)(?: is| was| keeps)? spinning\b|\bboxing day\b|\bsurf\w* the (?:web|net|internet)\b"
    r"|\b(?:rate|pulse|temperature|numbers?) (?:is |was |keeps? |kept |are )?climbing\b",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"(?<!why )(?<!waarom )\b(?:no|not|can't|cannot|instead of|rather than|geen|niet|in plaats van|ipv)"
    r"(?: do| go| even| a| an| the| my| any| de| het| een| mijn| gaan)*\s+$",
    re.IGNORECASE,
)


def sports_in(text: str) -> tuple[Sport, ...]:
    """The sports that a text names, in the order of their first word; empty where it names none.

    A denied one ("no running today, a ride") counts only where no other is named.
    """
    text = _NO_SPORT.sub(" _ ", text.replace("\u2019", "'"))
    found = [
        (_sport_of_word(match[0].lower()), bool(_DENIED.search(text[: match.start()]))) for match in _ANY.finditer(text)
    ]
    wanted = [sport for sport, denied in found if not denied]
    return tuple(dict.fromkeys(wanted or (sport for sport, _ in found)))


def _sport_of_word(word: str) -> Sport:
    if word in _SPORT_BY_WORD:
        return _SPORT_BY_WORD[word]
    return _SPORT_BY_WORD[max((stem for stem in _STEMS if word.startswith(stem)), key=len)]


def sport_of(profile_sport: str | None) -> Sport | None:
    """The sport that a profile names: an enum value ("run") or a word ("running"); None when there is none.

    A sport we have no enum value for ("curling") is `other`: here the athlete has named it.
    """
    word = (profile_sport or "").strip().lower()
    if not word:
        return None
    return Sport(word) if word in set(Sport) else next(iter(sports_in(word)), Sport.OTHER)


def first_sport(texts: Iterable[str]) -> Sport | None:
    """The first sport that one of the texts names, or None."""
    return next((sport for text in texts for sport in sports_in(text)), None)
