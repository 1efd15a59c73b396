"""Which sport words mean: a message's, a profile's, a memory's. One table, English and Dutch."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from josi.contract import Sport
from josi.spelling import spelt


def _listed(words: str) -> tuple[str, ...]:
    return tuple(words.split(","))


# Words, and stems with `*`. "Strength" alone is a goal ("good for strength"); with "session" it is a sport.
WORDS: Mapping[Sport, tuple[str, ...]] = {
    Sport.RUN: _listed(
        "run,runs,running,runner,runners,jog*,treadmill,parkrun*,trail run*,trailrun*,fartlek,hardloop*,"
        "hardlop*,looptraining*,duurloop*,duurlopen,loopband,looprondje,lopen,rennen,rnu"
    ),
    Sport.BIKE: _listed(
        "bike*,biking,bicycle*,cycle,cycling,cyclist,ride,rides,riding,spin,spinning,turbo,zwift*,mtb,"
        "peloton,gravel,indoor trainer,in the saddle,fiets*,gefietst,wielren*,racefiets*,mountainbike*,"
        "rit,ritje,ritten,tijdrit*,toerfiets*,koersfiets*,stadsfiets*,gravelfiets*,crossfiets*,ligfiets*,hometrainer*,"
        "cyclo*,veldrijden,velo,two wheels,twee wielen,on the trainer,smart trainer,turbo trainer,cycled,cyclists,"
        "cycles to,cycles home,cycles in,pedal*,bke,biek,bkie,rdie"
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
        "sportschool,push-up*,pushup*,pull-up*,pullup*,press-up*,sit-up*,chin-up*,burpee*,lunges,core session*,"
        "core workout*,opdrukken,biceps day,triceps day,leg day,chest day,arm day"
    ),
    Sport.OTHER: _listed(
        "swim*,swam,pool,row,rowing,rower,yoga,pilates,hike*,hiking,walk,walks,walking,climbing,"
        "bouldering,tennis*,padel,football,soccer,basketball,volleyball,hockey,kayak*,canoe*,paddl*,"
        "stand up paddl*,surf*,kitesurf*,boxing,dance,dancing,crossfit,elliptical,golf,badminton,squash,"
        "judo,karate,horse riding,snowboard*,snowshoe*,zwem*,roei*,wandel*,voetbal*,klimmen,dansen,"
        "boksen,kanoën,paardrijden,"
        "crosstrainer*,cross-trainer*,cross trainer*,the erg,an erg,rowing erg,erg session*,ergometer*,"
        "gymnast*,turnen,climbing gym,water ski*,waterski*,jet ski*"
    ),
}
# Long enough that a letter left out, or two that changed places, make no other word.
_OFTEN_MISSPELT: Mapping[Sport, tuple[str, ...]] = {
    Sport.RUN: _listed("running,jogging,hardlopen,treadmill"),
    Sport.BIKE: _listed("cycling,fietsen,wielrennen,mountainbike"),
    Sport.SKI: _listed("langlaufen"),
    Sport.SKATE: _listed("skating,schaatsen"),
    Sport.STRENGTH: _listed("krachttraining,weights"),
    Sport.OTHER: _listed("swimming,zwemmen,wandelen"),
}
_PICTURES: Mapping[str, Sport] = {
    "\U0001f3c3": Sport.RUN,
    "\U0001f6b4": Sport.BIKE,
    "\U0001f6b5": Sport.BIKE,
    "\U0001f6b2": Sport.BIKE,
    "\u26f7": Sport.SKI,
    "\U0001f3bf": Sport.SKI,
    "\u26f8": Sport.SKATE,
    "\U0001f6fc": Sport.SKATE,
    "\U0001f3cb": Sport.STRENGTH,
    "\U0001f3ca": Sport.OTHER,
    "\U0001f6a3": Sport.OTHER,
    "\U0001f6b6": Sport.OTHER,
    "\U0001f9d8": Sport.OTHER,
    "\U0001f9d7": Sport.OTHER,
}


def _misspelt(word: str) -> set[str]:
    """A word with a letter left out inside, and with two neighbours changed."""
    places = range(1, len(word) - 1)
    swapped = {word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(len(word) - 1)}
    return {word[:at] + word[at + 1 :] for at in places} | swapped


_STEMS = {word.rstrip("*") for words in WORDS.values() for word in words if word.endswith("*")}
_SPORT_BY_WORD = {
    **{typo: sport for sport, words in _OFTEN_MISSPELT.items() for word in words for typo in _misspelt(word)},
    **{word.rstrip("*"): sport for sport, words in WORDS.items() for word in words},
    **_PICTURES,
}
# Longest first, so that "horse riding" is not the bike and "roller skis" is one sport.
_ANY = re.compile(
    r"\b(?:"
    + "|".join(
        re.escape(word) + (r"[^\W\d]*" if word in _STEMS else "")
        for word in sorted(_SPORT_BY_WORD.keys() - _PICTURES.keys(), key=len, reverse=True)
    )
    + rf")\b|[{''.join(_PICTURES)}]",
    re.IGNORECASE,
)

# Phrases that hold a sport's word and mean none: taken out first.
_NO_SPORT = re.compile(
    r"\bin the long run\b|\b(?:in|out of|up and|ground) (?:the )?running\b(?! (?:shoes|group|club|gear|kit|season|"
    r"world|form|shape|mood|session|training))|\brun[- ]of[- ]the[- ]mill\b|\brun(?:ner)?[- ]up\b|"
    r"\bhome run\b|\bschool run\b"
    r"|\brunning (?:commentary|joke|gag|a (?:business|company|household|meeting|bath|shop))\b|\blong-running\b"
    r"|\b(?:for the|bumpy|rough) ride\b"
    r"|\b(?:uit de hand|vast|traplopen|trap|mank|op mijn|achter|nauwelijks|amper|kan niet(?: meer)?|niet meer) lopen\b"
    r"|(?<!\ba )(?<!\bthe )(?<!\bmy )(?<!\ba trail )(?<!\ban easy )(?<!\ba long )(?<!\ba short )(?<!\ba quick )"
    r"\brun(?:s|ning)? (?:out|late|low|empty|into|through|down|by|around|"
    r"on (?:empty|fumes)|behind|errands|short|over|me through|us through)\b"
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
    r"(?<!why )(?<!waarom )\b(?:no|not|can't|cannot|instead of|rather than|geen|niet|in plaats van|ipv|never mind|"
    r"forget|skip|scrap|ditch|drop|swap|trade|replace|sick of|tired of|bored of|fed up with|enough of|laat)"
    r"(?: do| go| about| even| a| an| the| my| any| de| het| een| mijn| gaan)*\s+$",
    re.IGNORECASE,
)


@lru_cache(maxsize=16384)  # several rules ask about the same words, and a corpus says them to many athletes
def sports_in(text: str) -> tuple[Sport, ...]:
    """The sports that a text names, in the order of their first word; empty where it names none.

    A denied one ("no running today, a ride") counts only where no other is named.
    """
    text = _NO_SPORT.sub(" _ ", spelt(text.replace("\u2019", "'")))
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
