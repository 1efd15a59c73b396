"""How a symptom is denied, and how a denial is turned. Regular expressions, matched without regard to case.

A denial that is narrowed ("not at rest") or turned ("only when I run", "but today I am") admits the symptom: it counts
only where nothing of that kind stands beside it.
"""

# A symptom is denied by one of the first words when only words of the second list stand between: "no real signs of
# dizziness". Not by "I don't know why my chest hurts", "for no reason", "I can't run without chest pain".
NEGATION = (
    r"\b(?:no|not|never|without|isn'?t|wasn'?t|aren'?t|don'?t|doesn'?t|didn'?t|haven'?t|hasn'?t|free of|"
    r"zero|geen|niet|nooit|zonder)"
)
NEGATION_FILLERS = (
    r"(?:have|had|having|feel|felt|feeling|any|an?|the|that|been|being|is|was|be|experienc\w+|suffer\w*|"
    r"from|signs?|of|symptoms?|more|longer|real|really|"
    r"actual|actually|get|getting|got|even|bit|little|so|very|too|my|in|currently|now|today|anymore|sort|"
    r"kind|much|or|heb|had|voel|voelde|me|last|van|"
    r"meer|echt|enige|een|ben|mijn|m'n|op|de|het|zo|te)"
)
DOUBLE_NEGATION = (
    r"\b(?:can'?t|cannot|couldn'?t|never|hardly|not|niet|nooit|nauwelijks)\b[^.!?;]*\b(?:without|zonder)\b"
)
# Before the symptom: a superlative ("never been so dizzy"), a degree ("not too dizzy"), a question ("isn't it…?").
DEGREE = (
    r"\b(?:never|nooit|not|\w+n'?t|niet)(?: [\w']+){0,3}? (?:so|such|that|this|too|very|zo|zo'n|te|erg|heel)"
    r"(?: (?:a|an|much|bad|een|veel|erg))*\s+$"
)
ASKED = r"(?:^|[.!?;:,]\s*|\b(?:and|but|so|why)\s+)(?:isn'?t|aren'?t|wasn'?t|weren'?t)\b[^.!?;,]*$"
# Before the denial: the one condition under which it holds, "as long as I go easy I have no ...".
CONDITIONED = (
    r"\b(?:as long as|provided|zolang|mits) (?:i|ik)\b(?:(?!\b(?:i|ik)\b)[^.!?;]){2,40}\b(?:i have|i get|i feel|"
    r"there'?s|"
    r"(?:heb|voel|krijg) ik) (?:no|geen|niet) $"
)

_LESS = (  # where less is asked of the body than in training
    r"(?:at rest|resting|sitting|seated|lying|standing still|asleep|walking|strolling|on (?:the )?flats?|"
    r"(?:on|during|in) (?:my )?easy (?:runs?|rides?|days?|sessions?)|(?:when|while|if) i(?:'m| am)? (?:just )?(?:sit|"
    r"rest|lie|lying|walk|stand still)\w*|(?:if|when|as long as|provided) i (?:take|go|keep) (?:it )?(?:easy|slow)|"
    r"als ik (?:het )?rustig|"
    r"zolang ik|mits|in rust|zittend|liggend|als ik (?:zit|lig|rust|wandel|stil ?zit|stil ?sta)|"
    r"(?:bij|tijdens)(?: het)? (?:rusten|wandelen|zitten|liggen)|op het vlakke)"
)
_EARLIER = (
    r"(?:(?:yesterday|gisteren)(?! (?:or|and|nor|of|en) (?:today|now|vandaag|nu))|last (?:night|week|month|year|time)|"
    r"before(?! (?:or|and) (?:after|during))|previously|earlier|until|till|'til|eergisteren|vorige|eerder|voorheen|"
    r"vroeger|voor (?:vandaag|deze|gisteren)|tot (?:vandaag|gisteren|nu(?! toe)|van\w+|deze|vorige|ik|afgelopen))"
)
_OTHERWISE = (
    r"(?:exactly|precisely|per se|as such|precies|zozeer|like (?:this|that|today|now)|(?:this|so|as) bad(?:ly)?|"
    r"zoals (?:nu|dit|vandaag|deze)|more (?:an?|of an?|like)|rather an?|(?:meer|eerder) (?:een|alsof))"
)
_ON = r"(?: (?!(?:and|so|but|or|nor|please|en|dus|maar|of|only)\b)[\w']+){0,4}?"

