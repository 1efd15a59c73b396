"""The form that a suspended release run waits for. Prefect's UI shows it; `josi approve` and `josi decline` send it."""

from typing import Any, Literal

from prefect.input import RunInput
from pydantic import Field, create_model

from josi.approval import Answer, Decided, Name, Note
from josi.candidate import Candidate
from josi.errors import NotApproved
from josi.records import Channel

# In Prefect 3.8 a click into a list opens it and closes it again.
_QUESTION = "### Publish it?\nThe arrow, or the space bar, opens the list."


class Decision(RunInput):
    """May this candidate go out?

    The last three fields hold what is asked about and leave no choice: so an answer carries the digest that was shown.
    """

    decision: Literal["approve", "decline"]
    approver: Name = Field(description="Your name. It goes on record with the decision.")
    note: Note = Field("", description="Why. Goes on record as well.")
    channel: str
    candidate: str
    digest: str


def form(candidate: Candidate, channel: Channel, description: str) -> type[Decision]:
    """The form for one candidate and channel. The server refuses an answer that names another.

    `description`, Markdown, is shown as help of the first field: in Prefect's UI the fields squeeze a description of
    the whole form to nothing, and scroll along with their help.
    """
    shown = {"channel": channel.value, "candidate": candidate.identity, "digest": candidate.digest}
    fixed: dict[str, Any] = {
        name: (Literal[value], Field(json_schema_extra={"enum": [value], "default": value}))
        for name, value in shown.items()
    }
    decision: dict[str, Any] = {
        "decision": (Literal["approve", "decline"], Field(description=as_help(f"{description}\n{_QUESTION}")))
    }
    return create_model("Decision", __base__=Decision, **decision, **fixed)


def as_help(markdown: str) -> str:
    """Markdown for the help of a field, where single line breaks are lost: paragraphs, and lists instead of tables."""
    return "\n\n".join(_row(line) if line.startswith("|") else line for line in markdown.splitlines() if _says(line))


def _says(line: str) -> bool:
    return bool(line.strip(" |-"))


def _row(line: str) -> str:
    cells = (cell.strip() for cell in line.strip("|").split(" | "))
    return "- " + " · ".join(cell for cell in cells if cell)


def filled_in(answer: Answer, channel: Channel, identity: str, digest: str) -> dict[str, str]:
    """An answer as what the form sends."""
    return {
        "decision": answer.decided.value,
        "approver": answer.approver,
        "note": answer.note,
        "channel": channel.value,
        "candidate": identity,
        "digest": digest,
    }


def said(response: dict[str, Any], candidate: Candidate) -> Answer:
    """What the form brought back. Raises NotApproved where it speaks of another candidate than this one."""
    given = Decision.model_validate(response)
    if given.digest != candidate.digest:
        raise NotApproved(
            f"{given.approver} was asked about {given.candidate} ({given.digest[:12]}); now it is "
            f"{candidate.identity} ({candidate.digest[:12]}). Nothing was published.",
            f"Start another release run for {candidate.identity}.",
        )
    return Answer(
        channel=Channel(given.channel),
        decided=Decided(given.decision),
        approver=given.approver,
        note=given.note,
    )
