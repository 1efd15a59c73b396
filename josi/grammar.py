"""The GBNF grammar of the interpreter's output, generated from `josi.contract`.

Fixed key order, closed objects, no white space, and per action the keys that it requires: an object that the grammar
can produce is one that the schema accepts. GBNF is llama.cpp's notation (its grammars/README.md). Only constructs that
llama.cpp is known to parse are used: no `\\d`, no repetition above 2,000.
"""

import json
from collections.abc import Sequence
from enum import StrEnum

from josi.contract import REQUIRED_BY_ACTION, Action, Constraints, Fatigue, GATCRequest, Goal, Injury, ReplanType, Sport
from josi.runtime import Echo

ECHOED = ("free_text", "question")

# Strings: what JSON allows between quotes, one unit a character. Control characters and lone surrogates cannot occur.
_CHAR = r'[^"\\\x00-\x1f\x7f] | "\\" (["\\/bfnrt] | "u" ([0-9a-cA-Ce-fE-F] hex{3} | [dD] [0-7] hex{2}))'

_TERMINALS = {
    "hex": "[0-9a-fA-F]",
    "char": _CHAR,
    "words": r'"\"" char{1,1000} "\""',
    "sentence": r'"\"" char{1,300} "\""',
    "name": r'"\"" char{1,40} "\""',
    "names": '"[" name ("," name){0,4} "]"',
    "bool": '"true" | "false"',
    "minutes": '[1-9] [0-9] | [1-2] [0-9]{2} | "300"',
    "share": '"0" ("." [0-9]{1,3})? | "1" (".0")?',
    # Every day of the proleptic calendar from 2000 on: months of 31 and 30 days, February, and its leap days.
    "date": r'"\"" year "-" ( month31 | month30 | february ) "\"" | "\"" leap "-02-29\""',
    "year": '"2" "0" [0-9]{2}',
    "month31": '("01" | "03" | "05" | "07" | "08" | "10" | "12") "-" ("0" [1-9] | [12] [0-9] | "30" | "31")',
    "month30": '("04" | "06" | "09" | "11") "-" ("0" [1-9] | [12] [0-9] | "30")',
    "february": '"02-" ("0" [1-9] | "1" [0-9] | "2" [0-8])',
    "leap": '"20" ([02468] [048] | [13579] [26])',
}

_RULES: dict[str, str] = {
    "free_text": "words",
    "sport": "sport",
    "date": "date",
    "time_available_min": "minutes",
    "goal": "goal",
    "constraints": "constraints",
    "replan_type": "replan-type",
    "question": "words",
    "missing": "names",
    "clarify_message": "sentence",
    "confidence": "share",
}


def grammar(echo: Echo) -> str:
    """The grammar for a line of models. With `echo` runtime the model writes neither `free_text` nor `question`."""
    skipped = ECHOED if echo is Echo.RUNTIME else ()
    keys = [key for key in GATCRequest.model_fields if key not in ("action", *skipped)]
    actions = {action: _object_of(action, keys) for action in Action}
    rules = {
        "root": " | ".join(_rule_name(action) for action in actions),
        **{_rule_name(action): body for action, body in actions.items()},
        "sport": _enum(Sport),
        "goal": _enum(Goal),
        "replan-type": _enum(ReplanType),
        "injury": _enum(Injury),
        "fatigue": _enum(Fatigue),
        "constraints": _constraints(),
        **_TERMINALS,
    }
    return "".join(f"{name} ::= {body}\n" for name, body in rules.items())


def _object_of(action: Action, keys: Sequence[str]) -> str:
    required = {"free_text", *REQUIRED_BY_ACTION[action]}
    parts = [_literal(f'{{"action":{json.dumps(action.value)}')]
    for key in keys:
        pair = f"{_literal(f',{json.dumps(key)}:')} {_RULES[key]}"
        parts.append(pair if key in required else f"({pair})?")
    return " ".join([*parts, _literal("}")])


def _constraints() -> str:
    """An object of up to three optional keys in fixed order: one alternative for each key that can come first."""
    rules = {"injury": "injury", "fatigue_hint": "fatigue", "no_intensity": "bool"}
    if set(rules) != set(Constraints.model_fields):
        raise ValueError("the grammar does not know every key of constraints: add its rule")
    pairs = [f"{_literal(f'{json.dumps(key)}:')} {rule}" for key, rule in rules.items()]
    starts = [
        " ".join([pairs[first], *(f'("," {pair})?' for pair in pairs[first + 1 :])]) for first in range(len(pairs))
    ]
    return f'"{{" ({" | ".join(starts)})? "}}"'


def _enum(values: type[StrEnum]) -> str:
    return " | ".join(_literal(json.dumps(value.value)) for value in values)


def _literal(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _rule_name(action: Action) -> str:
    return action.value.replace("_", "-")
