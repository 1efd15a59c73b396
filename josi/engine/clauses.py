"""Fixed clauses of the engine that do not depend on a table's value: one per reason, in both languages."""

from collections.abc import Mapping

from josi.contract import ReplanType
from josi.language.which import Language

# What waits, and how long: "{cause}" is another clause.
ALL_WAITS: Mapping[Language, str] = {
    "en": "all training waits while {cause}",
    "nl": "alle training wacht zolang {cause}",
}
HARD_WAITS: Mapping[Language, str] = {
    "en": "hard work waits while {cause}",
    "nl": "zwaar werk wacht zolang {cause}",
}
LONG_WAITS: Mapping[Language, str] = {
    "en": "longer work waits while {cause}",
    "nl": "langer werk wacht zolang {cause}",
}

HARD_AND_LONG_WAIT: Mapping[Language, str] = {
    "en": "hard or long work waits while {cause}",
    "nl": "zwaar of lang werk wacht zolang {cause}",
}
STAYS_GENTLE: Mapping[Language, str] = {
    "en": "the effort stays very easy while {cause}",
    "nl": "de inspanning heel rustig blijft zolang {cause}",
}

NO_INTENSITY: Mapping[Language, str] = {"en": "you asked for no hard work", "nl": "je om niets zwaars vroeg"}
LITTLE_DATA: Mapping[Language, str] = {
    "en": "little is known about your recovery",
    "nl": "er nog weinig bekend is over je herstel",
}
REST_PLANNED: Mapping[Language, str] = {
    "en": "today is a rest day in your plan",
    "nl": "vandaag een rustdag is in je schema",
}
AUTO_REPLAN: Mapping[Language, str] = {
    "en": "your plan was eased after signs of fatigue",
    "nl": "je schema lichter is gemaakt na tekenen van vermoeidheid",
}
DAY_PASSED: Mapping[Language, str] = {
    "en": "the day you named has already passed",
    "nl": "de dag die je noemt al voorbij is",
}

NO_CHAT: Mapping[Language, str] = {
    "en": "chat is part of the advisor and coach tiers",
    "nl": "chatten bij de niveaus advisor en coach hoort",
}
NO_REPLAN: Mapping[Language, str] = {
    "en": "changing the plan is part of the coach tier",
    "nl": "het schema aanpassen bij het niveau coach hoort",
}
TODAY_ONLY: Mapping[Language, str] = {
    "en": "the advisor tier covers today's workout only",
    "nl": "het niveau advisor alleen de training van vandaag omvat",
}

DOCTOR_FIRST: Mapping[Language, str] = {
    "en": "a doctor should look at this before any training",
    "nl": "een arts hier eerst naar moet kijken",
}
UNTIL_CLEARED: Mapping[Language, str] = {
    "en": "all training waits until a doctor has cleared you",
    "nl": "alle training wacht tot een arts toestemming geeft",
}
UNTIL_WELL: Mapping[Language, str] = {
    "en": "all training waits until you feel well again",
    "nl": "alle training wacht tot je je weer goed voelt",
}
PLAN_STAYS: Mapping[Language, str] = {
    "en": "this is a general question and your plan stays as it is",
    "nl": "dit een algemene vraag is en je schema blijft zoals het is",
}

# Why the engine asks back, by what is missing; the last entry is for everything else.
MISSING: Mapping[Language, Mapping[str, str]] = {
    "en": {
        "sport": "the sport decides what your session looks like",
        "date": "it is not clear yet which day you mean",
        "session": "it is not clear yet which session you mean",
        "replan_type": "it is not clear yet what should change in your plan",
        "": "it is not clear yet what you would like",
    },
    "nl": {
        "sport": "de sport bepaalt hoe je training eruitziet",
        "date": "nog niet duidelijk is welke dag je bedoelt",
        "session": "nog niet duidelijk is welke training je bedoelt",
        "replan_type": "nog niet duidelijk is wat er in je schema moet veranderen",
        "": "nog niet duidelijk is wat je graag wilt",
    },
}

# The changed plan, and why it is a sound change. `{day}` is a phrase such as "to Saturday"; reduce_intensity is
# computed from the planned session where there is one.
REPLAN: Mapping[Language, Mapping[ReplanType, str]] = {
    "en": {
        ReplanType.SKIP_TODAY: "a full rest day today",
        ReplanType.SWAP_DAYS: "your two days swapped",
        ReplanType.RESCHEDULE: "your session moved {day}",
        ReplanType.REDUCE_INTENSITY: "a lighter version of your session",
        ReplanType.ILLNESS: "a full rest day today",
        ReplanType.TRAVEL: "a lighter plan for your days away",
        ReplanType.GOAL_CHANGE: "a plan built around your new goal",
    },
    "nl": {
        ReplanType.SKIP_TODAY: "een volledige rustdag vandaag",
        ReplanType.SWAP_DAYS: "een wissel van je twee dagen",
        ReplanType.RESCHEDULE: "je training {day}",
        ReplanType.REDUCE_INTENSITY: "een lichtere versie van je training",
        ReplanType.ILLNESS: "een volledige rustdag vandaag",
        ReplanType.TRAVEL: "een lichter schema voor je dagen weg",
        ReplanType.GOAL_CHANGE: "een schema rond je nieuwe doel",
    },
}
REPLAN_REASON: Mapping[Language, Mapping[ReplanType, str]] = {
    "en": {
        ReplanType.SKIP_TODAY: "a single missed day costs you no fitness",
        ReplanType.SWAP_DAYS: "your week keeps its balance this way",
        ReplanType.RESCHEDULE: "a session works best on a day that has room for it",
        ReplanType.REDUCE_INTENSITY: "an easier day keeps your training going",
        ReplanType.ILLNESS: "your body needs its energy to get well",
        ReplanType.TRAVEL: "travel takes energy too",
        ReplanType.GOAL_CHANGE: "your training should serve what you aim for",
    },
    "nl": {
        ReplanType.SKIP_TODAY: "een gemiste dag je geen conditie kost",
        ReplanType.SWAP_DAYS: "je week zo in balans blijft",
        ReplanType.RESCHEDULE: "een training het best werkt op een dag met ruimte",
        ReplanType.REDUCE_INTENSITY: "een rustigere dag je training gaande houdt",
        ReplanType.ILLNESS: "je lichaam energie nodig heeft om beter te worden",
        ReplanType.TRAVEL: "reizen ook energie kost",
        ReplanType.GOAL_CHANGE: "je training moet passen bij je doel",
    },
}
MOVED: Mapping[Language, Mapping[str, str]] = {
    "en": {
        "": "to another day",
        "today": "to today",
        "tomorrow": "to tomorrow",
        "day": "to {day}",
        "later": "to a later day",
    },
    "nl": {
        "": "op een andere dag",
        "today": "vandaag",
        "tomorrow": "morgen",
        "day": "op {day}",
        "later": "op een latere dag",
    },
}
RETURN: Mapping[Language, str] = {
    "en": "a gentle return over the coming days",
    "nl": "een rustige terugkeer in de komende dagen",
}
RETURN_REASON: Mapping[Language, str] = {
    "en": "your body needs some days to come back after being ill",
    "nl": "je lichaam na ziekte een paar dagen nodig heeft om terug te komen",
}
