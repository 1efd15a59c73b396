"""The explainer's language rules: each has answers that pass and answers that fail."""

import pytest

from josi.contract import Decision, Outcome
from josi.language import brevity, check_answer, language_of, warmth
from josi.records import Severity
from tests.josi.turns import context, planned

WORKOUT = Decision(
    outcome=Outcome.WORKOUT,
    workout_summary="an easy 45 min run in Z2",
    rationale_bullets=("your readiness is green today", "easy work builds your endurance"),
)
STOP = Decision(outcome=Outcome.STOP, rationale_bullets=("a doctor should look at this before any training",))
MESSAGE = "Could you make me a run of 1h30?"
DUTCH = "Kun je een duurloop voor me maken?"

GOOD = {
    "plain": "Here is an easy 45 min run in Z2, because your readiness is green today. Enjoy it!",
    "one question": "Here is an easy 45 min run in Z2. Shall we go?",
    "zone in words": "Stay in zone 2 for 45 minutes.",
    "the message's time in other words": "An hour and a half is plenty for you.",
    "the message's time in figures": "Your 90 minutes are well spent.",
    "small words are no numbers": "One step at a time, you will get there.",
    "codes inside words": "You go directly home and rest exactly as your battle-tested plan says.",
    "short codes' neighbours": "Hmm, that was an atlas-sized effort, well done you!",
    "a doctor is no referral elsewhere": "Please rest and see a doctor if you do not feel better.",
    "apostrophes": "You\u2019re ready, so let\u2019s go for it today!",
}
BAD = {
    "forbidden: internals": ("GATC planned this for you.", "internals"),
    "forbidden: a code": ("Your CTL is up, so go.", "internals"),
    "forbidden: two words": ("Your load ratio is fine today.", "internals"),
    "forbidden: hyphen": ("The fitness-fatigue balance is good today.", "internals"),
    "forbidden: Dutch": ("Het algoritme koos dit voor jou.", "internals"),
    "jargon": ("This lifts your VO2max nicely.", "jargon"),
    "jargon, spaced": ("This lifts your vo2 max nicely.", "jargon"),
    "jargon, plural": ("You are between two mesocycles now.", "jargon"),
    "jargon: threshold power": ("Your threshold power will rise.", "jargon"),
    "two questions": ("How do you feel? Shall we go?", "questions"),
    "an own number": ("Run for 7 km in the park.", "number"),
    "an own duration": ("Run for 50 minutes in the park.", "number"),
    "an own duration in words": ("Half an hour will do you good.", "number"),
    "an own pace": ("Hold 5:30 all the way home.", "number"),
    "a part of a given time": ("Run for 30 minutes in the park.", "number"),
    "an own power": ("Ride at 220 watts all the way.", "number"),
    "an own zone": ("Go for it in Z4 today.", "zone"),
    "an own zone in words": ("Stay in zone 5 the whole way.", "zone"),
    "the upper end of a zone range": ("Move between Z2-Z3 today.", "zone"),
    "JSON": ('{"answer": "run"}', "format"),
    "bold": ("Here is **an easy run** for you.", "format"),
    "a list": ("Today you do this:\n- warm up\n- run", "format"),
    "a heading": ("# Your run\nEnjoy it today.", "format"),
    "a control token": ("Enjoy your run!<|im_end|>", "format"),
    "another coach": ("Ask a running coach about this.", "referral"),
    "an app": ("You could use an app for that.", "referral"),
    "a service": ("Put it on Strava for your friends.", "referral"),
    "another coach, Dutch": ("Vraag het een andere coach even.", "referral"),
    "robotic memory": ("I remember you said that you like hills.", "memory_talk"),
    "robotic memory, Dutch": ("Zoals je eerder zei hou je van heuvels.", "memory_talk"),
    "nothing": ("  ", "length"),
    "far too long": ("you " * 101, "length"),
    "the wrong language": ("Geniet van je rustige training vandaag, het is goed voor je.", "language"),
}


def checks(answer: str, message: str = MESSAGE, decision: Decision | None = WORKOUT) -> list[str]:
    return [finding.check for finding in check_answer(answer, context=context(), decision=decision, message=message)]


