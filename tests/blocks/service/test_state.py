"""What every `josi` command reads at its start, and where the password is."""

import json
import subprocess
import sys
from pathlib import Path

from blocks.service import state
from blocks.service.state import Process, State
from blocks.settings import Settings


def settings(home: Path, **more: str) -> Settings:
    state.folder(Settings(home=home)).mkdir(parents=True)
    return Settings(home=home, **more)


def test_without_a_service_nothing_heavy_is_imported() -> None:
    code = (
        "import json, sys; from blocks.environment import prepare; from blocks.settings import Settings;"
        "prepare(Settings()); print(json.dumps(sorted(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=Path.cwd())

    assert not {"prefect", "psutil", "httpx", "torch"} & set(json.loads(done.stdout))


def test_a_service_that_died_is_not_talked_to(tmp_path: Path) -> None:
    here = settings(tmp_path)
    dead = Process(role="server", pid=2**22 - 1, created=1.0, port=4200, log=tmp_path / "log")
    state.write(here, State(address="http://127.0.0.1:4200", bucket="", auth=True, processes=(dead,)))

    assert state.client_environment(here) == {}


def test_half_a_state_file_is_no_service(tmp_path: Path) -> None:
    here = settings(tmp_path)
    (state.folder(here) / "service.json").write_text('{"address": "http')

    assert state.read(here) is None


def test_a_password_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    here = settings(tmp_path)

    first = state.auth_string(here, make=True)

    assert len(first) > 30
    assert state.auth_string(here, make=True) == first
    assert state.password_file(here).stat().st_mode & 0o777 == 0o600


def test_a_password_whose_writing_was_cut_off_is_none_and_is_made_anew(tmp_path: Path) -> None:
    here = settings(tmp_path)
    state.password_file(here).with_suffix(".4711").write_text("half")

    assert state.auth_string(here) == ""
    assert "half" not in state.auth_string(here, make=True)
    state.password_file(here).write_text("")
    assert state.auth_string(here) == ""
    assert len(state.auth_string(here, make=True)) > 30


def test_a_password_from_the_environment_holds_and_is_not_kept(tmp_path: Path) -> None:
    here = settings(tmp_path, api_password="open sesame")

    assert state.auth_string(here, make=True) == "josi:open sesame"
    assert not state.password_file(here).exists()
    assert "sesame" not in repr(here)
