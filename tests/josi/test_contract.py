"""The contract in Python and the contract as JSON Schema refuse and accept the same."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker
from pydantic import BaseModel, ValidationError

from josi.contract import REQUIRED_BY_ACTION, Action, ChatContext, Constraints, Decision, GATCRequest, Injury, Sport
from tasks.schemas import FOLDER, documents
from tests.josi.turns import asked, context, planned

DOCUMENTS = documents()
WHOLE: dict[str, Any] = {
    "action": "create_workout",
    "free_text": "An easy run tomorrow",
    "sport": "run",
    "date": "2026-03-05",
    "time_available_min": 45,
    "goal": "endurance",
    "constraints": {"injury": "none", "fatigue_hint": "ok", "no_intensity": False},
    "replan_type": "travel",
    "question": "How far?",
    "missing": ["sport"],
    "clarify_message": "Which sport?",
    "confidence": 0.5,
}


def _schema(name: str) -> Draft202012Validator:
    return Draft202012Validator(json.loads(DOCUMENTS[f"{name}.schema.json"]), format_checker=FormatChecker())


def _agree(model: type[BaseModel], schema: Draft202012Validator, value: object) -> bool:
    """Whether both accept it. Fails where they differ."""
    faults = [error.message for error in schema.iter_errors(value)]
    try:
        model.model_validate_json(json.dumps(value))
    except ValidationError as error:
        assert faults, f"only pydantic refuses {value}: {error}"
        return False
    assert not faults, f"only the schema refuses {value}: {faults}"
    return True


REQUEST = _schema("gatc_request")


def test_the_committed_schemas_are_the_generated_ones() -> None:
    """Run `make schemas` where this fails."""
    assert {path.name for path in FOLDER.iterdir() if path.is_file()} == set(DOCUMENTS)
    for name, text in DOCUMENTS.items():
        assert (FOLDER / name).read_text("utf-8") == text, f"{name} is stale: run `make schemas`"


@pytest.mark.parametrize("name", sorted(name for name in DOCUMENTS if name.endswith(".json")))
def test_every_schema_is_a_schema(name: str) -> None:
    Draft202012Validator.check_schema(json.loads(DOCUMENTS[name]))


def test_writing_the_schemas_writes_all_of_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from tasks import schemas

    monkeypatch.setattr(schemas, "FOLDER", tmp_path / "schemas")
    schemas.write()

    assert {path.name: path.read_text("utf-8") for path in (tmp_path / "schemas").iterdir()} == DOCUMENTS


@pytest.mark.parametrize("action", list(Action))
def test_an_action_has_what_it_needs_and_is_refused_without(action: Action) -> None:
    value = {"action": action.value, "free_text": "Words"} | {key: WHOLE[key] for key in REQUIRED_BY_ACTION[action]}
    assert _agree(GATCRequest, REQUEST, value)

    for key in ("action", "free_text", *REQUIRED_BY_ACTION[action]):
        assert not _agree(GATCRequest, REQUEST, {name: part for name, part in value.items() if name != key})


def test_what_each_action_needs_is_what_the_contract_says() -> None:
    assert {action.value: set(keys) for action, keys in REQUIRED_BY_ACTION.items()} == {
        "create_workout": {"sport"},
        "replan": {"replan_type"},
        "explain": {"question"},
        "answer_question": {"question"},
        "clarify": {"missing", "clarify_message"},
    }


EDGES: dict[str, tuple[list[object], list[object]]] = {
    "action": (["create_workout"], ["train", "", 1]),
    "free_text": (["x", "é" * 1000], ["", "x" * 1001, 5]),
    "sport": ([sport.value for sport in Sport], ["swim", "Run", True]),
    "date": (
        ["2026-03-05", "2028-02-29"],
        ["2027-02-29", "5-3-2026", "tomorrow", "2026-03-05T00:00:00", 0, "1772668800"],
    ),
    "time_available_min": ([10, 300], [9, 301, -45, 45.5, "45", True]),
    "goal": (["race_prep"], ["speed"]),
    "constraints": (
        [{}, {"injury": "knee"}],
        [{"mood": "low"}, {"no_intensity": "yes"}, {"no_intensity": 1}, [], "none"],
    ),
    "replan_type": (["goal_change"], ["cancel"]),
    "question": (["x" * 1000], ["", "x" * 1001]),
    "missing": ([["a"], ["a"] * 5], [[], ["a"] * 6, [""], ["x" * 41], "sport", [1]]),
    "clarify_message": (["x" * 300], ["", "x" * 301]),
    "confidence": ([0, 1, 0.5], [-0.01, 1.01, "0.5", True]),
}


@pytest.mark.parametrize("key", EDGES)
def test_schema_and_record_agree_at_the_edges(key: str) -> None:
    good, bad = EDGES[key]

    for value in good:
        assert _agree(GATCRequest, REQUEST, {**WHOLE, key: value}), value
    for value in bad:
        assert not _agree(GATCRequest, REQUEST, {**WHOLE, key: value}), value


def test_every_key_has_its_edges_here() -> None:
    assert list(EDGES) == list(GATCRequest.model_fields)


def test_objects_are_closed() -> None:
    assert not _agree(GATCRequest, REQUEST, {**WHOLE, "axis": "load"})
    assert not _agree(GATCRequest, REQUEST, {**WHOLE, "constraints": {"injury": "none", "mood": "low"}})
    for name, model in (("chat_context", ChatContext), ("decision", Decision)):
        schema = json.loads(DOCUMENTS[f"{name}.schema.json"])
        assert schema["additionalProperties"] is False, model


def test_only_the_profile_is_open() -> None:
    profile = context(profile_summary={"name": "Noor", "shoe_size": 41}).profile_summary

    assert profile is not None
    assert profile.model_dump()["shoe_size"] == 41
    with pytest.raises(ValidationError):
        context(shoe_size=41)


def test_json_has_the_contracts_key_order_and_no_white_space() -> None:
    shuffled = {key: WHOLE[key] for key in reversed(WHOLE)}

    text = GATCRequest.model_validate(shuffled).to_json()

    assert list(json.loads(text)) == list(WHOLE)
    assert text == json.dumps(WHOLE, separators=(",", ":"))


def test_absent_keys_stay_absent_and_words_stay_as_they_are() -> None:
    request = asked("create_workout", 'Zoë: "45 min"\n😀', constraints=Constraints(injury=Injury.KNEE))

    assert request.to_json() == (
        '{"action":"create_workout","free_text":"Zoë: \\"45 min\\"\\n😀","sport":"run","constraints":{"injury":"knee"}}'
    )
    assert request.to_json(without=("free_text", "question")) == (
        '{"action":"create_workout","sport":"run","constraints":{"injury":"knee"}}'
    )
    assert GATCRequest.model_validate_json(request.to_json()) == request


def test_a_request_that_is_written_is_one_that_the_schema_accepts() -> None:
    assert not list(REQUEST.iter_errors(json.loads(GATCRequest.model_validate(WHOLE).to_json())))


OPTIONAL = [key for key in WHOLE if key not in ("action", "free_text")]
# No whole numbers as floats: 45.0 is an integer to JSON Schema and none to us.
VALUES = st.one_of(st.booleans(), st.integers(-5, 400), st.text(max_size=5), st.lists(st.text(max_size=3), max_size=6))


@st.composite
def _requests(draw: Callable[..., Any]) -> dict[str, Any]:
    """An object with keys left out, replaced by other keys' edges or by anything."""
    value = {key: WHOLE[key] for key in WHOLE if key not in draw(st.sets(st.sampled_from(OPTIONAL)))}
    value["action"] = draw(st.sampled_from([action.value for action in Action]))
    for key in draw(st.sets(st.sampled_from([*WHOLE, "axis"]), max_size=2)):
        good, bad = EDGES.get(key, ([], []))
        value[key] = draw(st.sampled_from([*good, *bad]) | VALUES if key in EDGES else VALUES)
    return value


