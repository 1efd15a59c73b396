"""`make schemas`: write `schemas/` from the contract. CI checks that what is committed is what this writes."""

import json
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from josi.contract import ChatContext, Decision
from josi.grammar import grammar
from josi.intent_schema import intent_schema
from josi.knowledge import Knowledge
from josi.reasoner.payload import Payload
from josi.reasoner.vectors import vectors
from josi.release import Manifest, Pointer
from josi.request_schema import DIALECT, request_schema
from josi.runtime import Echo, Runtime

FOLDER = Path("schemas")


def documents() -> dict[str, str]:
    """File name to content, for every generated file."""
    models: dict[str, type[BaseModel]] = {
        "chat_context": ChatContext,
        "decision": Decision,
        "runtime": Runtime,
        "knowledge": Knowledge,
        "models": Manifest,
        "channel": Pointer,
        "reasoner_model": Payload,
    }
    schemas = {name: {"$schema": DIALECT, **model.model_json_schema()} for name, model in models.items()}
    schemas["gatc_request"] = request_schema()
    schemas["chat_context"] = {**schemas["chat_context"], "allOf": [_promised_session()]}
    schemas["llm_intent"] = {"$schema": DIALECT, **intent_schema()}
    return {
        **{f"{name}.schema.json": json.dumps(schema, indent=2) + "\n" for name, schema in schemas.items()},
        **{f"gatc_request.{echo.value}.gbnf": grammar(echo) for echo in Echo},
        "reasoner_vectors.json": json.dumps(vectors(), indent=1) + "\n",  # ASCII: what a port reads is what is meant
    }


def _promised_session() -> dict[str, Any]:
    """What ChatContext checks in Python: has_session_context needs planned_session."""
    return {
        "if": {"properties": {"has_session_context": {"const": True}}, "required": ["has_session_context"]},
        "then": {"properties": {"planned_session": {"type": "object"}}, "required": ["planned_session"]},
    }


def write() -> None:
    FOLDER.mkdir(exist_ok=True)
    for name, text in documents().items():
        (FOLDER / name).write_text(text, "utf-8")


if __name__ == "__main__":
    write()
