"""`make schemas`: write `schemas/` from the contract. CI checks that what is committed is what this writes."""

import json
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from josi.contract import REQUIRED_BY_ACTION, ChatContext, Decision, GATCRequest
from josi.grammar import grammar
from josi.reasoner.payload import Payload
from josi.reasoner.vectors import vectors
from josi.release import Manifest, Pointer
from josi.runtime import Echo, Runtime

FOLDER = Path("schemas")
DIALECT = "https://json-schema.org/draft/2020-12/schema"


def documents() -> dict[str, str]:
    """File name to content, for every generated file."""
    models: dict[str, type[BaseModel]] = {
        "gatc_request": GATCRequest,
        "chat_context": ChatContext,
        "decision": Decision,
        "runtime": Runtime,
        "models": Manifest,
        "channel": Pointer,
        "reasoner_model": Payload,
    }
    schemas = {name: {"$schema": DIALECT, **model.model_json_schema()} for name, model in models.items()}
    schemas["gatc_request"] = {**_without_null(schemas["gatc_request"]), "allOf": _required_by_action()}
    schemas["chat_context"] = {**schemas["chat_context"], "allOf": [_promised_session()]}
    return {
        **{f"{name}.schema.json": json.dumps(schema, indent=2) + "\n" for name, schema in schemas.items()},
        **{f"gatc_request.{echo.value}.gbnf": grammar(echo) for echo in Echo},
        "reasoner_vectors.json": json.dumps(vectors(), indent=1) + "\n",  # ASCII: what a port reads is what is meant
    }


def _required_by_action() -> list[dict[str, Any]]:
    return [
        {"if": {"properties": {"action": {"const": action.value}}}, "then": {"required": list(keys)}}
        for action, keys in REQUIRED_BY_ACTION.items()
    ]


def _promised_session() -> dict[str, Any]:
    """What ChatContext checks in Python: has_session_context needs planned_session."""
    return {
        "if": {"properties": {"has_session_context": {"const": True}}, "required": ["has_session_context"]},
        "then": {"properties": {"planned_session": {"type": "object"}}, "required": ["planned_session"]},
    }


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


def write() -> None:
    FOLDER.mkdir(exist_ok=True)
    for name, text in documents().items():
        (FOLDER / name).write_text(text, "utf-8")


if __name__ == "__main__":
    write()