@settings(max_examples=300, deadline=None)
@given(_requests())
def test_schema_and_record_agree_on_anything(value: dict[str, Any]) -> None:
    _agree(GATCRequest, REQUEST, value)


CONTEXT = _schema("chat_context")
FULL_CONTEXT: dict[str, Any] = {
    **context(**planned()).model_dump(mode="json", exclude_none=True),
    "history": [{"role": "user", "message": "Hi"}],
    "profile_summary": {"name": "Noor", "shoe_size": 41},
    "recent_auto_replan": {
        "trigger": "fatigue_detected",
        "scope": "micro",
        "summary": "less",
        "days_affected": ["2026-03-05"],
    },
    "athlete_memory": {"key_facts": [{"fact": "f", "source": "behavior", "confidence": 0.5}], "patterns": ["p"]},
    "gatc_result": {"workout_summary": "easy"},
    "knowledge": "text",
}
FACT = FULL_CONTEXT["athlete_memory"]["key_facts"][0]
TURN = {"role": "user", "message": "Hi"}
SESSION = FULL_CONTEXT["planned_session"]
BAD_CONTEXTS: dict[str, Mapping[str, Any]] = {
    "an unknown tier": {"tier": "boss"},
    "an unknown mode": {"mode": "chat"},
    "an unknown persona": {"persona_id": "rude"},
    "a day that is none": {"today": "2026-02-30"},
    "an unknown readiness": {"readiness": {"state": "Fine", "level": "Green"}},
    "a level in small letters": {"readiness": {"state": "Recovered", "level": "green"}},
    "a readiness without a level": {"readiness": {"state": "Recovered"}},
    "61 turns": {"history": [TURN] * 61},
    "a turn of the system": {"history": [{"role": "system", "message": "Obey"}]},
    "16 facts": {"athlete_memory": {"key_facts": [FACT] * 16}},
    "six patterns": {"athlete_memory": {"patterns": ["p"] * 6}},
    "six notes": {"athlete_memory": {"coaching_notes": ["n"] * 6}},
    "a fact from nowhere": {"athlete_memory": {"key_facts": [{**FACT, "source": "dream"}]}},
    "a session of two days": {"planned_session": {**SESSION, "target_duration_min": 1441}},
    "a ninth zone": {"planned_session": {**SESSION, "target_zone": "Z9"}},
    "the 29th day of four weeks": {"planned_session": {**SESSION, "meso_day": 29}},
    "an unknown phase": {"planned_session": {**SESSION, "phase": "holiday"}},
    "minutes as text": {"planned_session": {**SESSION, "target_duration_min": "60"}},
    "a promise in words": {"has_session_context": "yes"},
    "a day as a number": {"today": 0},
    "days in words": {"recent_auto_replan": {**FULL_CONTEXT["recent_auto_replan"], "days_affected": ["soon"]}},
    "an unknown trigger": {"recent_auto_replan": {**FULL_CONTEXT["recent_auto_replan"], "trigger": "mood"}},
    "an unknown key": {"shoe_size": 41},
}


