"""The word patterns of `josi.red_flags`: symptoms of heart, chest and head, pain that is more than a niggle, and
harmless phrases that share their words. Each entry is one regular expression, matched without regard to case.

When in doubt a symptom is a red flag: a needless question costs a moment, a missed one may cost a life.
"""

# Taken out of the message before anything is looked for.
HARMLESS: tuple[str, ...] = (
    r"heart[- ]?rates? (?:zones?|monitors?|straps?|sensors?|data|drift|training|reserve|variability)",
    r"hearts? (?:is |was )?set on|by heart|(?:at|from|to|of) heart\b|heart of (?:the|a|my|gold)|heart and soul|heart'?s content|heart'?s desire",
    r"(?:take|took|lose|lost|learn\w*|know) (?:it )?(?:to )?heart\b|heart (?:wasn'?t|isn'?t|is not|was not|is) in(?:to)? (?:it|this|the)|broke\w* my heart|heart(?:breaking|break hill|warming|felt|less|y)\b|big heart|heart emoji|chest[- ]thumping|(?:at|in) the heart of|heart shaped",
    r"heart skip(?:s|ped) a beat (?:when|as|every time) i (?:saw|see|hear|heard|read|think|thought)|heart attack hill|sweetheart",
    r"chest (?:press\w*|day|workouts?|exercises?|straps?|belts?|fl(?:y|ies|yes)|muscles|freezer|of drawers|training|and (?:back|shoulders?|triceps|arms))|(?:train|work|hit)(?:ed|ing|s)? (?:my |the )?chest\b|hope chest|treasure chest|off my chest",
    r"(?:strap|belt|band|sensor|jersey|bib|vest|shirt|backpack)\b[^.!?,;]*?\bchest|chest[^.!?,;]*?\b(?:strap|belt|band|sensor|jersey|bib|vest)\b",
    r"dizzying(?:ly)?|dizzy (?:heights|with (?:joy|excitement|happiness))|(?:spin|spinning) (?:class|session|bike|lesson|workout)",
    r"faint[- ]hearted\w*|faint of heart|faint(?:est|ly)?(?= (?:twinge|niggle|hope|idea|hint|sign|memory|trace|line|clue|chance|interest))",
    r"breathless(?:ly)? (?:fun|good|finish|excitement|view|beautiful)|breathtaking\w*|takes my breath away|(?:get|getting|be|being|run|running|go) out of breath",
    r"pain(?:s)? (?:cave|au chocolat|in the (?:neck|ass|arse|butt|backside)|points?|barrier|face)|no pain,? no gain|growing pains|painstaking\w*|painful(?:ly)? (?:slow|long|early|boring|obvious|expensive|lesson)\w*|pains me to|feel (?:your|my) pain|spare me the pain|pain[- ]free|painless\w*|muscle pain|spierpijn",
    r"(?:cash|blood|data) (?:flow|donat\w+)|donated blood|stab at|take a stab|sharp (?:for|on|at|before)|(?:killing|killed) it|sore loser",
    r"(?:collapsed|collapse) (?:on|onto|into) (?:the|my) (?:sofa|couch|bed|armchair|chair)|the plan collapsed|passed out (?:flyers|gels|medals|water)|blackout curtains|black out (?:curtains|the)",
    r"hart(?:slag|slagmeter|slagband|slagzones?|ritme(?:meter|sensor)|slagfrequentie)\b|(?:van|met heel mijn|met heel m'n|op het|ter|naar (?:mijn|m'n)) hart\w*|hart van (?:de|het|goud)|in hart en nieren|hartstikke|hartelijk\w*|hartig\w*|hart (?:zit|zat) er niet in|hart op de tong|hart verloren|ijshart",
    r"borst(?:spieren|spier|crawl|oefeningen|training|band|dag)\b|een hoge borst|uit volle borst|aan de borst",
    r"duizelingwekkend\w*|duizeling wekkend|adembenemend\w*|(?:zonder )?buiten adem(?: te)? (?:raken|raak|te zijn)",
)

