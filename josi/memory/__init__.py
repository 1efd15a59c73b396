"""What is known about an athlete: learned from what they say, merged, capped, and shown to the models in few tokens.

`learn` reads a message, `merge` puts what it says into the store, `Store.shown` is what a turn's context holds, and
`fit` keeps the MEMORY block within its tokens. No state and no clock: the store and the day come from outside.
"""

from josi.memory.block import BUDGET, Fitted, estimated_tokens, fit
from josi.memory.learn import learn, learn_all
from josi.memory.merge import MOST_FACTS, MOST_NOTES, MOST_PATTERNS, merge
from josi.memory.override import TakenBack, taken_back
from josi.memory.store import Fact, Kind, Learned, Observation, Store, Withdrawal

__all__ = [
    "BUDGET",
    "MOST_FACTS",
    "MOST_NOTES",
    "MOST_PATTERNS",
    "Fact",
    "Fitted",
    "Kind",
    "Learned",
    "Observation",
    "Store",
    "TakenBack",
    "Withdrawal",
    "estimated_tokens",
    "fit",
    "learn",
    "learn_all",
    "merge",
    "taken_back",
]
