"""What each process is started with: nothing secret on a command line, and no secret that it does not need."""

from pathlib import Path

import pytest

from blocks.service import commands
from blocks.service.commands import Command
from blocks.service.state import State
from blocks.settings import Settings
from josi.errors import UsageError

SECRETS = {
    "JOSI_DATABASE": "postgresql://u:db-secret@127.0.0.1/josi",
    "JOSI_API_PASSWORD": "api-secret",
    "S3_SECRET_KEY": "s3-secret",
    "AWS_SECRET_ACCESS_KEY": "aws-secret",
}
SERVICE = State(address="http://127.0.0.1:4200", bucket="", auth=True)


@pytest.fixture
def started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Command]:
    for name, value in SECRETS.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("JOSI_HOME", str(tmp_path))
    here = Settings()
    found = [commands.server(here, SERVICE, 4200), commands.bucket(here, 8484)]
    found += [commands.worker(here, SERVICE, pool) for pool in commands.POOLS]
    return {command.role: command for command in found}


def test_no_secret_is_on_a_command_line(started: dict[str, Command]) -> None:
    for command in started.values():
        assert "-secret" not in " ".join(command.arguments)


@pytest.mark.parametrize(
    ("role", "needed", "not_needed"),
    [
        ("server", ("db-secret", "api-secret"), ("s3-secret", "aws-secret")),
        ("bucket", (), ("db-secret", "api-secret", "s3-secret", "aws-secret")),
        ("cpu", ("api-secret", "s3-secret", "aws-secret"), ("db-secret",)),
        ("gpu", ("api-secret", "s3-secret", "aws-secret"), ("db-secret",)),
    ],
)
def test_each_process_knows_the_secrets_that_it_needs(
    started: dict[str, Command], role: str, needed: tuple[str, ...], not_needed: tuple[str, ...]
) -> None:
    known = " ".join(started[role].environment.values())

    assert all(secret in known for secret in needed)
    assert not any(secret in known for secret in not_needed)


def test_a_worker_is_patient_with_s3_unless_told_otherwise(
    started: dict[str, Command], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert started["gpu"].environment["AWS_MAX_ATTEMPTS"] == "20"

    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "3")

    assert commands.worker_environment(Settings())["AWS_MAX_ATTEMPTS"] == "3"


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+asyncpg"])
def test_a_postgres_address_is_taken_as_people_write_it(scheme: str) -> None:
    here = Settings(database=f"{scheme}://u:p@h/d")

    told = commands.server(here, SERVICE.model_copy(update={"auth": False}), 1).environment

    assert told["PREFECT_SERVER_DATABASE_CONNECTION_URL"] == "postgresql+asyncpg://u:p@h/d"


@pytest.mark.parametrize("address", ["mysql://u:db-secret@h/d", "db-secret"])
def test_another_database_is_refused_without_showing_its_address(address: str) -> None:
    with pytest.raises(UsageError, match="postgresql://USER") as refused:
        commands.server(Settings(database=address), SERVICE.model_copy(update={"auth": False}), 1)

    assert "db-secret" not in str(refused.value)
