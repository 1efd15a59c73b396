"""The MEMORY block, and how it keeps within its tokens: entries go whole, the least valuable first.

`josi.chat` shows a memory by `fit` wherever a turn is made text: in training, in evaluation and in the app.
"""

import math
from collections.abc import Callable

from josi.contract import AthleteMemory
from josi.memory.words import speaks_of_injury
from josi.records import Record

TITLE = "MEMORY:"
BUDGET = 400  # tokens
BYTES_A_TOKEN = 2.7
PATTERN_VALUE, NOTE_VALUE = 0.75, 0.7  # seen by the engine, not said: below a plain statement (0.85), above a guess

Count = Callable[[str], int]


class Fitted(Record):
    """A memory that fits, its block, how many tokens that takes, and the entries that went, the first to go first."""

    memory: AthleteMemory
    block: str
    tokens: int
    dropped: tuple[str, ...] = ()


def estimated_tokens(text: str) -> int:
    """Tokens of a text without a tokenizer: its UTF-8 bytes by 2.7, rounded up. Rather too many than too few.

    Measured on 600 blocks of 2 to 15 facts with Qwen2's vocabulary: 4.1 bytes a token in English (least 3.5) and 3.4 in
    Dutch (least 2.71).
    """
    return math.ceil(10 * len(text.encode()) / (10 * BYTES_A_TOKEN))


def text_of(memory: AthleteMemory) -> str:
    """The block as the models see it, however long. Nothing known: ""."""
    named = {
        "Facts": [fact.fact for fact in memory.key_facts],
        "Patterns": memory.patterns,
        "Notes": memory.coaching_notes,
    }
    lines = [f"- {key}: {' '.join(' | '.join(values).split())}" for key, values in named.items() if values]
    return "\n".join([TITLE, *lines]) if lines else ""


def fit(memory: AthleteMemory, *, budget: int = BUDGET, tokens: Count = estimated_tokens) -> Fitted:
    """The most valuable part of a memory whose block is at most `budget` tokens, counted by `tokens`.

    One entry goes after the other. A fact is worth its confidence, a pattern 0.75, a note 0.7; of equal worth a note
    goes before a pattern and a pattern before a fact, and in a list the last goes first. Facts of an injury go last of
    all: what hurts must reach the models.
    """
    whole = text_of(memory)
    if (size := tokens(whole)) <= budget:
        return Fitted(memory=memory, block=whole, tokens=size)
    entries = [
        *((_worth_of(fact.fact, fact.confidence), 2, -at, fact.fact) for at, fact in enumerate(memory.key_facts)),
        *(((0, PATTERN_VALUE), 1, -at, text) for at, text in enumerate(memory.patterns)),
        *(((0, NOTE_VALUE), 0, -at, text) for at, text in enumerate(memory.coaching_notes)),
    ]
    dropped: list[str] = []
    gone: set[tuple[int, int]] = set()
    for _, group, place, text in sorted(entries):
        if tokens(text_of(_without(memory, gone))) <= budget:
            break
        gone.add((group, -place))
        dropped.append(text)
    left = _without(memory, gone)
    block = text_of(left)
    return Fitted(memory=left, block=block, tokens=tokens(block), dropped=tuple(dropped))


def _worth_of(fact: str, confidence: float) -> tuple[int, float]:
    return int(speaks_of_injury(fact)), confidence


def _without(memory: AthleteMemory, gone: set[tuple[int, int]]) -> AthleteMemory:
    return AthleteMemory(
        key_facts=tuple(fact for at, fact in enumerate(memory.key_facts) if (2, at) not in gone),
        patterns=tuple(text for at, text in enumerate(memory.patterns) if (1, at) not in gone),
        coaching_notes=tuple(text for at, text in enumerate(memory.coaching_notes) if (0, at) not in gone),
    )
