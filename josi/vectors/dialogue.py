"""What stands around a model's words: the governor, the token budget, and the single model's output."""

import math
from collections.abc import Callable, Mapping
from typing import Any

from josi.budget import Shown, budget_for, fit
from josi.contract import ChatContext, Decision, GATCRequest
from josi.errors import BudgetError
from josi.governor import WISHED_WORDS, govern
from josi.intent import LLMIntent, PlainAnswer
from josi.intent_stop import safe_output
from josi.vectors.rule import Input, Rule

# Stand-ins for a tokenizer, which every port can count with.
COUNTERS: Mapping[str, Callable[[str], int]] = {
    "characters": len,  # Unicode code points
    "quarters": lambda text: math.ceil(len(text) / 4),
    "words": lambda text: len(text.split()),
}


def _governor(given: Input) -> dict[str, Any]:
    governed = govern(given["text"], most_words=given.get("most_words", WISHED_WORDS))
    return {"text": governed.text, "steps": list(governed.steps)}


def _budget(given: Input) -> dict[str, Any]:
    request, decision = given.get("request"), given.get("decision")
    shown = Shown(
        system=given["system"],
        message=given["message"],
        decision=Decision.model_validate(decision) if decision else None,
        request=GATCRequest.model_validate(request) if request else None,
    )
    try:
        budget = budget_for(given["context_tokens"], given.get("output"))
        fitted = fit(shown, ChatContext.model_validate(given["context"]), budget, COUNTERS[given["count"]])
    except BudgetError as error:
        return {"too_long": error.tokens, "limit": error.limit}
    return {"tokens": fitted.tokens, "cuts": [cut.model_dump(mode="json") for cut in fitted.cuts]}


def _intent(given: Input) -> dict[str, Any]:
    read = safe_output(given["raw"], given.get("message", ""))
    if isinstance(read, LLMIntent):
        return {"json": read.to_json()}
    if isinstance(read, PlainAnswer):
        return {"plain": read.message}
    return {"faults": sorted({finding.where for finding in read})}


DIALOGUE = (
    Rule("governor", _governor),
    Rule("budget", _budget),
    Rule("llm_intent", _intent),
)