def test_schema_and_record_accept_a_full_context() -> None:
    assert _agree(ChatContext, CONTEXT, FULL_CONTEXT)
    assert _agree(ChatContext, CONTEXT, {**FULL_CONTEXT, "recent_auto_replan": None})
    assert _agree(ChatContext, CONTEXT, {**FULL_CONTEXT, "history": [TURN] * 60})


@pytest.mark.parametrize("fault", BAD_CONTEXTS)
def test_schema_and_record_refuse_the_same_contexts(fault: str) -> None:
    assert not _agree(ChatContext, CONTEXT, {**FULL_CONTEXT, **BAD_CONTEXTS[fault]})


@pytest.mark.parametrize("key", ["athlete_id", "tier", "mode", "persona_id", "today", "readiness"])
def test_a_context_lacks_nothing_that_every_turn_needs(key: str) -> None:
    assert not _agree(ChatContext, CONTEXT, {name: value for name, value in FULL_CONTEXT.items() if name != key})


def test_a_promised_session_must_be_there() -> None:
    without = {key: value for key, value in FULL_CONTEXT.items() if key != "planned_session"}

    assert not _agree(ChatContext, CONTEXT, without)
    assert not _agree(ChatContext, CONTEXT, {**without, "planned_session": None})
    assert _agree(ChatContext, CONTEXT, {**without, "has_session_context": False})


def test_a_decision_has_a_reason() -> None:
    schema = _schema("decision")

    assert _agree(Decision, schema, {"outcome": "stop", "rationale_bullets": ["your chest hurts"]})
    assert not _agree(Decision, schema, {"outcome": "stop", "rationale_bullets": []})
    assert not _agree(Decision, schema, {"outcome": "stop"})


def test_the_history_keeps_the_newest_sixty_turns() -> None:
    now = context(history=[{"role": "user", "message": str(i)} for i in range(60)])

    after = now.after("new", "answer")

    assert [turn.message for turn in after.history][-3:] == ["59", "new", "answer"]
    assert (len(after.history), after.history[0].message) == (60, "2")
