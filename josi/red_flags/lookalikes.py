"""Harmless look-alikes of the symptoms by class. As in `harmless`: each so narrow that no symptom hides in it."""

_NEAR = r"(?:(?!chest|heart|arm\b|breath|borst|hart|side|fell|fall|crash)[^.!?;]){0,30}?"
_COLD = r"(?:cold|snow|ice|frost|freezing|minus|wind|kou|vorst|sneeuw)"
_IN_THE_COLD = rf"\b(?:in|from|by|with|was|door|van|at) (?:the |this |that |my |de )?(?:\w+ )?{_COLD}\b"
_HARD = r"(?:squats?|race|marathon|session|leg day|pull-?ups?|intervals?|workout|climb|burpees|class)"
_FIT = r"(?:shoes?|cleats?|laces|saddle|seat|handlebars?|bars|grips|hoods|zadel|stuur|schoenen)"
_THEY = (
    r"(?:dad|father|mum|mom|mother|uncle|aunt|gran\w*|brother|sister|husband|wife|neighbour|friend|colleague|boss|"
    r"coach|teammate|vader|moeder|opa|oma|oom|tante|broer|zus|man|vrouw|buurman|buurvrouw|vriend|collega)"
)
_GRAVE = r"(?:strokes?|heart attacks?|seizures?|concussion|aneurysm|beroerte|hartinfarct|hartaanval|hersenschudding)"
_ME_TOO = (  # what the athlete then says of their own body
    r"(?![^.!?]*\b(?:i (?:feel|did|had one|have (?:it|signs|one))|me too|same|so (?:did|do) i|"
    r"ik (?:ook|voel|heb (?:ook|het))|zelfde)\b)"
)

LOOKALIKES: tuple[str, ...] = (
    # numb by the cold, by what one sits on or wears, by hard work, by nerves, by sleeping on it
    rf"(?:numb\w*|gevoelloos|blue|blauwe?|no feeling|lost feeling|can'?t feel)\b{_NEAR}{_IN_THE_COLD}",
    rf"(?:hands?|fingers?|feet|foot|toes?|bum|crotch|groin|genitals|billen|kruis|voeten|handen)\b{_NEAR}"
    rf"\b(?:numb|tingl\w*|gevoelloos|verdoofd)\b{_NEAR}\b{_FIT}\b",
    rf"(?:numb|no feeling)\b{_NEAR}\b(?:crotch|groin|genitals|bum)\b{_NEAR}\b{_FIT}\b",
    rf"(?:can'?t|cannot|couldn'?t|could not) (?:feel|move|lift) my (?:legs|arms|quads|glutes) (?:after|since|from) "
    rf"(?:\w+ ){{0,3}}{_HARD}\b",
    r"(?:can'?t|cannot|couldn'?t) feel my legs (?:for|from|with) (?:nerves|excitement|joy)",
    rf"slept on (?:my |the )?(?:left |right )?(?:arm|hand|leg)\b{_NEAR}\b(?:numb|dead|asleep|tingl\w*)",
    # two of what there is, what one loses sight of, and a sun that sets
    r"(?:see|saw|seeing|seen) double (?:the|that|what|my|your|digits|figures)\b|lo(?:st|se|sing) sight of\b(?! one)",
    r"(?:saw|see|seeing) (?:\w+ )?spots (?:left|free|open|for|in the)\b",
    r"it (?:went|goes|got) dark (?:early|so early|outside|at (?:four|five|six|\d))\b",
    # drink and laughter
    r"slurr\w*\b[^.!?;]{0,25}?\b(?:beers?|pints?|drinks?|wine|whisky|gin|pub)\b",
    r"dubbele tong\b[^.!?;]{0,25}?\b(?:biertjes?|wijn|borrel\w*|feest)\b|(?:wet|peed) myself laughing",
    r"had a fit (?:when (?:he|she|they|i) (?:saw|heard|read)|over|about)\b",
    # pride, and what a heart does at a sight or a start
    r"(?:swollen|swelling) (?:with pride|inbox|ego|river)|zwelt (?:\w+ )?(?:van trots|aan)",
    r"heart (?:stopped|stops|sank|lurch\w*|leapt) (?:when|as) (?:i|the) (?:saw|see|heard|read|results?|clock|gun)\b",
    r"(?:heart|pulse) (?:was |is |started )?(?:rac\w+|pound\w+|hammer\w+|thump\w+) (?:when|as) the "
    r"(?:gun|whistle|horn|starter)\b(?:(?!chest|breath|dizz|faint)[^.!?;])*",
    r"hart stond (?:even )?stil (?:toen|van)",
    r"(?:extra|dropped|missed|double) beats?\b[^.!?;]{0,30}?\b(?:playlist|song|music|track|mix|dj)\b",
    # what cannot be moved or stood, and colours of what one ate or rubbed
    r"(?:can'?t|cannot|couldn'?t) move my (?:session|workout|training|meeting|run|ride|swim|shift|"
    r"appointment|\w+day)\b",
    r"(?:can'?t|cannot|couldn'?t) stand (?:the (?:rain|heat|cold|thought|treadmill|turbo|gym|music|noise)|"
    r"hills|treadmills|(?:light|heavy) weights)\b",
    r"blood in my (?:shoes?|socks?|veins)\b",
    r"(?:pee|urine|wee|plas)\b[^.!?;]{0,25}?\b(?:beet(?:root|s)?|bieten?)\b",
    r"benauwde? (?:weer|warm|dag|avond|zaal)\b|head against a brick wall",
    # long breaths of hard work: the talk test
    r"(?:tempo|threshold|talk test|zone \w+|z[2-5])\b[^.!?;]{0,50}?\b(?:words|sentences?)\b[^.!?;]{0,30}?\bbreaths?\b",
    # somebody else's, and over for years
    rf"(?:my|our|his|her) {_THEY} (?:once |just |recently |also )?(?:had|has had|suffered|survived|died of) "
    rf"(?:a |an |another )?(?:\w+ )?{_GRAVE}{_ME_TOO}",
    rf"(?:mijn|m'n|onze) {_THEY} (?:heeft|had|kreeg) (?:\w+ )?een (?:\w+ )?{_GRAVE}(?: gehad| gekregen)?{_ME_TOO}",
    r"(?:broke|tore|dislocated|fractured|ruptured) my (?:\w+ ){1,3}?(?:years|decades) ago\b"
    r"(?![^.!?]*\b(?:still|again|now|since|pain|hurts?|back)\b)",
)
