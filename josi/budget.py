"""The token budget of a turn: what a prompt may hold, and what goes first where it holds too much.

The plan for a context of 4,096 tokens (product.md, phase 3) covers 4,000 of them; the rest stays free, since tokenizers
differ. Shares are a plan, not walls: a part may take more than its share as long as the whole fits (the reserve pays,
also for knowledge and for the interpreter's request). Where the whole does not fit, things go in this order, one at a
time, until it does:
1. history, the oldest message first (of those that are shown at all);
2. knowledge, the last line first;
3. memory, as far as it is shown: notes, then patterns, then facts, each from its end, where the least valuable stands,
   facts of an injury last;
4. profile: name, phase, goal. Sport and level stay: they stand with the readiness.
System prompt, message, readiness with the session, the engine's result and the interpreter's request never go.
"""

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from typing import Annotated

from pydantic import Field

from josi import chat
from josi.chat import Part
from josi.contract import ChatContext, Decision, GATCRequest
from josi.errors import BudgetError
from josi.records import Record
from josi.shrinking import Smaller, ever_smaller

Count = Callable[[str], int]  # tokens of a text

PLANNED, FULL = 4000, 4096
# Tokens of a context of 4,096. The profile counts with the context, knowledge and request with the reserve.
SHARES: Mapping[str, int] = {
    "system": 400,
    "context": 250,
    "memory": 400,
    "result": 200,
    "history": 500,
    "message": 100,
    "output": 300,
    "reserve": 1850,
}


class Budget(Record):
    """Tokens of a turn: `context_tokens` is the size of the model's context, `output` is left free for the answer."""

    context_tokens: Annotated[int, Field(ge=256)]
    system: int
    context: int
    memory: int
    result: int
    history: int
    message: int
    output: int
    reserve: int

    @property
    def planned(self) -> int:
        """Tokens of prompt and answer together."""
        return self.context_tokens * PLANNED // FULL

    @property
    def prompt(self) -> int:
        """Tokens that a prompt may have."""
        return self.planned - self.output


def budget_for(context_tokens: int, output: int | None = None) -> Budget:
    """The plan scaled to a context of this size, each share rounded down; the reserve is what is left.

    `output` is the runtime's number of new tokens, where it is not the plan's. Raises BudgetError where that is too
    many to leave the other parts their shares.
    """
    shares = {part: share * context_tokens // FULL for part, share in SHARES.items() if part != "reserve"}
    shares["output"] = shares["output"] if output is None else output
    reserve = context_tokens * PLANNED // FULL - sum(shares.values())
    if reserve < 0:
        raise BudgetError(
            f"{shares['output']} new tokens in a context of {context_tokens} exceed the plan by {-reserve}.",
            "Lower max_new_tokens or raise context_tokens.",
            tokens=sum(shares.values()),
            limit=sum(shares.values()) + reserve,
        )
    return Budget(context_tokens=context_tokens, **shares, reserve=reserve)


class Cut(Record):
    """What was taken from one part: `removed` of `of` `what`; the part's tokens `before` and `after`."""

    part: Part
    what: str
    removed: int
    of: int
    before: int
    after: int


class Fitted(Record):
    """A context whose prompt fits, the tokens of that prompt, and what had to go, in the order in which it went."""

    context: ChatContext
    tokens: int
    cuts: tuple[Cut, ...] = ()


class Shown(Record):
    """What a prompt is made of besides the context, which alone may shrink."""

    system: str
    message: str
    decision: Decision | None = None
    request: GATCRequest | None = None
    template: chat.Template = chat.CHATML

    def parts(self, context: ChatContext) -> dict[Part, str]:
        return chat.parts(self.message, context, decision=self.decision, request=self.request)

    def prompt(self, context: ChatContext) -> str:
        user = chat.user_turn(self.message, context, decision=self.decision, request=self.request)
        said = [chat.Message(role="system", content=self.system), chat.Message(role="user", content=user)]
        return chat.prompt(said, self.template)


def fit(shown: Shown, context: ChatContext, budget: Budget, count: Count) -> Fitted:
    """The largest context, in the order above, whose prompt has at most `budget.prompt` tokens.

    Raises BudgetError, with the tokens of each part, where the prompt is too long with everything gone that may go.
    """
    length = count(shown.prompt(context))
    if length <= budget.prompt:
        return Fitted(context=context, tokens=length)
    steps = tuple(ever_smaller(context))
    # Less text has no more tokens, so the first step that fits is found by halving: counting is what takes time.
    place = bisect_left(steps, True, key=lambda step: count(shown.prompt(step.context)) <= budget.prompt)
    smaller = steps[min(place, len(steps) - 1)].context if steps else context
    length = count(shown.prompt(smaller))
    if place == len(steps):
        raise _too_long(length, budget, shown, smaller, count)
    return Fitted(context=smaller, tokens=length, cuts=_cuts(shown, context, steps[: place + 1], count))


def _cuts(shown: Shown, whole: ChatContext, steps: Sequence[Smaller], count: Count) -> tuple[Cut, ...]:
    """One cut for each kind of thing that went: its part before the first of them and after the last."""
    cuts = []
    for _, group in groupby(steps, key=lambda step: step.what):
        *_, last = group
        before, after = (count(shown.parts(context)[last.part]) for context in (whole, last.context))
        cuts.append(Cut(part=last.part, what=last.what, removed=last.removed, of=last.of, before=before, after=after))
        whole = last.context
    return tuple(cuts)


def _too_long(length: int, budget: Budget, shown: Shown, context: ChatContext, count: Count) -> BudgetError:
    held = {"system": shown.system, **{part.value: text for part, text in shown.parts(context).items() if text}}
    numbers = ", ".join(f"{part} {count(text)}" for part, text in held.items())
    return BudgetError(
        f"A prompt of {length} tokens, with everything gone that may go, exceeds {budget.prompt} "
        f"({budget.planned} planned of {budget.context_tokens}, {budget.output} of them for the answer): {numbers}.",
        "Ask for a shorter message, shorten the system prompt, or raise context_tokens.",
        tokens=length,
        limit=budget.prompt,
    )
