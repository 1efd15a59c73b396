"""Symptoms of heart, chest, head, breath and nerves. Regular expressions, matched without regard to case.

When in doubt a symptom is a red flag: a needless question costs a moment, a missed one may cost a life.
"""

_NOT = r"(?<!\bnot )(?<!n't )(?<!\bno )(?<!\bniet )(?<!\bgeen )(?<!\bzonder )"  # "my chest does not hurt"

_CHEST = r"(?:chest|breast ?bone|sternum|ribcage)"
_HURTS = (
    r"(?:pain\w*|hurt\w*|ach(?:e|es|ing|y)|tight\w*|pressure|squeez\w*|burn\w*|stab\w*|heav(?:y|iness)|"
    r"flutter\w*|funny|weird|discomfort|twing\w*|prickl\w*|squash\w*|compress(?!ion)\w*|press(?:es|ing)|"
    r"clench\w*|sting\w*|cramp\w*|"
    r"crush\w*|constrict\w*|thump\w*|pinch\w*|pounding|numb\w*|thing|feels? (?:off|wrong|strange|odd)|"
    r"bothering|acting up|playing up)"
)
_BORST = r"(?:borst(?:kas|been|streek|holte|wand)?)"
_PIJN = (
    r"(?:pijn\w*|druk\w*|steek|steken|stekend\w*|strak\w*|beklem\w*|benauwd\w*|brand\w*|knel\w*|zeer|"
    r"zwaar|kramp\w*|raar|vreemd|knijp\w*)"
)
SENSATION = rf"(?:{_HURTS}|{_PIJN})"
_AT_REST = (
    r"(?:at rest|resting|no reason|nothing|sitting|sit|sofa|couch|lying|in bed|all night|"
    r"haven'?t (?:even )?moved|not (?:even )?(?:moving|exercising)|"
    r"doing nothing|desk|for hours|since|in rust|stil zit|stilzit|bank|zonder reden|traplopen|hele nacht|lig)"
)
_AROUND = r"(?:room|world|everything|ground|floor|head|sky|gym|trail|road|walls?|ceiling|street|track)"

