"""Injuries beyond a niggle: joints out of place, bones, weight that cannot be borne, belly and testicles."""

from josi.red_flags.words import CANNOT, MY, gap

_JOINT = (
    r"(?:knee(?:cap)?|ankle|shoulder|elbow|hip|wrist|finger|thumb|knie(?:schijf)?|enkel|schouder|elleboog|heup|pols)"
)
_FRUIT = r"(?:grapefruit|melon|balloon|football|golf ?ball|tennis ball|meloen|ballon|tennisbal|sinaasappel)"
_BELLY = r"(?:belly|abdomen|stomach|tummy|kidneys?|flank|buik)"
_TESTICLE = r"(?:testic\w*|scrotum|teelbal\w*|zaadbal\w*|balzak)"
_SEVERE = (
    r"(?:agony|excruciating|unbearable|severe|rigid|stabbing|ripping|tearing|doubled (?:up|over)|hevige?|"
    r"ondraaglijk\w*|"
    r"keihard|plankhard|ineenkrimp\w*)"
)

TRAUMA: dict[str, tuple[str, ...]] = {
    "pain": (
        # joints
        rf"\b{_JOINT}\b{gap(15)}\b(?:popped|slid|slipped|jumped|shot) out\b(?! of (?:the|my) shoe)|"
        rf"\b{_JOINT}\b{gap(12)}\bschoot (?:er)?uit\b",
        (
            rf"\b{_JOINT} (?:keeps? |has |just |\w+ ){{0,2}}?(?:buckl\w*|giv\w+ way|gave way|lock(?:s|ed)(?! in))\b|"
            r"\buit de kom\b"
        ),
        rf"\b{_JOINT}\b{gap(25)}\b(?:like|size of|big as|dik als) (?:a |an |een )?{_FRUIT}\b",
        (
            rf"\b{_JOINT}\b{gap(45)}\b(?:(?:pointing|bent|hanging|facing) (?:the )?(?:wrong|funny|odd)|bend it did "
            r"not have|deformed)\b"
        ),
        (
            r"\bbone (?:is |was )?(?:sticking|poking|showing)|\bdoor ?(?:mijn|de) huid\b|\bat an? (?:odd|weird|wrong|"
            r"funny) angle\b"
        ),
        # weight
        (
            rf"\b{CANNOT} (?:bear|put|take) (?:any |my )?weight\b|\b(?:cannot|could not|unable to) (?:stand|walk) on "
            r"(?:it|him|her|my)\b"
        ),
        rf"\b(?:back|pain|rug)\b{gap(60)}(?:{CANNOT} get (?:back )?up\b(?! (?:early|at|before|in))|\bto my knees\b)",
        # bone
        r"\b(?:thigh|shin) ?bone\b[^.!?;]{0,40}?\b(?:at night|screams?|awake|when i (?:tap|press|touch))\b|\bbotpijn\b",
        r"\b(?:hurts?|pain) (?:\w+ )?at night\b|\bpijn (?:\w+ )?'?s nachts\b",
        # belly, kidneys, testicles
        rf"\b{_BELLY}\b{gap(20)}\b{_SEVERE}\b|\b{_SEVERE}\b{gap(20)}\b{_BELLY}\b",
        (
            rf"\b{_TESTICLE}\b{gap(30)}\b(?:pain\w*|twist\w*|hurt\w*|agony|sudden\w*|lump|pijn\w*|gedraaid|dik|zeer)\b|"
            rf"\b(?:pain\w*|hurts?|twisted|pijn)\b{gap(15)}\b{_TESTICLE}\b"
        ),
        r"\bdoubled (?:up|over) (?:in|with|from) (?:pain|agony)\b|\bineengekrompen\b|\bdubbelgeklapt van de pijn\b",
        rf"\b(?:kicked|kick|knee|punched|trap) (?:in|to) {MY} (?:kidneys?|nieren)\b",
    ),
}