# A symptom is denied by one of the first words when only words of the second list stand between: "no real signs of
# dizziness". Not by "I don't know why my chest hurts", "for no reason", "I can't run without chest pain".
NEGATION = r"\b(?:no|not|never|without|isn'?t|wasn'?t|aren'?t|don'?t|doesn'?t|didn'?t|haven'?t|hasn'?t|free of|zero|geen|niet|nooit|zonder)"
NEGATION_FILLERS = (
    r"(?:have|had|having|feel|felt|feeling|any|an?|the|that|been|being|is|was|be|experienc\w+|suffer\w*|from|signs?|of|symptoms?|more|longer|real|really|"
    r"actual|actually|get|getting|got|even|bit|little|so|very|too|my|in|currently|now|today|anymore|sort|kind|much|or|heb|had|voel|voelde|me|last|van|"
    r"meer|echt|enige|een|ben|mijn|m'n|op|de|het|zo|te)"
)
DOUBLE_NEGATION = r"\b(?:can'?t|cannot|couldn'?t|never|hardly|not|niet|nooit|nauwelijks)\b[^.!?;]*\b(?:without|zonder)\b"
_NOT = r"(?<!\bnot )(?<!n't )(?<!\bno )(?<!\bniet )(?<!\bgeen )(?<!\bzonder )"  # "my chest does not hurt"

_CHEST = r"(?:chest|breast ?bone|sternum|ribcage)"
_HURTS = (
    r"(?:pain\w*|hurt\w*|ach(?:e|es|ing|y)|tight\w*|pressure|squeez\w*|burn\w*|stab\w*|heav(?:y|iness)|flutter\w*|funny|weird|discomfort|sting\w*|cramp\w*|"
    r"crush\w*|constrict\w*|thump\w*|pinch\w*|pounding|numb\w*|thing|feels? (?:off|wrong|strange|odd)|bothering|acting up|playing up)"
)
_BORST = r"(?:borst(?:kas|been)?)"
_PIJN = r"(?:pijn\w*|druk\w*|steek|steken|stekend\w*|strak\w*|beklem\w*|benauwd\w*|brand\w*|knel\w*|zeer|zwaar|kramp\w*|raar|vreemd|knijp\w*)"
_AT_REST = (
    r"(?:at rest|resting|no reason|nothing|sitting|sit|sofa|couch|lying|in bed|all night|haven'?t (?:even )?moved|not (?:even )?(?:moving|exercising)|"
    r"doing nothing|desk|for hours|since|in rust|stil zit|stilzit|bank|zonder reden|traplopen|hele nacht|lig)"
)

