"""Blood where none should be, and blood that clots in a leg. Kind nerve, as all that is neither heart nor breath."""

from josi.red_flags.words import gap

_HOT = r"(?:hot|warm(?!-?[ -]?up)|red|heet|rood|gloeiend(?: heet)?|warme|hete|rode)"
_BIG = (
    r"(?:swollen|twice the size|double the size|bigger|thicker|fatter|puffy|throbbing|dik|dikker|opgezet|dikke|"
    r"gezwollen)"
)
_LEG = r"(?:calf|leg|kuit|onderbeen|been)(?! (?:raises?|day|press|curls?))"

BLOOD: dict[str, tuple[str, ...]] = {
    "nerve": (
        # coughed and spat
        r"\b(?:pink|red|rusty|bloody|frothy|roze|rood) (?:foam|froth|spit|phlegm|mucus|sputum|schuim|slijm)\b",
        (
            r"\b(?:spat|spitting|coughed|coughing)(?: \w+)? (?:red|blood)\b(?! wine)|\bbloed in (?:mijn|m'n|"
            r"het) (?:slijm|"
            r"speeksel)\b"
        ),
        # urine and stool
        (
            r"\b(?:pee|peeing|peed|piss|pissing|urine|wee)\b[^.!?;]{0,15}?\b(?:cola|coke|tea|port|brown|red|bloody|"
            r"pink)\b(?! (?:at|before|break))"
        ),
        r"\b(?:plas|plasje|urine|pis)\b[^.!?;]{0,20}?\b(?:cola|thee|bruin|rood|roze|bloed\w*)\b",
        (
            r"\bblood when i (?:go to|went to|pee|peed|wipe|poo)\b|\bblood in the (?:toilet|bowl|loo)\b|\bbloed als "
            r"ik (?:plas|poep)\b"
        ),
        r"\bblack (?:stools?|poo)\b|\btarry stools?\b|\bzwarte ontlasting\b|\bbloed in de wc\b",
        # what does not stop, and what was thrown up
        (
            r"\b(?:bleeding|nosebleed|bloeding|bloedneus)\b[^.!?;]{0,15}?\b(?:won'?t stop|doesn'?t stop|stopt niet|"
            r"houdt niet op)"
        ),
        # a leg with heat and size at once
        rf"\b{_LEG}(?:'s| is| has been| feels| voelt)?\b{gap(35)}\b{_HOT}\b{gap(30)}\b{_BIG}\b",
        rf"\b{_LEG}\b{gap(30)}\b{_BIG}\b{gap(20)}\b{_HOT}\b(?! (?:bath|shower|weather|water|day))",
        rf"\b{_HOT},? (?:and |en )?{_BIG} {_LEG}\b|\b{_BIG},? (?:and |en )?{_HOT} {_LEG}\b",
    ),
}
