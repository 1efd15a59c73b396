"""Harmless phrases that share words with symptoms. Regular expressions, matched without regard to case.

They are taken out of a message before symptoms are looked for, so each must be so narrow that no symptom hides in it:
"chest and arms" or "van hart..." would swallow "pain in my chest and arms" and "last van hartkloppingen".
"""

_NEAR = r"(?:(?!chest|heart|arm|breath|borst|hart)[^.!?;]){0,30}?"  # no symptom of another kind in between

HARMLESS: tuple[str, ...] = (
    # the heart of figures of speech and of gadgets
    r"heart[- ]?rates? (?:zones?|monitors?|straps?|sensors?|data|drift|training|reserve|variability)",
    r"hearts? (?:is |was )?set on|by heart|(?:took|take|taking) (?:it |that |this )?to heart",
    r"(?:take|lose|lost) heart",
    r"with a heavy heart|young at heart|from the bottom of my heart",
    r"heart of (?:the|a) (?:matter|city|season|winter|mountains|problem|issue)",
    r"heart of gold|heart and soul|heart'?s (?:content|desire)|sweetheart|heart (?:emoji|shaped)|ran my heart out",
    r"heart (?:wasn'?t|isn'?t|is not|was not) in(?:to)? (?:it|this|that)|broke\w* my heart",
    r"heart ?break hill|heart attack hill",
    r"heart skip(?:s|ped) a beat (?:when|as|every time) i (?:saw|see|hear|heard|read|think|thought)",
    r"heart-?(?:stopping|warming|breaking|felt|rending)(?:ly)?\b",
    r"heart stopping (?:finish|moment|descent|race|climax|sprint|match|final|ride|view)",
    r"hart(?:slagmeter|slagband|slagzones?|ritmemeter)\b",
    r"(?:met heel (?:mijn|m'n)|naar (?:mijn|m'n)) hart\b|in hart en nieren",
    r"hart van (?:de|het) (?:stad|zaak|winter|seizoen)|hart van goud|hart (?:zit|zat) er niet in",
    r"hart verloren|met hart en ziel",
    # the chest of gyms and gadgets
    (
        r"chest[- ](?:press\b|presses\b(?! (?:when|on|against|down|in|if))|day|workouts?|exercises?|straps?|"
        r"belts?|thumping)"
    ),
    (
        r"(?:strap|belt|band|sensor|bib|vest) (?:is |feels |sits |was )?(?:\w+ )?(?:around|across|"
        r"against) (?:my |the )?chest"
    ),
    # dizzying, fainting and breathing that is none
    r"chest freezers?|chests? of drawers|treasure chests?",
    r"duizelingwekkend\w*|dizzying(?:ly)?|dizzy (?:heights|with (?:joy|excitement|happiness))",
    r"(?:spin|spinning) (?:class|bike|lesson)",
    r"faint[- ]hearted\w*|faint of heart",
    r"faint(?:est|ly)?(?= (?:twinge|niggle|praise|hope|idea|hint|sign|memory|trace|line|clue|chance|interest))",
    r"(?:collapsed|collapse) (?:on|onto|into) (?:the|my) (?:sofa|couch|armchair)",
    r"blackout (?:curtains|at home|in (?:the|our) (?:house|street|city|town))",
    # what one says of a price, and stars that are in the sky
    (
        r"(?:faint(?:ed)?|passed out|collapsed|(?:had )?a (?:heart attack|stroke)) (?:at|over|from|when i (?:saw|read|"
        r"heard)|seeing|reading) (?:the|my|that|its|their|your)(?: \w+){0,3} (?:prices?|fees?|bills?|costs?|"
        r"invoice|quote)\b"
    ),
    (
        r"(?:saw|see|seeing|seen|count\w*|watch\w*) (?:\w+ )?stars\b(?=[^.!?;]{0,40}\b(?:sky|camp\w*|tent|"
        r"telescope|desert|night run))"
    ),
    r"(?:camp\w*|tent|telescope|night sky|milky way|wild)\b[^.!?;]{0,20}\b(?:saw|see|seeing) (?:\w+ )?stars\b",
    # numb by the dentist or by the cold
    (
        rf"numb\w* {_NEAR}\b(?:from|after|at|by|thanks to) (?:the |my |that |an? )?(?:\w+ )?(?:dentist\w*|filling|"
        r"an(?:a?e)sth\w*|root canal|cold|wind ?chill|wind|snow|freezing)\b"
    ),
    (
        rf"(?:dentist|an(?:a?e)sthetic|filling|root canal|tandarts)\b{_NEAR}\b(?:numb|droop|tingl|verdoofd|"
        rf"doof|gevoelloos)\w*"
    ),
    # injuries that somebody treats for a living
    (
        r"(?:saw|see|seen|seeing|treat\w*|fix\w*|set|x-ray\w*|nurs\w*|"
        r"plaster\w*)(?: (?!my\b)\w+){0,3} (?:heart attacks|strokes|"
        r"seizures|(?:broken|torn|sprained|dislocated|fractured) \w+s)\b"
    ),
    r"(?:arm|back|breast|swim(?:ming)?|crawl|pull|butterfly|pedal) ?stroke\b",
    r"pass(?:ed|ing)? out (?:the )?(?:flyers|gels|medals|water|bottles)",
    # pain that is a word
    r"pains? (?:cave|au chocolat|in the (?:ass|arse|butt|backside)|points?|face)",
    r"(?:was|is|such|what|real|boss|meeting|traffic) a (?:real |total |bit of a )?pain(?: in the \w+)?",
    r"no pain,? no gain|growing pains|painstaking\w*|pain[- ]free|painless\w*|pains me to|feel (?:your|my) pain",
    r"painful(?:ly)? (?:slow|long|early|boring|obvious|expensive|lesson)\w*",
    r"(?:muscle pain|spierpijn)(?! (?:in|on|around|aan|rond))",
)
