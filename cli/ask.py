"""The question to the release manager, in the terminal."""

import sys

import typer

from cli.show import console
from josi.approval import Answer, Decided
from josi.candidate import Candidate
from josi.errors import NotApproved
from josi.records import Channel


def answer_for(candidate: Candidate, channel: Channel | None, approver: str) -> Answer:
    """The decision that is on record, or a new one: by name, or asked for.

    Raises GateBlocked where the gate does not open the channel, NotApproved where nobody is there to be asked.
    """
    from blocks.settings import Settings
    from tasks.release.approve import holding, open_channel

    target = open_channel(candidate, channel)
    held = holding(Settings().store, candidate, target)
    if held and held.decided is Decided.APPROVE:
        return Answer(channel=target, decided=held.decided, approver=held.approver, note=held.note)
    if approver:
        return Answer(channel=target, decided=Decided.APPROVE, approver=approver)
    if not sys.stdin.isatty():
        raise NotApproved(
            f"{candidate.identity} waits for an approval, and there is no terminal to ask in.",
            f"Set APPROVER=your-name, or run: josi approve {candidate.identity} --approver NAME && "
            f"josi publish {candidate.identity}",
        )
    console.print(f"\nMay [bold]{candidate.identity}[/] go to channel [bold]{target}[/]?")
    agreed = typer.confirm("Approve", default=False, err=True)
    name = typer.prompt("Your name", err=True)
    note = typer.prompt("Note", default="", show_default=False, err=True)
    return Answer(channel=target, decided=Decided.APPROVE if agreed else Decided.DECLINE, approver=name, note=note)
