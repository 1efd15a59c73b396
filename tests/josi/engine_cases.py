"""The reference engine's table of cases: what is asked in which context, and what must be decided."""

# ruff: noqa: E501 - a table reads best with one case a line

from collections.abc import Mapping
from typing import Any, NamedTuple

from josi.contract import ChatContext, DataTier, GATCRequest
from tests.josi.turns import asked, context, planned

NL = "Kun je mij helpen met mijn training?"


class Case(NamedTuple):
    """A request in a context, and what the decision must be. `caps` and `why` are pieces of clauses."""

    request: GATCRequest
    context: ChatContext
    outcome: str
    summary: str
    caps: tuple[str, ...] = ()
    why: str = ""


def ready(level: str, state: str = "Productive", **more: Any) -> ChatContext:
    return context(readiness={"level": level, "state": state}, **more)


def workout(**fields: Any) -> GATCRequest:
    return asked("create_workout", **fields)


def replan(kind: str, **fields: Any) -> GATCRequest:
    return asked("replan", replan_type=kind, **fields)


CASES: Mapping[str, Case] = {
    # workouts: what is wished
    "run, plain": Case(workout(), context(), "workout", "an easy 45 min run in Z2", why="your readiness is green today"),
    "bike, plain": Case(workout(sport="bike"), context(), "workout", "an easy 60 min bike ride in Z2"),
    "ski, plain": Case(workout(sport="ski"), context(), "workout", "an easy 60 min ski session in Z2"),
    "skate, plain": Case(workout(sport="skate"), context(), "workout", "an easy 45 min skating session in Z2"),
    "strength has no zone": Case(workout(sport="strength"), context(), "workout", "a solid 40 min strength session"),
    "other sport": Case(workout(sport="other"), context(), "workout", "an easy 45 min session in Z2"),
    "time is kept": Case(workout(time_available_min=30), context(), "workout", "an easy 30 min run in Z2"),
    "five hours are kept": Case(workout(sport="bike", time_available_min=300), context(), "workout", "an easy 300 min bike ride in Z2"),
    "endurance": Case(workout(goal="endurance"), context(), "workout", "an easy 45 min run in Z2", why="endurance"),
    "threshold": Case(workout(goal="threshold"), context(), "workout", "a brisk 45 min run in Z4"),
    "vo2": Case(workout(goal="vo2"), context(), "workout", "a hard 45 min run in Z5"),
    "recovery is short": Case(workout(goal="recovery"), context(), "workout", "a very easy 30 min run in Z1"),
    "strength as a runner": Case(workout(goal="strength"), context(), "workout", "a steady 45 min run in Z3"),
    "race prep": Case(workout(goal="race_prep"), context(), "workout", "a brisk 45 min run in Z4"),
    "tomorrow": Case(workout(date="2026-03-05"), context(), "workout", "an easy 45 min run in Z2 tomorrow"),
    "on Saturday": Case(workout(date="2026-03-07"), context(), "workout", "an easy 45 min run in Z2 on Saturday"),
    "in three weeks": Case(workout(date="2026-03-25"), context(), "workout", "an easy 45 min run in Z2 on a later day"),
    "a day that has passed": Case(workout(date="2026-03-01"), context(), "clarify", "", why="already passed"),
    # workouts: readiness and state
    "yellow holds top speed back": Case(workout(goal="vo2"), ready("Yellow"), "workout", "a steady 45 min run in Z3", ("hard work waits while your readiness is yellow",)),
    "yellow holds long work back": Case(workout(time_available_min=150), ready("Yellow"), "workout", "an easy 90 min run in Z2", ("longer work waits",)),
    "yellow leaves easy work alone": Case(workout(), ready("Yellow"), "workout", "an easy 45 min run in Z2"),
    "orange is easy": Case(workout(goal="threshold"), ready("Orange"), "workout", "an easy 45 min run in Z2", ("hard work waits while your readiness is orange",)),
    "orange is short": Case(workout(time_available_min=120), ready("Orange"), "workout", "an easy 45 min run in Z2", ("longer work waits while your readiness is orange",)),
    "orange, hard and long": Case(workout(goal="vo2", time_available_min=90), ready("Orange"), "workout", "an easy 45 min run in Z2", ("hard or long work waits while your readiness is orange",)),
    "red is rest": Case(workout(), ready("Red"), "workout", "a full rest day", ("all training waits while your readiness is red",), "your readiness is red today"),
    "red declines hard work": Case(workout(goal="vo2"), ready("Red"), "declined", "a full rest day", ("all training waits",)),
    "red declines race prep": Case(workout(goal="race_prep"), ready("Red"), "declined", "a full rest day", ("all training waits",)),
    "red rests from strength too": Case(workout(sport="strength"), ready("Red"), "workout", "a full rest day", ("all training waits",)),
    "accumulated fatigue": Case(workout(goal="threshold"), ready("Green", "Accumulated"), "workout", "a steady 45 min run in Z3", ("carrying fatigue",)),
    "overreached on a green day": Case(workout(goal="threshold"), ready("Green", "Overreached"), "workout", "an easy 45 min run in Z2", ("not caught up",)),
    "illness risk is rest on a green day": Case(workout(), ready("Green", "IllnessRisk"), "workout", "a full rest day", ("signs of illness",), "signs of illness"),
    "illness risk declines hard work": Case(workout(goal="threshold"), ready("Yellow", "IllnessRisk"), "declined", "a full rest day", ("signs of illness",)),
    "nothing is known yet": Case(workout(goal="vo2"), context(readiness={"level": "Green", "state": "Recovered", "data_tier": DataTier.NONE}), "workout", "a steady 45 min run in Z3", ("little is known",)),
    # workouts: phase and plan
    "base phase": Case(workout(goal="vo2"), context(profile_summary={"current_phase": "base"}), "workout", "a steady 45 min run in Z3", ("hard work waits while you are in the base phase",), "base phase"),
    "build phase": Case(workout(goal="vo2"), context(profile_summary={"current_phase": "build"}), "workout", "a hard 45 min run in Z5", why="build phase"),
    "peak phase": Case(workout(goal="threshold"), context(profile_summary={"current_phase": "peak"}), "workout", "a brisk 45 min run in Z4", why="peak phase"),
    "taper is short": Case(workout(time_available_min=120), context(profile_summary={"current_phase": "taper"}), "workout", "an easy 60 min run in Z2", ("longer work waits while you are in the taper phase",)),
    "recovery phase": Case(workout(goal="threshold"), context(profile_summary={"current_phase": "recovery"}), "workout", "an easy 45 min run in Z2", ("recovery phase",)),
    "an unknown phase binds nothing": Case(workout(goal="vo2"), context(profile_summary={"current_phase": "off-season"}), "workout", "a hard 45 min run in Z5"),
    "a planned rest day stays easy": Case(workout(goal="vo2"), context(**planned(intent="REST", target_duration_min=0)), "workout", "an easy 45 min run in Z2", ("rest day in your plan",)),
    "a rest day today binds not tomorrow": Case(workout(goal="vo2", date="2026-03-05"), context(**planned(intent="OFF", target_duration_min=0)), "workout", "a hard 45 min run in Z5 tomorrow"),
    # workouts: what the athlete says
    "tired": Case(workout(goal="threshold", constraints={"fatigue_hint": "tired"}), context(), "workout", "an easy 45 min run in Z2", ("you feel tired",), "you feel tired"),
    "very tired": Case(workout(constraints={"fatigue_hint": "very_tired"}), context(), "workout", "a very easy 30 min run in Z1", ("the effort stays very easy while you feel very tired", "longer work waits while you feel very tired")),
    "fresh lifts no gate": Case(workout(goal="vo2", constraints={"fatigue_hint": "fresh"}), ready("Orange"), "workout", "an easy 45 min run in Z2", ("orange",), "you feel fresh"),
    "knee and running": Case(workout(constraints={"injury": "knee"}), context(), "workout", "a very easy 30 min run in Z1", ("the effort stays very easy while your knee needs care", "longer work waits while your knee needs care")),
    "knee and cycling": Case(workout(sport="bike", goal="threshold", constraints={"injury": "knee"}), context(), "workout", "an easy 60 min bike ride in Z2", ("your knee needs care",)),
    "shoulder and running": Case(workout(constraints={"injury": "shoulder"}), context(), "workout", "an easy 45 min run in Z2", why="your shoulder needs care"),
    "shoulder and lifting": Case(workout(sport="strength", constraints={"injury": "shoulder"}), context(), "workout", "a very light 30 min strength session", ("your shoulder",)),
    "ankle and skating": Case(workout(sport="skate", constraints={"injury": "ankle"}), context(), "workout", "a very easy 30 min skating session in Z1", ("the effort stays very easy while your ankle", "longer work waits while your ankle")),
    "back and skiing": Case(workout(sport="ski", constraints={"injury": "back"}), context(), "workout", "a very easy 30 min ski session in Z1", ("the effort stays very easy while your back", "longer work waits while your back")),
    "no injury binds nothing": Case(workout(goal="vo2", constraints={"injury": "none"}), context(), "workout", "a hard 45 min run in Z5"),
    "no intensity is a wish, not a cap": Case(workout(goal="vo2", constraints={"no_intensity": True}), context(), "workout", "an easy 45 min run in Z2", why="you asked for no hard work"),
    # tiers
    "monitor has no chat": Case(asked("explain"), context(tier="monitor"), "declined", "", why="advisor and coach"),
    "monitor builds nothing": Case(workout(), context(tier="monitor"), "declined", ""),
    "monitor gets the medical stop": Case(asked("clarify", missing=["medical_clearance"], clarify_message="Stop."), context(tier="monitor"), "stop", "", ("until a doctor has cleared you",)),
    "advisor builds today": Case(workout(date="2026-03-04"), context(tier="advisor"), "workout", "an easy 45 min run in Z2"),
    "advisor builds nothing for tomorrow": Case(workout(date="2026-03-05"), context(tier="advisor"), "declined", "", why="today's workout only"),
    "advisor explains": Case(asked("explain"), context(tier="advisor"), "explanation", ""),
    "advisor answers": Case(asked("answer_question"), context(tier="advisor"), "answer", ""),
    "advisor changes no plan": Case(replan("swap_days"), context(tier="advisor"), "declined", "", why="coach tier"),
    "advisor still rests when ill": Case(replan("illness"), context(tier="advisor"), "declined", "", ("until you feel well",)),
    "the lower of tier and mode counts": Case(replan("swap_days"), context(tier="coach", mode="advisor"), "declined", ""),
    "a higher mode gives nothing": Case(replan("swap_days"), context(tier="advisor", mode="coach"), "declined", ""),
    # replans
    "skip today": Case(replan("skip_today"), context(), "replan", "a full rest day today", why="costs you no fitness"),
    "swap days": Case(replan("swap_days"), context(), "replan", "your two days swapped"),
    "swap days under orange": Case(replan("swap_days"), ready("Orange"), "replan", "your two days swapped", ("hard work waits",)),
    "reschedule to a day": Case(replan("reschedule", date="2026-03-07"), context(), "replan", "your session moved to Saturday"),
    "reschedule without a day": Case(replan("reschedule"), context(), "replan", "your session moved to another day"),
    "reschedule to tomorrow": Case(replan("reschedule", date="2026-03-05"), context(), "replan", "your session moved to tomorrow"),
    "reduce a hard session": Case(replan("reduce_intensity"), context(**planned()), "replan", "an easy 45 min session in Z2"),
    "reduce an easy session": Case(replan("reduce_intensity"), context(**planned(target_zone="Z2", target_duration_min=40)), "replan", "a very easy 30 min session in Z1"),
    "reduce to the time there is": Case(replan("reduce_intensity", time_available_min=20), context(**planned()), "replan", "an easy 20 min session in Z2"),
    "reduce, naming the sport": Case(replan("reduce_intensity", sport="bike"), context(**planned()), "replan", "an easy 45 min bike ride in Z2"),
    "reduce on a rest day": Case(replan("reduce_intensity"), context(**planned(intent="REST")), "replan", "a full rest day"),
    "reduce under red": Case(replan("reduce_intensity"), ready("Red", **planned()), "replan", "a full rest day"),
    "reduce without a session": Case(replan("reduce_intensity"), context(), "replan", "a lighter version of your session"),
    "ill": Case(replan("illness"), context(), "replan", "a full rest day today", ("until you feel well again",), "get well"),
    "over the flu": Case(replan("illness", text="I'm over the flu, ease me back"), context(), "replan", "a gentle return over the coming days"),
    "over the flu, still at risk": Case(replan("illness", text="I'm over the flu, ease me back"), ready("Orange", "IllnessRisk"), "replan", "a full rest day today", ("until you feel well",)),
    "travel": Case(replan("travel"), context(), "replan", "a lighter plan for your days away"),
    "travel under red": Case(replan("travel"), ready("Red"), "replan", "a lighter plan for your days away", ("all training waits",)),
    "new goal": Case(replan("goal_change"), context(), "replan", "a plan built around your new goal"),
    # explanations, answers, questions back
    "explain a session": Case(asked("explain"), context(**planned()), "explanation", "a brisk 60 min session in Z4", why="build phase"),
    "explain a hard session under orange": Case(asked("explain"), ready("Orange", **planned()), "explanation", "a brisk 60 min session in Z4", ("hard or long work waits while your readiness is orange",)),
    "explain a rest day": Case(asked("explain"), context(**planned(intent="OFF", target_zone="R", target_duration_min=0)), "explanation", "a full rest day", why="stronger while it rests"),
    "explain a recovery session": Case(asked("explain"), context(**planned(intent="R", target_zone="R", target_duration_min=30)), "explanation", "a very easy 30 min session"),
    "explain readiness": Case(asked("explain"), ready("Yellow", "Accumulated"), "explanation", "", why="carrying fatigue"),
    "explain a plan that was eased": Case(asked("explain"), context(recent_auto_replan={"trigger": "fatigue_detected", "scope": "micro", "summary": "eased", "days_affected": 2}), "explanation", "", why="signs of fatigue"),
    "a session that is not shown is not explained": Case(asked("explain"), context(planned_session=planned()["planned_session"]), "explanation", ""),
    "a general question": Case(asked("answer_question"), context(), "answer", "", why="your plan stays as it is"),
    "sport is missing": Case(asked("clarify", missing=["sport"], clarify_message="Which?"), context(), "clarify", "", why="the sport decides"),
    "day is missing": Case(asked("clarify", missing=["date"], clarify_message="Which?"), context(), "clarify", "", why="which day"),
    "intent is missing": Case(asked("clarify"), context(), "clarify", "", why="what you would like"),
    "medical stop": Case(asked("clarify", missing=["medical_clearance"], clarify_message="Stop."), context(), "stop", "", ("until a doctor",), "a doctor should look"),
    # Dutch
    "nl run": Case(workout(text=NL), context(), "workout", "een rustige duurloop van 45 min in Z2", why="je herstel vandaag op groen staat"),
    "nl hard run": Case(workout(text=NL, goal="vo2"), context(), "workout", "een zware looptraining van 45 min in Z5"),
    "nl rest": Case(workout(text=NL), ready("Red"), "workout", "een volledige rustdag", ("alle training wacht zolang je herstel op rood staat",)),
    "nl on Saturday": Case(workout(text=NL, date="2026-03-07"), context(), "workout", "een rustige duurloop van 45 min in Z2 op zaterdag"),
    "nl moved": Case(replan("reschedule", text=NL, date="2026-03-07"), context(), "replan", "je training op zaterdag"),
    "nl ill": Case(replan("illness", text=NL), context(), "replan", "een volledige rustdag vandaag", ("tot je je weer goed voelt",)),
    "nl stop": Case(asked("clarify", text=NL, missing=["medical_clearance"], clarify_message="Stop."), context(), "stop", "", ("alle training wacht tot een arts",)),
    "nl explain": Case(asked("explain", text=NL), context(**planned(target_zone="Z2")), "explanation", "een rustige training van 60 min in Z2", why="opbouwfase"),
}  # fmt: skip
