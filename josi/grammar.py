"""The GBNF grammar of the interpreter's output, generated from the contract's JSON schema.

Fixed key order, closed objects, no white space, and per action the keys that it requires: an object that the grammar
can produce is one that the schema accepts, and a field that somebody adds to the contract is in the grammar, or an
error when it is generated (`josi.gbnf`).
"""

from collections.abc import Mapping
from typing import Any

from josi.gbnf import to_gbnf
from josi.request_schema import request_schema
from josi.runtime import Echo

ECHOED = ("free_text", "question")


def grammar(echo: Echo) -> str:
    """The grammar for a line of models. With `echo` runtime the model writes neither `free_text` nor `question`."""
    schema = request_schema()
    return to_gbnf(_without(schema, ECHOED) if echo is Echo.RUNTIME else schema, "request")


def _without(schema: Mapping[str, Any], keys: tuple[str, ...]) -> dict[str, Any]:
    """The schema of a request in which these keys do not occur."""

    def kept(required: list[str]) -> list[str]:
        return [key for key in required if key not in keys]

    return {
        **schema,
        "properties": {key: value for key, value in schema["properties"].items() if key not in keys},
        "required": kept(schema["required"]),
        "allOf": [{**part, "then": {"required": kept(part["then"]["required"])}} for part in schema["allOf"]],
    }
