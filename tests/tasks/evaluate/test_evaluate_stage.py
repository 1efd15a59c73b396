import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from blocks.store import FolderStore
from josi.errors import DataError, ExportError
from josi.records import Artifact, Channel, Kind, Role
from tasks.evaluate.answers import SETS
from tasks.evaluate.compare import Sheet, judge_file, side_by_side, table, verbose
from tasks.evaluate.evaluate import evaluate, evaluate_files, gguf_file
from tasks.evaluate.metrics import measure
from tasks.evaluate.scoreboard import keep, kept
from tasks.stage import Stage


@pytest.fixture
def store(tmp_path: Path) -> FolderStore:
    return FolderStore(tmp_path / "store")


@pytest.fixture
def inputs(make: SimpleNamespace, store: FolderStore, tmp_path: Path) -> dict[str, Any]:
    """Everything that the stage takes, but files that are no GGUF."""
    runtime = tmp_path / "runtime"
    runtime.mkdir()
    (runtime / "runtime.json").write_text(make.runtime().model_dump_json())
    (runtime / "grammar.gbnf").write_text("root ::= [a-z]")
    scenarios = tmp_path / "scenarios"
    scenarios.mkdir()
    for name, role in SETS.items():
        (scenarios / f"{name}.jsonl").write_text(make.scenario(f"{name}/1", role).model_dump_json())
    parity = {"steps": json.loads(make.parity().model_dump_json())["steps"], "tokenization": {"checked": 9}}
    return {
        "ggufs": {r: store.put_bytes(b"no gguf", f"{r}-q4_k_m.gguf", Kind.GGUF, f"{r}-q4_k_m") for r in Role},
        "runtime": store.put(runtime, Kind.RUNTIME, "tiny"),
        "scenarios": store.put(scenarios, Kind.CORPUS, "scenarios"),
        "parity": store.put_bytes(json.dumps(parity).encode(), "parity.json", Kind.PARITY, "tiny"),
    }


def test_files_that_do_not_load_are_a_verdict_and_a_report_and_no_crash(store: FolderStore, inputs: dict) -> None:
    judged = evaluate_files(**inputs, store=store)

    assert judged.verdict.highest is None
    assert "does not" in judged.verdict.reasons[Channel.DEV][0]
    folder = store.fetch(judged.report)
    assert {p.name for p in folder.iterdir()} >= {"report.html", "report.md", "report.json"}
    digests = {one["sha256"] for one in json.loads((folder / "report.json").read_text())["tested"].values()}
    assert digests == {
        one.sha256 for one in (*inputs["ggufs"].values(), inputs["runtime"], inputs["scenarios"], inputs["parity"])
    }


def test_the_cache_key_names_everything_that_can_change_the_verdict(inputs: dict) -> None:
    policy = evaluate.cache_policy
    assert isinstance(policy, Stage)
    given = {**inputs, "baseline": None}
    keys = {policy.compute_key(None, given, {})}
    for name in ("runtime", "scenarios", "parity", "baseline"):
        other = Artifact(kind=Kind.REPORT, name="other", sha256="0" * 64, size=1)
        keys.add(policy.compute_key(None, {**given, name: other}, {}))
    changed = {**inputs["ggufs"], Role.EXPLAINER: inputs["runtime"]}
    keys.add(policy.compute_key(None, {**given, "ggufs": changed}, {}))

    assert len(keys) == 6
    assert all(key.startswith("evaluate@") for key in keys)


def test_the_file_that_ships_is_taken_and_not_its_copy_with_an_old_header(tmp_path: Path) -> None:
    for name in ("m-q4_k_m-v2.gguf", "m-q4_k_m.gguf"):
        (tmp_path / name).write_bytes(b"x")

    assert gguf_file(tmp_path).name == "m-q4_k_m.gguf"


def test_a_gguf_artifact_without_a_gguf_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no GGUF"):
        gguf_file(tmp_path)


def test_judging_one_file_that_does_not_load_says_so(store: FolderStore, inputs: dict) -> None:
    gguf = store.file(inputs["ggufs"][Role.INTERPRETER])

    with pytest.raises(ExportError, match="cannot load"):
        judge_file(gguf, Role.INTERPRETER, store.fetch(inputs["runtime"]), store.fetch(inputs["scenarios"]))


def sheet(make: SimpleNamespace, name: str, right: int) -> Sheet:
    answers = make.answers(unseen_right=right, unseen=100)
    return Sheet(file=name, role=Role.INTERPRETER, metrics=measure(answers), answers=answers)


def test_two_files_side_by_side_show_the_change_and_where_they_differ(make: SimpleNamespace) -> None:
    found = side_by_side(sheet(make, "large", 95), sheet(make, "small", 60))
    text = table(found)

    assert len(found.pairs) == 35
    assert all(pair.first.right and not pair.second.right for pair in found.pairs)
    assert "worse" in text
    assert "35 prompts were answered differently" in text


def test_one_file_verbosely_shows_each_prompt_and_marks_what_is_wrong(make: SimpleNamespace) -> None:
    lines = list(verbose(sheet(make, "small", 99)))

    assert sum(line.startswith("! u") for line in lines) == 1
    assert "99.0% (99 of 100" in lines[-1]


def test_a_baseline_is_kept_and_found_again(store: FolderStore, inputs: dict, tmp_path: Path) -> None:
    report = evaluate_files(**inputs, store=store).report
    keep("tiny", report, store, tmp_path)

    assert kept("tiny", tmp_path) == report
    assert kept("v5", tmp_path) is None
    compared = evaluate_files(**inputs, store=store, baseline=report)
    assert "comparison" in json.loads((store.fetch(compared.report) / "report.json").read_text())


def test_something_else_is_not_kept_as_a_baseline(store: FolderStore, inputs: dict, tmp_path: Path) -> None:
    with pytest.raises(DataError):
        keep("tiny", inputs["runtime"], store, tmp_path)
