"""Heart and chest in everyday words: what grips, what spreads, and a beat that is lost."""

from josi.red_flags.words import MY, STILL, gap

_CHEST = r"(?:chest|breast ?bone|sternum|rib ?cage|borst(?:kas|been|streek)?)"
_HEART = r"(?:heart(?! ?rate)|ticker|pulse|cardiac rhythm)"
_LOAD = (
    r"(?:vi[cs]e|clamp|belt|band|fist|weight|heaviness|load|boulder|rock|anvil|bankschroef|schroef|tang|harnas|korset|"
    r"beton|lood)"
)
_HAND = r"(?:clutch\w*|clasp\w*|grabb\w*|rubb\w*|grasp\w*)"

RHYTHM: dict[str, tuple[str, ...]] = {
    "chest": (
        # a grip or a load, and the hand that goes there
        rf"\b{_LOAD}\b{gap(25)}\b(?:round|around|against|upon|behind|inside|middle of|achter|rond|om) {MY} {_CHEST}\b",
        (
            rf"\b{_CHEST}\b{gap(20)}\b(?:like (?:concrete|lead|cement|a (?:brick|vi[cs]e|drum|knot))|caving in|caved "
            rf"in|"
            rf"in a press|bankschroef|schroef|tang|harnas|korset|beton|lood)\b"
        ),
        (
            rf"\b{_HAND} (?:at )?my {_CHEST}\b(?! (?:with|dry))|\bnaar {MY} borst (?:greep|grijp\w*)|\bgr(?:eep|"
            rf"ijp\w*) naar {MY} borst\b"
        ),
        (
            rf"\b(?:klemmend|snoerend|knellend|wurgend)\w* gevoel\b{gap(15)}\b{_CHEST}\b|\bbeklemming (?:tot|op|in|"
            r"rond|bij)\b"
        ),
        rf"\bbenauwende? (?:pijn|gevoel)|\bpijn\b{gap(45)}\b(?:op|in|achter) {MY} {_CHEST}\b",
        # a pain that spreads to where a heart is felt
        (
            r"\b(?:pain|ache|pressure|burn\w*|weight|heaviness|squeez\w*|pijn)\b"
            rf"{gap(45)}\b(?:into|up to|through to|runs? to|down to|tot in|naar) (?:the front of )?{MY}? ?"
            r"(?:left |linker ?)?(?:chest|jaws?|elbow|arms|shoulders|shoulder blade|arm|kaak|kaken|hals|armen)\b"
        ),
        (
            rf"\b(?:pain|ache|flutter\w*|squeez\w*|bird)\b{gap(25)}\b(?:in|under|behind|from) my (?:left )?(?:breast|"
            r"boob)\b"
        ),
        # the medicine and the repairs of a sick heart
        r"\b(?:nitro ?-?spray|nitroglycerine?|gtn spray|stents?|bypass (?:surgery|operation|op)|bypassoperatie)\b",
    ),
    "heart": (
        # a beat that stops, trips or is lost
        (
            rf"\b{_HEART}\b{gap(35)}\b(?:stops|pauses|halts|forgets?|trip\w* over|wobbl\w*|lurch\w*|thud\w*|stutter\w*|"
            r"hiccup\w*|quiver\w*|capers|backflips?|cartwheels?|misbehav\w*|dropp\w+ beats?|all over the (?:shop|"
            r"place))\b"
        ),
        (
            r"\b(?:missed|skipped|extra|ectopic|dropped|double) (?:heart ?)?beats?\b|\bforgets? to beat\b|\bcardiac "
            r"rhythm\b[^.!?;]{0,15}?\bcraz\w*"
        ),
        rf"\bflutter\w*\b{gap(15)}\b(?:left side(?! of (?!me\b|my\b))|ribs|throat|breast)\b",
        (
            r"\b(?:shocked|zapped|jolted) my heart\b|\bcardiover\w+|\b(?:heart|cardiac) ablation\b|\bimplant\w* "
            r"defibrillator"
        ),
        # fast where the body is still, or long after
        r"\b(?:resting (?:pulse|heart ?rate|hr)|rust(?:pols|hartslag)) (?:is |was |of |at |van |op )*1[1-9]\d\b",
        rf"\b{_HEART} (?:is |was |keeps? |kept |just )*(?:going|goes|went)\b{gap(45)}\b{STILL}\b",
        rf"\b{_HEART}\b{gap(20)}\b(?:rac(?:es|ed|ing)|pound\w*|hammer\w*|thump\w*){gap(40)}\b{STILL}\b",
        (
            rf"\b(?:{_HEART}|heart ?rate|hr|it) (?:still |was |is |kept |keeps )*(?:rac(?:ed|es|ing)|pound\w*|"
            rf"hammer\w*|"
            r"stayed (?:at|above|over)|at 1[4-9]\d)"
            rf"{gap(20)}\b(?:long|hours?|an hour|ages|\w+ minutes) (?:after|later)\b"
        ),
        # Dutch
        (
            rf"\b(?:hart|rikketik)\b{gap(25)}\b(?:stil ?(?:val\w*|viel|stond|staat)|stond (?:even )?stil|stopt|"
            rf"haper\w*|struikel\w*|galopp\w*|"
            r"huppel\w*|van slag|van de leg|uit de maat|doet raar|klop klop)"
        ),
        r"\b(?:galopp\w*|fladdert|hapert|struikelt) (?:mijn|m'n|mn) hart\b",
        rf"\b(?:ge)?fladder\w*\b{gap(15)}\b(?:linker)?(?:borst|hart)\b",
        rf"\bpols\b{gap(25)}\b(?:door elkaar|alle kanten op|onregelmatig|schrok)\b",
        r"\bablatie\b",
    ),
}
