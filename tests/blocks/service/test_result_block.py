"""A task's result, written on one machine, is found on another: Prefect's own storage, on S3, with no secret in it."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from blocks.bucket import get
from blocks.s3 import S3Bucket
from blocks.service.commands import WORKER
from blocks.service.result_block import register_results
from blocks.settings import Settings
from josi.records import Artifact
from tests.moto import moto_bucket
from tests.proxy import proxied

ON_A_MACHINE = """
import sys
from blocks.environment import prepare
from blocks.settings import Settings
prepare(Settings())
from prefect import flow, task
from josi.records import Artifact, Kind
from tasks.stage import Stage

@task(cache_policy=Stage(name="probe", version=1))
def probe(text: str) -> Artifact:
    print("made", flush=True)
    made = Settings().store.put_bytes(text.encode(), "f", Kind.REPORT, "probe")
    if len(sys.argv) > 2:
        print("stored", flush=True)
        sys.stdin.readline()
    return made

@flow
def run(text: str) -> Artifact:
    return probe(text)

print(Artifact.model_validate(run(sys.argv[1])).model_dump_json())
"""


@pytest.fixture(scope="module")
def s3() -> Iterator[S3Bucket]:
    with moto_bucket("josi-results-test") as bucket:
        yield bucket


@pytest.fixture
def settings(s3: S3Bucket, prefect: None) -> Settings:
    return Settings(store_address=f"s3://{s3.name}/forge", s3_endpoint=s3.client.meta.endpoint_url)


def _environment(home: Path, settings: Settings, endpoint: str = "") -> dict[str, str]:
    from prefect.settings import get_current_settings

    inherited = {key: value for key, value in os.environ.items() if not key.startswith(("PREFECT_", "AWS_", "JOSI_"))}
    return {
        **inherited,
        "PREFECT_API_URL": str(get_current_settings().api.url),
        "JOSI_HOME": str(home),
        "JOSI_STORE": settings.store_address,
        "JOSI_S3_ENDPOINT": endpoint or settings.s3_endpoint,
        "S3_ACCESS_KEY": "key",
        "S3_SECRET_KEY": "secret",
    }


def _run(text: str, environment: dict[str, str]) -> tuple[bool, Artifact]:
    """Whether it was made there, and what it is."""
    command = [sys.executable, "-c", ON_A_MACHINE, text]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=180, check=False)
    assert done.returncode == 0, done.stderr
    *made, artifact = done.stdout.splitlines()
    return made == ["made"], Artifact.model_validate_json(artifact)


def test_a_result_made_on_one_machine_is_found_on_another(settings: Settings, s3: S3Bucket, tmp_path: Path) -> None:
    register_results(settings)
    one, other = (_environment(tmp_path / name, settings) for name in ("one", "other"))

    first, artifact = _run("words", one)
    again, same = _run("words", other)

    assert (first, again) == (True, False)
    assert same == artifact
    stored = json.loads(get(s3, "forge/results/probe@1/words"))
    assert json.loads(stored["result"])["data"]["sha256"] == artifact.sha256
    assert stored["metadata"]["serializer"]["type"] == "json"
    assert not list((tmp_path / "one").rglob("words"))

    folder = f"forge/artifacts/report/probe-{artifact.sha256[:12]}"
    s3.remove(f"{folder}/MANIFEST.json")  # not whole any more: the cached result is forgotten, also where a copy is
    assert _run("words", one)[0]
    assert not _run("words", other)[0]


def test_a_workers_result_is_written_through_an_outage(settings: Settings, s3: S3Bucket, tmp_path: Path) -> None:
    """The trap: where writing fails, Prefect says so in the log, and the run is Completed without a result."""
    register_results(settings)
    with proxied(settings.s3_endpoint) as proxy:
        environment = {**_environment(tmp_path / "home", settings, proxy.url), **WORKER}
        command = [sys.executable, "-c", ON_A_MACHINE, "patient", "wait"]
        pipe = subprocess.PIPE
        with subprocess.Popen(command, env=environment, stdin=pipe, stdout=pipe, stderr=pipe, text=True) as process:
            assert process.stdout
            assert [process.stdout.readline() for _ in range(2)] == ["made\n", "stored\n"]
            proxy.cut(4.0)
            _, log = process.communicate("\n", timeout=180)

    assert process.returncode == 0, log
    assert s3.head("forge/results/probe@1/patient"), log


def test_the_block_holds_no_secret_and_no_place(settings: Settings) -> None:
    from prefect.client.orchestration import get_client

    register_results(settings)
    register_results(settings)

    with get_client(sync_client=True) as client:
        saved = client.read_block_document_by_name("josi-results", "s3-bucket", include_secrets=True)
    said = json.dumps(saved.data, default=str)
    assert saved.data["bucket_name"] == "josi-results-test"
    assert saved.data["bucket_folder"] == "forge/results"
    assert "http" not in said
    assert saved.data["credentials"]["aws_access_key_id"] is None
    assert saved.data["credentials"]["aws_secret_access_key"] is None
