"""The service as a team has it: brought up, looked at, killed in parts, taken down. Real processes, free ports."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import psutil
import pytest
import yaml

from blocks.service import processes
from blocks.service.state import State
from blocks.service.up import Wanted, require_as_wanted
from josi.errors import UsageError
from tests.moto import moto_bucket

JOSI = [sys.executable, "-m", "cli.main"]
ZONE = ZoneInfo("Europe/Amsterdam")  # of the schedule
UP = ("up", "--port", "0", "--bucket-port", "0", "--json")
NOT_OURS = ("PREFECT_", "JOSI_", "S3_", "AWS_")  # what the session of the tests has set

SLEEPY = """
import time
from prefect import flow

@flow(name="sleepy")
def sleepy(seconds: float) -> None:
    time.sleep(seconds)

@flow(name="release")
def release() -> None:
    "The automations name it."
"""
SLEEPY_YAML = """
pull:
  - prefect.deployments.steps.set_working_directory:
      directory: "{{ $JOSI_FORGE }}"
deployments:
  - {name: sleepy, entrypoint: "work.py:sleepy", work_pool: {name: cpu}, parameters: {seconds: 300}}
  - {name: release, entrypoint: "work.py:release", work_pool: {name: cpu}}
"""


def wait_for(what: str, condition: Any, seconds: float = 60) -> Any:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = condition()
        if found:
            return found
        time.sleep(0.2)
    raise AssertionError(f"no {what} after {seconds} s")


class Team:
    """One JOSI_HOME and the commands that are given there."""

    def __init__(self, home: Path, **environment: str) -> None:
        kept = {key: value for key, value in os.environ.items() if not key.startswith(NOT_OURS)}
        self.home = home
        self.environment = {**kept, "JOSI_HOME": str(home), "COLUMNS": "200", **environment}

    def start(self, *arguments: str, **environment: str) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [*JOSI, *arguments],
            env={**self.environment, **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            stdin=subprocess.DEVNULL,
            text=True,
        )

    def josi(self, *arguments: str, code: int = 0, **environment: str) -> tuple[str, str]:
        """What it said: (standard output, standard error)."""
        process = self.start(*arguments, **environment)
        out, err = process.communicate(timeout=300)
        assert process.returncode == code, f"{out}\n{err}"
        return out, err

    def status(self, code: int = 0) -> Any:
        return json.loads(self.josi("status", "--json", code=code)[0])

    def pid(self, role: str) -> int:
        found = json.loads((self.home / "service/service.json").read_text())["processes"]
        return next(process["pid"] for process in found if process["role"] == role)

    def alive(self) -> list[psutil.Process]:
        return list(processes.marked(self.home))

    def run_of(self, deployment: str) -> str:
        """Start a run of a deployment through the API: its id."""
        with httpx.Client(base_url=f"{self.status()['api']}/") as api:
            found = api.get(f"deployments/name/{deployment}").raise_for_status().json()
            path = f"deployments/{found['id']}/create_flow_run"
            made = wait_for("run", lambda: (answer := api.post(path, json={})).is_success and answer.json())
        return str(made["id"])


@contextmanager
def team(home: Path, **environment: str) -> Iterator[Team]:
    home.mkdir(parents=True, exist_ok=True)
    found = Team(home, **environment)
    try:
        yield found
    finally:
        found.josi("down")
        assert found.alive() == []


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("team")


@pytest.fixture(scope="module")
def guarded(home: Path) -> Iterator[tuple[Team, dict[str, Any]]]:
    """This project's own service, with a password that was made for it."""
    with team(home) as found:
        yield found, json.loads(found.josi(*UP, "--auth")[0])


@pytest.fixture
def sleepy(tmp_path: Path) -> Iterator[Team]:
    """A service whose one flow does nothing for a long time."""
    forge = tmp_path / "forge"
    (forge / "deployments").mkdir(parents=True)
    (forge / "work.py").write_text(SLEEPY)
    (forge / "deployments/prefect.yaml").write_text(SLEEPY_YAML)
    with team(tmp_path / "home", JOSI_FORGE=str(forge)) as found:
        yield found


def password(found: Team) -> str:
    return (found.home / "service/password").read_text()


def test_all_is_up_when_up_returns(guarded: tuple[Team, dict[str, Any]]) -> None:
    found, told = guarded

    seen = found.status()

    assert told["started"] is True
    assert {part["role"] for part in seen["parts"] if part["running"]} == {"server", "bucket", "cpu", "gpu"}
    assert {pool["name"]: (len(pool["workers"]), pool["limit"]) for pool in seen["pools"]} == {
        "cpu": (1, None),
        "gpu": (1, 1),
    }
    assert seen["leftovers"] == []
    assert httpx.get(told["ui"]).status_code == 200
    assert httpx.get(f"{told['bucket']}/channels/dev.json").status_code == 404  # it answers; nothing is published


