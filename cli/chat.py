"""`josi chat`: a turn with what was downloaded. Nothing here, or below, opens a socket."""

import sys
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError

from cli import show
from josi.assistant import Assistant
from josi.contract import ChatContext, Level, Persona, ProfileSummary, Readiness, State, Tier
from josi.errors import UsageError
from josi.memory import Store, merge


@show.fails_kindly
def chat(
    message: Annotated[str, typer.Argument(help="What the athlete says. Without it: a conversation.")] = "",
    models: Annotated[Path | None, typer.Option(help="Where `josi download` put them. Default: HOME/app.")] = None,
    context: Annotated[
        Path | None,
        typer.Option(exists=True, dir_okay=False, help="A ChatContext as JSON, instead of the options below."),
    ] = None,
    sport: Annotated[str, typer.Option(help="The athlete's sport, e.g. run; empty: unknown.")] = "run",
    level: Annotated[str, typer.Option(help="beginner, intermediate or advanced.")] = "intermediate",
    readiness: Annotated[Level, typer.Option(help="Today's readiness.")] = Level.GREEN,
    tier: Annotated[Tier, typer.Option(help="The athlete's subscription.")] = Tier.COACH,
    persona: Annotated[Persona, typer.Option(help="The coach's manner.")] = Persona.BALANCED,
    as_json: Annotated[bool, typer.Option("--json", help="One turn as one JSON object.")] = False,
) -> None:
    """Talk to the models that were downloaded: interpreter with grammar, engine, explainer. Offline.

    **Examples** `josi chat "45 minutes on the bike?"` · `josi chat "I feel ill" --json --readiness Orange`
    """
    from blocks.pair import open_pair
    from blocks.settings import Settings

    place = models or Settings().root / "app"
    today = date.today()  # the athlete's own day
    shown = (sport, level, readiness, tier, persona)
    seen = _read_context(context) if context else _context(today, *shown)
    with open_pair(place) as assistant:
        if message:
            turn = assistant.turn(message, seen)
            show.result(turn, turn.answer, as_json=as_json)
            return
        if as_json:
            raise typer.BadParameter("--json answers one turn: give the message")
        _converse(assistant, seen)


def _read_context(path: Path) -> ChatContext:
    try:
        return ChatContext.model_validate_json(path.read_bytes())
    except ValidationError as error:
        faults = "; ".join(f"{'.'.join(map(str, e['loc'])) or 'file'}: {e['msg']}" for e in error.errors())
        raise UsageError(f"{path} is no ChatContext: {faults}.", "See schemas/chat_context.schema.json.") from None


def _context(today: date, sport: str, level: str, readiness: Level, tier: Tier, persona: Persona) -> ChatContext:
    states = {
        Level.GREEN: State.RECOVERED,
        Level.YELLOW: State.PRODUCTIVE,
        Level.ORANGE: State.ACCUMULATED,
        Level.RED: State.OVERREACHED,
    }
    return ChatContext(
        athlete_id="local",
        tier=tier,
        mode=tier,
        persona_id=persona,
        today=today,
        readiness=Readiness(state=states[readiness], level=readiness),
        profile_summary=ProfileSummary(sport=sport or None, level=level),
    )


def _converse(assistant: Assistant, context: ChatContext) -> None:
    show.console.print("Write to your coach. An empty line ends the conversation.", style="dim")
    own, kept = context.athlete_memory is not None, Store()  # a memory that came with the context stays as it is
    while line := _read():
        turn = assistant.turn(line, context)
        print(turn.answer, flush=True)
        kept = merge(kept, turn.learned)
        context = context.after(line, turn.answer)
        if not own:
            context = context.model_copy(update={"athlete_memory": kept.shown() if kept.facts else None})


def _read() -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().strip()
    try:
        return input("> ").strip()
    except EOFError:
        return ""
