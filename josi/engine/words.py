"""What the engine says, in both languages. No rule stands here.

Clauses follow "because" and "omdat": no capital, no full stop, and in Dutch the verb last. Others write sentences
around these texts, and the models learn them: a change here is a change of the training data.
"""

from collections.abc import Mapping

from josi.contract import Fatigue, Injury, Level, Phase, Sport, State
from josi.language.which import Language

REST: Mapping[Language, str] = {"en": "a full rest day", "nl": "een volledige rustdag"}
TODAY: Mapping[Language, str] = {"en": "today", "nl": "vandaag"}
TOMORROW: Mapping[Language, str] = {"en": "tomorrow", "nl": "morgen"}
ON_DAY: Mapping[Language, str] = {"en": "on {day}", "nl": "op {day}"}
LATER: Mapping[Language, str] = {"en": "on a later day", "nl": "op een latere dag"}
WEEKDAYS: Mapping[Language, tuple[str, ...]] = {
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "nl": ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"),
}

# Effort by zone 1, 2, 3, 4, 5 and higher; weights are light or heavy instead of easy or hard.
EFFORT: Mapping[Language, tuple[str, ...]] = {
    "en": ("very easy", "easy", "steady", "brisk", "hard"),
    "nl": ("heel rustige", "rustige", "vlotte", "stevige", "zware"),
}
WEIGHT: Mapping[Language, tuple[str, ...]] = {
    "en": ("very light", "light", "solid", "heavy", "heavy"),
    "nl": ("heel lichte", "lichte", "stevige", "zware", "zware"),
}
SESSION: Mapping[Language, str] = {"en": "session", "nl": "training"}
SPORT: Mapping[Language, Mapping[Sport, str]] = {
    "en": {
        Sport.RUN: "run",
        Sport.BIKE: "bike ride",
        Sport.SKI: "ski session",
        Sport.SKATE: "skating session",
        Sport.STRENGTH: "strength session",
        Sport.OTHER: "session",
    },
    "nl": {
        Sport.RUN: "duurloop",
        Sport.BIKE: "fietstraining",
        Sport.SKI: "skitraining",
        Sport.SKATE: "schaatstraining",
        Sport.STRENGTH: "krachttraining",
        Sport.OTHER: "training",
    },
}
HARD_RUN_NL = "looptraining"  # a hard run is no "duurloop"

LEVEL: Mapping[Language, Mapping[Level, str]] = {
    "en": {level: f"your readiness is {level.value.lower()}" for level in Level},
    "nl": {
        Level.GREEN: "je herstel op groen staat",
        Level.YELLOW: "je herstel op geel staat",
        Level.ORANGE: "je herstel op oranje staat",
        Level.RED: "je herstel op rood staat",
    },
}
LEVEL_TODAY: Mapping[Language, Mapping[Level, str]] = {
    "en": {level: f"{text} today" for level, text in LEVEL["en"].items()},
    "nl": {level: text.replace("je herstel", "je herstel vandaag") for level, text in LEVEL["nl"].items()},
}
STATE: Mapping[Language, Mapping[State, str]] = {
    "en": {
        State.RECOVERED: "your body is well recovered",
        State.PRODUCTIVE: "your body is handling the training well",
        State.ACCUMULATED: "your body is still carrying fatigue from the past days",
        State.OVERREACHED: "your body has not caught up with the past days yet",
        State.ILLNESS_RISK: "your body shows signs of illness",
    },
    "nl": {
        State.RECOVERED: "je lichaam goed hersteld is",
        State.PRODUCTIVE: "je lichaam de training goed verwerkt",
        State.ACCUMULATED: "je lichaam nog vermoeid is van de afgelopen dagen",
        State.OVERREACHED: "je lichaam de afgelopen dagen nog niet verwerkt heeft",
        State.ILLNESS_RISK: "je lichaam tekenen van ziekte laat zien",
    },
}
PHASE: Mapping[Language, Mapping[Phase, str]] = {
    "en": {phase: f"you are in the {phase.value} phase" for phase in Phase},
    "nl": {
        Phase.BASE: "je in de basisfase zit",
        Phase.BUILD: "je in de opbouwfase zit",
        Phase.PEAK: "je in de piekfase zit",
        Phase.TAPER: "je in de afbouwfase zit",
        Phase.RECOVERY: "je in de herstelfase zit",
    },
}
FATIGUE: Mapping[Language, Mapping[Fatigue, str]] = {
    "en": {
        Fatigue.FRESH: "you feel fresh",
        Fatigue.OK: "you feel okay",
        Fatigue.TIRED: "you feel tired",
        Fatigue.VERY_TIRED: "you feel very tired",
    },
    "nl": {
        Fatigue.FRESH: "je je fris voelt",
        Fatigue.OK: "je je prima voelt",
        Fatigue.TIRED: "je je moe voelt",
        Fatigue.VERY_TIRED: "je je erg moe voelt",
    },
}
INJURY: Mapping[Language, Mapping[Injury, str]] = {
    "en": {
        Injury.KNEE: "your knee needs care",
        Injury.BACK: "your back needs care",
        Injury.ANKLE: "your ankle needs care",
        Injury.SHOULDER: "your shoulder needs care",
        Injury.OTHER: "the sore spot needs care",
    },
    "nl": {
        Injury.KNEE: "je knie zorg nodig heeft",
        Injury.BACK: "je rug zorg nodig heeft",
        Injury.ANKLE: "je enkel zorg nodig heeft",
        Injury.SHOULDER: "je schouder zorg nodig heeft",
        Injury.OTHER: "de gevoelige plek zorg nodig heeft",
    },
}
# Why a session of zone 0 (rest), 1, 2, 3, 4, 5 and higher makes sense.
PURPOSE: Mapping[Language, tuple[str, ...]] = {
    "en": (
        "your body gets stronger while it rests",
        "very easy work helps you recover",
        "easy work builds your endurance",
        "steady work makes you stronger over time",
        "brisk work lifts the pace you can hold",
        "short hard work builds your top speed",
    ),
    "nl": (
        "je lichaam sterker wordt terwijl het rust",
        "heel rustig werk je herstel helpt",
        "rustig werk je uithoudingsvermogen opbouwt",
        "vlot werk je op termijn sterker maakt",
        "stevig werk het tempo verhoogt dat je kunt volhouden",
        "kort en zwaar werk je topsnelheid vergroot",
    ),
}
STRENGTH_PURPOSE: Mapping[Language, str] = {
    "en": "strength work makes you more robust",
    "nl": "krachttraining je sterker en stabieler maakt",
}
