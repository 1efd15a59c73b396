"""The JSON schema of a request: what `schemas/` publishes and what the grammar is made from."""

from typing import Any

from josi.contract import REQUIRED_BY_ACTION, GATCRequest

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def request_schema() -> dict[str, Any]:
    """Closed objects; per action the keys that it requires; no null, since an absent key is left out."""
    schema = {"$schema": DIALECT, **_without_null(GATCRequest.model_json_schema())}
    return {**schema, "allOf": _required_by_action()}


def _required_by_action() -> list[dict[str, Any]]:
    return [
        {"if": {"properties": {"action": {"const": action.value}}}, "then": {"required": list(keys)}}
        for action, keys in REQUIRED_BY_ACTION.items()
    ]


def _without_null(schema: Any) -> Any:
    """A key of a request is there with a value, or it is absent: null is none of its values."""
    if isinstance(schema, list):
        return [_without_null(part) for part in schema if part != {"type": "null"}]
    if not isinstance(schema, dict):
        return schema
    kept = {key: _without_null(part) for key, part in schema.items() if not (key == "default" and part is None)}
    alternatives = kept.get("anyOf", [])
    return (
        {key: part for key, part in kept.items() if key != "anyOf"} | alternatives[0]
        if len(alternatives) == 1
        else kept
    )