# Heart, chest, head and breath: name -> patterns.
SYMPTOMS: dict[str, tuple[str, ...]] = {
    "chest": (
        r"\b(?:tight|heavy)[- ]chest\w*",
        rf"\b{_CHEST}\b[^.!?;]{{0,25}}?\b(?:worr\w+|scar(?:es|ed|ing|y)|not right|strange|wrong)\b",
        rf"{_CHEST}\b[^.!?;]{{0,40}}?\b{_NOT}{_HURTS}",
        rf"\b{_HURTS}\b[^.!?;]{{0,30}}?\b{_CHEST}\b",
        rf"\b{_BORST}\b[^.!?;]{{0,30}}?\b{_NOT}{_PIJN}",
        rf"\b{_PIJN}[^.!?;]{{0,25}}?\b{_BORST}\b",
        (
            rf"\b(?:some(?:one|body|thing)|elephant|weight|brick|stone|truck|vice|vise|iron band|fist|knot|grip|"
            rf"sits|sat|sitting|standing|kneeling|lies|presses)\b[^.!?;]{{0,30}}?\b(?:on|in|around|across|over|"
            rf"to) (?:my |the )?{_CHEST}\b"
        ),
        (
            rf"\b{_CHEST}\b[^.!?;]{{0,25}}?\b(?:in a (?:vice|vise|grip|clamp|fist)|gripped|clamped|clench\w*|"
            rf"was hit|full of (?:stones|lead)|on fire|sore when i (?:breathe|run|climb))"
        ),
        (
            rf"\b(?:iemand|iets|olifant|steen|gewicht|band|zit|staat|ligt)\b[^.!?;]{{0,25}}?\bop (?:mijn|m'n|mn|"
            rf"de) {_BORST}\b"
        ),
        rf"\bop (?:mijn|m'n|mn) {_BORST} (?:zit|staat|ligt|drukt)",
        r"\bche?a?st ?p(?:ia|ai|a|ae)ns?\b|\bchets (?:pain|hurts)|\bhcest (?:pain|hurts)",
        r"\bangina\b|\bborstpijn\b|hartinfarct|heart attack",
    ),
    "heart": (
        (
            r"\b(?:heart(?! ?rate)|ticker)\b[^.!?;]{0,25}?\b(?:craz\w*|strange\w*|wrong|not right|worr\w+|"
            r"scar(?:es|ed|ing|y)|rhythm|haywire|miss\w*)\b"
        ),
        r"\bmissing (?:a |some )?beats\b",
        r"\bpalpitation\w*|\barr?h?ythmia\w*|\ba-?fib\b|atrial fib\w*|irregular (?:heart ?beat|pulse|heart)",
        r"heart ?beat (?:is |feels |was )?(?:irregular|off|all over)",
        r"heart (?:murmur|failure|condition|disease|problem\w*|trouble|issue\w*|symptom\w*|pain\w*|ache)",
        (
            r"\bheart\b[^.!?;]{0,30}?\b(?:skip\w*|flutter\w*|stumbl\w*|somersault\w*|irregular\w*|funny|"
            r"weird\w*|stopp\w+|miss\w* (?:a |some )?beats?|hurts?|hurting|acting up|playing up|(?<!rate )jump\w*|"
            r"flip\w*|"
            r"out of rhythm|beats? (?:strangely|oddly|wrong))"
        ),
        (
            r"\b(?:pulse|ticker)\b[^.!?;]{0,30}?\b(?:irregular\w*|skip\w*|jump\w*|all over|funny|weird\w*|"
            r"erratic|uneven|playing up|acting up|stumbl\w*)"
        ),
        r"\b(?:around|near|in|over|behind) (?:my|the) heart\b|\bheart (?:area|region|side)\b|\bunsteady heart",
        (
            rf"\b(?:heart|pulse)\b[^.!?;]{{0,40}}?\b(?:rac(?:es|ing|ed?)|pound\w*|hammer\w*|sky[- ]?high|"
            rf"through the roof|going crazy|beating (?:really |so |very |too )?fast|"
            rf"thump\w*)\b[^.!?;]{{0,50}}?{_AT_REST}"
        ),
        (
            rf"\b{_AT_REST}\b[^.!?;]{{0,40}}?\b(?:heart|pulse)\b[^.!?;]{{0,30}}?\b(?:rac(?:es|ing|ed?)|pound\w*|"
            rf"hammer\w*|sky[- ]?high|beating (?:really |so )?fast)"
        ),
        r"(?:doctor|cardiologist|gp)[^.!?;]{0,40}\b(?:check|look at|examine|test)\w*\b[^.!?;]{0,15}\bheart\b",
        r"\bhart(?:kloppingen|klopping|ritmestoornis\w*|klachten|overslagen?|ruis|pijn|falen)\b",
        r"\bboezemfibrilleren\b",
        (
            r"\bhart\b[^.!?;]{0,30}?\b(?:slaat|sloeg|slaan|over\b|overslaat|fladdert|bonst|bonkt|bonst|raar|"
            r"vreemd|tekeer\w*|op hol|onregelmatig|pijn|steekt|jaagt)"
        ),
        r"\bonregelmatige (?:hartslag|pols)\b",
        (
            r"\bhart(?:slag|ritme)\b[^.!?;]{0,25}\b(?:onregelmatig|torenhoog|in rust (?:veel )?te hoog|haper\w*|"
            r"slaat over|mist)"
        ),
        r"\b(?:haper\w*|rare|vreemde|gekke|overslaande)\b[^.!?;]{0,20}\bhart(?:slag|ritme)?\b",
        r"\b(?:druk|pijn|steken) (?:op|in|aan|bij|rond) (?:het|mijn|m'n) hart\b",
    ),
    "head": (
        r"\bdizz(?:y|iness|ier|ying spells?)\b|\bdizz?[iy]+(?:ness)?\b|\blight[- ]?headed\w*|\bwoozy\b",
        r"\bvertigo\b|\bgiddy\b",
        # A road that tilts up is a climb, and "the gym, then swimming" is a plan: what turns by itself does so now.
        (
            rf"\b{_AROUND}\b[^.!?;]{{0,20}}?\b(?:is|was|are|were|keeps?|kept|start\w*|began|begins?|went|goes|seem\w*|"
            r"felt|feels|like|(?:wo|would|does|did|ca)n'?t|(?:will|would|does|did) not|cannot)(?: \w+){0,3}? "
            r"(?:spin(?:ning)?|whirl\w*|sway\w*|tilt(?:ing|ed)|turning round|swimming|"
            r"moving under me)\b"
        ),
        (
            rf"\b{_AROUND}(?: \w+)?,? (?:spins|spun|spinning|whirl\w*|sway\w*|swims|tilt(?:s|ed)(?! (?:up|down|"
            rf"uphill|downhill)))\b"
        ),
        r"head (?:is |was |keeps )?(?:spinning|swimming)",
        r"\bfaint(?:ed|ing|s)?\b|\bpass(?:ed|ing)? out\b|\bblack(?:ed|ing) ?out\b",
        r"\b(?:had|having|got|getting) (?:\w+ )?black-?outs?\b|\bblack-?outs\b|\bthe spins\b",
        (
            r"(?:everything|it|all|world|eyes|vision|sight|lights) (?:just )?(?:went|goes|going|"
            r"turned) (?:all )?(?:black|dark|grey)\b"
        ),
        r"\bkeel(?:ed)? over\b|los(?:t|e|ing) consciousness",
        r"\bunconscious\b|\bcollaps(?:ed|ing)\b|(?:see(?:ing)?|saw) (?:\w+ )?(?:stars|spots|double)",
        r"(?:came|come|coming) (?:to|round|around) (?:on|in|lying|with)",
        r"woke up on the (?:floor|ground|pavement|road)|(?:knees|legs) (?:just )?(?:gave way|buckled|gave out)",
        r"\bsyncope\b|\bswoon\w*",
        r"(?:vision|eyesight)\b[^.!?;]{0,25}\b(?:blur\w*|went|gone|black|tunnel|double)|blurr(?:y|ed) vision",
        r"tunnel vision|(?:nearly|almost) (?:went down|dropped)\b",
        r"\bduizel\w*|van (?:mijn|m'n|mn|me) (?:stokje|graat)|\bonwel\b",
        r"weg(?:geraakt|gevallen|gezakt) (?:op|tijdens|onder)|zakte (?:\w+ )?door (?:mijn|m'n) benen",
        r"\bflauw ?(?:gevallen|vallen|val|viel|te vallen)\b|(?:viel|val|vallen)\w* (?:\w+ ){0,2}flauw",
        r"\bflauw\b(?! idee| grapje)|licht in (?:mijn|m'n|mn|het|me) hoofd|zwart voor (?:mijn|m'n|mn|de) ogen",
        r"\bbuiten (?:westen|bewustzijn)\b|\bsterretjes\b|zwarte vlekken",
        r"draai\w* (?:\w+ )?(?:in|van) (?:mijn|m\'n|mn) hoofd|\btoll(?:en|ig)\b|(?:alles|kamer|wereld) draait",
        r"\bdraaierig\b|wazig (?:zicht|zien)|bewusteloos|(?:ging|gaan|ga) (?:\w+ ){0,2}out\b",
    ),
    "breath": (
        r"\bcouldn'?t (?:\w+ )?(?:breathe?|catch my breath|get (?:enough |any )?air)|\bwoke up (?:gasping|choking)",
        r"short(?:ness)? of breath|can'?t (?:\w+ )?(?:breathe?|catch my breath|get (?:enough |any )?air)",
        r"cannot breathe|(?:breathing|breath) (?:problems?|difficult\w*|trouble)",
        r"(?:trouble|difficulty|problems?|struggl\w+) (?:with )?breathing|gasping for air at rest",
        r"struggl\w+ to breathe|wheez\w+",
        r"\bkortademig\w*|\bbenauwd\w*|geen lucht\b|(?:moeilijk|moeite met|slecht) (?:adem\w*)",
        r"krijg (?:\w+ ){0,3}(?:geen|nauwelijks) (?:lucht|adem)",
    ),
    "nerve": (
        r"\b(?:arm|face|jaw|side of my (?:face|body))\b[^.!?;]{0,40}\b(?:numb\w*|tingl\w*|droop\w*)",
        r"\b(?:numb\w*|tingl\w*|pins and needles)\b[^.!?;]{0,30}\b(?:arm|face|jaw)\b",
        r"\bjaw\b[^.!?;]{0,20}\b(?:into|to|and)\b[^.!?;]{0,10}\barm\b|slurr\w+ (?:my )?(?:speech|words)",
        r"\b(?:arm|linkerarm|gezicht|kaak)\b[^.!?;]{0,30}\b(?:tintel\w*|doof|verdoofd|gevoelloos|slap)",
        r"\b(?:tintel\w*|dove|gevoelloze)\b[^.!?;]{0,20}\b(?:arm|linkerarm|gezicht|kaak)\b",
        r"cough\w* (?:up )?(?:some )?blood|blood (?:in my|when i cough)|bloed (?:op)?(?:gehoest|hoest)",
        r"hoest\w* (?:\w+ )?bloed|\bsweating cold\b|\bcold sweats?\b|koud zweet",
        r"(?:hit|banged|knocked|bumped) my head|head injury|\bconcuss\w*|hersenschudding",
        r"op (?:mijn|m'n) hoofd gevallen|splitting headache",
    ),
}
