"""What of a context may go where a prompt is too long, one thing at a time, in the order of the budget."""

from collections.abc import Iterator
from typing import NamedTuple

from josi import chat
from josi.chat import Part
from josi.contract import ChatContext, MemoryFact, ProfileSummary
from josi.memory import block
from josi.memory.words import speaks_of_injury


class Smaller(NamedTuple):
    """A context with one thing less: by now `removed` of `of` `what` of this part are gone."""

    part: Part
    what: str
    removed: int
    of: int
    context: ChatContext


def ever_smaller(context: ChatContext) -> Iterator[Smaller]:
    """The context with less and less in it, until only what never goes is left."""
    for shrink in (_less_history, _less_knowledge, _less_memory, _less_profile):
        for step in shrink(context):
            context = step.context
            yield step


def _less_history(context: ChatContext) -> Iterator[Smaller]:
    shown = context.history[-chat.HISTORY :]
    for removed in range(1, len(shown) + 1):
        smaller = context.model_copy(update={"history": shown[removed:]})
        yield Smaller(Part.HISTORY, "messages", removed, len(shown), smaller)


def _less_knowledge(context: ChatContext) -> Iterator[Smaller]:
    lines = (context.knowledge or "").splitlines()
    for kept in reversed(range(len(lines))):
        smaller = context.model_copy(update={"knowledge": "\n".join(lines[:kept]) or None})
        yield Smaller(Part.KNOWLEDGE, "lines", len(lines) - kept, len(lines), smaller)


def _less_memory(context: ChatContext) -> Iterator[Smaller]:
    """From what is shown of it, each list from its end; facts of an injury after all other facts."""
    if context.athlete_memory is None:
        return
    memory = block.fit(context.athlete_memory).memory
    for field, what in (("coaching_notes", "notes"), ("patterns", "patterns"), ("key_facts", "facts")):
        values = getattr(memory, field)
        places = range(len(values))
        going = sorted(places, key=lambda place: (field == "key_facts" and _hurts(values[place]), -place))
        for kept in reversed(places):
            left = tuple(values[place] for place in sorted(going[len(values) - kept :]))
            memory = memory.model_copy(update={field: left})
            smaller = context.model_copy(update={"athlete_memory": memory})
            yield Smaller(Part.MEMORY, what, len(values) - kept, len(values), smaller)


def _hurts(fact: MemoryFact) -> bool:
    return speaks_of_injury(fact.fact)


def _less_profile(context: ChatContext) -> Iterator[Smaller]:
    profile = context.profile_summary or ProfileSummary()
    fields = [field for field in ("name", "current_phase", "goal_type") if getattr(profile, field)]
    for removed, field in enumerate(fields, start=1):
        profile = profile.model_copy(update={field: None})
        smaller = context.model_copy(update={"profile_summary": profile})
        yield Smaller(Part.PROFILE, "lines of the profile", removed, len(fields), smaller)
