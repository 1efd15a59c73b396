"""The decision engine: `DecisionEngine` is what apps bring, `ReferenceEngine` is what we train and test with."""

from josi.engine.protocol import DecisionEngine
from josi.engine.reference import ReferenceEngine
from josi.engine.say import session_in_words
from josi.tiers import tier_of

__all__ = ["DecisionEngine", "ReferenceEngine", "session_in_words", "tier_of"]
