"""Objects in GBNF: closed, keys in a fixed order, and what one key's value requires of the others."""

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from josi.gbnf_parts import InexpressibleError, grouped, kebab, literal

if TYPE_CHECKING:
    from josi.gbnf import Writer


def kind_of(schema: Mapping[str, Any]) -> str:
    """The name of a value's kind: its most telling keyword, or its type."""
    special = next((key for key in ("$ref", "enum", "const", "format") if key in schema), None)
    return special or str(schema.get("type"))


def write_object(writer: "Writer", schema: Mapping[str, Any], path: str) -> str:
    """A closed object, its keys in the schema's order."""
    if schema["additionalProperties"] is not False:
        raise InexpressibleError(path, "additionalProperties", "an object has to be closed")
    keys, required = schema["properties"], set(schema.get("required", ()))
    if not keys or required - set(keys):
        raise InexpressibleError(path, "required", f"{', '.join(sorted(required - set(keys)))} is no property")
    if "allOf" in schema:
        return _alternatives(writer, schema, path)
    values = {key: grouped(writer.value(value, f"{path}.{key}")) for key, value in keys.items()}
    return _members(values, required)


def _alternatives(writer: "Writer", schema: Mapping[str, Any], path: str) -> str:
    """An object whose first key says which others it must have: one rule for each value of that key."""
    (first, chosen), *rest = schema["properties"].items()
    where, required = f"{path}.{first}", set(schema.get("required", ()))
    chosen = writer.resolved(chosen, where)
    conditions = _conditions(schema, path)
    if kind_of(chosen) != "enum" or first not in required or set(conditions) - set(chosen["enum"]):
        raise InexpressibleError(path, "allOf", f"each condition has to be about a listed value of {first}")
    writer.value(chosen, where)  # for its errors: each value begins an alternative of its own
    values = {key: grouped(writer.value(value, f"{path}.{key}")) for key, value in rest}
    return " | ".join(
        writer.rule(
            kebab(choice),
            _members({first: literal(json.dumps(choice)), **values}, required | conditions.get(choice, set())),
        )
        for choice in chosen["enum"]
    )


def _conditions(schema: Mapping[str, Any], path: str) -> dict[str, set[str]]:
    """What each value of the first key requires. Only this form is known: if KEY is VALUE, then required [...]."""
    first, found = next(iter(schema["properties"])), dict[str, set[str]]()
    for number, part in enumerate(schema["allOf"]):
        value = part.get("if", {}).get("properties", {}).get(first, {}).get("const")
        keys = part.get("then", {}).get("required", [])
        if part != {"if": {"properties": {first: {"const": value}}}, "then": {"required": keys}}:
            raise InexpressibleError(
                f"{path}.allOf[{number}]", "if", f"only `{first} is VALUE, then required` is known"
            )
        found.setdefault(value, set()).update(keys)
    return found


def _members(values: Mapping[str, str], required: set[str]) -> str:
    """One alternative for each key that can come first; no comma stands before that one."""
    pairs = {key: f"{literal(json.dumps(key) + ':')} {value}" for key, value in values.items()}
    keys = list(pairs)
    last = next((place for place, key in enumerate(keys) if key in required), len(keys) - 1)
    starts = [
        " ".join([pairs[key], *(_follows(pairs[later], later in required) for later in keys[place + 1 :])])
        for place, key in enumerate(keys[: last + 1])
    ]
    inner = starts[0] if len(starts) == 1 else f"({' | '.join(starts)})"
    return f'"{{" {inner if required else f"({inner})?"} "}}"'


def _follows(pair: str, required: bool) -> str:
    return f'"," {pair}' if required else f'("," {pair})?'
