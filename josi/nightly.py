"""How a night ended: nothing was new, the gate blocked what is new, or a person was asked."""

from enum import StrEnum

from josi.records import Channel, Record


class Outcome(StrEnum):
    """Also the name of the flow run's last state, so that a list of runs tells the story."""

    NOTHING_NEW = "Nothing new"
    BLOCKED = "Blocked"
    ASKED = "Asked"


class Nightly(Record):
    """What came of one night. `channel` is where the candidate is to go, or None where the gate opens none.

    `reasons` are the gate's against it; `release` names the run that asks, with its state; `left_out` names the files
    of the inbox that could not be used, each with the remedy.
    """

    outcome: Outcome
    candidate: str
    channel: Channel | None
    message: str
    reasons: tuple[str, ...] = ()
    release: str = ""
    left_out: tuple[str, ...] = ()

    @property
    def markdown(self) -> str:
        """For the run's page."""
        parts = [f"# {self.outcome}", self.message]
        for title, lines in (("Why the gate says no", self.reasons), ("Files that were left out", self.left_out)):
            if lines:
                parts += [f"## {title}", "\n".join(f"- {line}" for line in lines)]
        return "\n\n".join(parts) + "\n"
