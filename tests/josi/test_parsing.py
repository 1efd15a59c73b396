"""From raw text to a request, with findings where there is none."""

import pytest

from josi.contract import Action, GATCRequest
from josi.parsing import ask_back, complete, parse_request
from josi.runtime import Echo

MESSAGE = "What is Z2?"


def test_the_runtime_writes_the_athletes_own_words() -> None:
    request = parse_request('{"action":"answer_question"}', f" {MESSAGE} ", Echo.RUNTIME)

    assert request == GATCRequest(action=Action.ANSWER_QUESTION, free_text=MESSAGE, question=MESSAGE)


def test_the_runtimes_words_beat_the_models() -> None:
    request = complete(
        {"action": "replan", "replan_type": "travel", "free_text": "x", "question": "y"}, "Away", Echo.RUNTIME
    )

    assert (request.free_text, request.question) == ("Away", None)


def test_a_model_that_echoes_gets_no_help() -> None:
    found = parse_request('{"action":"answer_question"}', MESSAGE, Echo.MODEL)

    assert isinstance(found, tuple)
    assert {finding.where for finding in found} == {"free_text"}


def test_a_very_long_message_is_cut_to_the_contract() -> None:
    assert len(complete({"action": "explain"}, "x" * 3000, Echo.RUNTIME).free_text) == 1000


@pytest.mark.parametrize(
    ("raw", "where"),
    [
        ("", "output"),
        ("I would say a run", "output"),
        ('```json\n{"action":"explain"}\n```', "output"),
        ('{"action":"explain"', "output"),
        ('["explain"]', "output"),
        ("[" * 100_000, "output"),
        ('{"action":' * 100_000, "output"),
        ('{"action":"explain","action":"replan","replan_type":"travel"}', "output"),
        ('{"action":"create_workout","sport":"run","constraints":{"injury":"knee","injury":"none"}}', "output"),
        ('{"action":"create_workout","sport":"run","confidence":NaN}', "output"),
        ('{"action":"explain","mood":"\\ud83d"}', "output"),
        ('{"action":"dance"}', "action"),
        ('{"action":"explain","mood":"good"}', "mood"),
        ('{"action":"create_workout","sport":"run","time_available_min":5}', "time_available_min"),
        ('{"action":"create_workout","sport":"run","date":"soon"}', "date"),
        ('{"action":"create_workout"}', "request"),
    ],
)
def test_bad_output_is_a_finding_that_says_where(raw: str, where: str) -> None:
    found = parse_request(raw, MESSAGE, Echo.RUNTIME)

    assert isinstance(found, tuple)
    assert [finding.where for finding in found] == [where]
    assert found[0].remedy


def test_all_faults_are_shown_at_once() -> None:
    found = parse_request('{"action":"explain","mood":"good","goal":"win"}', MESSAGE, Echo.RUNTIME)

    assert isinstance(found, tuple)
    assert {finding.where for finding in found} == {"mood", "goal"}


def test_a_workout_without_a_sport_asks_for_it_and_keeps_the_rest() -> None:
    request = ask_back({"action": "create_workout", "time_available_min": 40, "goal": "endurance"}, "40 min endurance")

    assert (request.missing, request.time_available_min, request.goal) == (("sport",), 40, "endurance")


@pytest.mark.parametrize("fields", [None, {}, {"action": "explain"}, {"action": "create_workout", "goal": "win"}])
def test_anything_else_asks_what_is_wanted(fields: dict[str, object] | None) -> None:
    assert (
        ask_back(fields, "Maak iets voor mij").clarify_message
        == "Wat wil je graag: een training, een wijziging van je plan of uitleg?"
    )
    assert ask_back(fields, "").missing == ("intent",)
