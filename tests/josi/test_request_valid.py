"""The cases of `request_valid`, put to llama.cpp's grammar engine: the grammar answers them as the contract does."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from blocks.gbnf import GrammarEngine
from josi.contract import GATCRequest
from josi.grammar import ECHOED, grammar
from josi.runtime import Echo

SHEET = yaml.safe_load(Path("data/vectors/request_valid.yaml").read_text("utf-8"))
CASES = {case["name"]: {**case, "input": {**SHEET["defaults"], **case["input"]}} for case in SHEET["cases"]}
# What is at fault is the athlete's message, which the grammar never sees.
OF_THE_MESSAGE = {"an empty message"}


@pytest.fixture(scope="module")
def engine() -> Iterator[GrammarEngine]:
    with GrammarEngine() as engine:
        yield engine


def _decoded(case: dict[str, Any]) -> str:
    """What a model would have written for the expected request."""
    request = GATCRequest.model_validate_json(case["expected"]["request"])
    return request.to_json(without=ECHOED if case["input"]["echo"] == "runtime" else ())


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if "request" in case["expected"]])
def test_the_canonical_text_of_a_valid_request_can_be_decoded(name: str, engine: GrammarEngine) -> None:
    case = CASES[name]

    assert engine.accepts(grammar(Echo.MODEL), case["expected"]["request"])
    assert engine.accepts(grammar(Echo(case["input"]["echo"])), _decoded(case))


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if "faulty" in case["expected"]])
def test_what_is_faulty_cannot_be_decoded(name: str, engine: GrammarEngine) -> None:
    case = CASES[name]

    accepted = engine.accepts(grammar(Echo(case["input"]["echo"])), case["input"]["text"])

    assert accepted == (name in OF_THE_MESSAGE)


def test_only_the_canonical_text_can_be_decoded(engine: GrammarEngine) -> None:
    """White space, nulls, keys twice or out of order: right for a reader, and never written."""
    loose = (
        "in order",
        "white space",
        "nulls go",
        "null in",
        "another order",
        "two sports",
        "replace those",
        "taken out",
    )
    cases = [case for name, case in CASES.items() if any(part in name for part in loose)]

    assert len(cases) == len(loose)
    assert [c["name"] for c in cases if engine.accepts(grammar(Echo(c["input"]["echo"])), c["input"]["text"])] == []
