"""Semantic post-processing: rules that hold whatever the model said.

In this order: a red flag overrides everything; illness is a replan; a stated duration and day are taken from the
message; a workout's sport is what the athlete said, else what the app knows, else it is asked for. The message beats
the memory: a sport that it gives up or does not want, and an injury that it calls healed, count no more. Each repair
is named: the model's true score and the score with repairs are two numbers.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any, Literal

from josi.contract import Action, ChatContext, Constraints, GATCRequest, Injury, ReplanType, Sport
from josi.dates import date_in
from josi.durations import mentioned, minutes_in
from josi.illness import is_ill
from josi.language import language_of
from josi.memory.clauses import about_athlete
from josi.memory.injuries import injury_of, parts_in
from josi.memory.learn import covers, learn
from josi.memory.override import TakenBack, taken_back
from josi.memory.store import Kind
from josi.numbers import bare_numbers
from josi.parsing import ASK_SPORT, LONGEST
from josi.red_flags import red_flag
from josi.red_flags.clearance import still_stopped
from josi.sports import sport_of, sports_in
from josi.tiers import MEDICAL, asks_clearance

STOP_AND_SEEK_CARE: Mapping[Literal["en", "nl"], str] = {
    "en": "Please stop training now and seek medical care. Have you been cleared by a doctor?",
    "nl": "Stop nu met trainen en zoek medische hulp. Heeft een arts je toestemming gegeven?",
}
LEAST_MINUTES, MOST_MINUTES = 10, 300
_DATED_REPLANS = (ReplanType.SKIP_TODAY, ReplanType.RESCHEDULE, ReplanType.REDUCE_INTENSITY)

_MAIN_SPORT = re.compile(r"\bmain sport\b|\bhoofdsport\b", re.IGNORECASE)

Rule = Callable[[GATCRequest, str, ChatContext], tuple[GATCRequest, str]]


def postprocess(request: GATCRequest, message: str, context: ChatContext) -> tuple[GATCRequest, tuple[str, ...]]:
    """The request to act on, and the names of the rules that changed it, in the order in which they did."""
    repairs = []
    for rule in _RULES:
        changed, name = rule(request, message, context)
        if changed != request:
            request = changed
            repairs.append(name)
    return request, tuple(repairs)


def medical_stop(message: str, context: ChatContext, confidence: float | None = None) -> tuple[GATCRequest, str] | None:
    """The stop that a message asks for whatever a model says, and the name of the rule, or None.

    A red flag begins it; without a doctor's clearance it holds for the messages that follow.
    """
    if flag := red_flag(message):
        return stop_for(message, confidence), f"red_flag_{flag}"
    if still_stopped(message, context.history, STOP_AND_SEEK_CARE.values()):
        return stop_for(message, confidence), "not_cleared"
    return None


def stop_for(message: str, confidence: float | None = None) -> GATCRequest:
    """The request that is the medical stop, with the fixed words in the language of the message."""
    return GATCRequest(
        action=Action.CLARIFY,
        free_text=message.strip()[:LONGEST] or "?",
        missing=(MEDICAL,),
        clarify_message=STOP_AND_SEEK_CARE[language_of(message)],
        confidence=confidence,
    )


def _red_flag(request: GATCRequest, message: str, context: ChatContext) -> tuple[GATCRequest, str]:
    found = medical_stop(message, context, request.confidence)
    if found is None and not asks_clearance(request):
        return request, ""
    stop, name = found or (stop_for(message, request.confidence), "medical_message")
    return _with(stop, free_text=request.free_text), name


def _illness(request: GATCRequest, message: str, _: ChatContext) -> tuple[GATCRequest, str]:
    if asks_clearance(request) or request.replan_type is ReplanType.ILLNESS or not is_ill(message):
        return request, ""
    ill = _with(
        request,
        action=Action.REPLAN,
        replan_type=ReplanType.ILLNESS,
        goal=None,
        question=None,
        missing=None,
        clarify_message=None,
    )
    return ill, "illness"


def _injury(request: GATCRequest, message: str, context: ChatContext) -> tuple[GATCRequest, str]:
    """What the message says of injuries beats what the memory told the model, and what the model missed.

    One that it calls healed is none; one that it states and the model does not is added.
    """
    stated = request.constraints or Constraints()
    back = taken_back(message)
    if stated.injury in (None, Injury.NONE):
        if not back.hurting or not _trains(request):
            return request, ""
        return _with(request, constraints=_injured(stated, back.hurting[0])), "injury_from_message"
    if stated.injury not in back.injuries or stated.injury in back.hurting:
        return request, ""
    if stated.injury is Injury.OTHER and _names_another(message, context):
        return request, ""
    return _with(request, constraints=_injured(stated, next(iter(back.hurting), None))), "injury_withdrawn"


def _injured(stated: Constraints, injury: Injury | None) -> Constraints | None:
    changed = stated.model_copy(update={"injury": injury})
    return changed if changed != Constraints() else None


def _names_another(message: str, context: ChatContext) -> bool:
    """Whether a message names a part that the contract calls `other` and that it does not call healed."""
    healed = {item.subject for item in learn(message, context.today).withdrawn if item.kind is Kind.INJURY}
    named = {part for part in parts_in(message) if injury_of(part) is Injury.OTHER}
    return any(not any(covers(Kind.INJURY, gone, part) for gone in healed) for part in named)


def _duration(request: GATCRequest, message: str, context: ChatContext) -> tuple[GATCRequest, str]:
    """A stated duration beats the model's; a number that nobody said is dropped."""
    if not (_wants_workout(request) or request.replan_type is ReplanType.REDUCE_INTENSITY):
        return request, ""
    said = minutes_in(message)
    if said is not None:
        allowed = min(said, MOST_MINUTES) if said >= LEAST_MINUTES else None
        return _with(request, time_available_min=allowed), "duration_from_message"
    if request.time_available_min is None or request.time_available_min in _minutes_named(message, context):
        return request, ""
    return _with(request, time_available_min=None), "duration_nobody_said"


