"""From a JSON schema to GBNF, llama.cpp's notation for grammars (its grammars/README.md).

What comes out produces the canonical form of JSON only: keys in the order of the schema, no white space. A keyword that
is not in the table below is an error that names its place: llama.cpp's own converter takes some patterns without a word
and makes a grammar of them that cannot be parsed, or that lets everything through.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from josi.gbnf_objects import kind_of, write_object
from josi.gbnf_parts import TERMINALS, InexpressibleError, grouped, integers, kebab, literal

Schema = Mapping[str, Any]

MOST_REPEATS = 2000  # llama.cpp's MAX_REPETITION_THRESHOLD: above it a grammar does not parse
_SAY_NOTHING = frozenset({"title", "description", "default", "examples", "$schema", "$defs"})  # about what is valid


class _Kind(NamedTuple):
    """A kind of value: the keywords it must have, those it may have besides, and how it is written."""

    needs: frozenset[str]
    may: frozenset[str]
    write: Callable[["Writer", Schema, str], str]


def to_gbnf(schema: Schema, name: str) -> str:
    """A grammar whose `root` produces exactly the canonical JSON of what the schema accepts.

    Numbers have at most three decimals, dates lie in 2000 to 2099, and of control characters strings hold those with a
    short escape (line breaks, tabs, \\b, \\f); no U+007F. A character is written in one way: no `\\u0041` for "A", no
    `\\/`. `name` begins the paths in errors. Raises InexpressibleError at the first keyword that is not known, or that
    is missing so that the language would have no end.
    """
    writer = Writer(schema.get("$defs", {}))
    root = writer.value(schema, name)
    return "".join(f"{rule} ::= {body}\n" for rule, body in {"root": root, **writer.rules}.items())


class Writer:
    """Collects the rules of one grammar."""

    def __init__(self, definitions: Mapping[str, Schema]) -> None:
        self._definitions = definitions
        self.rules: dict[str, str] = {}

    def value(self, schema: Schema, path: str) -> str:
        """The expression for a value. Rules that it names are added to `rules`."""
        name = kind_of(schema)
        if name not in _KINDS:
            raise InexpressibleError(path, "type", f"{schema.get('type')!r} cannot be expressed")
        kind = _KINDS[name]
        for keyword in sorted(set(schema) - kind.needs - kind.may - _SAY_NOTHING)[:1]:
            raise InexpressibleError(path, keyword, f"this keyword of a {name} cannot be expressed")
        for keyword in sorted(kind.needs - set(schema)):
            raise InexpressibleError(path, keyword, f"a {name} without it has no bounds that a grammar can keep")
        return kind.write(self, schema, path)

    def rule(self, name: str, body: str) -> str:
        if self.rules.setdefault(name, body) != body or name == "root":
            raise InexpressibleError(name, "$defs", "two rules of the grammar would have this name")
        return name

    def terminals(self, *names: str) -> None:
        for name in names:
            self.rule(name, TERMINALS[name])

    def definition(self, schema: Schema, path: str) -> tuple[str, Schema]:
        start, _, name = schema["$ref"].rpartition("/")
        if start != "#/$defs" or name not in self._definitions:
            raise InexpressibleError(path, "$ref", f"{schema['$ref']} is no definition of this schema")
        return name, self._definitions[name]

    def resolved(self, schema: Schema, path: str) -> Schema:
        return self.definition(schema, path)[1] if "$ref" in schema else schema


def _reference(writer: Writer, schema: Schema, path: str) -> str:
    name, definition = writer.definition(schema, path)
    return writer.rule(kebab(name), writer.value(definition, path))


def _enum(_: Writer, schema: Schema, path: str) -> str:
    values = schema.get("enum", [schema.get("const")])
    if not values or not all(isinstance(value, str) for value in values):
        raise InexpressibleError(path, "enum", "only texts can be listed")
    return " | ".join(literal(json.dumps(value, ensure_ascii=False)) for value in values)


def _format(writer: Writer, schema: Schema, path: str) -> str:
    if (schema["type"], schema["format"]) != ("string", "date"):
        raise InexpressibleError(path, "format", f"{schema['format']} cannot be expressed")
    writer.terminals("date", "year", "month31", "month30", "february", "leap")
    return "date"


def _string(writer: Writer, schema: Schema, path: str) -> str:
    least, most = schema.get("minLength", 0), schema["maxLength"]
    if not 0 <= least <= most <= MOST_REPEATS:
        raise InexpressibleError(
            path, "maxLength", f"{least} to {most} characters; at most {MOST_REPEATS} can be counted"
        )
    writer.terminals("char")
    return writer.rule(f"text-{least}-{most}", rf'"\"" char{{{least},{most}}} "\""')


def _integer(writer: Writer, schema: Schema, path: str) -> str:
    least, most = schema["minimum"], schema["maximum"]
    if not 0 <= least <= most:
        raise InexpressibleError(path, "minimum", f"{least} to {most} is no range from 0 upwards")
    return writer.rule(f"integer-{least}-{most}", " | ".join(integers(least, most)))


def _number(writer: Writer, schema: Schema, path: str) -> str:
    if (schema["minimum"], schema["maximum"]) != (0, 1):
        raise InexpressibleError(path, "minimum", "of numbers with a fraction only 0 to 1 can be expressed")
    writer.terminals("share")
    return "share"


def _boolean(writer: Writer, _: Schema, __: str) -> str:
    return writer.rule("boolean", '"true" | "false"')


def _array(writer: Writer, schema: Schema, path: str) -> str:
    least, most = schema.get("minItems", 0), schema["maxItems"]
    if not 0 <= least <= most or not 1 <= most <= MOST_REPEATS:
        raise InexpressibleError(path, "maxItems", f"{least} to {most} items")
    item = grouped(writer.value(schema["items"], f"{path}[]"))
    some = f'{item} ("," {item}){{{max(0, least - 1)},{most - 1}}}'
    return f'"[" {some if least else f"({some})?"} "]"'


def _all(*words: str) -> frozenset[str]:
    return frozenset(words)


_KINDS: Mapping[str, _Kind] = {
    "$ref": _Kind(_all("$ref"), _all(), _reference),
    "enum": _Kind(_all("enum"), _all("type"), _enum),
    "const": _Kind(_all("const"), _all("type"), _enum),
    "format": _Kind(_all("type", "format"), _all(), _format),
    "string": _Kind(_all("type", "maxLength"), _all("minLength"), _string),
    "integer": _Kind(_all("type", "minimum", "maximum"), _all(), _integer),
    "number": _Kind(_all("type", "minimum", "maximum"), _all(), _number),
    "boolean": _Kind(_all("type"), _all(), _boolean),
    "array": _Kind(_all("type", "items", "maxItems"), _all("minItems"), _array),
    "object": _Kind(_all("type", "properties", "additionalProperties"), _all("required", "allOf"), write_object),
}
