"""The rules answer every committed test vector: what a port has to do, the Python rules do."""

import json
from pathlib import Path

import pytest

from josi.vectors import RULES
from tasks.vectors import FEWEST, SOURCE, TARGET, documents

FILES = sorted(TARGET.glob("*.jsonl"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_rules_answer_every_vector(path: Path) -> None:
    cases = [json.loads(line) for line in path.read_text("utf-8").splitlines()]

    wrong = [case["name"] for case in cases if RULES[case["rule"]].answer(case["input"]) != case["expected"]]

    assert not wrong


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_has_enough_vectors_and_they_differ(rule: str) -> None:
    lines = (TARGET / f"{rule}.jsonl").read_text("utf-8").splitlines()
    inputs = {json.dumps(json.loads(line)["input"], sort_keys=True) for line in lines}

    assert len(inputs) == len(lines) >= FEWEST


def test_the_committed_vectors_are_those_of_the_cases() -> None:
    assert {path.name: path.read_text("utf-8") for path in TARGET.iterdir()} == documents()


def test_a_wrong_case_is_named_with_its_line_and_nothing_is_written(tmp_path: Path) -> None:
    from josi.errors import DataError

    sheet = (SOURCE / "duration.yaml").read_text("utf-8")
    wrong = "  - {name: wrong, input: {text: one whole hour}, expected: 61}\n"
    (tmp_path / "duration.yaml").write_text(sheet + wrong, "utf-8")

    with pytest.raises(DataError, match=rf"duration.yaml:{len(sheet.splitlines()) + 1} 'wrong': expected 61, got 60"):
        documents(tmp_path)