def _date(request: GATCRequest, message: str, context: ChatContext) -> tuple[GATCRequest, str]:
    """The model is not told what day it is: a date is resolved from the message, or there is none."""
    dated = _wants_workout(request) or request.replan_type in _DATED_REPLANS
    day = date_in(message, context.today) if dated else None
    return _with(request, date=day), "date_from_message" if day else "date_nobody_said"


def _sport(request: GATCRequest, message: str, context: ChatContext) -> tuple[GATCRequest, str]:
    """The message, then the app's profile, then the memory; where none names a sport, the athlete is asked.

    The message before may fill a sport that the model misses, and stands behind what the model says; it never beats it.
    """
    if not _wants_workout(request):
        return request, ""
    back = taken_back(message)
    named, before = sports_in(back.message), _not_in(back, _sports_before(context))
    missing = request.action is not Action.CREATE_WORKOUT
    if not missing and request.sport in (named or before):
        return request, ""
    profile = sport_of(context.profile_summary.sport) if context.profile_summary else None
    for sports, source in (
        (named or (before if missing else ()), "message"),
        (_not_in(back, (profile,) if profile else ()), "profile"),
        (_not_in(back, _remembered(context)), "memory"),
        (before, "message"),
    ):
        if sports:
            return _as_workout(request, sports[0]), f"sport_from_{source}"
    ask = _with(
        request,
        action=Action.CLARIFY,
        sport=None,
        missing=("sport",),
        clarify_message=ASK_SPORT[language_of(message)],
    )
    return ask, "sport_asked"


_RULES: tuple[Rule, ...] = (_red_flag, _illness, _injury, _duration, _date, _sport)


def _trains(request: GATCRequest) -> bool:
    """Whether a session may come of a request, now or in the plan."""
    return _wants_workout(request) or request.action is Action.REPLAN


def _wants_workout(request: GATCRequest) -> bool:
    """A workout, or the question for the sport of one: the same wish, with and without a known sport."""
    return request.action is Action.CREATE_WORKOUT or (
        request.action is Action.CLARIFY and request.missing == ("sport",)
    )


def _as_workout(request: GATCRequest, sport: Sport) -> GATCRequest:
    return _with(request, action=Action.CREATE_WORKOUT, sport=sport, missing=None, clarify_message=None)


def _not_in(back: TakenBack, sports: tuple[Sport, ...]) -> tuple[Sport, ...]:
    return tuple(sport for sport in sports if sport not in back.sports)


def _remembered(context: ChatContext) -> tuple[Sport, ...]:
    """The sports that the memory names, a main sport first."""
    facts = sorted(_facts(context), key=lambda fact: _MAIN_SPORT.search(fact) is None)
    return tuple(sport for fact in facts for sport in sports_in(fact))


def _sports_before(context: ChatContext) -> tuple[Sport, ...]:
    """The sports that the athlete wished in the turn before, where this turn goes on with it ("45 min" after "a run").

    Not those that it declined, nor those of other people.
    """
    before = [turn.message for turn in context.history if turn.role == "user"]
    back = taken_back(about_athlete(before[-1])) if before else None
    return _not_in(back, sports_in(back.message)) if back else ()


def _facts(context: ChatContext) -> tuple[str, ...]:
    memory = context.athlete_memory
    return (*(fact.fact for fact in memory.key_facts), *memory.patterns) if memory else ()


def _minutes_named(message: str, context: ChatContext) -> set[int]:
    """Every length of time and every bare number that the message, the history or the memory holds."""
    texts = (message, *(turn.message for turn in context.history), *_facts(context))
    return {item.minutes for text in texts for item in mentioned(text)} | {
        number for text in texts for number in bare_numbers(text)
    }


def _with(request: GATCRequest, **changes: Any) -> GATCRequest:
    """A changed copy that the contract has checked again."""
    return GATCRequest.model_validate({**dict(request), **changes})
