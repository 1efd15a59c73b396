"""What post-processing promises beyond its cases, which stand in the vectors `postprocess`."""

import json
from pathlib import Path
from typing import Any

import pytest

from josi.contract import ChatContext, GATCRequest
from josi.postprocess import postprocess

CASES: list[dict[str, Any]] = [
    json.loads(line) for line in Path("schemas/vectors/postprocess.jsonl").read_text("utf-8").splitlines()
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_post_processing_twice_changes_nothing_more(case: dict[str, Any]) -> None:
    given, context = case["input"], ChatContext.model_validate(case["input"]["context"])
    once, _ = postprocess(GATCRequest.model_validate(given["request"]), given["message"], context)

    assert postprocess(once, given["message"], context) == (once, ())


def test_the_athletes_words_are_never_touched() -> None:
    for case in CASES:
        assert case["expected"]["request"]["free_text"] == case["input"]["request"]["free_text"]
