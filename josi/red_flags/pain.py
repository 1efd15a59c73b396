"""Pain that is more than a niggle. Regular expressions, matched without regard to case."""

_PART = (
    r"(?:knees?|kneecap|back|ankles?|shoulders?|hips?|shins?|achilles|foot|feet|heel|calf|calves|"
    r"hamstrings?|quads?|groin|neck|wrist|elbow|toe|arch|itb|"
    r"knie\w*|rug|enkels?|schouders?|heup\w*|scheenbe\w+|achillespees|voet\w*|hiel|kuit\w*|lies|nek|pols|"
    r"elleboog|teen|bovenbeen|onderbeen)"
)
_PAIN = r"(?:pain\w*|hurt\w*|ach(?:e|es|ing)|killing me|throb\w*|agony|pijn\w*|zeer)"
_SORE = rf"(?:{_PAIN}|sore\w*|bothering|troubling|bugging|giving me trouble|last|klachten|gevoelig)"
_LONG = (
    r"(?:(?:for|since|over|past|these) (?:(?:the )?(?:last|past) )?(?:\w+ ){0,3}(?:days|weeks?|months?|"
    r"years?|ages)|for days|days now|weeks now|(?:third|second|fourth|\w+th) (?:day|week|month) in a row|"
    r"it'?s been (?:a|\w+) (?:weeks?|months?|days)|all (?:week|month)|al (?:\w+ ){0,2}(?:dagen|weken|"
    r"maanden|week|maand|tijdje)|sinds (?:\w+ ){0,2}(?:week|weken|maand|maanden))"
)

