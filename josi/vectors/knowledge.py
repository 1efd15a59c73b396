"""Which coaching cards a turn is given.

Each vector brings the few cards it is about, so that a port is proven against cards that stay: the real ones, in
`knowledge.json`, are edited by coaches. Tokens are counted as words there, which needs no tokenizer.
"""

from typing import Any

from josi.contract import Action, ChatContext
from josi.knowledge import KnowledgeCard, choose
from josi.vectors.rule import Input, Rule


def _knowledge(given: Input) -> dict[str, Any]:
    chosen = choose(
        given["message"],
        ChatContext.model_validate(given["context"]),
        [_card(card) for card in given["cards"]],
        given["budget"],
        lambda text: len(text.split()),
        action=Action(given["action"]),
    )
    return {"cards": [choice.card.id for choice in chosen], "language": chosen[0].language if chosen else None}


def _card(given: Input) -> KnowledgeCard:
    """A card with what the choice does not look at filled in."""
    rest = {"source": "a test vector", "review": {"state": "draft"}}
    said = {language: {"title": "A card", **given[language]} for language in ("en", "nl")}
    return KnowledgeCard.model_validate({**rest, **given, **said})


KNOWLEDGE = (Rule("knowledge", _knowledge),)