# Heart, chest, head and breath: name -> patterns.
SYMPTOMS: dict[str, tuple[str, ...]] = {
    "chest": (
        rf"{_CHEST}\b[^.!?;]{{0,40}}?\b{_NOT}{_HURTS}",
        rf"\b{_HURTS}\b[^.!?;]{{0,30}}?\b{_CHEST}\b",
        rf"\b{_BORST}\b[^.!?;]{{0,30}}?\b{_NOT}{_PIJN}",
        rf"\b{_PIJN}[^.!?;]{{0,25}}?\b{_BORST}\b",
        rf"\b(?:some(?:one|body|thing)|elephant|weight|brick|stone|truck|vice|vise|iron band|fist|knot|grip|sits|sat|sitting|standing|kneeling|lies|presses)\b[^.!?;]{{0,30}}?\b(?:on|in|around|across|over|to) (?:my |the )?{_CHEST}\b",
        rf"\b{_CHEST}\b[^.!?;]{{0,25}}?\b(?:in a (?:vice|vise|grip|clamp|fist)|gripped|clamped|clench\w*|was hit|full of (?:stones|lead)|on fire|sore when i (?:breathe|run|climb))",
        rf"\b(?:iemand|iets|olifant|steen|gewicht|band|zit|staat|ligt)\b[^.!?;]{{0,25}}?\bop (?:mijn|m'n|mn|de) {_BORST}\b|\bop (?:mijn|m'n|mn) {_BORST} (?:zit|staat|ligt|drukt)",
        r"\bche?a?st ?p(?:ia|ai|a|ae)ns?\b|\bchets (?:pain|hurts)|\bhcest (?:pain|hurts)",
        r"\bangina\b|\bborstpijn\b|hartinfarct|heart attack",
    ),
    "heart": (
        r"\bpalpitation\w*|\barr?h?ythmia\w*|\ba-?fib\b|atrial fib\w*|irregular (?:heart ?beat|pulse|heart)|heart ?beat (?:is |feels |was )?(?:irregular|off|all over)|heart (?:murmur|failure|condition|disease|problem\w*|trouble|issue\w*|symptom\w*|pain\w*|ache)",
        r"\bheart\b[^.!?;]{0,30}?\b(?:skip\w*|flutter\w*|stumbl\w*|somersault\w*|irregular\w*|funny|weird\w*|stopp\w+|miss\w* (?:a |some )?beats?|hurts?|hurting|acting up|playing up|jump\w*|flip\w*|out of rhythm|beats? (?:strangely|oddly|wrong))",
        r"\b(?:pulse|ticker)\b[^.!?;]{0,30}?\b(?:irregular\w*|skip\w*|jump\w*|all over|funny|weird\w*|erratic|uneven|playing up|acting up|stumbl\w*)|\b(?:around|near|in|over|behind) (?:my|the) heart\b|\bheart (?:area|region|side)\b|\bunsteady heart",
        rf"\b(?:heart|pulse)\b[^.!?;]{{0,40}}?\b(?:rac(?:es|ing|ed?)|pound\w*|hammer\w*|sky[- ]?high|through the roof|going crazy|beating (?:really |so |very |too )?fast|thump\w*)\b[^.!?;]{{0,50}}?{_AT_REST}",
        rf"\b{_AT_REST}\b[^.!?;]{{0,40}}?\b(?:heart|pulse)\b[^.!?;]{{0,30}}?\b(?:rac(?:es|ing|ed?)|pound\w*|hammer\w*|sky[- ]?high|beating (?:really |so )?fast)",
        r"(?:doctor|cardiologist|gp)[^.!?;]{0,40}\b(?:check|look at|examine|test)\w*\b[^.!?;]{0,15}\bheart\b",
        r"\bhart(?:kloppingen|klopping|ritmestoornis\w*|klachten|overslagen?|ruis|pijn|falen)\b|\bboezemfibrilleren\b|\bhart\b[^.!?;]{0,30}?\b(?:slaat|sloeg|slaan|over\b|overslaat|fladdert|bonst|bonkt|bonst|raar|vreemd|tekeer\w*|op hol|onregelmatig|pijn|steekt|jaagt)",
        r"\bonregelmatige (?:hartslag|pols)\b|\bhartslag\b[^.!?;]{0,20}\b(?:onregelmatig|torenhoog|in rust (?:veel )?te hoog)",
    ),
    "head": (
        r"\bdizz(?:y|iness|ier|ying spells?)\b|\bdizz?[iy]+(?:ness)?\b|\blight[- ]?headed\w*|\bwoozy\b|\bvertigo\b|\bgiddy\b|(?:room|world|everything|ground|floor|head|sky|gym|trail|road)\b[^.!?;]{0,20}\b(?:spinning|to spin|spins|whirl\w*|sway\w*|tilt\w*|turning round|swimming|moving under me)|head (?:is |was |keeps )?(?:spinning|swimming)",
        r"\bfaint(?:ed|ing|s)?\b|\bpass(?:ed|ing)? out\b|\bblack(?:ed|ing)? ?out\b|(?:went|goes|going|turned) (?:all )?black\b|\bkeel(?:ed)? over\b|los(?:t|e|ing) consciousness|\bunconscious\b|\bcollaps(?:ed|ing)\b|(?:see(?:ing)?|saw) (?:\w+ )?(?:stars|spots|double)|(?:came|come|coming) (?:to|round|around) (?:on|in|lying|with)|woke up on the (?:floor|ground|pavement|road)|(?:knees|legs) (?:just )?(?:gave way|buckled|gave out)|\bsyncope\b|\bswoon\w*",
        r"(?:vision|eyesight)\b[^.!?;]{0,25}\b(?:blur\w*|went|gone|black|tunnel|double)|blurr(?:y|ed) vision|tunnel vision|(?:nearly|almost) (?:went down|dropped)\b",
        r"\bduizel\w*|van (?:mijn|m'n|mn|me) (?:stokje|graat)|\bonwel\b|weg(?:geraakt|gevallen|gezakt) (?:op|tijdens|onder)|zakte (?:\w+ )?door (?:mijn|m'n) benen|\bflauw ?(?:gevallen|vallen|val|viel|te vallen)\b|(?:viel|val|vallen)\w* (?:\w+ ){0,2}flauw|\bflauw\b(?! idee| grapje)|licht in (?:mijn|m'n|mn|het|me) hoofd|zwart voor (?:mijn|m'n|mn|de) ogen|\bbuiten (?:westen|bewustzijn)\b|\bsterretjes\b|\btoll(?:en|ig)\b|(?:alles|kamer|wereld) draait|\bdraaierig\b|wazig (?:zicht|zien)|bewusteloos|(?:ging|gaan|ga) (?:\w+ ){0,2}out\b",
    ),
    "breath": (
        r"short(?:ness)? of breath|can'?t (?:\w+ )?(?:breathe?|catch my breath|get (?:enough |any )?air)|cannot breathe|(?:breathing|breath) (?:problems?|difficult\w*|trouble)|(?:trouble|difficulty|problems?|struggl\w+) (?:with )?breathing|gasping for air at rest|struggl\w+ to breathe|wheez\w+",
        r"\bkortademig\w*|\bbenauwd\w*|geen lucht\b|(?:moeilijk|moeite met|slecht) (?:adem\w*)|krijg (?:\w+ ){0,3}(?:geen|nauwelijks) (?:lucht|adem)",
    ),
    "nerve": (
        r"\b(?:arm|face|jaw|side of my (?:face|body))\b[^.!?;]{0,40}\b(?:numb\w*|tingl\w*|droop\w*)|\b(?:numb\w*|tingl\w*)\b[^.!?;]{0,30}\b(?:arm|face|jaw)\b|\bjaw\b[^.!?;]{0,20}\b(?:into|to|and)\b[^.!?;]{0,10}\barm\b|slurr\w+ (?:my )?(?:speech|words)",
        r"\b(?:arm|linkerarm|gezicht|kaak)\b[^.!?;]{0,30}\b(?:tintel\w*|doof|verdoofd|gevoelloos|slap)|\b(?:tintel\w*|dove|gevoelloze)\b[^.!?;]{0,20}\b(?:arm|linkerarm|gezicht|kaak)\b",
        r"cough\w* (?:up )?(?:some )?blood|blood (?:in my|when i cough)|bloed (?:op)?(?:gehoest|hoest)|hoest\w* (?:\w+ )?bloed|\bsweating cold\b|\bcold sweats?\b|koud zweet",
        r"(?:hit|banged|knocked|bumped) my head|head injury|\bconcuss\w*|hersenschudding|op (?:mijn|m'n) hoofd gevallen|splitting headache",
    ),
}

