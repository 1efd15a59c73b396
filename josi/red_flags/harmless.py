"""Harmless phrases that share words with symptoms. Regular expressions, matched without regard to case."""

# Taken out of the message before anything is looked for.
HARMLESS: tuple[str, ...] = (
    r"heart[- ]?rates? (?:zones?|monitors?|straps?|sensors?|data|drift|training|reserve|variability)",
    r"hearts? (?:is |was )?set on|by heart|(?:at|from|to|of) heart\b|heart of (?:the|a|my|gold)",
    r"heart and soul|heart'?s content|heart'?s desire",
    r"(?:take|took|lose|lost|learn\w*|know) (?:it )?(?:to )?heart\b",
    r"heart (?:wasn'?t|isn'?t|is not|was not|is) in(?:to)? (?:it|this|the)|broke\w* my heart",
    r"heart(?:breaking|break hill|warming|felt|less|y)\b|big heart|heart emoji|chest[- ]thumping",
    r"(?:at|in) the heart of|heart shaped",
    r"heart skip(?:s|ped) a beat (?:when|as|every time) i (?:saw|see|hear|heard|read|think|thought)",
    r"heart attack hill|sweetheart",
    (
        r"chest (?:press\w*|day|workouts?|exercises?|straps?|belts?|fl(?:y|ies|yes)|muscles|freezer|"
        r"of drawers|training|and (?:back|shoulders?|triceps|arms))"
    ),
    r"(?:train|work|hit)(?:ed|ing|s)? (?:my |the )?chest\b|hope chest|treasure chest|off my chest",
    r"(?:strap|belt|band|sensor|jersey|bib|vest|shirt|backpack)\b[^.!?,;]*?\bchest",
    r"chest[^.!?,;]*?\b(?:strap|belt|band|sensor|jersey|bib|vest)\b",
    r"dizzying(?:ly)?|dizzy (?:heights|with (?:joy|excitement|happiness))",
    r"(?:spin|spinning) (?:class|session|bike|lesson|workout)",
    r"faint[- ]hearted\w*|faint of heart",
    r"faint(?:est|ly)?(?= (?:twinge|niggle|hope|idea|hint|sign|memory|trace|line|clue|chance|interest))",
    r"breathless(?:ly)? (?:fun|good|finish|excitement|view|beautiful)|breathtaking\w*|takes my breath away",
    r"(?:get|getting|be|being|run|running|go) out of breath",
    r"pain(?:s)? (?:cave|au chocolat|in the (?:neck|ass|arse|butt|backside)|points?|barrier|face)",
    r"no pain,? no gain|growing pains|painstaking\w*",
    r"painful(?:ly)? (?:slow|long|early|boring|obvious|expensive|lesson)\w*|pains me to",
    r"feel (?:your|my) pain|spare me the pain|pain[- ]free|painless\w*|muscle pain|spierpijn",
    r"(?:cash|blood|data) (?:flow|donat\w+)|donated blood|stab at|take a stab|sharp (?:for|on|at|before)",
    r"(?:killing|killed) it|sore loser",
    r"(?:collapsed|collapse) (?:on|onto|into) (?:the|my) (?:sofa|couch|bed|armchair|chair)",
    r"the plan collapsed|passed out (?:flyers|gels|medals|water)|blackout curtains",
    r"black out (?:curtains|the)",
    r"hart(?:slag|slagmeter|slagband|slagzones?|ritme(?:meter|sensor)|slagfrequentie)\b",
    r"(?:van|met heel mijn|met heel m'n|op het|ter|naar (?:mijn|m'n)) hart\w*|hart van (?:de|het|goud)",
    r"in hart en nieren|hartstikke|hartelijk\w*|hartig\w*|hart (?:zit|zat) er niet in|hart op de tong",
    r"hart verloren|ijshart",
    r"borst(?:spieren|spier|crawl|oefeningen|training|band|dag)\b|een hoge borst|uit volle borst",
    r"aan de borst",
    r"duizelingwekkend\w*|duizeling wekkend|adembenemend\w*",
    r"(?:zonder )?buiten adem(?: te)? (?:raken|raak|te zijn)",
)
