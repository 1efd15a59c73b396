"""What is learned of an athlete, how it is kept, and what of it fits."""

from datetime import date
from typing import Any

from josi.contract import AthleteMemory
from josi.memory import Fact, Learned, Observation, Store, Withdrawal, fit, learn_all, merge
from josi.vectors.rule import Input, Rule


def _extract(given: Input) -> dict[str, Any]:
    said = given["messages"] if "messages" in given else [given["text"]]
    learned = learn_all(said, date.fromisoformat(given["today"]))
    return {
        "facts": [_plain(fact, without={"source", "learned_at"}) for fact in learned.facts],
        "withdrawn": [_plain(item, without={"learned_at"}) for item in learned.withdrawn],
    }


def _merge(given: Input) -> dict[str, Any]:
    store = merge(
        Store.model_validate(given["store"]),
        Learned.model_validate(given.get("learned", {})),
        patterns=tuple(Observation.model_validate(item) for item in given.get("patterns", ())),
        notes=tuple(Observation.model_validate(item) for item in given.get("notes", ())),
    )
    parts: dict[str, tuple[Fact | Observation, ...]] = {
        "facts": store.facts,
        "patterns": store.patterns,
        "notes": store.notes,
    }
    return {name: [_plain(item) for item in items] for name, items in parts.items() if items}


def _block(given: Input) -> dict[str, Any]:
    fitted = fit(AthleteMemory.model_validate(given["memory"]), budget=given["budget"])
    return {"block": fitted.block, "tokens": fitted.tokens, "dropped": list(fitted.dropped)}


def _plain(item: Fact | Withdrawal | Observation, without: set[str] | None = None) -> dict[str, Any]:
    return item.model_dump(mode="json", exclude_none=True, exclude=without)


MEMORY = (
    Rule("memory_extract", _extract),
    Rule("memory_merge", _merge),
    Rule("memory_block", _block),
)
