"""Take the pictures of Prefect's UI in this folder anew: `make screenshots`, with the service up (`josi up`).

A candidate is made and released for them, in the browser. For a loss curve it has to be trained: at another seed.
"""

import io
import sys
import time
from pathlib import Path
from uuid import UUID

from blocks.environment import prepare
from blocks.settings import Settings

prepare(Settings())  # before Prefect is imported

from prefect.client.schemas.filters import ArtifactFilter, ArtifactFilterKey
from prefect.client.schemas.sorting import ArtifactSort
from prefect.deployments import run_deployment

from blocks.runs import api, follow
from blocks.service.state import read
from tasks.release.approve import find
from tests.browser import HEIGHT, WIDTH, Visitor, visit

FOLDER = Path(__file__).parent
COLOURS = 128
CURVE, REPORT, LINEAGE, CARD = "loss-josi-tiny-interpreter", "gate-report-tiny", "lineage-tiny", "release-tiny"


def main(seed: int) -> None:
    """From nothing to a release."""
    made = start("candidate/candidate", {"recipe": "tiny", "changes": {"sft.interpreter.seed": seed}})
    ended(made)
    with visit(address()) as visitor:
        visitor.run(made, "Artifacts")
        keep(visitor, "candidate", height=1330)
        for name, key, height in (
            ("loss-curve", CURVE, 900),
            ("gate-report", REPORT, 1500),
            ("lineage", LINEAGE, 1500),
        ):
            visitor.artifact(newest(key))
            keep(visitor, name, height)
    asked = start("release/release", {"candidate": find().identity, "channel": "dev"})
    ended(asked)
    with visit(address()) as visitor:
        form = visitor.open_form(asked)
        visitor.fill_in(form, "approve", "Ada", "Reads well. The report's worst ten are known.")
        keep(visitor, "approval", height=1300)
        visitor.send(form)
        ended(asked)
        visitor.artifact(newest(CARD))
        keep(visitor, "release")


def address() -> str:
    service = read(Settings())
    if service is None:
        sys.exit("The service is down. Run: josi up")
    return service.address


def start(deployment: str, order: dict[str, object]) -> UUID:
    run = run_deployment(deployment, parameters={"order": order}, timeout=0)
    return run.id  # type: ignore[union-attr]  # called from what is not async


def ended(run: UUID) -> None:
    """Until it has ended, or waits for somebody."""
    with api() as client:
        while not follow(client, run, pick_up_s=600).is_final():
            if client.read_flow_run(run).state_name == "Suspended":
                return
            time.sleep(1)


def newest(key: str) -> UUID:
    with api() as client:
        wanted = ArtifactFilter(key=ArtifactFilterKey(any_=[key]))
        return client.read_artifacts(artifact_filter=wanted, sort=ArtifactSort.CREATED_DESC, limit=1)[0].id


def keep(visitor: Visitor, name: str, height: int = HEIGHT) -> None:
    """The page as a PNG of few colours: small enough for a repository."""
    from PIL import Image

    visitor.page.set_viewport_size({"width": WIDTH, "height": height})
    visitor.page.wait_for_timeout(3000)  # until charts stand still
    picture = Image.open(io.BytesIO(visitor.page.screenshot())).convert("RGB")
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(FOLDER / f"ui-{name}.png", optimize=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 8)
