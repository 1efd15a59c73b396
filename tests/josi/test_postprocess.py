"""Semantic post-processing: rules that hold whatever the model said."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import pytest

from josi.contract import ChatContext, GATCRequest
from josi.postprocess import STOP_AND_SEEK_CARE, postprocess
from tests.josi.turns import asked, context

RUNNER = context(profile_summary={"sport": "running"})
REMEMBERS = context(
    athlete_memory={"key_facts": [{"fact": "Loves cycling in the hills", "source": "conversation", "confidence": 0.9}]}
)
ASK = {"missing": ["sport"], "clarify_message": "Which one?"}


class Case(NamedTuple):
    """What the model said about a message in a context, and what has to come out."""

    message: str
    model: GATCRequest
    context: ChatContext
    expected: Mapping[str, Any]
    repairs: tuple[str, ...]


def said(message: str, action: str = "create_workout", **fields: Any) -> tuple[str, GATCRequest]:
    return message, asked(action, text=message, **fields)


CASES: dict[str, Case] = {
    "a good request stays": Case(
        *said("A 45 minute run please", time_available_min=45),
        RUNNER,
        {"action": "create_workout", "sport": "run", "time_available_min": 45},
        (),
    ),
    "red flag beats a workout": Case(
        *said("I feel dizzy but give me a run", time_available_min=60, goal="vo2"),
        RUNNER,
        {"action": "clarify", "missing": ["medical_clearance"], "clarify_message": STOP_AND_SEEK_CARE["en"]},
        ("red_flag_head",),
    ),
    "red flag beats illness": Case(
        *said("I have the flu and chest pain", action="replan", replan_type="illness"),
        RUNNER,
        {"action": "clarify", "missing": ["medical_clearance"], "clarify_message": STOP_AND_SEEK_CARE["en"]},
        ("red_flag_chest",),
    ),
    "red flag in Dutch": Case(
        *said("Ik heb pijn op mijn borst, maar wil hardlopen"),
        RUNNER,
        {"action": "clarify", "missing": ["medical_clearance"], "clarify_message": STOP_AND_SEEK_CARE["nl"]},
        ("red_flag_chest",),
    ),
    "pushing through pain is no workout": Case(
        *said("Push through the pain"),
        RUNNER,
        {"action": "clarify", "missing": ["medical_clearance"], "clarify_message": STOP_AND_SEEK_CARE["en"]},
        ("red_flag_pain",),
    ),
    "the model's own stop gets the fixed words": Case(
        *said("Something is off with me", action="clarify", missing=["medical_clearance"], clarify_message="Ouch?"),
        RUNNER,
        {"action": "clarify", "missing": ["medical_clearance"], "clarify_message": STOP_AND_SEEK_CARE["en"]},
        ("medical_message",),
    ),
    "illness is a replan": Case(
        *said("I'm sick, no run for me", constraints={"fatigue_hint": "tired"}),
        RUNNER,
        {"action": "replan", "replan_type": "illness", "sport": "run", "constraints": {"fatigue_hint": "tired"}},
        ("illness",),
    ),
    "illness beats a question": Case(
        *said("I have a cold, what now?", action="answer_question"),
        RUNNER,
        {"action": "replan", "replan_type": "illness"},
        ("illness",),
    ),
    "cold weather is no illness": Case(
        *said("It's cold outside, a run please"), RUNNER, {"action": "create_workout", "sport": "run"}, ()
    ),
    "the message's duration beats the model's": Case(
        *said("A run, about an hour", time_available_min=45),
        RUNNER,
        {"action": "create_workout", "sport": "run", "time_available_min": 60},
        ("duration_from_message",),
    ),
    "a forgotten duration is extracted": Case(
        *said("Anderhalf uur fietsen graag", sport="bike"),
        RUNNER,
        {"action": "create_workout", "sport": "bike", "time_available_min": 90},
        ("duration_from_message",),
    ),
    "a duration that nobody said is dropped": Case(
        *said("A run please", time_available_min=45),
        RUNNER,
        {"action": "create_workout", "sport": "run"},
        ("duration_nobody_said",),
    ),
    "a number beside other words may be meant": Case(
        *said("45 on the treadmill", time_available_min=45),
        RUNNER,
        {"action": "create_workout", "sport": "run", "time_available_min": 45},
        (),
    ),
    "a duration from the turn before may be meant": Case(
        *said("Make it a run", time_available_min=40),
        context(history=[{"role": "user", "message": "I have 40 minutes"}]),
        {"action": "create_workout", "sport": "run", "time_available_min": 40},
        (),
    ),
    "more than five hours is five hours": Case(
        *said("A six hour ride", sport="bike"),
        RUNNER,
        {"action": "create_workout", "sport": "bike", "time_available_min": 300},
        ("duration_from_message",),
    ),
    "less than ten minutes is no time": Case(
        *said("A 5 minute run", time_available_min=50),
        RUNNER,
        {"action": "create_workout", "sport": "run"},
        ("duration_from_message",),
    ),
    "an eased session keeps the time that is said": Case(
        *said("Shorten today's session to 30 minutes", action="replan", replan_type="reduce_intensity"),
        RUNNER,
        {"action": "replan", "replan_type": "reduce_intensity", "date": "2026-03-04", "time_available_min": 30},
        ("duration_from_message", "date_from_message"),
    ),
    "the day is resolved": Case(
        *said("A run on Saturday"),
        RUNNER,
        {"action": "create_workout", "sport": "run", "date": "2026-03-07"},
        ("date_from_message",),
    ),
    "a day that the model made up is dropped": Case(
        *said("A run please", date="2024-01-01"),
        RUNNER,
        {"action": "create_workout", "sport": "run"},
        ("date_nobody_said",),
    ),
    "moved to the day after `to`": Case(
        *said("Move Monday's run to Friday", action="replan", replan_type="reschedule"),
        RUNNER,
        {"action": "replan", "replan_type": "reschedule", "date": "2026-03-06"},
        ("date_from_message",),
    ),
    "the message's sport beats the model's": Case(
        *said("An easy swim please", sport="run"),
        RUNNER,
        {"action": "create_workout", "sport": "other"},
        ("sport_from_message",),
    ),
    "the profile's sport beats a guess": Case(
        *said("Make me a workout", sport="other"),
        RUNNER,
        {"action": "create_workout", "sport": "run"},
        ("sport_from_profile",),
    ),
    "the profile answers the question for the sport": Case(
        *said("Make me a workout", action="clarify", **ASK),
        RUNNER,
        {"action": "create_workout", "sport": "run"},
        ("sport_from_profile",),
    ),
    "the memory answers it too": Case(
        *said("Make me a workout of 30 minutes", action="clarify", **ASK),
        REMEMBERS,
        {"action": "create_workout", "sport": "bike", "time_available_min": 30},
        ("duration_from_message", "sport_from_memory"),
    ),
    "the turn before may name the sport": Case(
        *said("About 40 minutes", sport="run"),
        context(
            history=[{"role": "user", "message": "Can I get a swim?"}, {"role": "assistant", "message": "How long?"}]
        ),
        {"action": "create_workout", "sport": "other", "time_available_min": 40},
        ("duration_from_message", "sport_from_message"),
    ),
    "a sport that nobody named is asked for": Case(
        *said("Make me a workout", sport="other", goal="endurance"),
        context(),
        {
            "action": "clarify",
            "goal": "endurance",
            "missing": ["sport"],
            "clarify_message": "Which sport would you like to do?",
        },
        ("sport_asked",),
    ),
    "asked for in Dutch": Case(
        *said("Maak een training voor me", sport="run"),
        context(),
        {"action": "clarify", "missing": ["sport"], "clarify_message": "Welke sport wil je doen?"},
        ("sport_asked",),
    ),
    "a question keeps its own words": Case(
        *said("What is Z2?", action="answer_question"),
        context(),
        {"action": "answer_question", "question": "What is Z2?"},
        (),
    ),
    "another question back is left alone": Case(
        *said("Move it", action="clarify", missing=["date"], clarify_message="Which day do you mean?"),
        RUNNER,
        {"action": "clarify", "missing": ["date"], "clarify_message": "Which day do you mean?"},
        (),
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_rules_repair_what_the_model_said(case: Case) -> None:
    request, repairs = postprocess(case.model, case.message, case.context)

    assert request.model_dump(mode="json", exclude_none=True) == {"free_text": case.message, **case.expected}
    assert repairs == case.repairs


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_post_processing_twice_changes_nothing_more(case: Case) -> None:
    once, _ = postprocess(case.model, case.message, case.context)

    assert postprocess(once, case.message, case.context) == (once, ())