_EFFORT = (
    r"(?:the |a |my |every |each |very |really |de |het |een |mijn )?(?:last |first |long |steep |harde? )?"
    r"(?:hills?|climb\w*|stairs?|interval\w*|sprint\w*|hard|exercise|exertion|efforts?|runs?|running|rides?|riding|"
    r"training|sessions?|coffee|warm-?up|night|rest|meals?|inspanning|trap|trappen|lopen|hardlopen|fietsen|klimmen|"
    r"trainen|rust|rit|ritten)\b"
)
_MOMENT = (
    r"(?:when|whenever|if i|once|as soon as|while|during|uphill|on|after|at|with|as i|sometimes|"
    r"today|yesterday|now|since|this|in the (?:morning|evening|night|cold|heat|wind|last|first|final)|"
    r"als|wanneer|zodra|bij|tijdens|bergop|na|op|met|onder|sinds|soms|vandaag|gisteren|nu|toen|in de|deze|"
    r"van(?:ochtend|morgen|middag|avond|nacht))"
)
_TIME = (
    r"(?:today|now|yesterday|tonight|this \w+|last \w+|lately|recently|sometimes|since \w+|then|nu|vandaag|gisteren|"
    r"soms|sinds \w+|van(?:ochtend|morgen|middag|avond|nacht)|vannacht|laatst|daarna|toen|bergop|buiten)"
)
_END = r"(?=\s*(?:[.,!?;)]|$|\b(?:and|so|en|dus|please|again)\b))"
_ACTIVITY = (
    rf"(?:{_EFFORT}|(?:the |a |my |every |de |het |een |mijn )?(?:bike|fiets|treadmill|loopband|turbo|trainer|track|"
    r"road|swims?|swimming|cycling|jogs?|jogging|workouts?|gym|weights|lifting|zwemmen|sporten|schaatsen|wandeling)\b)"
)
# Under one condition or in one activity: "not when I run" leaves open what is at other times. Not where it is over.
_NOT_OVER = r"\b(?!(?: [^,]*)? (?:any ?more|any longer|meer)\b)"
_WHEN = (
    r"(?:(?:when(?:ever)?|while|whilst|if|once|every time|each time|as long as) (?:i|i'm|i've|i'd|my|\w+ing)|"
    r"(?:als|wanneer|zodra|terwijl|telkens als|elke keer (?:als|dat)) (?:ik|mijn|m'n))"
)
_DURING = rf"(?:during|on|in|after|with|at|before|tijdens|bij|na|op|onder|met|voor)(?: [\w']+)? {_ACTIVITY}"
# Right behind the symptom, at most four words away and not behind an "and"; what is behind a comma may begin anew.
NARROWED = (
    rf"^(?:,?{_ON},? (?:{_LESS}|{_OTHERWISE})|{_ON} {_EARLIER}|{_ON} (?:{_WHEN}|{_DURING}){_NOT_OVER}|"
    rf", {_WHEN}{_NOT_OVER}(?: [\w']+){{0,3}}\s*$)\b"
)
# Anywhere in the rest of the sentence, or at the beginning of the next.
TURNED = (
    rf"\b(?:only|alleen|enkel|slechts|pas|except(?: for)?|apart from|behalve|uitgezonderd) {_MOMENT}\b"
    r"|\bjust (?:when|whenever|if i|once|as soon as|while|during|after)\b"
    r"|\b(?:but|maar) (?:only just|nearly|almost|very nearly|bijna|net niet)\b"
    r"|\b(?:unless|tenzij)\b"
    r"|\bwel (?:bij|als|wanneer|zodra|tijdens|op|na|bergop|sinds|vandaag|gisteren|soms|in de)\b"
    r"|\b(?:but|though|although|yet|maar|hoewel|toch) (?:only |wel |alleen )?(?:when(?:ever)? i|as soon as|once i|the "
    rf"moment|zodra ik|als ik|wanneer ik|(?:after|during|on|at|na|tijdens|bij|op) {_EFFORT})"
    rf"|\b(?:i|{_TIME} i|i {_TIME}) (?:am|do|was|have|had|did)(?: (?:it|one|some|them|so))?(?: (?:{_TIME}|a bit|a lot|"
    rf"again|often|earlier|before|(?:an?|\w+) (?:minute|hour|day|week|month)s? ago))*{_END}(?<!\bdid it)"
    r"|\b(?:it|they|that)(?:'s| is| was| has| are| were|'ve| have)?(?: \w+){0,2} (?:back|there|again|worse|"
    r"return(?:s|ed)|flar(?:es|ed))\b"
    r"|\b(?:it|they) (?:came?|comes?|start(?:s|ed)|hits?|happen(?:s|ed))\b(?! (?:to|out|together|raining|snowing))"
    r"|\b(?:brings?|brought|sets?|triggers?) it (?:on|off)\b|\btriggers it\b|\banother story\b|\been ander verhaal\b"
    rf"|\b{_TIME} (?:\w+ ){{0,3}}?wel{_END}"
    r"|\b(?:heb|had|ben|voel) ik (?:het|dat|ze|er) (?:nu|vandaag|soms|weer|wel)\b"
    r"|\bik (?:heb|had|ben|voel) (?:het|dat|ze) (?:nu|vandaag|soms|weer|wel)\b"
    r"|\b(?:is|komt|kwam|was) (?:het|hij|die|ze|dat)(?: \w+){0,2} (?:terug|weer)\b|\bhet (?:is|komt|kwam)(?: \w+)? "
    r"(?:terug|weer)\b"
)
