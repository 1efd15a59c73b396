"""Sight, speech and one half of the body: signs of a stroke, and of a spine in danger. Kinds head and nerve."""

from josi.red_flags.words import CANNOT, MY, gap

_LIMB = r"(?:arm|forearm|leg|hand|foot|fingers?|toes?|been|voet|vingers)"
_SIDE = (
    r"(?:(?:one|left|right|whole|entire) (?:half|side)|(?:linker|rechter)(?:kant|zijde|helft)|side of (?:me|my body))"
)
_FELT = r"(?:no|any|lost|without) (?:feeling|sensation)"
_NUMB = r"(?:numb\w*|pins and needles|tingl\w*|asleep|gevoelloos\w*|verdoofd|tintel\w*)"
_BELOW = (
    r"(?:between (?:the|my) legs|saddle area|groin|genitals|crotch|buttocks?|inner thighs|below (?:my|the) waist|"
    r"bil(?:len)?|kruis|zitvlak|binnenbenen)"
)
_NOT_OBEY = (
    r"(?:lifeless|floppy|limp|paraly[sz]ed|refus\w* to (?:obey|move)|(?:won'?t|wouldn'?t|doesn'?t) (?:obey|respond)|"
    r"gehoorzaamt (?:\w+ )?niet|luistert niet|krachteloos|doet het (?:\w+ )?niet)"
)
_DIM = (
    r"(?:dim(?:s|med|ming)|fad(?:es|ed|ing)|grey(?:s|ed|ing)?|tunnel\w*|flicker\w*|narrow\w*|double|doubl\w+|missing)"
)

SENSES: dict[str, tuple[str, ...]] = {
    "head": (
        # sight
        r"\bdouble vision\b|\bsee(?:ing|s)? (?:\w+ )?double\b|\bsee(?:ing|s)? two of (?:everything|it all|the road)\b",
        r"\bzie (?:\w+ ){0,2}dubbel\b(?! (?:werk|geboekt))|\bdubbel ?(?:te )?(?:zien|zicht|beeld)|\bdubbele beelden\b",
        rf"\b(?:vision|sight|eyesight)(?! (?:of|for|board))\b{gap(15)}\b{_DIM}\b|\beverything faded\b",
        (
            rf"\b{CANNOT} see (?:\w+ ){{0,3}}(?:out of|from|with|in) (?:my |one |the )(?:left |right )?eye\b|\bwent "
            r"blind\b"
        ),
        r"\bblind (?:in|on) (?:one|my|the)(?: \w+)? eye\b|\bhalf of (?:what i see|my (?:vision|sight))\b",
        (
            r"\bcurtain\b[^.!?;]{0,20}?\b(?:eye|vision|sight)\b|\b(?:linker|rechter)?oog\b[^.!?;]{0,10}?\b(?:ziet? "
            r"(?:niks|niets)|blind)\b"
        ),
        # speech
        (
            rf"\b{CANNOT} (?:find|form) (?:my words\b(?! to)|the words\b(?! (?:to|for|how)))|\b(?:talked|spoke|"
            r"talking|speaking) gibberish\b"
        ),
        r"\b(?:words?|speech|they)\b[^.!?;]{0,20}?\bc[ao]me?s? out (?:\w+ )?(?:scrambled|jumbled|garbled|slurred)\b",
        (
            r"\b(?:speech|lips|mouth|tongue|voice)\b[^.!?;]{0,12}?\bslurr\w*|\bi (?:was|am|started|kept)(?: \w+)? "
            r"slurring\b"
        ),
        r"\bslurr\w*\b[^.!?;]{0,12}?\b(?:speech|words|lips)\b|\bdubbele tong\b",
        r"\bwoorden\b[^.!?;]{0,12}?\bkrom\b|\bkom (?:\w+ ){0,2}niet (?:meer )?(?:uit|op) (?:mijn|m'n|de) woorden\b",
    ),
    "nerve": (
        # face and one half of the body
        r"\b(?:smile|mouth|face)\b[^.!?;]{0,12}?\b(?:crooked|lopsided|droop\w*|sagg\w*)\b|\bscheve (?:mond|lach)\b",
        rf"\b{_SIDE}\b{gap(30)}\b(?:{_NUMB}|to sleep|dead|weak|drag\w*|heavy|(?:not|isn'?t) mine|slaapt|slap|doof)\b",
        rf"\bhalf of me\b{gap(20)}\b(?:mine|numb|weak|asleep)\b|\b(?:leg|arm)(?:'s| is)? dead on one side\b",
        r"\bweak(?:ness)? (?:of|in) (?:the |my |both )(?:(?:left|right) )?(?:arms?|hands?|feet|foot|leg)\b",
        rf"\bsame side\b{gap(40)}\b{_NUMB}|\b{_NUMB}{gap(40)}\bsame side\b",
        rf"\b(?:linker|rechter)(?:arm|hand|been)\b{gap(12)}\b(?:slaapt|sliep|slap|krachteloos|lam)\b",
        # one limb that is lost, dropped things
        rf"\b{_LIMB}\b{gap(30)}\b{_NOT_OBEY}\b|\b(?:leg|foot)\b{gap(25)}\b(?:drags|slaps)\b",
        (
            r"\b(?:arm|hand|leg)(?:'s| has| had| is| was)?(?: suddenly)? (?:gone|went|going) (?:\w+ )?(?:weak|dead|"
            r"limp|numb|lifeless)\b"
        ),
        (
            rf"\b{MY} (?:left |right |linker|rechter)?(?:leg|thigh|cheek|been|wang)\b{gap(15)}\b(?:numb\w*|gevoelloos|"
            r"verdoofd)\b"
        ),
        (
            r"\b(?:keep|kept|keeps) dropping (?:things|my (?:fork|cup|spoon|pen))\b|\blaat alles uit (?:mijn|m'n) "
            r"(?:\w+)\b"
        ),
        (
            rf"\b{_FELT} (?:in|below|from) (?:my|the|one|both)\b|\b(?:hands?|legs?|arms?|feet) (?:have|has|had) (?:no|"
            r"lost) feeling\b"
        ),
        (
            rf"\b{CANNOT} (?:move|feel) (?:my|both|either) (?:legs?|arms?|hands?)\b|\b{CANNOT} lift (?:the|my) "
            r"(?:toes?|foot)\b"
        ),
        (
            r"\b(?:electric\w*|jolt|shock|schok)\b[^.!?;]{0,15}?\b(?:down|through|door) (?:both|my|mijn|m'n) (?:arms?|"
            r"legs?|spine|neck|nek|armen|benen)\b"
        ),
        r"\bslappe (?:arm|armen|hand|been)\b(?! (?:na|van))|\bdove (?:hand|been|wang|lip)\b",
        # the spine: saddle and bladder
        rf"\b(?:{_NUMB}|{_FELT}){gap(20)}\b{_BELOW}\b|\b{_BELOW}\b{gap(15)}\b{_NUMB}",
        r"\b(?:don'?t|can'?t|cannot|do not) feel when i (?:need|have) to (?:pee|wee|go)\b",
        r"\b(?:wet|soiled) (?:myself|my (?:shorts|pants|trousers))\b(?! laughing)",
        rf"\b{CANNOT} (?:pee|wee|urinate|control my (?:bladder|bowels?))\b(?! (?:in|before|outdoors))",
        (
            r"\b(?:kan|voel) (?:\w+ ){0,2}niet (?:meer )?(?:plassen|wanneer ik moet plassen)\b|\bplas (?:ik )"
            r"?(?:zomaar |ineens )?in (?:mijn|m'n) broek\b(?! van)"
        ),
    ),
}
