"""What the service runs: deployments/prefect.yaml and the systemd units, held against the code."""

import shutil
import subprocess
from pathlib import Path
from typing import Any, get_type_hints

import pytest
import yaml
from prefect import Flow
from prefect.flows import load_flow_from_entrypoint
from pydantic import BaseModel

from blocks.service.commands import FORGE, POOLS
from blocks.service.register import DEPLOYMENTS, POOL_PLANS

FILE: dict[str, Any] = yaml.safe_load((FORGE / DEPLOYMENTS).read_text("utf-8"))
BY_NAME = {entry["name"]: entry for entry in FILE["deployments"]}
ASKED = [(name, BY_NAME[name]["parameters"]) for name in BY_NAME]
ASKED += [(name, schedule["parameters"]) for name in BY_NAME for schedule in BY_NAME[name].get("schedules", ())]


def flow_of(name: str) -> "Flow[..., Any]":
    return load_flow_from_entrypoint(BY_NAME[name]["entrypoint"])


def test_the_seven_flows_are_deployed() -> None:
    assert set(BY_NAME) == {"corpus", "candidate", "baseline", "train", "release", "nightly", "reasoner"}


@pytest.mark.parametrize("name", BY_NAME)
def test_a_deployment_has_the_name_of_its_flow_a_description_and_tags(name: str) -> None:
    assert flow_of(name).name == name
    assert len(BY_NAME[name]["description"]) > 40
    assert name in BY_NAME[name]["tags"]


@pytest.mark.parametrize(("name", "parameters"), ASKED)
def test_parameters_are_complete_and_valid(name: str, parameters: dict[str, Any]) -> None:
    ((parameter, given),) = parameters.items()
    model = get_type_hints(flow_of(name).fn)[parameter]
    assert issubclass(model, BaseModel)

    _complete(given, model)
    model.model_validate(given)


def _complete(given: dict[str, Any], model: type[BaseModel]) -> None:
    """Every field, also of records within."""
    assert set(given) == set(model.model_fields)
    for name, field in model.model_fields.items():
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            _complete(given[name], field.annotation)


@pytest.mark.parametrize("name", BY_NAME)
def test_training_is_for_the_gpu_pool_and_all_else_has_it_done_there(name: str) -> None:
    pool = BY_NAME[name]["work_pool"]

    if name == "train":
        assert pool == {"name": "gpu"}
    else:
        assert pool == {"name": "cpu", "job_variables": {"env": {"JOSI_TRAIN_WITH": "train/train"}}}


def test_one_training_at_a_time_by_the_pool_and_not_by_a_deployment() -> None:
    assert {plan.name: plan.limit for plan in POOL_PLANS} == {"cpu": None, "gpu": 1}
    assert tuple(plan.name for plan in POOL_PLANS) == POOLS
    assert not any("concurrency_limit" in entry for entry in BY_NAME.values())


def test_nightly_is_at_two_in_a_zone_that_is_named() -> None:
    (schedule,) = BY_NAME["nightly"]["schedules"]

    assert schedule["cron"] == "0 2 * * *"
    assert schedule["timezone"]


def test_what_needs_a_teams_own_files_is_on_no_schedule() -> None:
    """A newcomer's service would have a failed run every 30 minutes."""
    assert "schedules" not in BY_NAME["reasoner"]


def test_the_folder_of_a_run_is_each_workers_own() -> None:
    assert FILE["pull"] == [{"prefect.deployments.steps.set_working_directory": {"directory": "{{ $JOSI_FORGE }}"}}]


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="needs systemd-analyze")
@pytest.mark.parametrize("unit", ["josi-server.service", "josi-worker@.service"])
def test_systemd_finds_no_fault_in_the_units(unit: str, tmp_path: Path) -> None:
    text = (FORGE / "deployments/systemd" / unit).read_text("utf-8")
    here = tmp_path / unit  # with this checkout in the place of the one that a server would have
    here.write_text(text.replace("/opt/josi-forge", str(FORGE)))

    done = subprocess.run(["systemd-analyze", "verify", str(here)], capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (0, "")
    assert "NoNewPrivileges=yes" in text
    assert "Restart=" in text
