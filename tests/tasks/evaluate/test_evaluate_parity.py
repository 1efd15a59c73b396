import json
from pathlib import Path
from types import SimpleNamespace

import pytest

from josi.errors import DataError
from josi.records import Role
from tasks.evaluate.parity import Parity, read_parity

RUNG = {"agree": 50, "total": 50, "differences": []}


def folder(root: Path, name: str, content: object) -> Path:
    (root / name).mkdir()
    (root / name / "parity.json").write_text(content if isinstance(content, str) else json.dumps(content))
    return root / name


def ladder(role: str, quantized: int = 50, different: list[str] | None = None) -> dict:
    rungs = [{**RUNG, "step": "f16"}, {**RUNG, "step": "quantized", "agree": quantized}]
    return {"role": role, "rungs": rungs, "tokenized": 50, "tokenized_differently": different or []}


def test_the_ladders_of_both_roles_become_one_record(tmp_path: Path) -> None:
    found = read_parity([folder(tmp_path, role, ladder(role)) for role in ("interpreter", "explainer")])

    assert found.faults() == ()
    assert (len(found.steps), found.tokenization.checked) == (4, 100)


def test_one_file_for_both_roles_is_read_too(tmp_path: Path) -> None:
    steps = [{**RUNG, "role": role, "step": step, "rate": 1.0} for role in Role for step in ("f16", "q4_k_m")]
    one = {"prompts": 50, "steps": steps, "tokenization": {"checked": 50, "different": 0}}

    assert read_parity([folder(tmp_path, "one", one)]).faults() == ()


def test_every_fault_is_named_at_once(tmp_path: Path) -> None:
    found = read_parity([folder(tmp_path, "i", ladder("interpreter", quantized=44, different=["née"]))])

    text = " ".join(found.faults())
    assert "interpreter's quantized file agrees on 44 of 50" in text
    assert "explainer's f16 file was not compared" in text
    assert "1 of 50 texts tokenize differently" in text


@pytest.mark.parametrize(("share", "holds"), [({"f16": 49}, True), ({"f16": 48}, False), ({"quantized": 45}, True)])
def test_the_bar_itself_is_enough(make: SimpleNamespace, share: dict[str, int], holds: bool) -> None:
    parity: Parity = make.parity(**share)

    assert (parity.faults() == ()) is holds


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"rungs": []}'])
def test_what_is_no_parity_record_is_refused_with_a_remedy(tmp_path: Path, content: str) -> None:
    with pytest.raises(DataError, match="josi run --refresh"):
        read_parity([folder(tmp_path, "bad", content)])
