"""Phase 0: what the machine has and lacks, as a list in the run's artifacts."""

from prefect import task
from prefect.artifacts import create_table_artifact
from prefect.cache_policies import NO_CACHE

from blocks.machine import Check, examine
from blocks.settings import Settings


@task(name="examine", cache_policy=NO_CACHE)
def examine_machine() -> tuple[Check, ...]:
    """Not cached: machines change."""
    checks = examine(Settings())
    rows = [check.model_dump(mode="json") for check in checks]
    create_table_artifact(table=rows, key="machine", description="What this machine has and lacks")
    return checks
