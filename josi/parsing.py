"""From the interpreter's text to a request. Findings, not exceptions: what a model writes is data."""

import json
from collections.abc import Mapping
from typing import Any, Literal

from pydantic import ValidationError

from josi.contract import Action, GATCRequest
from josi.language import language_of
from josi.records import Finding
from josi.runtime import Echo

CHECK = "interpreter_output"
LONGEST = 1000  # characters of `free_text` and `question`, as in the contract

ASK_SPORT: Mapping[Literal["en", "nl"], str] = {
    "en": "Which sport would you like to do?",
    "nl": "Welke sport wil je doen?",
}
ASK_INTENT: Mapping[Literal["en", "nl"], str] = {
    "en": "What would you like: a workout, a change to your plan, or an explanation?",
    "nl": "Wat wil je graag: een training, een wijziging van je plan of uitleg?",
}
_QUESTION_ACTIONS = (Action.EXPLAIN, Action.ANSWER_QUESTION)


def complete(fields: Mapping[str, Any], message: str, echo: Echo) -> GATCRequest:
    """A request from the fields that a model wrote.

    With `echo` runtime the athlete's own words come from the message: `free_text` always, `question` where the action
    needs one. With `echo` model nothing is added. Raises pydantic.ValidationError for what the contract refuses.
    """
    if echo is Echo.RUNTIME:
        own_words = message.strip()[:LONGEST]
        fields = {**fields, "free_text": own_words}
        if fields.get("action") in _QUESTION_ACTIONS:
            fields["question"] = own_words
        else:
            fields.pop("question", None)
    return GATCRequest.model_validate_json(json.dumps(fields))


def parse_request(raw: str, message: str, echo: Echo) -> GATCRequest | tuple[Finding, ...]:
    """What the model itself said, or everything that is wrong with it."""
    fields = read_fields(raw)
    if isinstance(fields, Finding):
        return (fields,)
    try:
        return complete(fields, message, echo)
    except ValidationError as error:
        return tuple(
            _finding(".".join(str(part) for part in fault["loc"]) or "request", fault["msg"], fault["input"])
            for fault in error.errors()
        )


def read_fields(raw: str) -> dict[str, Any] | Finding:
    """The JSON object in a model's text, or why there is none. Nothing is repaired: the grammar rules cuts out."""
    try:
        value = load_strictly(raw)
    except ValueError as error:
        return _finding("output", f"one JSON object ({error})", raw)
    return value if isinstance(value, dict) else _finding("output", "one JSON object", raw)


def load_strictly(text: str) -> Any:
    """The value of a JSON text. Raises ValueError for all that is none.

    Also for NaN and Infinity, for half a surrogate pair, for more depth than can be read, and for a key that stands
    twice in an object: of two equal ones each reader would take another.
    """
    try:
        value = json.loads(text, object_pairs_hook=_unique, parse_constant=_no_number)
        json.dumps(value, ensure_ascii=False).encode()
    except RecursionError:
        raise ValueError("nested too deeply") from None
    return value


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice")
    return found


def _no_number(name: str) -> Any:
    raise ValueError(f"{name} is no number in JSON")


def ask_back(fields: Mapping[str, Any] | None, message: str) -> GATCRequest:
    """The request to go on with when the model's own cannot be used.

    A workout without a sport becomes the question for it, and keeps what else was understood; anything else becomes
    the question what the athlete would like.
    """
    language = language_of(message)
    if fields and fields.get("action") == Action.CREATE_WORKOUT and not fields.get("sport"):
        kept = {key: fields[key] for key in ("time_available_min", "goal", "constraints") if key in fields}
        try:
            return complete(
                {"action": "clarify", **kept, "missing": ["sport"], "clarify_message": ASK_SPORT[language]},
                message,
                Echo.RUNTIME,
            )
        except ValidationError:
            pass  # something else is wrong as well: ask for everything
    return GATCRequest(
        action=Action.CLARIFY,
        free_text=message.strip()[:LONGEST] or "?",
        missing=("intent",),
        clarify_message=ASK_INTENT[language],
    )


def _finding(where: str, expected: str, got: object) -> Finding:
    return Finding(
        check=CHECK,
        where=where,
        expected=expected,
        got=str(got)[:200],
        remedy="Decode with the grammar of the release, or train the interpreter on more such messages.",
    )
