"""What a telephone triage asks for first: emergencies by their names, and signs of them in everyday words.

By the same kinds as the symptoms. Regular expressions, matched without regard to case, on folded text (no accents).
"""

_LEFT_ARM = r"(?:left arm|linker ?arm)"
_ARM_PAIN = r"(?:pain\w*|hurt\w*|ach(?:e|es|ing)|heavy|heaviness|dead|weak|pijn\w*|zeer|zwaar|slap)"
_WHILE_STILL = (
    r"(?:at rest|resting|sitting|sofa|couch|lying|lay|in bed|asleep|woke|desk|watching|telly|tv|reading|armchair|"
    r"doing nothing|standing still|no reason|in rust|bank|bureau|stil|wakker|televisie|lig)"
)
_FAST = r"\b1[1-9]\d\b"
_PULSE = r"(?:pulse|heart ?rate|hr|bpm|hartslag|pols)"

TRIAGE: dict[str, tuple[str, ...]] = {
    "chest": (
        r"\bcardiac (?:arrest|event)\b|\bhart(?:aanval|stilstand)\b|\bmyocard\w*|\bpericarditis\b",
        r"\b(?:chest|borst\w*)\b[^.!?;]{0,30}?\b(?:burst\w*|explod\w*|clos(?:es|ing) (?:in|up))",
        (
            r"\b(?:pain\w*|ach(?:e|es|ing)|burn\w*|pressure|pressing|stab\w*|squeez\w*|tight\w*|weight|pijn\w*|druk\w*|"
            r"brand\w*|steek|steken|stekend\w*)\b[^.!?;]{0,30}?\b(?:behind|between|achter|tussen) (?:my |the |mijn |"
            r"m'n |de |het )?(?:ribs?|ribcage|breast ?bone|sternum|ribben|borstbeen)\b"
        ),
        rf"\b{_ARM_PAIN}\b[^.!?;]{{0,25}}?\b{_LEFT_ARM}\b(?! day)|\b{_LEFT_ARM}\b[^.!?;]{{0,20}}?\b{_ARM_PAIN}\b",
        (
            r"\b(?:pain|ache|pressure|pijn)\b[^.!?;]{0,20}?\b(?:radiat\w*|spread\w*|shoot\w*|straalt|uitstral\w*)\b"
            r"[^.!?;]{0,20}?\b(?:arm|arms|jaw|kaak|armen)\b"
        ),
    ),
    "heart": (
        r"\b(?:tachy|brady)cardi\w*|\bcardiomyopath\w*|\bheart (?:block|valve|surgery|attacks?)\b",
        r"\bpace ?maker\b(?! for (?:a |the |my )?(?:sub|marathon|half|race|\d))",
        r"\bpalp[aie]t\w*|\bhart(?:operatie|klep\w*|infarct|patient\w*)\b",
        rf"\b{_PULSE}\b[^.!?;]{{0,25}}?{_FAST}[^.!?;]{{0,60}}?\b{_WHILE_STILL}\b",
        rf"\b{_WHILE_STILL}\b[^.!?;]{{0,60}}?\b{_PULSE}\b(?:(?!max|highest|peak)[^.!?;]){{0,25}}?{_FAST}",
        rf"{_FAST}(?: bpm| beats| slagen)\b[^.!?;]{{0,40}}?\b{_WHILE_STILL}\b",
        rf"\b{_WHILE_STILL}\b[^.!?;]{{0,40}}?{_FAST}(?: bpm| beats| slagen)",
        (
            r"\b(?:heart|pulse|hart)\b[^.!?;]{0,40}?\b(?:rac(?:es|ing|ed?)|pound\w*|hammer\w*|thump\w*|bonk\w*|bonst)\b"
            rf"[^.!?;]{{0,60}}?\b{_WHILE_STILL}\b"
        ),
        (
            rf"\b{_WHILE_STILL}\b[^.!?;]{{0,60}}?\bheart\b[^.!?;]{{0,25}}?\b(?:rac(?:es|ing|ed?)|pound\w*|"
            rf"hammer\w*|thump\w*)"
        ),
    ),
    "head": (
        r"\bseizures?\b|\bsiezures?\b|\bepilep\w*|\bconvuls\w*|\bstuiptrek\w*",
        r"\b(?:had|having) (?:a|another) fit\b(?! of)",
        r"\b(?:insult|toeval|absence) (?:gehad|gekregen)\b|\b(?:kreeg|had) een (?:insult|toeval)\b",
        (
            r"\bmini[- ]?strokes?\b|\bberoerte\w*|\bhitteberoerte\b|\btia'?s?"
            r" (?:gehad|gekregen)\b|\b(?:a|een|had) tia\b"
        ),
        (
            r"\b(?:had|have|having|suffered|get|got|after|since|from|recover\w*|signs? of|symptoms? of) (?:a |my |the |"
            r"an? \w+ )?stroke\b(?! (?:rate|count|technique|work|coach\w*|drills?|of |volume|length|correction|play|"
            r"index|improv))"
        ),
        (
            r"\b(?:i had|have|i've got|i got|suffered|think it's|it's|gave me|with) (?:a |mild |touch of |"
            r"bit of )*(?:heat|"
            r"sun)[- ]?stroke\b|\bzonnesteek (?:gehad|opgelopen|gekregen)\b|\b(?:heb|had|"
            r"kreeg) (?:ik )?een zonnesteek\b"
        ),
        r"\bherseninfarct\b|\bhersenbloeding\b|\bbrain (?:bleed|haemorrhage|hemorrhage|tumou?r|injury)\b",
        r"\baneur[iy]sma?\b",
        r"\bdi+z{2,}\w*|\b(?:white|grey|gray|blank|conk)ed out\b|\bbuiten kennis\b|\bvan (?:mijn|m'n|me) sus\b",
        r"\bdisorient(?:ed|ated)\b|\bdelirious\b|\bgedesorienteerd\b|\bunsteady on my feet\b|\bweggevallen\b",
        r"\b(?:worst|thunderclap|blinding) headache\b|\bheadache of my life\b|\bergste hoofdpijn\b",
        r"\b(?:lost|losing|lose) (?:my |the )?(?:sight|vision|eyesight)\b",
    ),
    "breath": (
        r"\banaphyla\w*|\banafyla\w*|\bepi-?pen\b|\b(?:asthma|astma)[- ]?(?:attack|aanval)\w*",
        r"\bpulmonary embol\w*|\blongembolie",
        r"\b(?:throat|tongue|keel|tong)\b[^.!?;]{0,20}?\b(?:clos(?:es|ed|ing)|swell\w*|swollen|dicht|zwelt|dik)\b",
        r"\blips?\b[^.!?;]{0,15}?\b(?:blue|purple)\b|\bblue lips\b|\bblauwe lippen\b|\bademnood\b",
        (
            r"\b(?:breathless|winded|gasping|puffing|buiten adem|hijg\w*)\b[^.!?;]{0,30}?\b(?:at rest|stairs?|sitting|"
            r"sofa|couch|lying|in bed|talking|doing nothing|desk|trap|traplopen|in rust|bank|praten|zit)\b"
        ),
        r"\b(?:snak\w*|happ?en?) naar (?:adem|lucht)\b",
        r"\bkan (?:\w+ )?(?:niet|nauwelijks|amper) (?:\w+ )?(?:door)?ademen\b",
    ),
    "nerve": (
        r"\b(?:one|left|right) side of my (?:body|face|mouth)\b|\bhalfzijdig\b|\bverlamd\w*|\bparaly[sz]ed\b",
        r"\bscheve mond\b",
        r"\b(?:scheef|hangt)\b[^.!?;]{0,15}?\b(?:mond|mondhoek|gezicht)\b",
        r"\b(?:mond|mondhoek|gezicht)\b[^.!?;]{0,15}?\b(?:scheef|hangt)\b",
        (
            r"\b(?:can'?t|couldn'?t|cannot) (?:speak|talk|get (?:my |the )?words out)\b(?! (?:right now|now|about|"
            r"to|with|long|much|today))"
        ),
        r"\bspeech\b[^.!?;]{0,15}?\b(?:slurr\w*|gone|wrong)|\bwartaal\b|\bonverstaanbaar\b",
        r"\bblood in (?:my|the) (?:urine|pee|wee|stools?|poo|vomit|spit|sick)\b",
        r"\b(?:peed?|peeing|pooing|pissing|vomit\w*|spat|spitting|coughed) (?:up )?blood\b",
        r"\bbloed (?:bij het|in (?:mijn|m'n|de)) (?:plas\w*|urine|ontlasting|spuug|braaksel)\b",
        r"\bbloed (?:geplast|gespuugd|gebraakt|overgegeven)\b",
        r"\b(?:cola|coke|tea|dark brown|brown)[- ](?:coloured |colored )?(?:urine|pee|wee)\b",
        r"\b(?:bruine|colakleurige) (?:urine|plas)\b",
        r"\bblood clots?\b|\bclot in (?:my|the)\b|\bdvt\b|\bthrombos[ie]s\b|\btrombose\w*|\b(?:bloed)prop\b",
        r"\bembol(?:ism|ie)\b",
    ),
    "pain": (
        (
            r"\b(?:pain|ache|cramps?|pijn)\b[^.!?;]{0,20}?\b(?:so|zo) (?:bad|badly|severe|strong|intense|sharp|"
            r"erg|hevig|fel)\b"
        ),
        (
            r"\b(?:pain|pijn)\b[^.!?;]{0,40}?\b(?:cry|cried|crying|tears|screamed|scream|throw up|huil\w*|"
            r"janken|gillen)\b"
        ),
        (
            r"\b(?:cry|cried|crying|screamed|tears|huil\w*|jank\w*)\b[^.!?;]{0,25}?\b(?:from|with|of|in|"
            r"van de) (?:the )?(?:pain|agony|pijn)\b"
        ),
        (
            r"\b(?:pain|pijn)\b[^.!?;]{0,20}?\b(?:[7-9]|10|seven|eight|nine|ten) ?(?:/|out of|op de|van de|"
            r"uit) ?(?:10|ten|tien)\b"
        ),
        r"\bbroken collar ?bone\b|\bcollar ?bone (?:is |was )?(?:broken|snapped|gone)\b",
    ),
}
