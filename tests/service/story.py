"""What a team's nights are made of: training, a question, an answer, a release; and then nothing new."""

import json
from collections.abc import Mapping
from typing import Any

import boto3
from prefect.client.schemas.objects import FlowRun

from tests.service.team import Team, until


def published(s3: str, channel: str) -> dict[str, Any]:
    client = boto3.client(
        "s3", endpoint_url=s3, region_name="us-east-1", aws_access_key_id="key", aws_secret_access_key="secret"
    )
    found: dict[str, Any] = json.loads(
        client.get_object(Bucket="releases", Key=f"channels/{channel}.json")["Body"].read()
    )
    return found


def asked(team: Team) -> FlowRun:
    """The release run that waits for an answer."""

    def waiting() -> FlowRun | None:
        return next((run for run in team.named("release-") if run.state_name == "Suspended"), None)

    return until("a question", 120, waiting)


def from_order_to_release(team: Team, s3: str, order: Mapping[str, Any], seconds: float) -> None:
    """The night makes a candidate and asks; a person approves; it is published. The next night does nothing."""
    night = team.start("nightly/nightly", order)
    assert team.ended(night, seconds).state_name == "Asked", team.told(night)
    (trained, *others) = team.named("train-")
    assert (trained.state_name, trained.work_pool_name, others) == ("Completed", "gpu", [])
    question = asked(team)

    answer = team.server.josi("approve", "candidate-tiny", "--approver", "Robin", "--note", "reads well")

    assert answer.returncode == 0, answer.stderr
    assert team.ended(question.id, 120).state_name == "Published"
    assert published(s3, "dev")["sequence"] == 1
    again = team.start("nightly/nightly", order)
    assert team.ended(again, 120).state_name == "Nothing new", team.told(again)
    assert team.named("train-") == [trained]
