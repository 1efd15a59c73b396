"""The grammar and the contract accept the same objects: llama.cpp's own grammar engine is asked."""

import datetime
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from blocks.gbnf import GrammarEngine
from josi.contract import GATCRequest
from josi.grammar import ECHOED, grammar
from josi.request_schema import request_schema
from josi.runtime import Echo
from tests.josi.requests import broken, loads_once, seeded, slipped, valid, written

CONTRACT = Draft202012Validator(request_schema(), format_checker=FormatChecker())
# How many of each kind a run draws. A failure prints the text, and the seed is fixed.
OBJECTS, BROKEN, SLIPS = 3000, 3600, 3600


@pytest.fixture(scope="module")
def engine() -> Iterator[GrammarEngine]:
    with GrammarEngine() as engine:
        yield engine


def _as_decoded(value: dict[str, Any], echo: Echo) -> str:
    """What the model itself writes of a request."""
    return written({key: part for key, part in value.items() if echo is Echo.MODEL or key not in ECHOED})


def _contract_accepts(text: str, echo: Echo) -> bool:
    """jsonschema's word on what the model wrote, completed as the runtime completes it; never the grammar's."""
    try:
        value = loads_once(text)
    except ValueError:
        return False
    if echo is Echo.RUNTIME:
        if not isinstance(value, dict) or set(value) & set(ECHOED):
            return False
        value = {**value, "free_text": "x", "question": "x"}
    return bool(CONTRACT.is_valid(value))


def _in_one_form(text: str) -> bool:
    """Canonical: written again it is the same text; and without what the grammar leaves out by design (josi.gbnf)."""
    value = loads_once(text)
    of_this_century = re.fullmatch(r"20\d\d-.*", str(value.get("date", "2026-01-01")))
    share = value.get("confidence", 0)
    return written(value) == text and "\x7f" not in text and bool(of_this_century) and share == round(share, 3)


def _is_request(text: str) -> bool:
    try:
        GATCRequest.model_validate_json(text)
    except ValueError:
        return False
    return True


@pytest.mark.parametrize("echo", list(Echo))
def test_what_the_contract_accepts_the_grammar_accepts(echo: Echo, engine: GrammarEngine) -> None:
    draw, rules = seeded(11), grammar(echo)
    refused = []
    for _ in range(OBJECTS):
        text = _as_decoded(valid(draw), echo)
        assert _contract_accepts(text, echo), text
        if not engine.accepts(rules, text):
            refused.append(text)

    assert not refused


@pytest.mark.parametrize("echo", list(Echo))
def test_canonical_objects_get_the_same_answer_from_grammar_and_contract(echo: Echo, engine: GrammarEngine) -> None:
    draw, rules = seeded(12), grammar(echo)
    texts = [_as_decoded(broken(draw), echo) for _ in range(BROKEN)]
    answers = [(_contract_accepts(text, echo), engine.accepts(rules, text)) for text in texts]

    assert [
        text for text, (by_contract, by_grammar) in zip(texts, answers, strict=True) if by_contract != by_grammar
    ] == []
    assert sum(not by_contract for by_contract, _ in answers) > (3000 if echo is Echo.MODEL else 2200)


def test_schema_and_records_of_the_contract_agree_on_every_object_that_is_drawn() -> None:
    draw = seeded(12)
    drawn = [made(draw) for made in (valid, broken) for _ in range(2000)]
    texts = [text for value in drawn if "null" not in (text := written(value))]  # the record reads null as absent

    assert [text for text in texts if _contract_accepts(text, Echo.MODEL) != _is_request(text)] == []


@pytest.mark.parametrize("echo", list(Echo))
def test_no_slip_of_a_character_gets_past_the_grammar_that_the_contract_would_stop(
    echo: Echo, engine: GrammarEngine
) -> None:
    draw, rules = seeded(13), grammar(echo)
    refused = 0
    for _ in range(SLIPS):
        text = slipped(draw, _as_decoded(valid(draw), echo))
        by_contract, by_grammar = _contract_accepts(text, echo), engine.accepts(rules, text)
        refused += not by_grammar
        assert by_contract or not by_grammar, text
        if by_contract and _in_one_form(text):
            assert by_grammar, text

    assert refused > 2000


@pytest.mark.parametrize(
    ("action", "key"),
    [("create_workout", "sport"), ("replan", "replan_type"), ("explain", "question"), ("clarify", "missing")],
)
def test_an_action_without_what_it_needs_cannot_be_decoded(action: str, key: str, engine: GrammarEngine) -> None:
    draw = seeded(14)
    whole = next(value for value in iter(lambda: valid(draw), None) if value["action"] == action)
    text = written({name: part for name, part in whole.items() if name != key})

    assert engine.accepts(grammar(Echo.MODEL), written(whole))
    assert not engine.accepts(grammar(Echo.MODEL), text)


@pytest.mark.parametrize("day", ["2028-02-29", "2000-02-29", "2096-02-29", "2026-12-31", "2099-01-01"])
def test_a_day_of_the_calendar_can_be_decoded(day: str, engine: GrammarEngine) -> None:
    request = GATCRequest.model_validate({"action": "explain", "free_text": "x", "question": "y", "date": day})

    assert engine.accepts(grammar(Echo.MODEL), request.to_json())


@pytest.mark.parametrize("day", ["2027-02-29", "2026-02-30", "2026-04-31", "2026-13-01", "1999-12-31", "2100-01-01"])
def test_no_other_day_can_be_decoded(day: str, engine: GrammarEngine) -> None:
    text = written({"action": "explain", "free_text": "x", "question": "y", "date": day})

    assert not engine.accepts(grammar(Echo.MODEL), text)


def test_every_day_of_a_century_and_no_other_can_be_decoded(engine: GrammarEngine) -> None:
    rules = "\n".join([grammar(Echo.MODEL).replace("root ::=", "whole ::="), "root ::= date"])
    every = {f'"{datetime.date.fromordinal(730120 + n)}"' for n in range(36525)}
    sample = seeded(15).sample(sorted(every), 1500)
    made = [f'"20{y:02}-{m:02}-{d:02}"' for y in (0, 1, 4, 26, 28, 99) for m in range(14) for d in range(33)]

    assert '"2000-01-01"' in every and '"2099-12-31"' in every
    assert [day for day in sample if not engine.accepts(rules, day)] == []
    assert [day for day in made if engine.accepts(rules, day) != (day in every)] == []


def test_the_shipped_grammar_is_the_generated_one() -> None:
    for echo in Echo:
        assert Path(f"schemas/gatc_request.{echo.value}.gbnf").read_text("utf-8") == grammar(echo)