@pytest.mark.parametrize("answer", GOOD.values(), ids=GOOD)
def test_a_good_answer_has_no_finding(answer: str) -> None:
    assert checks(answer) == []


@pytest.mark.parametrize(("answer", "check"), BAD.values(), ids=BAD)
def test_a_bad_answer_is_found_out(answer: str, check: str) -> None:
    message = DUTCH if language_of(answer) == "nl" and check != "language" else MESSAGE

    assert checks(answer, message) == [check]


@pytest.mark.parametrize(
    ("count", "severities"), [(80, []), (81, [Severity.WARN]), (100, [Severity.WARN]), (101, [Severity.BLOCK])]
)
def test_eighty_words_are_wished_and_a_hundred_are_the_end(count: int, severities: list[Severity]) -> None:
    found = check_answer("you " * count, context=context(), decision=WORKOUT, message=MESSAGE)

    assert [finding.severity for finding in found] == severities


def test_numbers_of_the_context_may_be_used() -> None:
    where = context(**planned(target_zone="Z3", target_duration_min=75))
    answer = "Your 75 minutes in Z3 come next, after the 45 min run."

    assert check_answer(answer, context=where, decision=WORKOUT, message=MESSAGE) == ()


def test_the_context_alone_is_enough_without_a_decision() -> None:
    assert checks("Here is an easy 45 min run in Z2.", decision=None) == ["zone", "number"]


@pytest.mark.parametrize(
    ("answer", "found"), [("Take 60 minutes.", []), ("Take 20 to 60 min.", []), ("Take 40 minutes.", ["number"])]
)
def test_both_ends_of_a_given_range_may_be_used(answer: str, found: list[str]) -> None:
    assert checks(answer, "A run of 20-60 minutes") == found


def test_a_bare_number_of_the_athlete_may_be_minutes() -> None:
    assert checks("Your 35 minutes are enough.", "Run 35") == []


def test_todays_date_and_the_athletes_id_are_no_source_of_numbers() -> None:
    assert checks("You did 2026 steps today.") == ["number"]


@pytest.mark.parametrize(
    ("answer", "found"),
    [
        ("Stop training now and see a doctor.", []),
        ("Stop nu met trainen en bel de huisarts.", []),
        ("Enjoy your easy run today, my friend!", ["stop"]),
        ("Please see a doctor about your chest.", ["stop"]),
    ],
)
def test_an_answer_to_a_medical_stop_says_stop_and_seek_care(answer: str, found: list[str]) -> None:
    message = "Ik heb pijn op de borst" if language_of(answer) == "nl" else "My chest hurts a lot"

    assert checks(answer, message, STOP) == found


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Make me a run", "en"),
        ("Maak een duurloop voor me", "nl"),
        ("Gym 45", "en"),
        ("hmm", "en"),
        ("", "en"),
        ("Ik ben moe", "nl"),
        ("Waarom is het vandaag zo rustig?", "nl"),
        ("Why is it so easy today?", "en"),
        ("vandaag sla ik over", "nl"),
        ("I'm off today", "en"),
    ],
)
def test_the_language_is_told_from_common_words(text: str, language: str) -> None:
    assert language_of(text) == language


def test_a_warm_answer_scores_above_the_gate_and_a_machine_below() -> None:
    warm = (
        "I hear you, tired legs are tough. Here is an easy 45 min run in Z2, because your readiness is green. Enjoy it!"
    )
    cold = ["The session lasts 45 min.", "Request invalid. Execute as prescribed.", "Rest."]

    assert warmth(warm) > 4
    assert all(warmth(text) < 3 for text in cold)
    assert 1 <= warmth("ERROR ERROR INVALID USER INPUT") <= warmth(warm) <= 5


def test_warmth_is_the_same_scale_in_dutch() -> None:
    assert warmth("Ik snap je, rustig aan vandaag. Geniet van je duurloop, omdat je lichaam er klaar voor is!") > 4


@pytest.mark.parametrize(
    ("count", "score"),
    [(0, 1.0), (1, 5.0), (50, 5.0), (80, 4.0), (90, 3.5), (100, 3.0), (125, 2.0), (150, 1.0), (400, 1.0)],
)
def test_brevity_falls_with_the_number_of_words(count: int, score: float) -> None:
    assert brevity("word " * count) == pytest.approx(score)
