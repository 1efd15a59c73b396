import json

import pytest

from josi.contract import GATCRequest
from tasks.data.targets import Shape, clean_block, read_request, shape_of

GOOD = '{"action":"explain","free_text":"Why so easy?","question":"Why so easy?"}'


@pytest.mark.parametrize(
    ("target", "shape"),
    [
        (GOOD, Shape.INTERPRETER),
        (f"```json\n{GOOD}\n```", Shape.INTERPRETER),
        ('{"intent": "question", "response_type": "QuestionAnswer", "message": "Hi"}', Shape.V3),
        ('{"intent": "chat", "response_type": "QuestionAnswer"}', Shape.UNKNOWN_JSON),
        ('{"answer": 1}', Shape.UNKNOWN_JSON),
        ('{"action": "explain", "free_te', Shape.BROKEN_JSON),
        ("Take it easy today.", Shape.EXPLAINER),
        ("42", Shape.EXPLAINER),
    ],
)
def test_the_role_of_a_row_follows_from_its_target(target: str, shape: Shape) -> None:
    assert shape_of(target)[0] is shape


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"context": {}}, "context: unknown key"),
        ({"sport": "running"}, "sport:"),
        ({"time_available_min": "45"}, "time_available_min:"),
        ({"question": None}, "needs question"),
    ],
)
def test_each_fault_of_a_request_names_its_field(fields: dict[str, object], named: str) -> None:
    found = read_request(json.dumps({**json.loads(GOOD), **fields}))

    assert isinstance(found, str) and named in found


def test_defaults_that_are_spelled_out_leave_the_canonical_form() -> None:
    limits = '"constraints":{"injury":"none","no_intensity":false}'
    text = f'{{"free_text":"a","action":"create_workout",{limits},"sport":"run","goal":null}}'
    found = read_request(text)

    assert isinstance(found, GATCRequest)
    assert found.to_json() == '{"action":"create_workout","free_text":"a","sport":"run"}'


def test_a_block_that_the_schema_forbids_is_cleaned_and_the_rest_of_the_turn_kept() -> None:
    value = {"action": "explain", "axis": "load", "sport": "cycling", "goal": "century", "free_text": "Why?"}
    turn = f"Why?\n\nCONTEXT:\n- Sport: cycling\n\n[INTERPRETER]\n{json.dumps(value)}\n- tail"
    cleaned, faults = clean_block(turn)

    head, block = cleaned.split("[INTERPRETER]\n")
    assert head == turn.split("[INTERPRETER]\n", maxsplit=1)[0] and block.endswith("\n- tail")
    request = read_request(block.removesuffix("\n- tail"))
    assert isinstance(request, GATCRequest)
    assert (request.sport, request.goal, request.question) == ("bike", None, "Why?")
    assert "axis: unknown key" in faults and "goal" in faults


@pytest.mark.parametrize(
    "block", ["not json", '["a"]', '{"sport": "running"}', '{"action": "replan", "free_text": "x"}']
)
def test_a_block_that_cannot_be_mended_is_taken_out(block: str) -> None:
    cleaned, faults = clean_block(f"Why?\n\n[INTERPRETER]\n{block}")

    assert cleaned.startswith("Why?") and "[INTERPRETER]" not in cleaned and faults


def test_a_good_block_is_left_as_it_is() -> None:
    assert clean_block(f"Why?\n\n[INTERPRETER]\n{GOOD}") == (f"Why?\n\n[INTERPRETER]\n{GOOD}", "")


def test_a_day_is_part_of_the_contract() -> None:
    text = '{"action":"create_workout","free_text":"x","sport":"run","date":"2026-03-08"}'

    request = read_request(text)

    assert isinstance(request, GATCRequest) and request.to_json() == text
    assert "date" in str(read_request(text.replace("2026-03-08", "2026-02-30")))
