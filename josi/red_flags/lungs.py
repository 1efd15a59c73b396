"""Airway and lungs: what closes or swells, breath that is short where little is asked, and oxygen that is low."""

from josi.red_flags.words import CANNOT, MY, STILL, gap

_TRIFLE = (
    r"(?:(?:one|a|single) flight|flight of (?:stairs|steps)|to (?:the )?(?:toilet|loo|bathroom|kitchen)|getting "
    r"dressed|"
    r"naar de (?:wc|keuken)|aankleden|tying my (?:shoes|laces))"
)
_SHORT = r"(?:breathless|winded|out of (?:breath|puff)|panting|buiten adem|hijg\w*)"
_WORDS = r"(?:(?:two|three|four|few) words|(?:a|one|half a|full) sentence|(?:twee|drie|vier|paar) (?:woorden|zinnen))"
_HELPS_NOT = (
    r"(?:isn'?t|doesn'?t|does not|is not|didn'?t|helpt|werkt|doet) (?:\w+ )?(?:touch\w*|help\w*|work\w*|niet|niks|"
    r"amper)"
)

LUNGS: dict[str, tuple[str, ...]] = {
    "breath": (
        # throat, lips, allergy
        (
            rf"\b{CANNOT} swallow(?: (?:properly|anything|water|my (?:own )?(?:spit|saliva)))?(?=\s*(?:[.,!?;]|$|"
            r"(?:and|but|since|after|today|now)\b))"
        ),
        (
            r"\bkan (?:bijna |haast )?(?:niet|nauwelijks|amper) (?:meer )?slikken\b|\b(?:severe|bad|serious) allergic "
            r"reaction\b"
        ),
        r"\b(?:zwelt|zwol|zwellen) (?:\w+ )?(?:op|dicht)\b|\blippen\b[^.!?;]{0,10}?\bblauw\b|\bpaarse lippen\b",
        # at rest, on a trifle, in talking, lying flat
        (
            rf"\bbreath\w* (?:as though|as if|like)\b{gap(40)}\b{STILL}\b|\b{STILL}\b{gap(40)}\bbreath\w* (?:as "
            r"though|as if|like)\b"
        ),
        rf"\b(?:panting|gulping|gasping)\b{gap(40)}\b{STILL}\b|\b{STILL}\b{gap(40)}\b(?:panting|gulping|gasping)\b",
        (
            rf"\b{_SHORT}\b{gap(30)}\b{_TRIFLE}\b|\b{_TRIFLE}\b{gap(30)}\b{_SHORT}\b|\bbreath (?:finish\w*|gone|runs "
            rf"out)\b{gap(25)}\btoilet\b"
        ),
        (
            rf"\b{_WORDS}\b{gap(35)}\b(?:breath|air|gasp\w*|buiten adem|lucht|hijg\w*)\b|\bi pant when i talk\b|"
            r"\bpant when i talk\b"
        ),
        r"\b(?:lying|lie|sleep\w*) (?:down )?flat\b[^.!?;]{0,25}?\b(?:drown\w*|breath\w*|chok\w*|suffocat\w*)",
        (
            r"(?:\bniet (?:meer )?)?\bplat liggen\b[^.!?;]{0,20}?\b(?:stik\w*|adem\w*|lucht)|\bbreath with (?:great |"
            r"much )?difficulty\b|\bsleep upright (?:now|since|because)\b"
        ),
        (
            r"\bw[ao]ke(?:s|n)? (?:up )?(?:chok\w*|gasp\w*|suffocat\w*)|\b(?:fight|fighting|gulping) for (?:air|"
            r"breath|every)\b|\bair hunger\b"
        ),
        r"\b(?:ademen|ademhalen) (?:gaat|lukt) (?:\w+ )?(?:amper|nauwelijks|niet|moeilijk|slecht)\b",
        # lungs that do not fill, whistle or hurt, an inhaler that fails, low oxygen
        (
            r"\blungs? (?:won'?t|wouldn'?t|don'?t|can'?t|wont|dont|cant|cannot) (?:fill|expand|open)|\blong(?:en)? "
            r"voelt dicht\b|\bklaplong\b"
        ),
        (
            r"\b(?:collapsed|punctured) lung\b|\b(?:chest|lungs?) (?:is |are )?whistl\w*|\bik (?:\w+ )?piep(?= als|"
            r"\W*$)|\bpiepende (?:adem\w*|longen)\b"
        ),
        rf"\b(?:inhaler|puffer|ventolin|pufje|inhalator) (?:\w+ )?{_HELPS_NOT}",
        (
            rf"\b(?:stab\w*|steek|steken|pijn)\b{gap(25)}\b(?:(?:when|as|each time|every time) i (?:inhale|breathe in)"
            r"|(?:bij|met) (?:elke|iedere)? ?(?:ademteug|inademen))\b"
        ),
        (
            r"\b(?:pulse )?(?:oxi?meter|(?<!muscle )oxygen (?:saturation|level)|spo2|saturatie|zuurstofgehalte)"
            rf"\b{gap(20)}\b(?:[5-8]\d|9[01])\b"
        ),
        rf"\b(?:thirty|forty|fifty|[3-6]\d) breaths (?:a|per) minute\b{gap(30)}\b{STILL}\b",
        (
            rf"\b(?:bee sting|wasp|hornet|stung|peanuts?|gestoken|wesp)\b{gap(40)}\b(?:{MY} )?(?:throat|tongue|"
            r"lips|keel|tong|hives|galbulten)\b"
        ),
    ),
}
