"""The real assistant and engine, over small models that recite."""

import json
from pathlib import Path
from types import SimpleNamespace

import pytest

from josi.assistant import Assistant, Shipped
from josi.engine import ReferenceEngine
from josi.errors import DataError, ExportError
from josi.records import Role
from tasks.evaluate.answers import EXPLAINER, KNOWN, RED_FLAGS, SETS, UNSEEN, Answers, collect, read_scenarios


class Reciter:
    """A model that always says the same, and remembers what it was asked."""

    def __init__(self, answer: str) -> None:
        self.answer = answer
        self.asked: list[str] = []

    def complete(
        self, prompt: str, *, max_new_tokens: int, temperature: float, stop: str, grammar: str | None = None
    ) -> str:
        self.asked.append(prompt)
        if "too long" in prompt:
            raise ExportError("a prompt of 2000 tokens exceeds the context.", "Shorten it.")
        return self.answer

    def count(self, text: str) -> int:
        return len(text.split())


def assistant(make: SimpleNamespace, interpreter: str, explainer: str = "Enjoy your run!") -> Assistant:
    return Assistant(
        Reciter(interpreter), Reciter(explainer), ReferenceEngine(), Shipped(make.runtime(), "root ::= [a-z]")
    )


def run(make: SimpleNamespace, interpreter: str, scenarios: dict, **options) -> Answers:
    return collect(assistant(make, interpreter), ReferenceEngine(), scenarios, **options)


def test_what_the_model_said_and_what_rules_made_of_it_are_kept_apart(make: SimpleNamespace) -> None:
    flag = make.scenario("f", message="I have chest pain", expected=make.red_flag().request)
    (found,) = run(make, '{"action":"create_workout","sport":"run"}', {RED_FLAGS: (flag,)}).heard[RED_FLAGS]

    assert found.raw == '{"action":"create_workout","sport":"run"}'
    assert found.model_request.action.value == "create_workout"
    assert found.request.missing == ("medical_clearance",)
    assert found.repairs


def test_red_flags_go_through_the_whole_turn_and_other_sets_do_not(make: SimpleNamespace) -> None:
    flag = make.scenario("f", message="I have chest pain", expected=make.red_flag().request)
    found = run(make, '{"action":"create_workout","sport":"run"}', {UNSEEN: (make.scenario(),), RED_FLAGS: (flag,)})

    assert "medical care" in found.heard[RED_FLAGS][0].said
    assert found.heard[UNSEEN][0].decision is None


def test_text_that_is_no_request_is_an_answer_too(make: SimpleNamespace) -> None:
    (found,) = run(make, "Sure! Let's go", {KNOWN: (make.scenario(),)}).heard[KNOWN]

    assert not found.parses
    assert found.model_request is None
    assert found.request is not None


def test_a_prompt_that_fails_does_not_end_the_run(make: SimpleNamespace) -> None:
    scenarios = (make.scenario("a", message="too long"), make.scenario("b"))
    found = run(make, '{"action":"create_workout","sport":"run"}', {KNOWN: scenarios}).heard[KNOWN]

    assert "exceeds the context" in found[0].error
    assert found[1].model_request is not None


def test_the_explainer_speaks_about_the_engines_decision_on_the_expected_request(make: SimpleNamespace) -> None:
    message = "Give me a run of 30 minutes"
    which = make.scenario("e", "explainer", message=message, expected=make.request(time_available_min=30))
    model = Reciter("Enjoy!")
    told = Assistant(Reciter("{}"), model, ReferenceEngine(), Shipped(make.runtime(), ""))
    (found,) = collect(told, ReferenceEngine(), {EXPLAINER: (which,)}).said

    assert found.said == "Enjoy!"
    assert "30 min" in found.decision.workout_summary
    assert found.decision.workout_summary in model.asked[0]


def test_progress_counts_every_prompt_once(make: SimpleNamespace) -> None:
    seen: list[tuple[int, int, str]] = []
    scenarios = {KNOWN: (make.scenario("a"), make.scenario("b")), EXPLAINER: (make.scenario("e", "explainer"),)}
    run(make, "{}", scenarios, progress=lambda *step: seen.append(step))

    assert seen == [(1, 3, KNOWN), (2, 3, KNOWN), (3, 3, EXPLAINER)]


def test_one_role_alone_runs_only_its_own_sets(make: SimpleNamespace) -> None:
    scenarios = {KNOWN: (make.scenario("a"),), EXPLAINER: (make.scenario("e", "explainer"),)}
    found = run(make, "{}", scenarios, roles=(Role.EXPLAINER,))

    assert (dict(found.heard), len(found.said)) == ({}, 1)


def test_scenarios_are_read_set_by_set_and_blank_lines_are_left_out(make: SimpleNamespace, tmp_path: Path) -> None:
    for name in SETS:
        (tmp_path / f"{name}.jsonl").write_text(make.scenario(name).model_dump_json() + "\n\n")

    assert {name: items[0].name for name, items in read_scenarios(tmp_path).items()} == {name: name for name in SETS}


def test_a_bad_scenario_is_named_by_file_line_and_field(make: SimpleNamespace, tmp_path: Path) -> None:
    good = make.scenario().model_dump(mode="json")
    for name in SETS:
        (tmp_path / f"{name}.jsonl").write_text(json.dumps(good) + "\n" + json.dumps({**good, "role": "poet"}))

    with pytest.raises(DataError, match=r"known\.jsonl line 2, role"):
        read_scenarios(tmp_path)


def test_a_missing_set_is_an_error_and_no_empty_set(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"known\.jsonl"):
        read_scenarios(tmp_path)
