"""Going down, and what goes before it: faints, blows to the head, heat, sugar that runs out. All of kind head."""

from josi.red_flags.words import CANNOT, MY, gap

_HEAD = r"(?:head|temple|skull|hoofd|kop|slaap|schedel)"
_BLOW = r"(?:blow|knock|kick|punch|knee|elbow|bump|ball|puck|barbell|branch|klap|stoot|trap|knie|elleboog|bal)"
_GROUND = r"(?:floor|ground|grass|ditch|pavement|tarmac|ambulance|mat)"
_WITHOUT_MEMORY = (
    rf"(?:(?:don'?t|do not|didn'?t|did not|{CANNOT}) (?:remember|recall)) (?:driving|riding|getting|walking|coming|the "
    r"(?:drive|ride|way)|how i (?:got|came))(?: back| home| there| here| to)\b"
)
_LOW = r"(?:(?:very|too|so|way|dangerously|really|veel|heel|erg|veel te|te) (?:low|laag)|plummet\w*|crash\w*)"

COLLAPSE: dict[str, tuple[str, ...]] = {
    "head": (
        # gone for a moment, and those who saw it
        (
            r"\b(?:was|been) (?:out|gone|away) for (?:a (?:few )?(?:seconds?|moments?)|(?:half )?a minute|\w+ "
            r"seconds)\b"
        ),
        r"\bone moment (?:away|gone)\b|\bout cold\b",
        (
            r"\bnext thing i (?:knew|know|remember)\b[^.!?;]{0,40}?\b(?:slapp\w*|fann\w*|lying|medics?|paramedics?|"
            rf"lifeguard|face|cheeks|{_GROUND})\b"
        ),
        (
            rf"\b(?:woke up|came round|came to|come to)\b{gap(20)}\b(?:fanning|slapping|staring|leaning|medics?|"
            rf"{_GROUND})\b"
        ),
        (
            rf"\bfound me (?:\w+ )?(?:slumped|unresponsive|sprawled|lying on the {_GROUND})\b|\bslid off (?:my|the) "
            r"chair\b"
        ),
        r"\b(?:caught|held|steadied) me (?:before|as|when) i (?:fell|went|dropped|hit)\b",
        r"\b(?:my|that|this|another|the) (?:\w+ )?black-?out (?:on|during|after|while|when)\b",
        r"\blag (?:ineens|opeens|plots\w*|zomaar) op de (?:grond|vloer|straat)\b|\bweg van de wereld\b",
        r"\btegen de vlakte\b|\b(?:minuutje|even|seconden|tel) (?:weg|out|buiten bewustzijn) geweest\b",
        # confused, without memory
        rf"\b{_WITHOUT_MEMORY}|\bniet meer hoe ik (?:thuis|hier|daar|er) (?:ben )?(?:ge)?k(?:om|wam)",
        (
            rf"\b{CANNOT} (?:even )?(?:tell|say|remember|recall) (?:\w+ )?(?:(?:what|which) (?:day|year|month) it was|"
            r"where i was)\b"
        ),
        r"\bdid(?:n'?t| not) know (?:who i was|where i was(?! (?:on|in|going|heading|at)))\b|\bmy own name\b",
        r"\bwist niet (?:meer )?(?:waar ik was|wie ik was|welke dag het was)\b|\bverward\b(?! (?:door|over|met|welke))",
        # heat
        (
            r"\bstopped sweating\b[^.!?;]{0,60}?\b(?:heat|hot|sun|confus\w*|shiver\w*|goose ?bumps|chills?|burning)\b|"
            r"\b(?:heat|hot|sun)\b[^.!?;]{0,60}?\b(?:stopped sweating|not sweating any ?more)\b"
        ),
        r"\b(?:confused|muddled|delirious|incoherent) (?:in|from|after|with) (?:the |this |all that )?(?:heat|sun)\b",
        (
            r"\b(?:stopte met zweten|hield op met zweten|zweet(?:te)? (?:\w+ )?niet meer)\b|\b(?:had|got|with|have) "
            r"heat exhaustion\b"
        ),
        # sugar
        r"\b(?:had|having|got|in|after) (?:a |another |my )?(?:bad |nasty |severe )?hypos?\b|\been (?:\w+ )?hypo\b",
        (
            rf"\b(?:blood sugar|glucose|bloedsuiker|suikerspiegel)\b{gap(20)}\b(?:{_LOW}|(?:at |of |was |is |van |op )"
            r"?[123][.,]\d\b)"
        ),
        (
            r"\b(?:shak(?:y|ing)|trembling|trill\w*|bibber\w*)\b[^.!?;]{0,25}?\b(?:confus\w*|insulin\w*|insuline|"
            r"verward)\b|"
            r"\binsulin\w*\b[^.!?;]{0,40}?\b(?:shak(?:y|ing)|trembl\w*|tril\w*)"
        ),
        # blows to the head
        (
            rf"\b{_BLOW}\b{gap(15)}\b(?:to|on|in|against|op|tegen) (?:the |my |mijn |m'n |het |"
            rf"de )?{_HEAD}\b"
        ),
        (
            r"\b(?:me|i (?:was|got)) (?:hit|kicked|punched|struck|elbowed|whacked) (?:hard )?(?:in|on|over) (?:the |"
            rf"my )?{_HEAD}\b"
        ),
        r"\b(?:fell|landed|came down) (?:\w+ )?(?:on|onto) (?:my|the back of my) head\b",
        (
            r"\bknocked (?:unconscious|senseless|out (?:cold|for (?:a|some|\w+) (?:seconds?|minutes?|moment)|by (?:a|"
            r"the|an) (?:ball|branch|elbow|fall|kick|puck)))\b"
        ),
        (
            rf"\b(?:handlebars|crash\w*|fell|came off|fall)\b{gap(60)}\bhelmet\b{gap(15)}\b(?:split|crack\w*|smashed|"
            r"in two|shatter\w*)\b"
        ),
        (
            rf"\bhoofd gestoten\b|\bmet {MY} (?:hoofd|kop) (?:tegen|op) (?:de|een|het) (?:stoep\w*|grond|tegels|paal|"
            r"balk|ijs|asfalt|boom)\b"
        ),
        # a headache like none before
        rf"\b(?:axe|hatchet|ice ?pick|nail|knife)\b{gap(8)}\b(?:in|through|into) (?:it|my (?:head|skull|temple))\b",
        (
            r"\b(?:knallende|barstende) (?:kop|hoofd)pijn\b|\b(?:ineens|plotseling|opeens)\b[^.!?;]{0,15}?\b(?:kop|"
            r"hoofd)pijn\b"
        ),
        r"\bsudden(?:ly)?\b[^.!?;]{0,25}?\bheadache\b|\bheadache\b[^.!?;]{0,25}?\b(?:suddenly|out of nowhere)\b",
        (
            rf"\bhead (?:is |was |feels )?(?:exploding|bursting)(?! with)\b|\b{CANNOT} (?:stand|bear|tolerate) (?:the "
            r"|any |bright |day)?light\b(?! \w)"
        ),
    ),
}
