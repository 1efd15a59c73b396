"""The engine's rules, its test vectors, and the Swift engine beside it."""

import json
import math
import unicodedata
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import tree_sitter_swift
from hypothesis import given
from hypothesis import strategies as st
from tree_sitter import Language, Node, Parser

from josi.reasoner import Payload, Reasoner, tokens
from josi.reasoner.engine import CAP, SHORTEST, confidences
from josi.reasoner.vectors import TEXTS, model
from tasks.schemas import FOLDER

ENGINE = Path("josi/reasoner/LocalReasoner.swift")
VECTORS: dict[str, Any] = json.loads((FOLDER / "reasoner_vectors.json").read_text("utf-8"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Fix the Build", ["fix", "the", "build", "fix_the", "the_build"]),
        ("a I x", []),
        ("", []),
        ("snake_case-word", ["snake", "case", "word", "snake_case", "case_word"]),
        ("go 4 it 42", ["go", "it", "42", "go_it", "it_42"]),
        ("שלום עולם", ["שלום", "עולם", "שלום_עולם"]),
        ("no😀gap", ["no", "gap", "no_gap"]),
        ("m² ½cup", ["cup"]),
        ("١٢", ["١٢"]),
        ("\u1100\u1161\u11a8", ["각"]),
        ("\ud800 broken", ["broken"]),
    ],
)
def test_text_is_split_as_the_apps_split_it(text: str, expected: list[str]) -> None:
    assert tokens(text) == expected


@given(st.text(st.characters(blacklist_categories=["Cs"]), max_size=60))
def test_tokens_are_those_of_another_way_of_splitting(text: str) -> None:
    lowered = "".join(character.lower() for character in text)
    parts = "".join(one if one.isalpha() or one.isdecimal() else "\n" for one in lowered).splitlines()
    words = [unicodedata.normalize("NFC", part) for part in parts if len(part) > 1]

    assert tokens(text) == words + ["_".join(pair) for pair in pairwise(words)]


def _by_hand(payload: Payload, text: str, label: str) -> float:
    counts = Counter(tokens(text))
    known = dict(zip(payload.vocabulary, payload.log_likelihoods[label], strict=True))
    learned = math.fsum(counts[token] * known[token] for token in counts.keys() & known.keys())
    return (
        payload.log_priors[label]
        + learned
        + payload.keyword_bonus * len(counts.keys() & set(payload.keyword_hints[label]))
    )


@pytest.mark.parametrize("case", VECTORS["cases"], ids=range(len(VECTORS["cases"])))
def test_the_engine_gives_the_vectors_answers(case: dict[str, Any]) -> None:
    payload = Payload.read(json.dumps(VECTORS["model"]))

    answered = Reasoner(payload).answer(case["text"])

    assert (answered.label, answered.next_action) == (case["label"], case["next_action"])
    assert answered.confidence == pytest.approx(case["confidence"], abs=VECTORS["tolerance"])
    for label, score in case["scores"].items():
        assert answered.scores[label] == pytest.approx(score, abs=VECTORS["tolerance"])
        assert score == pytest.approx(_by_hand(payload, case["text"], label), abs=VECTORS["tolerance"])


def test_the_vectors_hold_what_goes_wrong_easily() -> None:
    said = "".join(TEXTS)

    assert "" in TEXTS
    assert any("HEBREW" in unicodedata.name(one, "") for one in said)
    assert any(unicodedata.category(one) == "So" for one in said)
    assert max(case["softmax"] for case in VECTORS["cases"]) > CAP == max(c["confidence"] for c in VECTORS["cases"])


def test_confidences_sum_to_one_and_are_capped() -> None:
    assert sum(confidences({"a": 1000.0, "b": -1000.0, "c": 999.0}).values()) == pytest.approx(1.0)
    assert Reasoner(model()).answer("deploy " * 1000).confidence == CAP


def test_of_equal_scores_the_first_label_is_said() -> None:
    payload = model().model_copy(update={"log_priors": dict.fromkeys(model().labels, 0.0)})

    assert Reasoner(payload).answer("").label == payload.labels[0]


def _swift(path: Path) -> Node:
    return Parser(Language(tree_sitter_swift.language())).parse(path.read_bytes()).root_node


def test_the_swift_engine_is_swift() -> None:
    assert not _swift(ENGINE).has_error


def test_the_swift_engine_reads_every_key_and_knows_the_same_constants() -> None:
    source = ENGINE.read_text("utf-8")
    camel = {"".join(part.title() for part in key.split("_")).lower() for key in Payload.model_fields}
    declared = {line.split()[1].rstrip(":").lower() for line in source.splitlines() if line.startswith("    let ")}

    assert camel <= declared
    for key in Payload.model_fields:
        assert f'= "{key}"' in source or f"case {key}\n" in source
    assert f"static let cap = {CAP}" in source
    assert f"static let shortestToken = {SHORTEST}" in source