def test_a_second_up_changes_nothing(guarded: tuple[Team, dict[str, Any]]) -> None:
    found, told = guarded

    again = json.loads(found.josi(*UP)[0])

    assert again == {**told, "started": False}


def test_everything_listens_on_loopback_only(guarded: tuple[Team, dict[str, Any]]) -> None:
    found, _ = guarded

    open_ports = [c.laddr for process in found.alive() for c in process.net_connections() if c.status == "LISTEN"]

    assert len(open_ports) >= 2
    assert {address.ip for address in open_ports} == {"127.0.0.1"}


def test_the_api_wants_the_password(guarded: tuple[Team, dict[str, Any]]) -> None:
    found, told = guarded
    address = f"{told['api']}/flows/count"

    assert httpx.post(address, json={}).status_code == 401
    assert httpx.post(address, json={}, auth=("josi", "guess")).status_code == 401
    assert httpx.post(address, json={}, auth=("josi", password(found))).status_code == 200


def test_the_password_is_in_no_log_no_command_line_and_no_state(guarded: tuple[Team, dict[str, Any]]) -> None:
    found, told = guarded
    secret = password(found)
    written = [path for path in (found.home / "service").iterdir() if path.name != "password"]

    assert len(written) >= 5
    assert not any(secret in path.read_text(errors="replace") for path in written)
    assert not any(secret in " ".join(process.cmdline()) for process in found.alive())
    assert secret not in json.dumps(told)


def test_clients_find_the_service_and_its_password_by_themselves(guarded: tuple[Team, dict[str, Any]]) -> None:
    found, told = guarded
    code = (
        "from blocks.environment import prepare; from blocks.settings import Settings; prepare(Settings());"
        "import os; print(os.environ['PREFECT_API_URL']);"
        "from prefect.client.orchestration import get_client\n"
        "with get_client(sync_client=True) as client: print(client.read_work_pool('gpu').concurrency_limit)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env=found.environment, capture_output=True, text=True, check=True
    )

    assert done.stdout.split() == [told["api"], "1"]


def test_the_schedule_makes_runs_and_nothing_stored_is_a_path_of_this_machine(
    guarded: tuple[Team, dict[str, Any]],
) -> None:
    found, told = guarded
    asked: dict[str, Any] = {"flow_runs": {"state": {"type": {"any_": ["SCHEDULED"]}}}}
    nightly: dict[str, Any] = {"deployments": {"name": {"any_": ["nightly"]}}}
    with httpx.Client(base_url=f"{told['api']}/", auth=("josi", password(found))) as api:

        def post(path: str, body: dict[str, Any] | None = None) -> Any:
            return api.post(path, json=body or {}).raise_for_status().json()

        runs = wait_for("scheduled run", lambda: post("flow_runs/filter", {**asked, **nightly}), seconds=90)
        stored = [post(f"{table}/filter") for table in ("deployments", "work_pools", "flows", "block_documents")]
        stored += [post("automations/filter"), post("flow_runs/filter")]

    assert {datetime.fromisoformat(run["expected_start_time"]).astimezone(ZONE).hour for run in runs} == {2}
    assert all(run["parameters"]["order"]["recipe"] == "tiny" for run in runs)
    text = json.dumps(stored)
    deployments = yaml.safe_load(Path("deployments/prefect.yaml").read_text("utf-8"))["deployments"]
    assert text.count('"entrypoint": "flows/') == len(deployments)
    for place in (str(found.home), str(Path.cwd()), str(Path.home()), sys.prefix):
        assert place not in text


def test_a_worker_with_a_store_that_others_do_not_see_is_refused(
    guarded: tuple[Team, dict[str, Any]], tmp_path: Path
) -> None:
    _, told = guarded
    elsewhere = Team(tmp_path)

    _, no_api = elsewhere.josi("worker", "gpu", code=2)
    _, no_store = elsewhere.josi("worker", "gpu", code=2, PREFECT_API_URL=told["api"])
    _, no_password = elsewhere.josi(
        "worker", "gpu", code=1, PREFECT_API_URL=told["api"], JOSI_STORE="s3://models/store", JOSI_API_PASSWORD="guess"
    )

    assert "PREFECT_API_URL=http://" in no_api
    assert "JOSI_STORE=s3://" in no_store
    assert "JOSI_API_PASSWORD" in no_password


