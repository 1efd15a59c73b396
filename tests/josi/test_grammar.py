"""The grammar and the contract accept the same objects: llama.cpp's own grammar engine is asked."""

import ctypes
import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import llama_cpp
import pytest

from josi.contract import GATCRequest
from josi.grammar import grammar
from josi.runtime import Echo

Accepts = Callable[[str], bool]


@pytest.fixture(scope="module")
def vocabulary() -> Any:
    llama = llama_cpp.Llama(".cache/llama.cpp/models/ggml-vocab-qwen2.gguf", vocab_only=True, verbose=False)
    yield llama
    llama.close()


@pytest.fixture(scope="module", params=list(Echo))
def accepts(request: pytest.FixtureRequest, vocabulary: Any) -> Accepts:
    return _judge(vocabulary, grammar(request.param))


def _judge(llama: Any, text: str) -> Accepts:
    def accepts(candidate: str) -> bool:
        sampler = llama_cpp.llama_sampler_init_grammar(llama._model.vocab, text.encode(), b"root")
        assert sampler, "llama.cpp cannot parse the grammar"
        tokens = [*llama.tokenize(candidate.encode(), add_bos=False, special=False), llama.token_eos()]
        try:
            for token in tokens:
                one = (llama_cpp.llama_token_data * 1)(llama_cpp.llama_token_data(token, 1.0, 0.0))
                array = llama_cpp.llama_token_data_array(one, 1, -1, False)
                llama_cpp.llama_sampler_apply(sampler, ctypes.byref(array))
                if math.isinf(one[0].logit):
                    return False
                llama_cpp.llama_sampler_accept(sampler, token)
        finally:
            llama_cpp.llama_sampler_free(sampler)
        return True

    return accepts


VALID: dict[str, dict[str, Any]] = {
    "workout": {"action": "create_workout", "free_text": "a run", "sport": "run"},
    "all of a workout": {
        "action": "create_workout",
        "free_text": 'quotes " back\\slash é 😀 \n',
        "sport": "strength",
        "date": "2028-02-29",
        "time_available_min": 300,
        "goal": "race_prep",
        "constraints": {"injury": "none", "fatigue_hint": "very_tired", "no_intensity": True},
        "confidence": 0.85,
    },
    "replan": {"action": "replan", "free_text": "ill", "replan_type": "illness"},
    "explain": {"action": "explain", "free_text": "why", "question": "why"},
    "question": {"action": "answer_question", "free_text": "why", "question": "why"},
    "clarify": {"action": "clarify", "free_text": "hm", "missing": ["sport", "intent"], "clarify_message": "Which?"},
    "second constraint alone": {
        "action": "create_workout",
        "free_text": "x",
        "sport": "ski",
        "constraints": {"fatigue_hint": "ok"},
    },
}

BROKEN: dict[str, Callable[[dict[str, Any]], None]] = {
    "unknown key": lambda value: value.update(axis="load"),
    "unknown action": lambda value: value.update(action="train"),
    "unknown sport": lambda value: value.update(sport="chess"),
    "minutes below ten": lambda value: value.update(time_available_min=9),
    "minutes above 300": lambda value: value.update(time_available_min=301),
    "minutes with a fraction": lambda value: value.update(time_available_min=45.5),
    "no thirtieth of February": lambda value: value.update(date="2027-02-30"),
    "no leap day in 2027": lambda value: value.update(date="2027-02-29"),
    "no thirteenth month": lambda value: value.update(date="2027-13-01"),
    "confidence above one": lambda value: value.update(confidence=1.2),
    "unknown constraint": lambda value: value.update(constraints={"mood": "low"}),
    "missing as a string": lambda value: value.update(missing="sport"),
    "six things missing": lambda value: value.update(missing=["a", "b", "c", "d", "e", "f"]),
}


def _canonical(value: dict[str, Any], accepts_echo: bool = True) -> str:
    order = list(GATCRequest.model_fields)
    kept = {key: value[key] for key in sorted(value, key=lambda key: order.index(key) if key in order else 99)}
    return json.dumps(kept, separators=(",", ":"), ensure_ascii=False)


@pytest.mark.parametrize("name", VALID)
def test_the_grammar_accepts_what_the_contract_accepts(name: str, vocabulary: Any) -> None:
    text = GATCRequest.model_validate(VALID[name]).to_json()

    assert _judge(vocabulary, grammar(Echo.MODEL))(text), text


@pytest.mark.parametrize("name", VALID)
def test_with_a_runtime_echo_the_model_writes_no_words_of_the_athlete(name: str, vocabulary: Any) -> None:
    request = GATCRequest.model_validate(VALID[name])
    judge = _judge(vocabulary, grammar(Echo.RUNTIME))

    assert judge(request.to_json(without=("free_text", "question")))
    assert not judge(request.to_json())


@pytest.mark.parametrize("fault", BROKEN)
def test_the_grammar_refuses_what_the_contract_refuses(fault: str, vocabulary: Any) -> None:
    value = dict(VALID["workout"])
    BROKEN[fault](value)

    with pytest.raises(ValueError):
        GATCRequest.model_validate(value)
    assert not _judge(vocabulary, grammar(Echo.MODEL))(_canonical(value))


@pytest.mark.parametrize(
    ("action", "key"),
    [("create_workout", "sport"), ("replan", "replan_type"), ("explain", "question"), ("clarify", "missing")],
)
def test_an_action_without_what_it_needs_cannot_be_decoded(action: str, key: str, vocabulary: Any) -> None:
    whole = next(value for value in VALID.values() if value["action"] == action)
    without = {name: part for name, part in whole.items() if name != key}

    assert not _judge(vocabulary, grammar(Echo.MODEL))(_canonical(without))


def test_the_shipped_grammar_is_the_generated_one() -> None:
    for echo in Echo:
        assert Path(f"schemas/gatc_request.{echo.value}.gbnf").read_text("utf-8") == grammar(echo)