_PART = (
    r"(?:knees?|kneecap|back|ankles?|shoulders?|hips?|shins?|achilles|foot|feet|heel|calf|calves|hamstrings?|quads?|groin|neck|wrist|elbow|toe|arch|itb|"
    r"knie\w*|rug|enkels?|schouders?|heup\w*|scheenbe\w+|achillespees|voet\w*|hiel|kuit\w*|lies|nek|pols|elleboog|teen|bovenbeen|onderbeen)"
)
_PAIN = r"(?:pain\w*|hurt\w*|ach(?:e|es|ing)|killing me|throb\w*|agony|pijn\w*|zeer)"
_SORE = rf"(?:{_PAIN}|sore\w*|bothering|troubling|bugging|giving me trouble|last|klachten|gevoelig)"
_LONG = (
    r"(?:(?:for|since|over|past|these) (?:(?:the )?(?:last|past) )?(?:\w+ ){0,3}(?:days|weeks?|months?|years?|ages)|for days|days now|weeks now|(?:third|second|fourth|\w+th) (?:day|week|month) in a row|"
    r"it'?s been (?:a|\w+) (?:weeks?|months?|days)|all (?:week|month)|al (?:\w+ ){0,2}(?:dagen|weken|maanden|week|maand|tijdje)|sinds (?:\w+ ){0,2}(?:week|weken|maand|maanden))"
)

