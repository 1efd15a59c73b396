"""The command line, run as people and programs run it: as a process."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from blocks.settings import Settings
from josi.candidate import Candidate
from josi.records import Role
from tests.support import josi


@pytest.fixture(scope="module")
def app(pair: Candidate, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pair, approved, published and downloaded as a release manager and an app developer would."""
    place = tmp_path_factory.mktemp("app")
    bucket = {"JOSI_BUCKET": str(place / "bucket")}
    for command in (
        ["approve", pair.identity, "--approver", "Robin", "--channel", "dev"],
        ["publish", pair.identity, "--channel", "dev"],
        ["download", "-o", str(place / "models")],
    ):
        done = josi(*command, **bucket)
        assert done.returncode == 0, done.stderr
    return place / "models"


def test_help_lists_every_command_and_the_exit_codes() -> None:
    text = josi("--help").stdout

    commands = "run doctor data base train merge export eval approve decline publish serve download chat"
    service = "up down status worker resume"
    for command in f"{commands} {service} reasoner".split():
        assert f" {command} " in text
    assert "3 blocked by the gate" in text


@pytest.mark.parametrize("command", ["run", "train", "export", "eval", "publish", "download", "chat", "data check"])
def test_help_has_an_example(command: str) -> None:
    assert f"josi {command}" in josi(*command.split(), "--help").stdout


def test_the_doctor_speaks_to_programs() -> None:
    done = josi("doctor", "--json")

    assert json.loads(done.stdout)["missing"] == []
    assert done.returncode == 0


def test_an_unknown_recipe_is_wrong_usage_and_names_the_known_ones() -> None:
    done = josi("run", "--recipe", "tinny")

    assert done.returncode == 2
    assert "tiny, v5" in done.stderr


def test_an_unknown_key_is_wrong_usage_and_says_which_was_meant() -> None:
    done = josi("run", "--set", "sft.interpreter.lerning_rate=1")

    assert done.returncode == 2
    assert "did you mean learning_rate" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_turn_as_json_holds_request_decision_and_answer(app: Path) -> None:
    done = josi("chat", "I have 45 minutes for a run today", "--json", "--models", app)

    turn = json.loads(done.stdout)
    request = turn["interpretation"]["request"]
    assert (request["action"], request["time_available_min"], request["sport"]) == ("create_workout", 45, "run")
    assert request["free_text"] == "I have 45 minutes for a run today"
    assert turn["answer"]


def test_chest_pain_is_told_to_stop(app: Path) -> None:
    turn = json.loads(josi("chat", "My chest hurts but give me intervals", "--json", "--models", app).stdout)

    assert turn["interpretation"]["request"]["missing"] == ["medical_clearance"]
    assert turn["decision"]["outcome"] == "stop"
    assert "medical" in turn["answer"]


NO_SOCKETS = """
import sys
def refuse(event, arguments):
    if event.startswith("socket."):
        raise SystemExit(f"a socket was touched: {event}")
sys.addaudithook(refuse)
from cli.main import app
app(sys.argv[1:], standalone_mode=False)
import os
links = [os.readlink(f"/proc/self/fd/{n}") for n in os.listdir("/proc/self/fd") if os.path.exists(f"/proc/self/fd/{n}")]
assert not [link for link in links if link.startswith("socket:")], links
print("no sockets")
"""


def test_chatting_opens_no_socket(app: Path) -> None:
    """Python's sockets are refused by an audit hook; those of native code would be seen among the open files."""
    done = subprocess.run(
        [sys.executable, "-c", NO_SOCKETS, "chat", "How is my week?", "--models", str(app)],
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        check=False,
    )

    assert done.stdout.endswith("no sockets\n"), done.stderr


def test_chatting_without_models_says_what_to_do(tmp_path: Path) -> None:
    done = josi("chat", "hello", "--models", tmp_path)

    assert done.returncode == 1
    assert "josi download" in done.stderr


def test_a_channel_that_the_gate_keeps_closed_is_exit_code_3(pair: Candidate) -> None:
    done = josi("approve", pair.identity, "--approver", "Robin", "--channel", "production")

    assert done.returncode == 3
    assert "not measured" in done.stderr


def test_publishing_what_nobody_approved_is_exit_code_4(pair: Candidate, tmp_path: Path) -> None:
    declined = josi("decline", pair.identity, "--approver", "Sam", "--channel", "dev", "--note", "try-out")
    done = josi("publish", pair.identity, "--channel", "dev", JOSI_BUCKET=str(tmp_path / "bucket"))

    assert (declined.returncode, done.returncode) == (0, 4)
    assert not (tmp_path / "bucket").exists()


def test_one_role_can_be_downloaded_alone(app: Path, tmp_path: Path) -> None:
    done = josi("download", app.parent / "bucket", "-o", tmp_path, "--role", "explainer", "--json")

    files = json.loads(done.stdout)["files"]
    assert "explainer" in files
    assert "interpreter" not in files


def test_a_gguf_compared_with_itself_shows_no_difference(pair: Candidate) -> None:
    gguf = Settings().store.file(pair.ggufs[Role.EXPLAINER])

    done = josi("eval", gguf, gguf, "--role", "explainer", "--json")

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["pairs"] == []


def test_what_the_trained_interpreter_says_becomes_rows_of_the_explainer(app: Path, tmp_path: Path) -> None:
    done = josi("data", "sequential", "--models", app, "--rows", "60", "-o", tmp_path / "rows.jsonl", "--json")
    counts = json.loads(done.stdout)["counts"]
    lines = (tmp_path / "rows.jsonl").read_text("utf-8").splitlines()
    checked = josi("data", "check", tmp_path / "rows.jsonl", "--json")

    assert counts["made"] == len(lines) > 20
    assert all("[INTERPRETER]" in json.loads(line)["messages"][1]["content"] for line in lines)
    assert json.loads(checked.stdout)["good"] == len(lines), checked.stdout
