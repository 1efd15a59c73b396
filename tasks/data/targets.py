"""What a row teaches: its role by the shape of its target, and whether the closed contract allows it."""

import json
import re
from enum import StrEnum
from typing import Any

from pydantic import ValidationError

from josi.chat import SPORT_WORDS
from josi.contract import Action, Constraints, GATCRequest, Injury, Intent, Sport
from josi.records import Role

MARK = "[INTERPRETER]"
BLOCK = re.compile(r"^\[INTERPRETER\][ \t]*\n?", re.MULTILINE)
FENCE = re.compile(r"\A```(?:json)?\s*(.*?)\s*```\Z", re.DOTALL)
SPORTS = {word: code for code, word in SPORT_WORDS.items()} | {
    "biking": "bike",
    "bicycling": "bike",
    "cross-country skiing": "ski",
    "ice skating": "skate",
    "speed skating": "skate",
    "strength": "strength",
}


class Shape(StrEnum):
    """What a target looks like."""

    INTERPRETER = Role.INTERPRETER.value
    EXPLAINER = Role.EXPLAINER.value
    V3 = "v3 intent"
    UNKNOWN_JSON = "unknown JSON"
    BROKEN_JSON = "broken JSON"


def shape_of(target: str) -> tuple[Shape, str]:
    """The shape of a target, and its text without a Markdown fence."""
    text = FENCE.sub(r"\1", target.strip())
    if not text.startswith("{"):
        return Shape.EXPLAINER, target
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return Shape.BROKEN_JSON, text
    if "action" in value:
        return Shape.INTERPRETER, text
    if "intent" in value and "response_type" in value:
        return (Shape.V3 if value["intent"] in set(Intent) else Shape.UNKNOWN_JSON), text
    return Shape.UNKNOWN_JSON, text


def read_request(text: str) -> GATCRequest | str:
    """The request in canonical form (defaults left out), or all faults in one line."""
    try:
        request = GATCRequest.model_validate_json(text)
    except ValidationError as error:
        return faults_of(error)
    return canonical(request)


def canonical(request: GATCRequest) -> GATCRequest:
    """The same request without keys that only repeat a default (injury none, no_intensity false)."""
    limits = request.constraints
    if limits is None:
        return request
    limits = Constraints(
        injury=None if limits.injury is Injury.NONE else limits.injury,
        fatigue_hint=limits.fatigue_hint,
        no_intensity=limits.no_intensity or None,
    )
    return request.model_copy(update={"constraints": None if limits == Constraints() else limits})


def faults_of(error: ValidationError) -> str:
    """Every fault of a request with its field, in one line."""
    found = []
    for item in error.errors(include_url=False):
        field = ".".join(str(part) for part in item["loc"]) or "request"
        what = "unknown key" if item["type"] == "extra_forbidden" else item["msg"]
        got = "" if item["type"] in ("extra_forbidden", "value_error", "missing") else f", got {item['input']!r:.40}"
        found.append(f"{field}: {what}{got}")
    return "; ".join(found)


def clean_block(content: str) -> tuple[str, str]:
    """A user turn whose [INTERPRETER] block fits the closed schema, and what was wrong with it ("" for nothing).

    Keys that the schema forbids go, sports in words become codes, a question is the athlete's own words; a block that
    cannot be mended is taken out. The rest of the turn stays as it is.
    """
    mark = BLOCK.search(content)
    if mark is None:
        return content, ""
    before, after = content[: mark.start()], content[mark.end() :]
    try:
        value, end = json.JSONDecoder().raw_decode(after)
    except (ValueError, RecursionError):
        return before.rstrip(), "not a JSON object on the line after the mark"
    rest = after[end:]
    if not isinstance(value, dict):
        return before.rstrip() + rest, "not a JSON object"
    faults = _block_faults(json.dumps(value))
    if not faults:
        return content, ""
    mended = _mend(value, content.split("\n\n", 1)[0].strip())
    if mended is None:
        return before.rstrip() + rest, faults
    return f"{before}{MARK}\n{mended.to_json()}{rest}", faults


def _block_faults(text: str) -> str:
    request = read_request(text)
    return request if isinstance(request, str) else ""


def _mend(value: dict[str, Any], said: str) -> GATCRequest | None:
    known = {key: item for key, item in value.items() if key in GATCRequest.model_fields and item is not None}
    known.setdefault("free_text", said)
    sport = str(known.get("sport", "")).lower()
    if sport and sport not in set(Sport):
        known["sport"] = SPORTS.get(sport)
    if known.get("action") in (Action.EXPLAIN, Action.ANSWER_QUESTION):
        known.setdefault("question", known["free_text"])
    for _ in range(len(known)):  # each round drops the fields that do not fit, until what is left does
        try:
            return canonical(GATCRequest.model_validate_json(json.dumps(known)))
        except ValidationError as error:
            bad = {str(item["loc"][0]) for item in error.errors() if item["loc"]} & set(known)
            if not bad:
                return None
            known = {key: item for key, item in known.items() if key not in bad}
    return None
