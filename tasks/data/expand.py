"""Families become rows, drawn from generators seeded by strings: each machine makes the same bytes."""

from collections.abc import Callable, Iterator, Sequence
from itertools import count
from random import Random
from typing import Any, TypeVar

from josi.contract import Action, ChatContext, GATCRequest
from josi.parsing import ASK_SPORT
from josi.records import Record
from josi.sports import sports_in
from tasks.data.contexts import draw, known_sport
from tasks.data.families import Family, Filling, Setting, Slots, Words
from tasks.data.noise import typed
from tasks.data.slots import SLOT

R = TypeVar("R")

CARRIES = (Action.CREATE_WORKOUT, Action.REPLAN)  # the other actions carry nothing but their own required fields
ASKS_SPORT = ("sport",)  # a workout without a sport: what was said of it stays
ASKS = (Action.EXPLAIN, Action.ANSWER_QUESTION)
TRIES = 12  # draws for one row that must differ from all before it


class Turn(Record):
    """One athlete's message in one context, and the request it means."""

    family: Family
    message: str
    context: ChatContext
    request: GATCRequest


def turn(
    family: Family, words: Words, rng: Random, *, setting: Setting | None = None, noise: bool = True, long: float = 0.0
) -> Turn:
    """One drawing of a family: its words filled in, a context that fits, and the request that follows from both.

    `long` is the share of drawings behind a whole conversation and with a full memory.
    """
    message, fields = say(family, words.slots, rng, noise=noise)
    people = words.people[family.group.language]
    context = draw(rng, setting or family.group.context, people, long=rng.random() < long and bool(people.dialogues))
    return Turn(family=family, message=message, context=context, request=request(family, message, fields, context))


def say(family: Family, slots: Slots, rng: Random, *, noise: bool = True) -> tuple[str, dict[str, Any]]:
    """The family's words with slots filled, and the request fields that the fillings set."""
    text = typed(family.text, rng) if noise else family.text
    known = slots[family.group.language]
    fields: dict[str, Any] = {}
    parts: list[str] = []
    used: list[Filling] = []
    end = 0
    for slot in SLOT.finditer(text):
        filling = rng.choice([f for f in known[slot.group(1)] if f not in used] or known[slot.group(1)])
        used.append(filling)
        fields.update(filling.sets)
        start_of_sentence = slot.start() == 0 and text != text.lower()
        parts += [
            text[end : slot.start()],
            filling.say[:1].upper() + filling.say[1:] if start_of_sentence else filling.say,
        ]
        end = slot.end()
    return "".join([*parts, text[end:]]), fields


def request(family: Family, message: str, fields: dict[str, Any], context: ChatContext) -> GATCRequest:
    """What the contract expects of the interpreter: message before context before memory, never a guessed sport."""
    made: dict[str, Any] = {"free_text": message, **family.group.request}
    action = Action(made["action"])
    if action in CARRIES or made.get("missing") in (ASKS_SPORT, list(ASKS_SPORT)):
        made["constraints"] = dict(made.get("constraints") or {})
        for name, value in fields.items():
            head, _, inner = name.partition(".")
            if inner:
                made[head][inner] = value
            else:
                made[head] = value
        made["constraints"] = made["constraints"] or None
        if action in CARRIES:
            said = sports_in(message)
            made["sport"] = made.get("sport") or (said[0] if len(said) == 1 else None) or known_sport(context)
    if action in ASKS:
        made["question"] = message
    if action is Action.CREATE_WORKOUT and made["sport"] is None:
        # What the athlete did say stays: a stated duration is always extracted, and the next turn needs it.
        made |= {"action": Action.CLARIFY, "missing": ("sport",), "clarify_message": ASK_SPORT[family.group.language]}
    return GATCRequest.model_validate(made)


def rows(
    families: Sequence[Family],
    wanted: int,
    seed: str,
    make: Callable[[Family, Random], R | None],
    key: Callable[[R], str],
    *,
    taken: set[str],
) -> Iterator[R]:
    """`wanted` rows, family by family in turn, each with a key that is not in `taken` (which grows).

    A family that has nothing new to say in a round is passed over; when none has, fewer rows come.
    """
    order = sorted(families, key=lambda family: family.name)
    made = 0
    for turn_number in count():
        generator(seed, "order", turn_number).shuffle(order)
        before = made
        for family in order:
            if made == wanted:
                return
            row = _new(family, f"{seed}/{family.name}/{turn_number}", make, key, taken)
            if row is not None:
                made += 1
                yield row
        if made == before:
            return


def generator(*parts: object) -> Random:
    """A generator seeded by text: the same draws on every machine and Python 3.11 or later."""
    return Random("/".join(str(part) for part in parts))  # noqa: S311 - reproducible on purpose


def _new(
    family: Family,
    seed: str,
    make: Callable[[Family, Random], R | None],
    key: Callable[[R], str],
    taken: set[str],
) -> R | None:
    for attempt in range(TRIES):
        row = make(family, generator(seed, attempt))
        if row is not None and key(row) not in taken:
            taken.add(key(row))
            return row
    return None
