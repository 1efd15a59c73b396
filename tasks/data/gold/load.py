"""Reads data/gold. Every fault of every file is shown at once, with file and line."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from josi.contract import Action, GATCRequest
from josi.engine import ReferenceEngine
from josi.errors import DataError
from josi.language import language_of
from josi.postprocess import postprocess
from tasks.data.gold.entry import Entry, Gold
from tasks.data.gold.words import GLOSS
from tasks.data.gold.write import read_entries
from tasks.data.partial import context_of

FOLDER = Path("data/gold")
FOLLOWS = ("free_text", "question", "date")  # what a request is given from the message
HARMLESS = ("date_from_message",)  # the interpreter is not told what day it is: a rule resolves it
REMEDY = "\nThe form is in data/gold/CARD.md."


def load_gold(root: Path = FOLDER) -> tuple[Gold, ...]:
    """Every gold answer, with the engine's decision, in the order of `GLOSS`.

    Raises DataError with all faults at once. What an answer does against the language rules is no fault here, so
    that it can be mended: `findings_of` tells it.
    """
    faults: list[str] = []
    found = tuple(gold for path in sorted(root.glob("*.yaml")) for gold in _golds(path, faults))
    faults += _twice(found)
    if not (found or faults):
        faults.append(f"{root}: there is no YAML file")
    if faults:
        raise DataError("The gold answers have faults:\n" + "\n".join(faults), REMEDY)
    order = list(GLOSS)
    return tuple(sorted(found, key=lambda gold: order.index(gold.entry.situation)))


def _golds(path: Path, faults: list[str]) -> Iterator[Gold]:
    try:
        entries = read_entries(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError, DataError) as error:
        faults.append(f"{path.name}: {' '.join(str(error).split())}")
        return
    for line, value in entries:
        where = f"{path.name}:{line} {value.get('name', '?') if isinstance(value, dict) else '?'}"
        try:
            gold = decided(Entry.model_validate(value), path.name, line)
        except ValidationError as error:
            faults += [f"{where}: {_place(item)}{item['msg']}" for item in error.errors()]
            continue
        except DataError as error:
            faults.append(f"{where}: {error}")
            continue
        wrong = list(_faults(gold))
        faults += [f"{where}: {fault}" for fault in wrong]
        if not wrong:
            yield gold


def decided(entry: Entry, file: str, line: int) -> Gold:
    """An entry with the request that reaches the engine, and what the engine says to it.

    Raises ValidationError for a context or request that the contract does not know, and DataError where the rules of
    post-processing would make another request of it.
    """
    if written := [name for name in FOLLOWS if name in entry.request]:
        raise DataError(f"request.{written[0]} is never written here; it follows from the message.")
    context = context_of(entry.context)
    given: dict[str, Any] = {**entry.request, "free_text": entry.message}
    if entry.request.get("action") in (Action.EXPLAIN, Action.ANSWER_QUESTION):
        given["question"] = entry.message
    request, repairs = postprocess(GATCRequest.model_validate(given), entry.message, context)
    if changed := [name for name in repairs if name not in HARMLESS]:
        raise DataError(f"the rules change this request ({', '.join(changed)}).", f"They make it {request.to_json()}")
    decision = ReferenceEngine().decide(request, context)
    return Gold(file=file, line=line, entry=entry, context=context, request=request, decision=decision)


def _faults(gold: Gold) -> Iterator[str]:
    entry = gold.entry
    if entry.situation not in GLOSS:
        yield f"situation {entry.situation} is not in tasks/data/gold/words.py"
    if gold.file != f"{entry.situation}.yaml":
        yield f"situation {entry.situation} belongs in {entry.situation}.yaml"
    if (got := language_of(entry.message)) != entry.language:
        yield f"the message is taken for {got}, and the engine would answer in it: add a telling word"


def _twice(found: Sequence[Gold]) -> Iterator[str]:
    for what in ("name", "message", "answer"):
        first: dict[str, Gold] = {}
        for gold in found:
            before = first.setdefault(getattr(gold.entry, what), gold)
            if before is not gold:
                yield f"{gold.where}: the same {what} as {before.where}"


def _place(item: Any) -> str:
    place = ".".join(str(part) for part in item["loc"])
    return f"{place}: " if place else ""