@pytest.fixture
def s3() -> Iterator[dict[str, str]]:
    """What a worker's environment says of its store."""
    with moto_bucket("models") as bucket:
        endpoint = bucket.client.meta.endpoint_url
        yield {"JOSI_S3_ENDPOINT": endpoint, "S3_ACCESS_KEY": "key", "S3_SECRET_KEY": "secret"}


def test_a_worker_whose_store_is_not_there_is_refused_before_it_takes_a_run(
    guarded: tuple[Team, dict[str, Any]], s3: dict[str, str], tmp_path: Path
) -> None:
    found, told = guarded
    joining = Team(tmp_path, PREFECT_API_URL=told["api"], JOSI_STORE="s3://no-such-bucket/store", **s3)

    _, said = joining.josi("worker", "gpu", code=1, JOSI_API_PASSWORD=password(found))

    assert "no-such-bucket" in said


def test_a_wish_for_a_password_is_not_dropped_where_the_service_is_up_without_one() -> None:
    with pytest.raises(UsageError, match="without a password") as refused:
        require_as_wanted(State(address="http://127.0.0.1:1", bucket="", auth=False), Wanted(auth=True))

    assert "josi down && josi up --auth" in refused.value.remedy


def test_a_worker_joins_from_another_folder(
    guarded: tuple[Team, dict[str, Any]], s3: dict[str, str], tmp_path: Path
) -> None:
    found, told = guarded
    joining = Team(tmp_path, PREFECT_API_URL=told["api"], JOSI_STORE="s3://models/store", **s3)
    process = joining.start("worker", "gpu", "--name", "second", JOSI_API_PASSWORD=password(found))
    try:

        def workers() -> list[str]:
            return [name for pool in found.status()["pools"] if pool["name"] == "gpu" for name in pool["workers"]]

        wait_for("second worker", lambda: "second" in workers())
        assert "prefect worker start --pool gpu" in " ".join(psutil.Process(process.pid).cmdline())
    finally:
        ended(process)
    assert found.status()["leftovers"] == []


def ended(worker: "subprocess.Popen[str]") -> None:
    """A worker of Prefect's ends in peace at the first SIGTERM, at once at the second: under load one can be lost."""
    for _ in range(2):
        worker.terminate()
        with suppress(subprocess.TimeoutExpired):
            worker.communicate(timeout=60)
            return
    raise AssertionError("the worker outlived two SIGTERMs")


def test_a_taken_port_names_who_has_it_and_leaves_it_alone(tmp_path: Path) -> None:
    with socket.socket() as taken, team(tmp_path / "home") as found:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        _, told = found.josi("up", "--port", str(port), code=2)

        assert f"Port {port} is taken: pid {os.getpid()} " in told
        assert "--port" in told
        assert found.alive() == []


def test_a_shell_that_talks_to_another_service_is_told(tmp_path: Path) -> None:
    with team(tmp_path) as found:
        _, told = found.josi(*UP, code=2, PREFECT_API_URL="http://127.0.0.1:1/api")

        assert "unset PREFECT_API_URL" in told
        assert found.alive() == []


@pytest.mark.slow
def test_a_killed_worker_leaves_an_orphan_that_is_named_and_cleaned(sleepy: Team) -> None:
    sleepy.josi(*UP)
    run = sleepy.run_of("sleepy/sleepy")
    wait_for("running run", lambda: [run for run in sleepy.status()["runs"] if run["state"] == "Running"])
    os.kill(sleepy.pid("cpu"), signal.SIGKILL)

    seen = sleepy.status(code=1)
    told = json.loads(sleepy.josi("down", "--json")[0])

    assert any(f"flow run {run}" in left["what"] for left in seen["leftovers"])
    assert any(fault.startswith("cpu (pid") for fault in seen["faults"])
    assert any(run in what for what in told["stopped"])
    assert sleepy.alive() == []


@pytest.mark.slow
def test_down_ends_runs_so_that_they_can_be_resumed(sleepy: Team) -> None:
    sleepy.josi(*UP)
    sleepy.run_of("sleepy/sleepy")
    wait_for("running run", lambda: [run for run in sleepy.status()["runs"] if run["state"] == "Running"])

    sleepy.josi("down")
    sleepy.josi(*UP)

    (run,) = sleepy.status()["runs"]
    assert run["state"] == "Crashed"
    assert "josi resume" in run["message"]


