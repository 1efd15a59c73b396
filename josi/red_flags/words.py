"""What the patterns of several symptom classes are made of. Regular expressions, matched without regard to case."""


def gap(most: int) -> str:
    """At most `most` characters of one sentence that hold no denial: "my arm is not numb" tells of no numb arm."""
    return rf"(?:(?!\b(?:not|no|never|without|niet|geen|nooit|zonder)\b|n't\b)[^.!?;]){{0,{most}}}?"


CANNOT = r"(?:can'?t|cannot|can not|couldn'?t|could not|unable to)"
MY = r"(?:my|the|one|both|mijn|m'n|mn|de|het)"

# Where the body does next to nothing.
STILL = (
    r"(?:at rest|resting|sitting|sofa|couch|armchair|lying|lie down|in bed|asleep|desk|watching|telly|tv|reading|"
    r"crossword|newspaper|knitting|cooking|doing nothing|standing still|no reason|no exertion|on the (?:bus|train|"
    r"tram)|"
    r"in the car|in a meeting|queu\w+|in rust|bank|zetel|bureau|stilzit|stil zit|krant|televisie|aan tafel|in de "
    r"(?:trein|bus|auto)|lig)"
)
