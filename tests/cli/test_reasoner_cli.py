"""`josi reasoner` as people and programs run it: as a process."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from josi.reasoner import payload_in
from tests.reasoner_data import OLD, examples, swift_files, swift_source, write_rows

NO_PREFECT = "import sys; sys.modules['prefect'] = None; from cli.main import main; main()"


def josi(*arguments: str | Path, home: Path) -> "subprocess.CompletedProcess[str]":
    """Without Prefect: importing it would fail."""
    return subprocess.run(
        [sys.executable, "-c", NO_PREFECT, "reasoner", *map(str, arguments)],
        capture_output=True,
        text=True,
        env={**os.environ, "COLUMNS": "200", "JOSI_HOME": str(home)},
        stdin=subprocess.DEVNULL,
        check=False,
        timeout=300,
    )


def _train(
    tmp_path: Path, *more: str, rows: "list[dict[str, str]] | None" = None
) -> "subprocess.CompletedProcess[str]":
    data = write_rows(tmp_path / "rows.jsonl", rows or examples())
    files = [tmp_path / "apps" / app / "Model.swift" for app in ("ios", "mac")]
    if not files[0].exists():
        swift_files(tmp_path / "apps")
    swift = [word for file in files for word in ("--swift", str(file))]
    return josi("train", "--data", data, *swift, "--report", tmp_path / "out", *more, home=tmp_path / "home")


def _held(tmp_path: Path) -> list[str]:
    return [payload_in(app, (tmp_path / "apps" / app / "Model.swift").read_bytes()) for app in ("ios", "mac")]


def test_training_writes_and_the_file_answers(tmp_path: Path) -> None:
    done = _train(tmp_path, "--json", "--name-prefix", "mine")

    told = json.loads(done.stdout)
    assert (told["outcome"], told["samples"]) == ("written", 36)
    assert told["model_name"].startswith("mine-")
    assert _held(tmp_path)[0] == _held(tmp_path)[1] != OLD

    asked = josi(
        "predict", "--swift", tmp_path / "apps/ios/Model.swift", "server logs", "--json", home=tmp_path / "home"
    )
    answered = json.loads(asked.stdout)
    assert (answered["label"], answered["next_action"]) == ("debug", "Do the debug step.")
    assert set(answered["scores"]) == {"debug", "health", "travel"}

    again = _train(tmp_path, "--name-prefix", "mine")
    assert again.returncode == 0
    assert ": unchanged, " in again.stdout


def test_a_closed_gate_is_exit_code_3_and_leaves_the_files(tmp_path: Path) -> None:
    asked = ["--min-vocabulary", "5000", "--require-label", "finance", "--override-gate", "Please."]
    done = _train(tmp_path, *asked)

    assert done.returncode == 3
    told = " ".join(done.stderr.split())
    assert "vocabulary that the app asks for: needed 5000" in told
    assert "needed finance, reached without finance" in told
    assert _held(tmp_path) == [OLD, OLD]
    assert (tmp_path / "out" / "report.html").exists()


def test_a_dry_run_tells_what_it_found_and_leaves_the_files(tmp_path: Path) -> None:
    rows = [*examples(), examples()[0], {"prompt": "ask dana@example.org", "label": "debug"}]
    done = _train(tmp_path, "--dry-run", rows=rows)

    assert done.returncode == 0
    assert ": dry run, " in done.stdout
    assert _held(tmp_path) == [OLD, OLD]
    told = " ".join(done.stderr.split())
    assert "duplicate at rows.jsonl:37" in told
    assert "personal data at rows.jsonl:38" in told


def test_a_secret_is_exit_code_1_and_is_not_shown(tmp_path: Path) -> None:
    done = _train(tmp_path, rows=[*examples(), {"prompt": "key AKIAIOSFODNN7EXAMPLE", "label": "debug"}])

    assert done.returncode == 1
    assert "rows.jsonl:37" in done.stderr
    assert "AKIA" not in done.stderr + done.stdout
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "command", [["train"], ["train", "--data", "x"], ["predict"], ["train", "--min-accuracy", "2"]]
)
def test_wrong_usage_is_exit_code_2(tmp_path: Path, command: list[str]) -> None:
    assert josi(*command, home=tmp_path).returncode == 2


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("import Foundation\n", "no BEGIN marker"),
        (swift_source("{half"), "not the JSON it should be"),
        (swift_source(""), "not the JSON it should be"),
        (None, "No such file"),
    ],
)
def test_asking_a_file_without_a_model_says_what_is_wrong(tmp_path: Path, source: str | None, said: str) -> None:
    file = tmp_path / "Model.swift"
    if source is not None:
        file.write_text(source)

    done = josi("predict", "--swift", file, "hello", home=tmp_path)

    assert done.returncode == 1
    assert said in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("command", ["train", "watch", "predict"])
def test_help_has_an_example(tmp_path: Path, command: str) -> None:
    assert f"josi reasoner {command}" in josi(command, "--help", home=tmp_path).stdout
