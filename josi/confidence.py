"""What follows from how sure the interpreter is of its own reading (0 to 1; None: it does not say).

| confidence | what happens |
|---|---|
| none, or 0.8 and more | act |
| 0.5 and more | act, and ask whether it was understood correctly |
| less than 0.5 | ask what the athlete would like |

Three things are never weakened: a medical stop, a question that the interpreter asks back anyway, and illness that the
athlete's own words state: the rules read these, and the model's doubt does not make them doubtful.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from josi.contract import Action, GATCRequest, ReplanType
from josi.illness import is_ill
from josi.language.which import Language, language_of
from josi.parsing import ASK_INTENT
from josi.records import Record

ACT_FROM, CHECK_FROM = 0.8, 0.5

UNDERSTOOD: Mapping[Language, str] = MappingProxyType(
    {"en": "Did I understand you correctly?", "nl": "Heb ik je goed begrepen?"}
)
# The same as a statement, for an answer that asks something already: an answer holds at most one question.
SAY_SO: Mapping[Language, str] = MappingProxyType(
    {"en": "If I got you wrong, just tell me.", "nl": "Heb ik je verkeerd begrepen, zeg het dan gerust."}
)


class Band(StrEnum):
    """What is done: act, act and check, or ask."""

    ACT = "act"
    CHECK = "check"
    ASK = "ask"


class Weighed(Record):
    """The request to act on, and whether the answer asks if it was understood."""

    request: GATCRequest
    band: Band

    def spoken(self, answer: str) -> str:
        """The answer as it is said: with the check behind it where there is one. An answer without words stays one."""
        if self.band is not Band.CHECK or not answer.strip():
            return answer
        table = SAY_SO if "?" in answer else UNDERSTOOD
        return f"{answer.rstrip()} {table[language_of(self.request.free_text)]}".strip()


def weigh(request: GATCRequest, message: str) -> Weighed:
    """The policy, for a request that post-processing has been over. The language asked in is that of `message`."""
    band = _band(request, message)
    if band is not Band.ASK:
        return Weighed(request=request, band=band)
    ask = GATCRequest(
        action=Action.CLARIFY,
        free_text=request.free_text,
        constraints=request.constraints,  # what hurts or tires is not forgotten over the question
        missing=("intent",),
        clarify_message=ASK_INTENT[language_of(message)],
        confidence=request.confidence,
    )
    return Weighed(request=ask, band=band)


def _band(request: GATCRequest, message: str) -> Band:
    ill = request.replan_type is ReplanType.ILLNESS and is_ill(message)
    if request.confidence is None or request.confidence >= ACT_FROM or request.action is Action.CLARIFY or ill:
        return Band.ACT
    return Band.CHECK if request.confidence >= CHECK_FROM else Band.ASK
