"""`josi data knowledge`: which coaching cards a question calls for, and why."""

from typing import Annotated, Any

import typer

from cli import options, show
from josi.contract import Action, Level, Phase, State


@show.fails_kindly
def knowledge(
    question: Annotated[str, typer.Argument(help="What an athlete asks, in English or Dutch.")],
    readiness: Annotated[Level, typer.Option(help="The colour of the day.", case_sensitive=False)] = Level.GREEN,
    state: Annotated[State, typer.Option(help="The state behind the colour.", case_sensitive=False)] = State.PRODUCTIVE,
    phase: Annotated[Phase | None, typer.Option(help="The phase of the plan.")] = None,
    sport: Annotated[str, typer.Option(help="The sport of the profile.")] = "",
    level: Annotated[str, typer.Option(help="The athlete's level: beginner, masters, …")] = "",
    action: Annotated[Action, typer.Option(help="What the interpreter made of it.")] = Action.ANSWER_QUESTION,
    as_json: options.Json = False,
) -> None:
    """Show which coaching cards a question calls for, how strongly, by which words, and which ones are chosen.

    **Example** `josi data knowledge "What do I eat before a long run?"`
    """
    from josi.knowledge import BUDGET, choose, weigh
    from tasks.data.partial import context_of
    from tasks.knowledge import load_cards

    cards = load_cards().cards
    profile = {"sport": sport or None, "level": level or None, "current_phase": phase}
    context = context_of({"readiness": {"level": readiness, "state": state}, "profile_summary": profile})
    # Three bytes a token: no less than Qwen2 counts for any of the cards.
    chosen = choose(question, context, cards, BUDGET, lambda text: len(text.encode()) // 3, action=action)
    found = [
        {"id": one.card.id, "language": one.language, "score": one.score, "calls": one.calls, "fits": one.fits}
        for one in weigh(question, context, cards)
    ]
    ids = [one.card.id for one in chosen]
    show.result(
        {"chosen": ids, "found": found}, _told(found, {one.card.id: one.text for one in chosen}), as_json=as_json
    )


def _told(found: list[dict[str, Any]], chosen: dict[str, str]) -> str:
    if not found:
        return "No card fits: the answer goes without."
    lines = [f"{'✓' if one['id'] in chosen else ' '} {one['score']:>4}  {one['id']}: {_why(one)}" for one in found]
    return "\n".join(
        (*lines, "", *(chosen.values() or ["Nothing is chosen: no card stands out, or none is due here."]))
    )


def _why(one: dict[str, Any]) -> str:
    return "; ".join((*one["calls"], *(f"fits the {facet}" for facet in one["fits"])))
