"""Whether an athlete says to be ill: flu, a cold, a stomach bug, fever. English and Dutch.

Two kinds of words: some mean illness wherever an athlete says them of themself ("fever"); others only in a frame
("a cold", not "the cold"). A general question ("Should you train with a fever?") is no illness.
"""

import re

from josi.folding import folded
from josi.spelling import spelt

# Somebody else is ill, up to the word that says so; "my son is sick and so am I" goes on behind it.
_SOMEBODY = (
    r"(?:kids?|sons?|daughters?|wife|husband|partner|dog|cat|boss|friend|mate|buddy|sister|brother|mother|mum|mom|"
    r"father|dad|parents|boys?|girls?|little one|child|children|baby|colleague|neighbou?r|girlfriend|"
    r"boyfriend|cousin|aunt|uncle|nan|gran\w*|"
    r"coach|team ?mate|flat ?mate|room ?mate|kind|kinderen|kleine|zoon|dochter|vrouw|man|hond|kat|vriend|"
    r"vriendin|baas|zus|"
    r"broer|moeder|vader|ouders|collega|buurman|buurvrouw|schoon\w+|oma|opa|tante|oom|nicht|neef|trainer)"
)
_IS_ILL = (
    r"(?:'?s| is| are| was| were| has| got| have| had| heeft| hebben| zijn| ligt| liggen)"
    r"(?: (?!i\b|i'm|ik\b|me\b|my\b|mijn\b|and\b|en\b|so\b|now\b|gave|given)\w+){0,4}? (?:sick|ill|"
    r"flu|cold|fever|ziek\w*|griep\w*|koorts\w*|\w*verkouden|covid|corona|bug|virus|lurgy|chicken ?pox|"
    r"waterpokken|strep|"
    r"measles|vomiting|throwing up|infection|cough\w*)\b"
)
_HARMLESS = re.compile(
    r"\b(?:sick (?:and tired|of|to (?:the|my) (?:back )?teeth|laps?|session|ride|run|workout|moves?|tunes?|beats?|"
    r"tracks?|playlist|music|mix|tricks?|"
    r"jumps?|bike|kit|gear|shoes|views?|trails?|route|descent|line|goal|pb|skills?|party|gig|concert|riff|"
    r"bass)|(?:so|pretty|absolutely|"
    r"totally) sick[!,. ]*(?:lap|ride|run)"
    r"|cold (?:weather|water|shower|beers?|pints?|drinks?|coffee|pizza|pool|lake|sea|spell|"
    r"day|night|morning|wind|air|snap|outside|out\b|front|brew|plunge|start|"
    r"sweat|hands|feet|turkey)"
    r"|(?:descent|climb|lap|ride|run|trail|route|session|workout|race|view|jump|that|this) (?:was|is|looked|looks)"
    r"(?: so| just| absolutely| totally| pretty)? sick\b"
    r"|(?:too|so|very|really|freezing|bitter(?:ly)?|it'?s|is|gets|getting|was|being|in the|the|ice|stone) cold"
    r"|(?:hay|cabin|spring|race|gold|night|marathon|travel|disco|dance|cup|olympic|tour|football|festival|holiday|"
    r"wedding|exam|christmas|party|stage|election|snow|shopping|boogie|transfer) fever|fever (?:pitch|dream)|"
    r"bitten by the bug|(?:cycling|running|travel|race|software|app) bug"
    r"|bug in (?:the|your|my) (?:app|plan|schedule)|flu (?:shot|jab|vaccine|vaccination|season)|"
    r"ill (?:have|be|do|go|try|take|get|need|just|run|ride|make|see|skip)"
    r"|(?:computer|phone) virus|home ?sick|love ?sick|(?:sea|car|motion|altitude) sick\w*"
    # before the start one is, and not ill
    r"|(?:sick|nauseous|queasy) (?:with|from) (?:\w+ )?(?:nerves|excitement|anticipation)"
    r"|(?:ziek|misselijk|beroerd) van (?:\w+ )?(?:zenuwen|spanning|opwinding)\b"
    r"|ziekelijk|ziek van (?:de|het|al|die|dat|deze|dit)|ziek (?:goed|hard|snel|mooi|lekker|gaaf|tof|veel|"
    r"leuk|strak|vet)|"
    r"(?:erg|heel|te|zo|is het|wordt het|"
    r"het is|steen|ijs) koud|griepprik|(?:reis|wedstrijd|plank|examen|goud|dans|voetbal|oranje)koorts"
    rf"|{_SOMEBODY}{_IS_ILL})",
    re.IGNORECASE,
)
_GENERAL = re.compile(
    r"^\W*(?:(?:what|how|why|when|is it|are|does|do|can|could|should|may) )?(?:is|are|do|does|can|could|"
    r"should|how|why|what|when|mag|kun|kan|moet|hoe|wat|waarom|is het)\b(?!')"
    r"(?!.*\b(?:i|i'm|i've|im|ive|my|me|ik|mijn|mij|we|heb|ben)\b)",
    re.IGNORECASE,
)
_NEGATED = re.compile(
    r"\b(?:no|not|never|without|isn't|aren't|don't have|haven't got|didn't have|free of|nothing like|geen|"
    r"niet|nooit|zonder)"
    r"(?:\s+(?:a|an|the|any|really|actually|een|echt|meer))*\s+$",
    re.IGNORECASE,
)
_ILL = re.compile(
    r"\b(?:"
    r"(?:i'?m|i am|i was|i feel|i've been|feel|feeling|been|was|got|fell|woke up|calling in|home|still|being) "
    r"(?:a bit |bit |quite |really |so |very |kinda |pretty |properly |all |still |too )*(?:sick|ill|"
    r"poorly|unwell|feverish|nauseous|queasy|snotty)\b(?! (?:if|when) )"
    r"|^sick\b|sick note|so sick\b|off sick|ill (?:this|last|all) week|down with (?:a|the|something)|"
    r"coming down with|under the weather"
    r"|(?:the|man|stomach|a|gastric|with) flu\b|^flu\b|got flu|influenza|flu (?:has|got|is)|proper flu"
    r"|(?:a|head|bad|nasty|heavy|slight|his|her|my|chest|common|man) cold\b(?! (?:shower|day|morning|"
    r"night|one|drink|weather|start))|caught (?:a )?cold|got (?:a )?cold\b"
    r"|first (?:day|night|morning) without (?:a )?fever|eerste (?:dag|nacht|ochtend) zonder koorts"
    r"|fever\b|(?:a|my|high) temperature\b(?=.*\b(?:is|of|bed|three|two|days|3[789]|4[01])\b)|(?:running|"
    r"have|got|has) a temperature|shiver(?:y|ing)\b|chills\b"
    r"|(?:stomach|tummy|nasty|flu|gastric) (?:bug|virus)|got a bug|a bug has|food poison\w*|"
    r"gastro(?:enteritis)?\b|norovirus|diarrh\w+|runny (?:tummy|nose|stomach)|upset stomach"
    r"|vomit\w*|throwing up|threw up|thrown up|puk(?:e|ed|ing)\b|keep (?:anything|food) down|kept anything down"
    r"|covid|corona\b|bronchitis|pneumonia|tonsillitis|sinusitis|(?:sinus|chest|throat|ear|viral|lung|"
    r"bladder) infection|this infection|an infection"
    r"|(?:sore|scratchy) throat|throat is (?:sore|scratchy)|blocked nose|stuffy nose|nasty cough|"
    r"bad cough|coughing (?:all|badly|a lot)|antibiotics|(?:a|the|some) virus\b|viral\b|not well today|"
    r"going (?:round|around) at"
    r"|(?:have|got|has|had|running|with|my|a) (?:\w+ )?temp(?:erature)?\b[^.!?;]{0,15}\b(?:3[7-9]|4[01])\b"
    r"(?! ?(?:degrees )?(?:outside|in the shade))|temperature of (?:3[7-9]|"
    r"4[01])\b(?![^.!?;]{0,20}\b(?:outside|shade|sun|heat))"
    r"|(?:heb|had|mijn|met)(?: \w+)? temperatuur\b[^.!?;]{0,15}\b(?:3[7-9]|4[01])\b"
    r"|(?:heb|had|met|lichte) (?:\w+ )?verhoging\b"
    r"|chuck(?:ed|ing) (?:it )?up\b|chunder\w*|barf(?:ed|ing)|spew(?:ed|ing)|retching|sick as a dog|"
    r"been sick (?:twice|all)"
    r"|lost my (?:breakfast|lunch|dinner)|strep\b|glandular fever|mononucleosis|laryngitis|pharyngitis|shingles|"
    r"chicken ?pox|measles|salmonella|lurgy|swollen glands|(?:bunged|stuffed|blocked) up\b|coughing up (?:phlegm|mucus)"
    r"|(?:chesty|hacking|whooping|barking|chest|phlegmy|horrible|terrible|awful|dry) cough\b"
    r"|migraine\b|thermometer\b|gave me (?:his|her|their|the|a) (?:cold|flu|bug)"
    r"|(?:ben|voel me|was|word|lig)(?: (?!niet|nooit|nie)\w+){0,3} (?:ziek(?:jes)?|grieperig|misselijk|"
    r"koortsig|verkouden|beroerd)\b|^ziek\b|ziek ?gemeld|ziek (?:geworden|thuis|op bed|in bed)"
    r"|griep(?:je|virus|erig)?\b|buikgriep|koorts(?:ig)?\b|kots(?:en|te|misselijk)\b|gekotst|gebraakt|"
    r"aan het (?:braken|spugen)|loopneus|snotneus|verstopte neus|slijm op|hoestbui\w*|blafhoest|"
    r"oorontsteking|blaasontsteking|pfeiffer|"
    r"gordelroos|waterpokken|buikloop|(?:snot|snip)?verkoud\w+|keelpijn|snipverkouden|overgegeven|overgeven|"
    r"aan de diarree|"
    r"longontsteking|voorhoofdsholte\w*|keelontsteking|bijholte\w*|voedselvergiftiging"
    r"|onder de leden|antibiotica|hoest(?:en)? (?:me|als|flink|de hele)|buikvirus|maagvirus"
    r")",
    re.IGNORECASE,
)
_RECOVERING = re.compile(
    r"\b(?:over (?:the|my|a) (?:flu|cold|bug|virus|fever|illness)|(?:flu|fever|cold|bug) is (?:gone|over)|"
    r"was (?:ill|sick)|were (?:ill|sick)"
    r"|(?:been|be) (?:ill|sick) (?:and|but).*\b(?:better|fine|back)|recover(?:ed|ing) from|(?:feeling|"
    r"feel|am|i'm) better|back from (?:being )?(?:ill|sick)"
    r"|weer (?:beter|koortsvrij|opgeknapt)|koorts is (?:weg|voorbij)|griep is (?:weg|voorbij)|ziek geweest|was ziek)",
    re.IGNORECASE,
)


def is_ill(message: str) -> bool:
    """Whether the athlete says to be (or just was) ill; weather, vaccinations and other people do not count."""
    text = _HARMLESS.sub(" _ ", spelt(folded(message)))
    if _GENERAL.search(text):
        return False
    return any(not _NEGATED.search(text[: found.start()]) for found in _ILL.finditer(text))


def is_recovering(message: str) -> bool:
    """Whether the illness is told as over: "I'm over the flu now", "ik ben weer beter"."""
    return bool(_RECOVERING.search(folded(message)))