# Pain that is not trained through.
PAIN: tuple[str, ...] = (
    rf"\b(?:agoni[sz]ing|excruciating|searing|throbbing|screaming|busted|wrecked)\b[^.!?;]{{0,10}}?\b{_PART}\b",
    (
        rf"\b(?:stabbing|shooting|sharp|burning)\b[^.!?;]{{0,15}}?\b(?:in|on|under|behind) (?:my |the |"
        rf"one )?(?:\w+ )?{_PART}\b"
    ),
    (
        rf"\b(?:push|grit|teeth|train|run|work|power|play|ride|lift|ski|skate|get|go|fight|grind|battle|"
        rf"muscle|carry|keep going|tough it out)(?:s|ed|ing|ning|ting)?\b[^.!?;]{{0,12}}?\bthrough (?:the |"
        rf"my |this |some |that |any |it despite )?(?:\w+ )?(?:{_PAIN}|injury|discomfort)"
    ),
    (
        rf"\b{_PAIN}\b[^.!?;]{{0,50}}?\b(?:through (?:it|this|that)|no matter|anyway|regardless|"
        rf"i refuse to stop|won'?t stop me|weakness leaving)\b"
    ),
    rf"\bdon'?t care\b[^.!?;]{{0,25}}\b{_PAIN}",
    rf"\b(?:ignor\w*|despite|in spite of|regardless of|block out|suppress|mask)\b[^.!?;]{{0,15}}?\b{_PAIN}",
    rf"\b{_PAIN}\b[^.!?;]{{0,45}}?\b{_LONG}\b|\b{_LONG}\b[^.!?;]{{0,45}}?\b{_PAIN}",
    rf"\b{_PART}\b[^.!?;]{{0,30}}?\b{_SORE}\b[^.!?;]{{0,40}}?\b{_LONG}\b",
    rf"\b{_LONG}\b[^.!?;]{{0,20}}?\b{_SORE}\b[^.!?;]{{0,30}}?\b{_PART}\b",
    rf"\b{_LONG}\b[^.!?;]{{0,15}}?\b{_PART}\b[^.!?;]{{0,15}}?\b{_SORE}",
    (
        r"\b(?:sharp|severe|stabbing|shooting|unbearable|intense|excruciating|terrible|awful|horrible|"
        r"serious|extreme|constant|burning|agoni[sz]ing|crippling|searing|lots of|a lot of|so much|"
        r"worsening|acute) (?:\w+ )?(?:pains?|ache|cramps?)\b"
    ),
    r"\b(?:real|bad) (?:pain|ache|cramps?) (?:in|on|at|under)\b",
    (
        rf"\b(?:pain|ache|it|hurts?|{_PART})\b[^.!?;]{{0,30}}?\b(?:is (?:getting |so |very |"
        rf"really )?(?:too much|unbearable|worse|severe|bad)|(?:gets|getting|got) worse|won'?t go away|"
        rf"doesn'?t go away|not going away|wakes me|keeps me (?:up|awake)|is screaming|killing me)"
    ),
    (
        r"\bhurts? (?:\w+ )?(?:a lot|so much|so bad(?:ly)?|badly|like hell|like crazy|with every|every step|"
        r"every time|when i (?:walk|run|breathe|stand|put))"
    ),
    rf"{_PART}[^.!?;]{{0,10}}\bhurts? (?:really )?(?:bad|much)",
    r"can'?t (?:put (?:any )?weight|walk|stand|bend|move my|straighten)",
    r"(?:hardly|barely|scarcely) (?:walk|stand|put weight|bend)|limping\b|\blimp\b(?! biz)|hobbl\w+",
    r"swollen|swelling|swelled up",
    (
        r"(?:heard|hear|felt|there was) (?:a |an |it |something |my \w+ )?(?:\w+ )?(?:pop|snap|crack|tear|"
        r"rip)\w*\b"
    ),
    r"\btore (?:my|a|the|something)|stress fracture|\bfractur\w*",
    r"\bbroken (?:bone|toe|foot|ankle|wrist|arm|leg|rib)",
    r"\btorn (?:\w+ )?(?:muscle|ligament|calf|hamstring|meniscus|acl|tendon)|dislocat\w*",
    r"pulled (?:a|my) (?:muscle|hamstring|calf)",
    r"pain ?killers?\b|ibuprofen|naproxen|diclofenac",
    r"(?:on|took|taken|with) paracetamol[^.!?;]{0,30}\b(?:train|run|interval|session|ride)|pijnstillers?\b",
    (
        r"\b(?:door (?:de|mijn|m'n|mn|die) pijn (?:heen|trainen|lopen)|pijn (?:negeren|verbijten|"
        r"wegslikken)|ondanks de pijn)"
    ),
    (
        r"\b(?:hevig\w*|scherp\w*|stekend\w*|ondraaglijk\w*|vreselijk\w*|verschrikkelijk\w*|veel|erge|felle|"
        r"heftige|flinke|constante|zeurende|brandende) pijn"
    ),
    (
        rf"\b(?:pijn|{_PART})\b[^.!?;]{{0,30}}?\b(?:wordt (?:steeds )?erger|gaat niet (?:weg|over)|"
        rf"niet te houden|maakt me wakker|houdt me wakker|helemaal dik|opgezwollen|gezwollen|dik geworden)"
    ),
    r"\bopgezwollen|\bgezwollen|\bzwelling",
    (
        r"(?:kan|kon) (?:er )?(?:\w+ )?(?:niet|nauwelijks|amper)\b[^.!?;]{0,25}?\b(?:staan|lopen|steunen|"
        r"buigen)\b(?= van de pijn|[^.!?;]{0,10}(?:pijn|enkel|knie|voet))"
    ),
    r"(?:niet|nauwelijks|amper) (?:meer )?op (?:mijn|m'n) (?:\w+ )?(?:been|enkel|voet|knie)\b",
    r"er (?:niet|nauwelijks|amper) (?:meer )?op (?:staan|lopen|steunen)",
    r"(?:hoorde|voelde) (?:\w+ ){0,3}(?:knap\w*|scheur\w*|krak\w*)|\bknapte\b|stressfractuur|hinkend",
    r"\bmank\b|gescheurd|gebroken (?:teen|voet|enkel|pols|arm|been|rib)",
)
