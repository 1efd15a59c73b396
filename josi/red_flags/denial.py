"""How a symptom is denied. Regular expressions, matched without regard to case."""

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
