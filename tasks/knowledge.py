"""Reads the coaching cards of `data/knowledge/`. Every fault of every file is shown at once, with file and line.

It stands beside the stages and in none of them: corpus, export and command line all read cards, and a stage imports no
other.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, get_args

import yaml
from pydantic import ValidationError

from josi.contract import ChatContext, Level, Persona, Readiness, State, Tier
from josi.errors import DataError
from josi.knowledge import Knowledge, KnowledgeCard
from josi.knowledge.calls import units
from josi.language import Language, check_answer, language_of
from josi.numbers import numbers_in
from tasks.marked import read_marked

CARDS = Path("data/knowledge")
LEAST_WORDS, MOST_WORDS = 35, 70  # of a card's text
LANGUAGES: tuple[Language, ...] = get_args(Language)
_NOTHING_GIVEN = ChatContext(
    athlete_id="nobody",
    tier=Tier.COACH,
    mode=Tier.COACH,
    persona_id=Persona.BALANCED,
    today=date(2026, 1, 1),
    readiness=Readiness(state=State.PRODUCTIVE, level=Level.GREEN),
)


def load_cards(root: Path = CARDS) -> Knowledge:
    """All cards, by id. Raises DataError with all faults at once."""
    faults: list[str] = []
    found: dict[str, tuple[KnowledgeCard, str]] = {}
    for path in sorted(root.glob("*.yaml")):
        for card, where in _cards(path, faults):
            if card.id in found:
                faults.append(f"{where} card {card.id}: {found[card.id][1]} has this id too")
            found.setdefault(card.id, (card, where))
    if not found and not faults:
        faults.append(f"{root}: there are no cards")
    if faults:
        raise DataError(
            "The coaching cards have faults:\n" + "\n".join(faults), "\nThe form is in data/knowledge/CARD.md."
        )
    return Knowledge(cards=tuple(card for _, (card, _) in sorted(found.items())))


def _cards(path: Path, faults: list[str]) -> Iterator[tuple[KnowledgeCard, str]]:
    """Each card of a file that is whole, with its place."""
    try:
        node, raw = read_marked(path.read_text("utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        faults.append(f"{path.name}: {' '.join(str(error).split())}")
        return
    if not isinstance(node, yaml.SequenceNode):
        faults.append(f"{path.name}:1: expected a list of cards")
        return
    for entry, value in zip(node.value, raw, strict=True):
        where = f"{path.name}:{entry.start_mark.line + 1}"
        title = value.get("id", "?") if isinstance(value, dict) else "?"
        try:
            card = KnowledgeCard.model_validate(value)
        except ValidationError as error:
            faults += [
                f"{path.name}:{_line(entry, item['loc'])} card {title}, {_dotted(item['loc'])}: {item['msg']}"
                for item in error.errors()
            ]
            continue
        wrong = [
            f"{path.name}:{_line(entry, loc)} card {title}, {_dotted(loc)}: {fault}" for loc, fault in _faults(card)
        ]
        faults += wrong
        yield card, where


def _faults(card: KnowledgeCard) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """What a card does against the rules of the set, each with the field."""
    for language in LANGUAGES:
        said, loc = card.said(language), (language, "text")
        count = len(said.text.split())
        if not LEAST_WORDS <= count <= MOST_WORDS:
            yield loc, f"{count} words, expected {LEAST_WORDS} to {MOST_WORDS}"
        if language_of(said.text) != language:
            yield loc, f"this reads as {language_of(said.text)}"
        for finding in check_answer(said.text, context=_NOTHING_GIVEN, decision=None, message=""):
            yield loc, f"{finding.check}: expected {finding.expected}, got {finding.got}"
        for number in sorted(numbers_in(said.text) - {1.0}):  # "een" is also an article, "one" a pronoun
            yield loc, f"a number, {number:g}: an answer could then say it"
        for place, call in enumerate(said.calls):
            try:
                units(call)
            except ValueError as error:
                yield (language, "calls", place), str(error)
        for call in sorted({call for call in said.calls if said.calls.count(call) > 1}):
            yield (language, "calls"), f"{call!r} stands twice"


def _line(node: yaml.Node, loc: tuple[str | int, ...]) -> int:
    """The line of a field, or of the part above it where it is absent."""
    for step in loc:
        if isinstance(node, yaml.MappingNode):
            inner = next((value for key, value in node.value if key.value == step), None)
        else:
            inner = node.value[step] if isinstance(node, yaml.SequenceNode) and isinstance(step, int) else None
        if inner is None:
            break
        node = inner
    return int(node.start_mark.line) + 1


def _dotted(loc: tuple[Any, ...]) -> str:
    return ".".join(map(str, loc))
