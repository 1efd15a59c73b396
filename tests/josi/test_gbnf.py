"""From a JSON schema to GBNF: what can be expressed is expressed exactly, what cannot is an error with its place."""

from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from blocks.gbnf import GrammarEngine
from josi.contract import GATCRequest, compact_json
from josi.errors import ExportError
from josi.gbnf import MOST_REPEATS, to_gbnf
from josi.gbnf_parts import InexpressibleError, integers
from josi.request_schema import request_schema


@pytest.fixture(scope="module")
def engine() -> Iterator[GrammarEngine]:
    with GrammarEngine() as engine:
        yield engine


def _closed(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": False, "properties": properties}


TEXT = {"type": "string", "maxLength": 5}
OF_KIND = {"type": "string", "enum": ["a", "b"]}

INEXPRESSIBLE: dict[str, tuple[dict[str, Any], str]] = {
    "a pattern": ({**TEXT, "pattern": r"^\d+$"}, "request.new: pattern"),
    "a text without an end": ({"type": "string"}, "request.new: maxLength"),
    "a text too long to count": ({"type": "string", "maxLength": MOST_REPEATS + 1}, "request.new: maxLength"),
    "a format": ({"type": "string", "format": "email"}, "request.new: format"),
    "an open end": ({"type": "integer", "minimum": 3}, "request.new: maximum"),
    "below zero": ({"type": "integer", "minimum": -3, "maximum": 3}, "request.new: minimum"),
    "an open range": (
        {"type": "integer", "exclusiveMinimum": 0, "minimum": 0, "maximum": 9},
        "request.new: exclusiveMi",
    ),
    "steps": ({"type": "integer", "minimum": 0, "maximum": 9, "multipleOf": 5}, "request.new: multipleOf"),
    "a wider fraction": ({"type": "number", "minimum": 0, "maximum": 2}, "request.new: minimum"),
    "null": ({"type": "null"}, "request.new: type"),
    "any of": ({"anyOf": [TEXT, {"type": "boolean"}]}, "request.new: type"),
    "several types": ({"type": ["string", "null"], "maxLength": 4}, "request.new: type"),
    "a listed number": ({"enum": [1, 2]}, "request.new: enum"),
    "a list without an end": ({"type": "array", "items": TEXT}, "request.new: maxItems"),
    "a set": ({"type": "array", "items": TEXT, "maxItems": 3, "uniqueItems": True}, "request.new: uniqueItems"),
    "a pattern in a list": (
        {"type": "array", "items": {**TEXT, "pattern": "x"}, "maxItems": 3},
        r"request.new\[\]: pattern",
    ),
    "an open object": ({"type": "object", "properties": {"a": TEXT}}, "request.new: additionalProperties"),
    "an object open to texts": (
        {**_closed(a=TEXT), "additionalProperties": {"type": "string"}},
        "request.new: additionalProperties",
    ),
    "a pattern deep inside": (_closed(part=_closed(name={**TEXT, "pattern": "x"})), "request.new.part.name: pattern"),
    "another object's keys": ({**_closed(a=TEXT), "minProperties": 1}, "request.new: minProperties"),
    "a condition on a later key": (
        {
            **_closed(kind=OF_KIND, other=OF_KIND, more=TEXT),
            "required": ["kind"],
            "allOf": [{"if": {"properties": {"other": {"const": "a"}}}, "then": {"required": ["more"]}}],
        },
        r"request.new.allOf\[0\]: if",
    ),
    "a condition with else": (
        {
            **_closed(kind=OF_KIND, more=TEXT),
            "required": ["kind"],
            "allOf": [
                {
                    "if": {"properties": {"kind": {"const": "a"}}},
                    "then": {"required": ["more"]},
                    "else": {"required": ["less"]},
                }
            ],
        },
        r"request.new.allOf\[0\]: if",
    ),
    "no such definition": ({"$ref": "#/$defs/Nobody"}, r"request.new: \$ref"),
}


@pytest.mark.parametrize("name", INEXPRESSIBLE)
def test_a_field_that_somebody_adds_and_no_grammar_can_hold_is_an_error_with_its_place(name: str) -> None:
    field, message = INEXPRESSIBLE[name]
    schema = request_schema()
    schema["properties"]["new"] = field

    with pytest.raises(InexpressibleError, match=message):
        to_gbnf(schema, "request")


def test_a_field_of_the_contract_itself_with_a_pattern_is_an_error() -> None:
    from typing import Annotated

    from pydantic import StringConstraints

    class Wider(GATCRequest):
        pace: Annotated[str, StringConstraints(max_length=9, pattern=r"^\d:\d\d$")] = "5:00"

    schema = {**request_schema(), "properties": Wider.model_json_schema()["properties"]}
    schema["properties"] = {**request_schema()["properties"], "pace": schema["properties"]["pace"]}

    with pytest.raises(InexpressibleError, match=r"request.pace: pattern: .*josi/gbnf.py"):
        to_gbnf(schema, "request")


EXPRESSED: dict[str, tuple[dict[str, Any], list[Any]]] = {
    "texts": ({"type": "string", "minLength": 2, "maxLength": 3}, ["a", "ab", "abc", "abcd", "", 1, None, "é€😀"]),
    "a text that may be empty": ({"type": "string", "maxLength": 1}, ["", "a", "ab"]),
    "whole numbers": ({"type": "integer", "minimum": 3, "maximum": 12}, [2, 3, 9, 10, 12, 13, 30, -3, "3"]),
    "shares": ({"type": "number", "minimum": 0, "maximum": 1}, [0, 1, 0.5, 0.125, 1.0, 0.0, 2, -1, 1.5]),
    "flags": ({"type": "boolean"}, [True, False, None, "true", 0]),
    "listed": ({"enum": ["a", 'b"c', "é"]}, ["a", 'b"c', "é", "b", "", None]),
    "one": ({"const": "only"}, ["only", "other"]),
    "lists": ({"type": "array", "items": OF_KIND, "maxItems": 2}, [[], ["a"], ["a", "b"], ["a"] * 3, ["c"], "a"]),
    "lists with a least": (
        {"type": "array", "items": {"type": "integer", "minimum": 0, "maximum": 1}, "minItems": 2, "maxItems": 3},
        [[], [0], [0, 1], [0, 1, 0], [0] * 4, [2, 0]],
    ),
    "objects of which all keys may be absent": (
        _closed(a=TEXT, b=OF_KIND, c={"type": "boolean"}),
        [{}, {"a": "x"}, {"b": "a"}, {"c": True}, {"a": "x", "c": False}, {"b": "b", "c": True}, {"d": 1}, {"b": "c"}],
    ),
    "objects whose second key must be there": (
        {**_closed(a=TEXT, b=OF_KIND, c=TEXT), "required": ["b"]},
        [{}, {"a": "x"}, {"b": "a"}, {"a": "x", "b": "a"}, {"b": "a", "c": "y"}, {"a": "", "b": "b", "c": ""}],
    ),
    "objects in objects": (
        {**_closed(a=_closed(b=_closed(c=TEXT))), "required": ["a"]},
        [{"a": {}}, {"a": {"b": {}}}, {"a": {"b": {"c": "x"}}}, {"a": {"b": {"d": "x"}}}, {}],
    ),
    "what one key requires": (
        {
            **_closed(kind=OF_KIND, more=TEXT),
            "required": ["kind"],
            "allOf": [{"if": {"properties": {"kind": {"const": "a"}}}, "then": {"required": ["more"]}}],
        },
        [{"kind": "a"}, {"kind": "a", "more": "x"}, {"kind": "b"}, {"kind": "b", "more": "x"}, {"more": "x"}],
    ),
}


@pytest.mark.parametrize("name", EXPRESSED)
def test_what_can_be_expressed_is_expressed_exactly(name: str, engine: GrammarEngine) -> None:
    schema, values = EXPRESSED[name]
    rules, judge = to_gbnf(schema, "value"), Draft202012Validator(schema)
    texts = [compact_json(value) for value in values]

    assert [engine.accepts(rules, text) for text in texts] == [judge.is_valid(value) for value in values]
    assert len({judge.is_valid(value) for value in values}) == 2, "a case without both answers proves nothing"


@pytest.mark.parametrize(
    "ends", [(0, 0), (0, 9), (0, 10), (7, 7), (10, 300), (9, 101), (13, 457), (99, 1000), (0, 365)]
)
def test_a_range_of_whole_numbers_holds_its_numbers_and_no_other(ends: tuple[int, int], engine: GrammarEngine) -> None:
    rules = f"root ::= {' | '.join(integers(*ends))}"
    held = [number for number in range(1105) if engine.accepts(rules, str(number))]

    assert held == list(range(ends[0], ends[1] + 1))
    assert not engine.accepts(rules, "007") and not engine.accepts(rules, "") and not engine.accepts(rules, "-1")


def test_the_longest_text_that_can_be_counted_is_counted(engine: GrammarEngine) -> None:
    rules = to_gbnf({"type": "string", "maxLength": MOST_REPEATS}, "value")

    assert engine.accepts(rules, f'"{"x" * MOST_REPEATS}"')
    assert not engine.accepts(rules, f'"{"x" * (MOST_REPEATS + 1)}"')


@pytest.mark.parametrize("text", [r"\u0041", r"\/", r"\u00e9", r"\u000a", "\x01", r"\x"])
def test_a_character_can_be_written_in_its_canonical_way_alone(text: str, engine: GrammarEngine) -> None:
    assert not engine.accepts(to_gbnf(TEXT, "value"), f'"{text}"')


def test_every_character_that_the_canonical_form_writes_can_be_written(engine: GrammarEngine) -> None:
    rules = to_gbnf(TEXT, "value")

    assert all(
        engine.accepts(rules, compact_json(sign)) for sign in [*'A/"\\\b\f\n\r\t', "\u00e9", "\u2028", "\U0001f600"]
    )


def test_the_engine_says_what_was_left_when_it_refused(engine: GrammarEngine) -> None:
    rules = 'root ::= "one" " two"'

    assert engine.refused(rules, "one two") is None
    assert engine.refused(rules, "one three") == " three"
    assert engine.refused(rules, "one") == ""


@pytest.mark.parametrize("broken", ["", "root ::= (", "root ::= nobody", r"root ::= \d", "root ::= root"])
def test_a_grammar_that_does_not_parse_is_an_error(broken: str, engine: GrammarEngine) -> None:
    with pytest.raises(ExportError, match="cannot parse the grammar"):
        engine.accepts(broken, "x")