@pytest.mark.slow
def test_a_killed_server_is_told_of_and_what_is_left_is_taken_down(sleepy: Team) -> None:
    sleepy.josi(*UP)
    os.kill(sleepy.pid("server"), signal.SIGKILL)

    faults = "\n".join(sleepy.status(code=1)["faults"])
    _, refused = sleepy.josi(*UP, code=1)
    stopped = json.loads(sleepy.josi("down", "--json")[0])["stopped"]

    assert "server (pid" in faults
    assert "does not answer" in faults
    assert "Not running any more: server" in refused
    assert "josi down" in refused
    assert {what.split()[0] for what in stopped} == {"bucket", "cpu", "gpu"}
    assert sleepy.alive() == []


@pytest.mark.slow
def test_up_that_is_killed_midway_leaves_nothing_that_down_does_not_find(sleepy: Team) -> None:
    process = sleepy.start(*UP)
    wait_for("server", sleepy.alive)
    process.kill()
    process.communicate()
    assert sleepy.alive()

    sleepy.josi("down")

    assert sleepy.alive() == []
    assert sleepy.status(code=1)["faults"] == ["Nothing is up."]


@pytest.mark.slow
def test_two_at_once_are_one_service(sleepy: Team) -> None:
    both = [sleepy.start(*UP), sleepy.start(*UP)]

    told = [json.loads(process.communicate(timeout=300)[0]) for process in both]

    assert sorted(one["started"] for one in told) == [False, True]
    assert told[0]["processes"] == told[1]["processes"]
    assert sum("uvicorn" in process.cmdline() for process in sleepy.alive()) == 1


@pytest.mark.slow
def test_in_the_foreground_it_ends_with_its_parts_and_when_told_to(sleepy: Team) -> None:
    process = sleepy.start(*UP, "--no-workers", "--foreground")
    wait_for("answer", lambda: process.stdout and process.stdout.readline())

    process.terminate()

    process.communicate(timeout=60)
    assert process.returncode == 0
    assert sleepy.alive() == []


@pytest.fixture
def postgres() -> Iterator[str]:
    """A database of its own, on a free port, with a password: its address."""
    found = shutil.which("postgres")
    if not found:
        pytest.skip("needs postgres")
    tools = Path(found).resolve().parent
    user = "nobody" if os.geteuid() == 0 else None  # it refuses to run as root
    place = Path(tempfile.mkdtemp(prefix="josi-postgres-"))
    (place / "password").write_text("db-secret")
    if user:
        shutil.chown(place, user)
        shutil.chown(place / "password", user)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    files = ["--pgdata", str(place / "data"), "--pwfile", str(place / "password")]
    subprocess.run(
        [str(tools / "initdb"), *files, "--username", "josi", "--auth", "scram-sha-256", "--encoding", "UTF8"],
        user=user,
        cwd=place,
        check=True,
        capture_output=True,
    )
    listen = ["-D", str(place / "data"), "-p", str(port), "-h", "127.0.0.1", "-k", str(place)]
    server = subprocess.Popen([found, *listen], user=user, cwd=place, stderr=subprocess.DEVNULL)
    try:
        wait_for("database", lambda: processes.holder(port))
        yield f"postgresql://josi:db-secret@127.0.0.1:{port}/postgres"
    finally:
        server.send_signal(signal.SIGINT)  # at once, and in good order
        server.wait(timeout=30)
        shutil.rmtree(place)


@pytest.mark.slow
def test_a_team_has_its_runs_in_postgres_and_its_password_nowhere_else(sleepy: Team, postgres: str) -> None:
    sleepy.josi(*UP, JOSI_DATABASE=postgres)
    sleepy.run_of("release/release")

    wait_for("run", lambda: [run for run in sleepy.status()["runs"] if run["state"] == "Completed"])

    assert not list((sleepy.home / "prefect").glob("*.db"))
    assert not any("db-secret" in " ".join(process.cmdline()) for process in sleepy.alive())
    for path in (sleepy.home / "service").iterdir():
        assert "db-secret" not in path.read_text(errors="replace")


@pytest.mark.slow
def test_a_database_that_refuses_is_said_to_and_its_password_is_not_shown(sleepy: Team, postgres: str) -> None:
    out, told = sleepy.josi(*UP, code=1, JOSI_DATABASE=postgres.replace("db-secret", "guess-secret"))

    assert "server has ended" in told
    assert "password authentication failed" in told
    written = [out, told, *(path.read_text(errors="replace") for path in (sleepy.home / "service").iterdir())]
    assert not any("guess-secret" in text for text in written)
    assert sleepy.alive() == []
