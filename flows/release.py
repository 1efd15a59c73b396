"""From a tested candidate to a release that apps find: asked, approved, published."""

from pathlib import Path

from prefect import flow

from josi.approval import Answer
from tasks.release.approve import approve_task, find
from tasks.release.publish import publish_task
from tasks.release.published import Published


@flow(name="release", flow_run_name="release-{candidate}")
def release(candidate: str, answer: Answer, dry_run: Path | None = None) -> Published:
    """Put a person's answer on record and publish what it approves. `candidate` is a digest or an identity."""
    found = find(candidate)
    approval = approve_task(found, answer)
    return publish_task(found, approval, dry_run)