# Pain that is not trained through.
PAIN: tuple[str, ...] = (
    rf"\b(?:push|grit|teeth|train|run|work|power|play|ride|lift|ski|skate|get|go|fight|grind|battle|muscle|carry|keep going|tough it out)(?:s|ed|ing|ning|ting)?\b[^.!?;]{{0,12}}?\bthrough (?:the |my |this |some |that |any |it despite )?(?:\w+ )?(?:{_PAIN}|injury|discomfort)",
    rf"\b{_PAIN}\b[^.!?;]{{0,50}}?\b(?:through (?:it|this|that)|no matter|anyway|regardless|i refuse to stop|won'?t stop me|weakness leaving)\b|\bdon'?t care\b[^.!?;]{{0,25}}\b{_PAIN}",
    rf"\b(?:ignor\w*|despite|in spite of|regardless of|block out|suppress|mask)\b[^.!?;]{{0,15}}?\b{_PAIN}",
    rf"\b{_PAIN}\b[^.!?;]{{0,45}}?\b{_LONG}\b|\b{_LONG}\b[^.!?;]{{0,45}}?\b{_PAIN}",
    rf"\b{_PART}\b[^.!?;]{{0,30}}?\b{_SORE}\b[^.!?;]{{0,40}}?\b{_LONG}\b|\b{_LONG}\b[^.!?;]{{0,20}}?\b{_SORE}\b[^.!?;]{{0,30}}?\b{_PART}\b|\b{_LONG}\b[^.!?;]{{0,15}}?\b{_PART}\b[^.!?;]{{0,15}}?\b{_SORE}",
    r"\b(?:sharp|severe|stabbing|shooting|unbearable|intense|excruciating|terrible|awful|horrible|serious|extreme|constant|burning|agoni[sz]ing|crippling|searing|lots of|a lot of|so much|real|bad|worsening|acute) (?:\w+ )?(?:pains?|ache|cramps?)\b",
    rf"\b(?:pain|ache|it|hurts?|{_PART})\b[^.!?;]{{0,30}}?\b(?:is (?:getting |so |very |really )?(?:too much|unbearable|worse|severe|bad)|(?:gets|getting|got) worse|won'?t go away|doesn'?t go away|not going away|wakes me|keeps me (?:up|awake)|is screaming|killing me)",
    rf"\bhurts? (?:\w+ )?(?:a lot|so much|so bad(?:ly)?|badly|like hell|like crazy|with every|every step|every time|when i (?:walk|run|breathe|stand|put))|{_PART}[^.!?;]{{0,10}}\bhurts? (?:really )?(?:bad|much)",
    r"can'?t (?:put (?:any )?weight|walk|stand|bend|move my|straighten)|(?:hardly|barely|scarcely) (?:walk|stand|put weight|bend)|limping\b|\blimp\b(?! biz)|hobbl\w+",
    r"swollen|swelling|swelled up|(?:heard|hear|felt|there was) (?:a |an |it |something |my \w+ )?(?:\w+ )?(?:pop|snap|crack|tear|rip)\w*\b|\btore (?:my|a|the|something)|stress fracture|\bfractur\w*|\bbroken (?:bone|toe|foot|ankle|wrist|arm|leg|rib)|\btorn (?:\w+ )?(?:muscle|ligament|calf|hamstring|meniscus|acl|tendon)|dislocat\w*|pulled (?:a|my) (?:muscle|hamstring|calf)",
    r"pain ?killers?\b|ibuprofen|naproxen|diclofenac|(?:on|took|taken|with) paracetamol[^.!?;]{0,30}\b(?:train|run|interval|session|ride)|pijnstillers?\b",
    r"\b(?:door (?:de|mijn|m'n|mn|die) pijn (?:heen|trainen|lopen)|pijn (?:negeren|verbijten|wegslikken)|ondanks de pijn)",
    r"\b(?:hevig\w*|scherp\w*|stekend\w*|ondraaglijk\w*|vreselijk\w*|verschrikkelijk\w*|veel|erge|felle|heftige|flinke|constante|zeurende|brandende) pijn",
    rf"\b(?:pijn|{_PART})\b[^.!?;]{{0,30}}?\b(?:wordt (?:steeds )?erger|gaat niet (?:weg|over)|niet te houden|maakt me wakker|houdt me wakker|helemaal dik|opgezwollen|gezwollen|dik geworden)|\bopgezwollen|\bgezwollen|\bzwelling",
    r"(?:kan|kon) (?:er )?(?:\w+ )?(?:niet|nauwelijks|amper)\b[^.!?;]{0,25}?\b(?:staan|lopen|steunen|buigen)\b(?= van de pijn|[^.!?;]{0,10}(?:pijn|enkel|knie|voet))|(?:niet|nauwelijks|amper) (?:meer )?op (?:mijn|m'n) (?:\w+ )?(?:been|enkel|voet|knie)\b|er (?:niet|nauwelijks|amper) (?:meer )?op (?:staan|lopen|steunen)|(?:hoorde|voelde) (?:\w+ ){0,3}(?:knap\w*|scheur\w*|krak\w*)|\bknapte\b|stressfractuur|hinkend|\bmank\b|gescheurd|gebroken (?:teen|voet|enkel|pols|arm|been|rib)",
)
