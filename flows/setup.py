"""Phase 0: is this machine ready?"""

from prefect import flow

from blocks.machine import Check
from tasks.setup import examine_machine


@flow(name="setup")
def setup() -> tuple[Check, ...]:
    """List what is there and what is missing, with the remedy."""
    return examine_machine()
