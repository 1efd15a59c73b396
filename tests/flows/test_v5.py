"""The production recipe by the same code path: a small base in its place, with Qwen2's real vocabulary."""

import itertools
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import torch
from prefect.settings import PREFECT_LOCAL_STORAGE_PATH, temporary_settings
from typer.testing import CliRunner

from blocks import recipe as recipes
from blocks.bases import load_tokenizer
from blocks.llama import FTYPES, LlamaModel
from blocks.machine import require_gpu
from blocks.order import Order
from blocks.recipe import HubBase
from blocks.settings import Settings
from blocks.store import FolderStore
from cli.main import app
from flows.candidate import candidate
from josi import chat
from josi.candidate import Candidate
from josi.errors import UsageError
from josi.records import Channel, Role
from tasks.train.obtain import take
from tests.qwen_folder import VOCABULARY, write_folder

SENTENCES = (
    "I have 45 minutes for a run today",
    "Kan ik morgen 1u30 fietsen in plaats van zwemmen?",
    "It's 7:30; I'd rather ski, they'll skate",
    "Mijn knie doet pijn, café om half négen, coördinatie",
    "I'M DONE!!! WE'VE had 2,5 km... and 10.000 steps",
    "😀🏃‍♀️ 日本語 Ελληνικά работа 漢字 ñandú",
    '{\'a\': [1, 2.50, None], "b": "x\\n"}  # why?',
    "def f(x):\n    return x ** 2\n\n\t# tab",
    "  leading, trailing   ",
    "e\u0301te\u0301 na\u00efve \u212b",
)
FRAMES = (
    "{}",
    "{}\n",
    "\n\n{}\r\n",
    " {} 12345 ",
    "{}\n\nCONTEXT:\n- Readiness: Green (ready)",
    'GATC: {{"free_text":"{}"}}',
)
PAIRED = tuple(f"{a} {b}" for a, b in itertools.permutations(SENTENCES, 2))
SMALL = {
    "data.interpreter_examples": 60,
    "data.explainer_examples": 40,
    "data.validation_share": 0.3,
    "decoding.interpreter.max_new_tokens": 1,  # each token under the grammar costs a look at 151,936 others
    "decoding.explainer.max_new_tokens": 12,
    **{
        f"sft.{role}.{key}": value
        for role in Role
        for key, value in (("max_steps", 3), ("max_length", 768), ("batch_size", 2), ("accumulation", 1))
    },
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_folder(tmp_path_factory.mktemp("base") / "qwen")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, prefect: None) -> Iterator[Path]:
    """A home of its own: nothing made here is found by other tests, nor theirs here."""
    root = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch, temporary_settings({PREFECT_LOCAL_STORAGE_PATH: root / "results"}):
        patch.setenv("JOSI_HOME", str(root))
        yield root


@pytest.fixture(scope="module")
def v5(folder: Path, home: Path) -> Candidate:
    return candidate(Order(recipe="v5", changes=SMALL, base_folder=folder, allow_cpu=True))


def _parity(made: Candidate, role: Role) -> dict[str, Any]:
    found = next(Settings().store.root.glob(f"parity/{made.ggufs[role].name}-*/parity.json"))
    record: dict[str, Any] = json.loads(found.read_text())
    return record


def test_the_folder_tokenizes_as_llama_cpp_does(folder: Path) -> None:
    import llama_cpp

    words = [frame.format(sentence) for frame in FRAMES for sentence in SENTENCES] + list(PAIRED)
    texts = [chat.plain(text) for text in words]  # control tokens stand only where the template puts them
    texts += [chat.prompt([chat.Message(role="user", content=text)]) for text in words]
    tokenizer = load_tokenizer(folder)
    vocabulary = llama_cpp.Llama(str(VOCABULARY), vocab_only=True, verbose=False)

    differing = [
        text
        for text in texts
        if tokenizer.encode(text, add_special_tokens=False)
        != vocabulary.tokenize(text.encode(), add_bos=False, special=True)
    ]

    vocabulary.close()
    assert len(set(texts)) >= 300
    assert differing == []


def test_the_folder_is_taken_as_the_catalogues_base(folder: Path, store: FolderStore) -> None:
    base = take(HubBase(kind="catalogue", name="qwen2.5-1.5b-instruct"), folder, store)

    assert {path.name for path in store.fetch(base).iterdir()} >= {
        "config.json",
        "model.safetensors",
        "tokenizer.json",
        "tokenizer_config.json",
    }


@pytest.mark.slow
def test_the_v5_recipe_goes_from_a_local_folder_to_loaded_q4_k_m_files(v5: Candidate) -> None:
    store = Settings().store
    # Longer than the base looks back: what it repeats is then the athlete's words and not the token of a turn's start.
    asked = chat.prompt([chat.Message(role="user", content=" ".join(SENTENCES)[:400])])
    for role in Role:
        path = next(store.fetch(v5.ggufs[role]).glob("*-q4_k_m.gguf"))
        with LlamaModel(path) as model:
            said = model.complete(asked, max_new_tokens=3, temperature=0.0, stop=chat.CHATML.stop)
            assert model._llama.metadata["general.file_type"] == str(FTYPES["q4_k_m"])
        assert path.name == f"josi-v5-{role}-q4_k_m.gguf"
        assert said
    assert v5.base.name == "qwen2.5-1.5b-instruct"


@pytest.mark.slow
@pytest.mark.parametrize("role", Role)
def test_each_role_of_v5_was_trained_three_steps_on_a_gradient(v5: Candidate, role: Role) -> None:
    summary = json.loads((Settings().store.fetch(v5.adapters[role]) / "training.json").read_text())

    assert summary["steps"] == 3
    assert all(norm > 0 for _, norm in summary["gradient_norm"])


@pytest.mark.slow
@pytest.mark.parametrize("role", Role)
def test_the_q4_k_m_answers_each_prompt_as_the_merged_model_does(v5: Candidate, role: Role) -> None:
    parity = _parity(v5, role)

    assert parity["tokenized_differently"] == []
    assert all(rung["agree"] >= 0.9 * rung["total"] and rung["total"] >= 10 for rung in parity["rungs"]), parity


@pytest.mark.slow
def test_a_model_that_knows_nothing_does_not_pass_the_gate(v5: Candidate) -> None:
    assert not any(v5.verdict.allows(channel) for channel in Channel)


@pytest.fixture
def no_gpu(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)


@pytest.mark.parametrize(("recipe", "allowed"), [("v5", True), ("tiny", False)])
def test_work_that_needs_no_gpu_or_may_do_without_goes_on(recipe: str, allowed: bool, no_gpu: None) -> None:
    require_gpu(recipes.load(recipe), allowed)


def test_v5_without_a_gpu_is_refused_with_a_remedy(no_gpu: None) -> None:
    with pytest.raises(UsageError, match="v5 needs a GPU") as refused:
        require_gpu(recipes.load("v5"), allowed=False)

    assert "--allow-cpu" in refused.value.remedy


@pytest.mark.parametrize(
    "command", ["run", "train --role explainer", "merge --role explainer", "export --role explainer"]
)
def test_every_command_that_trains_asks_for_the_gpu(command: str, no_gpu: None) -> None:
    result = CliRunner().invoke(app, [*command.split(), "--recipe", "v5"])

    assert result.exit_code == UsageError.exit_code
    assert "--allow-cpu" in result.output
