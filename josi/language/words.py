"""Words that an answer may not hold, from contract.md's language rules, with their Dutch forms.

Short codes and all others match as whole words only: "ctl" is not in "directly".
"""

import re

INTERNALS = (
    "gatc",
    "algorithms?",
    "algoritmes?",
    "viterbi",
    "hmm(?= state| model)",
    "hidden[- ]markov(?: models?)?",
    "acwr",
    "ewma",
    "tss",
    "ctl",
    "atl",
    "tsb",
    "load ratio",
    "belastingsratio",
    "monotony index",
    "strain index",
    "fitness[- ]fatigue",
    "impulse[- ]response",
)
JARGON = (
    r"periodi[sz]ation",
    "periodisering",
    "mesocycles?",
    "mesocyclus",
    "microcycles?",
    "microcyclus",
    "macrocycles?",
    "macrocyclus",
    "super[- ]?compensation",
    "supercompensatie",
    r"vo2[- ]?max",
    "lactate threshold",
    "lactaatdrempel",
    "ftp",
    "threshold power",
    "anaerobic capacity",
    "anaerobe capaciteit",
)
REFERRALS = (
    (
        r"(?:another|a different|a real|a human|a professional|a certified|a qualified|your own|a personal|"
        r"a running|a cycling) (?:coach|trainer)"
    ),
    r"(?:ask|see|consult|hire|find|talk to|speak to|contact|work with) (?:a|another|your|the) (?:coach|trainer)",
    r"personal trainers?",
    r"(?:another|a different|other) (?:apps?|services?|platforms?|websites?)",
    r"(?:use|try|download|check) (?:an|the|your) (?:\w+ )?app",
    "strava",
    "trainingpeaks",
    "garmin connect",
    "google (?:it|that|for)",
    r"(?:een )?(?:andere|echte|menselijke|professionele|gediplomeerde|persoonlijke) (?:coach|trainer)",
    r"(?:een )?(?:andere|aparte) (?:app|dienst|website)",
    r"(?:vraag|raadpleeg|zoek|neem contact op met) (?:\w+ )?(?:een|je) (?:coach|trainer)",
)
MEMORY_TALK = (
    r"i (?:still |also )?(?:remember|recall)\b(?: that)?(?: you)?",
    r"(?:as )?you(?:'ve| have)? (?:told me|mentioned|said) (?:before|earlier|last|that you)",
    r"(?:as|like) you (?:said|told me|mentioned)",
    r"my (?:memory|notes|records) (?:say|says|show|shows|tell|tells)",
    r"ik (?:herinner me|weet nog|onthoud|heb onthouden)",
    r"(?:zoals|wat) je (?:me )?(?:eerder |laatst )?(?:zei|vertelde|noemde)",
    r"je (?:vertelde|zei) (?:me )?(?:eerder|laatst|dat je)",
)


def pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    """One pattern for whole words, without regard to case."""
    return re.compile(r"(?<!\w)(?:" + "|".join(words) + r")(?!\w)", re.IGNORECASE)
