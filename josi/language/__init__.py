"""How Josi speaks: which language a text is in, what an answer may not do, and how warm and brief it is."""

from josi.language.checks import check_answer, check_given
from josi.language.scores import brevity, warmth
from josi.language.which import Language, language_of

__all__ = ["Language", "brevity", "check_answer", "check_given", "language_of", "warmth"]
