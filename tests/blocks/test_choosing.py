"""A token is chosen first and then checked: what comes out is what masking the whole vocabulary first gives."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import MethodType

import llama_cpp
import pytest

from blocks.choosing import ChooseThenCheck
from blocks.gbnf import allows, grammar_sampler
from blocks.llama import LlamaModel
from blocks.settings import Settings
from blocks.store import FolderStore
from josi import chat
from josi.chat import CHATML, Message
from josi.errors import ExportError
from josi.grammar import grammar
from josi.records import Artifact
from josi.runtime import Echo
from tasks.export.convert import to_f16

SAID = "I want to run ride ski skate lift for 45 minutes today tomorrow easy hard because my knee hurts é ü 😀 why not?"


@pytest.fixture(scope="module")
def model(
    small: tuple[FolderStore, Artifact, Artifact], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[LlamaModel]:
    """The small base: so little trained that the grammar refuses most of its first choices."""
    store, base, _ = small
    target = tmp_path_factory.mktemp("gguf") / "base.gguf"
    to_f16(store.fetch(base), target, Settings().llama_tools)
    with LlamaModel(target, context_tokens=512) as model:
        yield model


@contextmanager
def masking_first(model: LlamaModel) -> Iterator[None]:
    """llama-cpp-python's own way, on the same loaded model."""
    llama = model._llama
    llama._init_sampler = MethodType(llama_cpp.Llama._init_sampler, llama)
    try:
        yield
    finally:
        del llama._init_sampler


def _prompts(count: int) -> list[str]:
    draw = random.Random(3)  # noqa: S311  # not for secrets
    words = SAID.split()
    said = [" ".join(draw.choices(words, k=draw.randint(1, 9))) for _ in range(count)]
    return [chat.prompt([Message(role="system", content="Say it."), Message(role="user", content=one)]) for one in said]


def _say(model: LlamaModel, prompt: str, rules: str, temperature: float = 0.0, tokens: int = 60) -> str:
    return model.complete(prompt, max_new_tokens=tokens, temperature=temperature, stop=CHATML.stop, grammar=rules)


@pytest.mark.parametrize("echo", list(Echo))
def test_greedy_answers_are_those_of_masking_the_whole_vocabulary(model: LlamaModel, echo: Echo) -> None:
    rules, prompts = grammar(echo), _prompts(200)
    chosen_first = [_say(model, prompt, rules) for prompt in prompts]
    with masking_first(model):
        masked_first = [_say(model, prompt, rules) for prompt in prompts]

    assert chosen_first == masked_first
    assert len(set(chosen_first)) > 1


def test_the_answers_were_chosen_both_ways(model: LlamaModel, monkeypatch: pytest.MonkeyPatch) -> None:
    """Otherwise the comparison above would compare nothing."""
    made: list[ChooseThenCheck] = []
    begin = ChooseThenCheck.__init__

    def counted(self: ChooseThenCheck, *given: object) -> None:
        begin(self, *given)  # type: ignore[arg-type]
        made.append(self)

    monkeypatch.setattr(ChooseThenCheck, "__init__", counted)
    rules = 'root ::= "{" [^}]{20,30} "}"'
    for prompt in _prompts(20):
        _say(model, prompt, rules)

    assert 0 < sum(one.refused for one in made) < 20 * 20


def test_without_a_grammar_nothing_is_different(model: LlamaModel) -> None:
    for prompt in _prompts(10):
        mine = model.complete(prompt, max_new_tokens=20, temperature=0.7, stop=CHATML.stop)
        with masking_first(model):
            assert model.complete(prompt, max_new_tokens=20, temperature=0.7, stop=CHATML.stop) == mine


def test_what_is_drawn_at_a_temperature_obeys_the_grammar_and_repeats(model: LlamaModel) -> None:
    rules = 'root ::= ("run" | "bike" | "ski" | "skate")'
    prompts = _prompts(60)
    said = [_say(model, prompt, rules, temperature=1.5) for prompt in prompts]

    assert set(said) <= {"run", "bike", "ski", "skate"}
    assert len(set(said)) > 1
    assert said == [_say(model, prompt, rules, temperature=1.5) for prompt in prompts]


def test_the_masked_tokens_are_those_that_the_grammar_lets_through_one_by_one(model: LlamaModel) -> None:
    llama, vocabulary = model._llama, model._llama._model.vocab
    sampler = grammar_sampler(vocabulary, 'root ::= "{\\"a\\":" [^"]{1,9} ("é" | "😀") "}"')
    try:
        for token in [None, *llama.tokenize('{"a":x😀}'.encode(), add_bos=False)]:
            if token is not None:
                llama_cpp.llama_sampler_accept(sampler, token)
            every = [one for one in range(llama.n_vocab()) if allows(sampler, one)]
            assert llama.tokens.allowed(sampler).tolist() == every
            assert every
    finally:
        llama_cpp.llama_sampler_free(sampler)


def test_a_grammar_that_no_token_can_begin_is_an_error_and_the_model_lives_on(
    model: LlamaModel, tmp_path: Path
) -> None:
    """The trap: a token that the grammar refuses, once accepted, ends the process."""
    before = _say(model, _prompts(1)[0], 'root ::= "run"')

    with pytest.raises(ExportError, match="no token of this model can go on"):
        _say(model, _prompts(1)[0], r"root ::= [\x00]")
    assert _say(model, _prompts(1)[0], 'root ::= "run"') == before
