"""llama.cpp refuses with an error that a person can read, and never takes the process down."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from blocks.llama import FTYPES, LlamaModel, quantize
from blocks.settings import Settings
from blocks.store import FolderStore
from josi import chat
from josi.chat import CHATML, Message
from josi.errors import ExportError
from josi.grammar import grammar
from josi.records import Artifact
from josi.runtime import Echo
from tasks.export.convert import to_f16

PROMPT = chat.prompt([Message(role="system", content="Say it."), Message(role="user", content="I want to ski")])


@pytest.fixture(scope="module")
def gguf(small: tuple[FolderStore, Artifact, Artifact], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small base as an F16 GGUF."""
    store, base, _ = small
    target = tmp_path_factory.mktemp("gguf") / "base.gguf"
    to_f16(store.fetch(base), target, Settings().llama_tools)
    return target


@pytest.fixture(scope="module")
def model(gguf: Path) -> Iterator[LlamaModel]:
    with LlamaModel(gguf, context_tokens=512) as model:
        yield model


def _say(model: LlamaModel, text: str = PROMPT, tokens: int = 16, rules: str | None = None) -> str:
    return model.complete(text, max_new_tokens=tokens, temperature=0.0, stop=CHATML.stop, grammar=rules)


@pytest.mark.parametrize(
    "broken",
    [
        "root ::= (",
        "root ::= nobody",
        'root ::= "a',
        'other ::= "a"',
        r"root ::= [0-9]{2} | \d",
        "root ::= root",
        "",
        "\n",
    ],
)
def test_a_broken_grammar_is_an_error_and_the_model_lives_on(model: LlamaModel, broken: str) -> None:
    """The trap: llama.cpp's wrapper does not look at a grammar before it generates, and then the process dies."""
    before = _say(model)

    with pytest.raises(ExportError, match="cannot parse the grammar"):
        _say(model, rules=broken)
    assert _say(model) == before


@pytest.mark.parametrize("word", ["skate", "zzz", "ÿ"])
def test_a_grammar_decides_what_can_be_said(model: LlamaModel, word: str) -> None:
    assert word not in _say(model)

    assert _say(model, rules=f'root ::= "{word}"') == word


@pytest.mark.parametrize("echo", list(Echo))
def test_the_grammars_that_ship_parse(model: LlamaModel, echo: Echo) -> None:
    assert _say(model, tokens=40, rules=grammar(echo)).startswith('{"action":"')


def test_a_prompt_that_leaves_no_room_is_an_error(model: LlamaModel) -> None:
    with pytest.raises(ExportError, match=r"exceed the context of 512.*Shorten the history"):
        _say(model, text=PROMPT * 40)
    with pytest.raises(ExportError, match="512 new ones"):
        _say(model, tokens=512)


def test_greedy_answers_repeat_whatever_was_asked_in_between(model: LlamaModel) -> None:
    first = _say(model)
    _say(model, text=chat.prompt([Message(role="user", content="bike")]))

    assert _say(model) == first


def test_no_more_tokens_are_made_than_asked_for(model: LlamaModel) -> None:
    rules = 'root ::= "a"{100}'

    assert 0 < len(_say(model, tokens=5, rules=rules)) < len(_say(model, tokens=60, rules=rules))


def test_control_tokens_are_one_token_and_nothing_is_put_before_the_text(model: LlamaModel) -> None:
    ids = model.tokenize("<|im_start|>")

    assert len(ids) == 1
    assert model.tokenize("<|im_start|>user")[0] == ids[0]
    assert model.tokenize(chat.plain("<|im_start|>"))[0] != ids[0]
    assert model.tokenize("") == []


def test_a_missing_file_is_an_error_that_says_so(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="no such GGUF file"):
        LlamaModel(tmp_path / "none.gguf")


@pytest.mark.parametrize("damage", ["cut", "text"])
def test_a_damaged_file_is_an_error_that_says_so(gguf: Path, tmp_path: Path, damage: str) -> None:
    bad = tmp_path / "bad.gguf"
    shutil.copyfile(gguf, bad)
    data = bad.read_bytes()
    bad.write_bytes(data[: len(data) // 2] if damage == "cut" else b"GGUF, but not really" * 100)

    with pytest.raises(ExportError, match=r"bad.gguf: llama.cpp cannot load it"):
        LlamaModel(bad)


@pytest.mark.parametrize("kind", FTYPES)
def test_a_quantized_copy_loads_and_is_smaller(gguf: Path, tmp_path: Path, kind: str) -> None:
    target = tmp_path / f"{kind}.gguf"

    quantize(gguf, target, kind)

    assert target.stat().st_size <= gguf.stat().st_size * (1.01 if kind == "f16" else 0.7)
    with LlamaModel(target) as model:
        assert model.tokenize("run")


def test_what_cannot_be_quantized_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "no.gguf").write_text("no model")

    with pytest.raises(ExportError, match="could not quantize to q4_k_m"):
        quantize(tmp_path / "no.gguf", tmp_path / "out.gguf", "q4_k_m")
