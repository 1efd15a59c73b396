"""Which cards a turn is given, within its budget.

Cards are for general questions. Where an athlete asks about their own plan (`explain`), the decision is the answer, and
at most one card on how training works stands beside it. A workout request, a change of plan, a question back and a red
flag get none: there nothing may stand beside the engine's decision.
"""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from josi.contract import Action, ChatContext
from josi.knowledge.cards import KnowledgeCard, Topic
from josi.knowledge.weigh import Choice, weigh
from josi.red_flags import red_flag

MOST = 2  # cards a turn: more are no help to a small model, and an answer has 80 words
BUDGET = 260  # tokens of Qwen2: the two longest Dutch cards take 249, English ones 174
NEAR = (3, 4)  # a second card has at least three quarters of the first one's score

COUNTS: Mapping[Action, int] = MappingProxyType({Action.ANSWER_QUESTION: MOST, Action.EXPLAIN: 1})
EXPLAINING = frozenset({Topic.EFFORT, Topic.RECOVERY, Topic.READINESS, Topic.TAPER})


def choose(
    message: str,
    context: ChatContext,
    cards: Sequence[KnowledgeCard],
    budget: int,
    count: Callable[[str], int],
    *,
    action: Action = Action.ANSWER_QUESTION,
    most: int = MOST,
) -> tuple[Choice, ...]:
    """The cards for `[KNOWLEDGE]`, the best first; none where none fits.

    `count` gives the tokens of a text; the block as it will stand there takes at most `budget` of them. Where more
    cards than may be chosen are equally good, the message does not tell which is meant, and none is. A card that does
    not fit ends the choice: no weaker one takes the place of a better one.
    """
    limit = min(most, COUNTS.get(action, 0))
    if limit == 0 or red_flag(message):
        return ()
    allowed = [card for card in cards if action is Action.ANSWER_QUESTION or card.topic in EXPLAINING]
    found = weigh(message, context, allowed)
    best = found[0].score if found else 0
    if sum(choice.score == best for choice in found) > max(limit, MOST):
        return ()
    chosen: tuple[Choice, ...] = ()
    for choice in found[:limit]:
        if choice.score * NEAR[1] < best * NEAR[0] or count(block((*chosen, choice))) > budget:
            break
        chosen = (*chosen, choice)
    return chosen


def with_knowledge(
    message: str,
    context: ChatContext,
    cards: Sequence[KnowledgeCard],
    count: Callable[[str], int],
    budget: int = BUDGET,
    action: Action = Action.ANSWER_QUESTION,
) -> ChatContext:
    """The context with the chosen cards in it. One that already holds knowledge is left as it is."""
    if context.knowledge:
        return context
    chosen = choose(message, context, cards, budget, count, action=action)
    return context.model_copy(update={"knowledge": block(chosen)}) if chosen else context


def block(chosen: Sequence[Choice]) -> str:
    """The text under `[KNOWLEDGE]`: one card a line."""
    return "\n".join(choice.text for choice in chosen)
