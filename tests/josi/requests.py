"""Requests made from a seed: valid ones, broken ones, and texts that differ from a good one by a slip."""

import json
import random
from collections.abc import Callable, Mapping
from typing import Any

from josi.contract import Action, Fatigue, GATCRequest, Goal, Injury, ReplanType, Sport, compact_json

Value = dict[str, Any]
Draw = random.Random

ORDER = list(GATCRequest.model_fields)
LETTERS = "abcdefghijklmnopqrstuvwxyz  ,.:;?!-'0123456789äéëïß€☕😀李\"\\\n\t/{}[]"
CONSTRAINTS: Mapping[str, Callable[[Draw], Any]] = {
    "injury": lambda draw: draw.choice(list(Injury)).value,
    "fatigue_hint": lambda draw: draw.choice(list(Fatigue)).value,
    "no_intensity": lambda draw: draw.random() < 0.5,
}
FIELDS: Mapping[str, Callable[[Draw], Any]] = {
    "free_text": lambda draw: words(draw, 1000),
    "sport": lambda draw: draw.choice(list(Sport)).value,
    "date": lambda draw: f"{draw.randint(2000, 2099)}-{draw.randint(1, 12):02}-{draw.randint(1, 28):02}",
    "time_available_min": lambda draw: draw.choice([10, 300, draw.randint(10, 300)]),
    "goal": lambda draw: draw.choice(list(Goal)).value,
    "constraints": lambda draw: {key: made(draw) for key, made in CONSTRAINTS.items() if draw.random() < 0.5},
    "replan_type": lambda draw: draw.choice(list(ReplanType)).value,
    "question": lambda draw: words(draw, 1000),
    "missing": lambda draw: [words(draw, 40) for _ in range(draw.randint(1, 5))],
    "clarify_message": lambda draw: words(draw, 300),
    "confidence": lambda draw: draw.choice([0, 1, 0.0, 1.0, round(draw.random(), draw.randint(1, 3))]),
}
NEEDED: Mapping[str, tuple[str, ...]] = {
    "create_workout": ("sport",),
    "replan": ("replan_type",),
    "explain": ("question",),
    "answer_question": ("question",),
    "clarify": ("missing", "clarify_message"),
}


def seeded(seed: int) -> Draw:
    return Draw(seed)  # not for secrets


def words(draw: Draw, most: int) -> str:
    """Mostly short, now and then as long as may be."""
    size = most if draw.random() < 0.005 else draw.randint(1, min(most, 12))
    return "".join(draw.choice(LETTERS) for _ in range(size))


def valid(draw: Draw) -> Value:
    """A request that the contract accepts, keys in its order."""
    action = draw.choice(list(Action)).value
    must = ("free_text", *NEEDED[action])
    kept = {key: made(draw) for key, made in FIELDS.items() if key in must or draw.random() < 0.35}
    return {"action": action, **kept}


def broken(draw: Draw) -> Value:
    """A request after one change of a value or a key; a few of these changes happen to be harmless."""
    value = valid(draw)
    draw.choice(CHANGES)(draw, value)
    return value


def slipped(draw: Draw, text: str) -> str:
    """The text with one character gone, doubled, changed or moved, or cut short."""
    place = draw.randrange(len(text))
    before, here, after = text[:place], text[place], text[place + 1 :]
    return draw.choice(
        (
            before + after,
            before + here + here + after,
            before + draw.choice('"{}[],: 0123456789aeZ-.\\\x01\x7f') + after,
            before + after[:1] + here + after[1:],
            before,
            text + draw.choice(' }"\n,x'),
            before + " " + here + after,
        )
    )


def written(value: Value) -> str:
    """The canonical form: known keys in the contract's order, no white space."""
    keys = sorted(value, key=lambda key: ORDER.index(key) if key in ORDER else len(ORDER))
    return compact_json({key: value[key] for key in keys})


def _set(key: str, *values: Any) -> Callable[[Draw, Value], None]:
    return lambda draw, value: value.update({key: draw.choice(values)})


def _drop(draw: Draw, value: Value) -> None:
    value.pop(draw.choice(list(value)))


def _drop_needed(draw: Draw, value: Value) -> None:
    value.pop(draw.choice(NEEDED[value["action"]]))


def _swap_kinds(draw: Draw, value: Value) -> None:
    one, other = draw.choice(list(FIELDS)), draw.choice(list(FIELDS))
    value[one] = FIELDS[other](draw)


CHANGES: tuple[Callable[[Draw, Value], None], ...] = (
    _drop,
    _drop_needed,
    _drop_needed,
    _swap_kinds,
    _set("action", "train", "", None, 1, "Replan"),
    _set("sport", "chess", "Run", "", None, ["run"]),
    _set("date", "2027-02-29", "2028-02-30", "2026-13-01", "2026-04-31", "2026-1-1", "26-01-01", "2026-00-10", None, 1),
    _set("time_available_min", 9, 301, 0, -45, 45.5, "45", None, 1000, True),
    _set("goal", "VO2", "fun", None),
    _set("constraints", {"mood": "low"}, {"injury": None}, {"no_intensity": "yes"}, {"injury": "elbow"}, None, []),
    _set("replan_type", "later", None),
    _set("question", "", None, "x" * 1001, 5),
    _set("free_text", "", None, "y" * 1001, {}),
    _set("missing", [], "sport", [""], ["a"] * 6, ["x" * 41], [None], None),
    _set("clarify_message", "", "z" * 301, None),
    _set("confidence", 1.1, -0.1, 2, "0.5", None, True, 1.5),
    _set("axis", "load", None),
    _set("free_text ", "x"),
)


def loads_once(text: str) -> Any:
    """JSON in which no key stands twice. Raises ValueError."""

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        if len({key for key, _ in pairs}) != len(pairs):
            raise ValueError("a key stands twice")
        return dict(pairs)

    return json.loads(text, object_pairs_hook=once)
