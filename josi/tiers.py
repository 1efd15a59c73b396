"""What a tier may use: one rule, for the engine, the apps and the evaluation.

Monitor has no chat; advisor explains and builds today's workout, and has no plans and no replans; coach has everything.
The lower of tier and mode counts. A medical stop is above every tier: nobody trains with chest pain because of a
subscription, and nobody is left without the words to stop.
"""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from josi.contract import Action, ChatContext, GATCRequest, Tier

MEDICAL = "medical_clearance"  # in `missing`: what the athlete lacks before anything else
_ORDER = (Tier.MONITOR, Tier.ADVISOR, Tier.COACH)

# What a tier may ask for at all; the day of a workout is looked at besides.
ALLOWED: Mapping[Tier, frozenset[Action]] = MappingProxyType(
    {
        Tier.MONITOR: frozenset(),
        Tier.ADVISOR: frozenset({Action.CREATE_WORKOUT, Action.EXPLAIN, Action.ANSWER_QUESTION, Action.CLARIFY}),
        Tier.COACH: frozenset(Action),
    }
)


class Gate(StrEnum):
    """What a tier makes of a request. STOP: the medical stop, which no tier changes."""

    OPEN = "open"
    STOP = "stop"
    NO_CHAT = "no_chat"
    NO_REPLAN = "no_replan"
    TODAY_ONLY = "today_only"


def tier_of(context: ChatContext) -> Tier:
    """What the athlete may use: the tier, or the mode where it is the lower of the two."""
    return lower(context.tier, context.mode)


def lower(tier: Tier, mode: Tier) -> Tier:
    return min(tier, mode, key=_ORDER.index)


def asks_clearance(request: GATCRequest) -> bool:
    """Whether a request is the medical stop."""
    return request.action is Action.CLARIFY and MEDICAL in (request.missing or ())


def gate(request: GATCRequest, tier: Tier, today: date) -> Gate:
    """What `tier` (the lower of tier and mode) makes of a request on the athlete's day."""
    if asks_clearance(request):
        return Gate.STOP
    if tier is Tier.MONITOR:
        return Gate.NO_CHAT
    if request.action not in ALLOWED[tier]:
        return Gate.NO_REPLAN
    another_day = request.action is Action.CREATE_WORKOUT and request.date not in (None, today)
    return Gate.TODAY_ONLY if tier is Tier.ADVISOR and another_day else Gate.OPEN
