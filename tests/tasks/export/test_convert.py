"""From a merged model to the file that ships: converted by llama.cpp's own script, quantized, and compared."""

import json
import struct
from pathlib import Path
from typing import Any

import pytest
from gguf import GGUFReader

from blocks.bases import load_model
from blocks.llama import LlamaModel
from blocks.recipe import SFT, Quant
from blocks.settings import Settings
from blocks.store import FolderStore
from josi import chat
from josi.errors import DigestMismatch, ExportError, ParityError
from josi.records import Artifact, Kind, Role
from tasks.export.convert import Build, export_gguf, held_out, legacy_copy, splits_like_qwen2, to_f16
from tasks.export.merge import merge_adapter
from tasks.export.parity import FLOOR, Difference, Parity, Rung, climb
from tasks.train.sft import fine_tune
from tests.support import example, put_examples, with_another_end

Small = tuple[FolderStore, Artifact, Artifact]
QUICK = SFT(
    learning_rate=5e-3,
    epochs=8,
    batch_size=8,
    accumulation=1,
    max_length=128,
    dropout=0.0,
    gradient_checkpointing=False,
)
TOOLS = Settings().llama_tools


@pytest.fixture(scope="module")
def adapter(small: Small) -> Artifact:
    store, base, data = small
    return fine_tune("josi-small", QUICK, "tiny-qwen2", base, data, store)


@pytest.fixture(scope="module")
def merged(small: Small, adapter: Artifact) -> Artifact:
    store, base, _ = small
    return merge_adapter(base, adapter, store)


@pytest.fixture(scope="module")
def build(small: Small, merged: Artifact) -> Build:
    store, _, data = small
    return export_gguf(Role.INTERPRETER, merged, data, "josi-small", Quant(legacy_header=True), store, TOOLS)


def test_merging_keeps_the_shape_and_changes_the_weights(small: Small, merged: Artifact) -> None:
    store, base, _ = small
    before, after = (load_model(store.fetch(artifact)).state_dict() for artifact in (base, merged))

    assert {name: weight.shape for name, weight in after.items()} == {name: w.shape for name, w in before.items()}
    assert not after["model.layers.0.self_attn.o_proj.weight"].equal(before["model.layers.0.self_attn.o_proj.weight"])
    assert after["model.embed_tokens.weight"].equal(before["model.embed_tokens.weight"])
    assert (merged.kind, merged.name) == (Kind.MERGED, "josi-small")


def test_the_same_base_and_adapter_give_the_same_model(small: Small, adapter: Artifact, merged: Artifact) -> None:
    store, base, _ = small

    assert merge_adapter(base, adapter, store) == merged


def test_an_adapter_that_changes_nothing_is_refused(small: Small, adapter: Artifact, tmp_path: Path) -> None:
    """The trap: wrapping a model twice on resume drops the adapter without a word."""
    from safetensors.torch import load_file, save_file

    store, base, _ = small
    for path in store.fetch(adapter).iterdir():
        if path.suffix == ".json" and path.name.startswith("adapter"):
            (tmp_path / path.name).write_bytes(path.read_bytes())
    weights = load_file(store.fetch(adapter) / "adapter_model.safetensors")
    save_file({name: weight * 0 for name, weight in weights.items()}, tmp_path / "adapter_model.safetensors")
    idle = store.put(tmp_path, Kind.ADAPTER, "idle")

    with pytest.raises(ExportError, match="does not change its base"):
        merge_adapter(base, idle, store)


def test_an_adapter_whose_bytes_changed_is_not_merged(small: Small, adapter: Artifact, store: FolderStore) -> None:
    shop, base, _ = small
    copies = [store.put(shop.fetch(artifact), artifact.kind, artifact.name) for artifact in (base, adapter)]
    path = store.fetch(adapter) / "adapter_model.safetensors"
    path.chmod(0o644)
    path.write_bytes(with_another_end(path.read_bytes()))

    assert copies == [base, adapter]
    with pytest.raises(DigestMismatch):
        merge_adapter(base, adapter, store)


def test_the_exported_file_is_a_q4_k_m_that_loads_and_answers(small: Small, build: Build) -> None:
    store, _, data = small
    shipped = store.fetch(build.gguf) / "josi-small-q4_k_m.gguf"
    example = held_out(store.fetch(data))[0]

    fields = GGUFReader(shipped).fields
    with LlamaModel(shipped) as model:
        said = model.complete(
            chat.prompt(example.messages[:-1]), max_new_tokens=32, temperature=0.0, stop=chat.CHATML.stop
        )

    assert fields["general.file_type"].contents() == 15  # LLAMA_FTYPE_MOSTLY_Q4_K_M in llama.h
    assert fields["general.architecture"].contents() == "qwen2"
    assert fields["tokenizer.ggml.pre"].contents() == "qwen2"
    assert said == example.messages[-1].content


def test_the_export_leaves_a_record_of_parity_and_no_f16_file(small: Small, build: Build) -> None:
    store, _, _ = small

    record = Parity.model_validate_json(store.file(build.parity).read_bytes())

    assert [rung.step for rung in record.rungs] == ["f16", "quantized"]
    assert all(rung.rate >= FLOOR[rung.step] and rung.total == 12 for rung in record.rungs)
    assert (record.tokenized, record.tokenized_differently) == (12, ())
    assert sorted(path.name for path in store.fetch(build.gguf).glob("*.gguf")) == [
        "josi-small-q4_k_m.gguf",
        "josi-small-q4_k_m.gguf-v2.gguf",
    ]


def test_the_same_model_gives_the_same_file(small: Small, merged: Artifact, build: Build) -> None:
    store, _, data = small

    again = export_gguf(Role.INTERPRETER, merged, data, "josi-small", Quant(legacy_header=True), store, TOOLS)

    assert again == build


def test_a_legacy_copy_says_version_2_and_is_the_same_after_that(small: Small, build: Build) -> None:
    folder = small[0].fetch(build.gguf)
    new, old = (folder / f"josi-small-q4_k_m.{end}" for end in ("gguf", "gguf-v2.gguf"))

    assert old.read_bytes()[:8] == b"GGUF" + struct.pack("<I", 2)
    assert new.read_bytes()[:8] == b"GGUF" + struct.pack("<I", 3)
    assert old.read_bytes()[8:] == new.read_bytes()[8:]
    assert [t.name for t in GGUFReader(old).tensors] == [t.name for t in GGUFReader(new).tensors]
    with LlamaModel(old) as model:
        assert model.tokenize("run")


def test_what_is_no_gguf_gets_no_legacy_copy(tmp_path: Path) -> None:
    (tmp_path / "a.gguf").write_bytes(b"PK\x03\x04 something else")

    with pytest.raises(ExportError, match="no GGUF file"):
        legacy_copy(tmp_path / "a.gguf", tmp_path / "b.gguf")
    assert not (tmp_path / "b.gguf").exists()


def test_the_bases_pre_tokenizer_is_qwen2s(small: Small) -> None:
    store, base, _ = small

    assert splits_like_qwen2(store.fetch(base) / "tokenizer.json")


CHANGES: dict[str, Any] = {
    "another pattern": lambda steps: steps[0].update(pattern={"Regex": r"\s+|\S+"}),
    "one letter of the pattern": lambda steps: steps[0]["pattern"].update(
        Regex=steps[0]["pattern"]["Regex"].replace(r"\p{N}|", r"\p{N}+|")
    ),
    "a pattern that is a string": lambda steps: steps[0].update(pattern={"String": steps[0]["pattern"]["Regex"]}),
    "another behaviour": lambda steps: steps[0].update(behavior="Removed"),
    "an inverted split": lambda steps: steps[0].update(invert=True),
    "a space put first": lambda steps: steps[1].update(add_prefix_space=True),
    "a split of the byte level's own": lambda steps: steps[1].update(use_regex=True),
    "no byte level": lambda steps: steps.pop(),
    "another order": lambda steps: steps.reverse(),
    "one step more": lambda steps: steps.append({"type": "Digits", "individual_digits": True}),
}


@pytest.mark.parametrize("change", CHANGES)
def test_any_other_pre_tokenizer_is_not_qwen2s(small: Small, tmp_path: Path, change: str) -> None:
    store, base, _ = small
    found = json.loads((store.fetch(base) / "tokenizer.json").read_text("utf-8"))
    CHANGES[change](found["pre_tokenizer"]["pretokenizers"])
    (tmp_path / "tokenizer.json").write_text(json.dumps(found), "utf-8")

    assert not splits_like_qwen2(tmp_path / "tokenizer.json")


def test_no_pre_tokenizer_is_not_qwen2s(tmp_path: Path) -> None:
    (tmp_path / "tokenizer.json").write_text('{"pre_tokenizer": null}')

    assert not splits_like_qwen2(tmp_path / "tokenizer.json")


def test_a_converter_that_fails_says_why_and_what_to_do(small: Small, tmp_path: Path) -> None:
    store, base, _ = small
    for name in ("config.json", "tokenizer.json", "tokenizer_config.json"):
        (tmp_path / name).write_bytes((store.fetch(base) / name).read_bytes())
    config = json.loads((tmp_path / "config.json").read_text())
    (tmp_path / "config.json").write_text(json.dumps({**config, "architectures": ["JosiForCausalLM"]}))

    with pytest.raises(ExportError, match=r"(?s)converter failed.*JosiForCausalLM.*make setup"):
        to_f16(tmp_path, tmp_path / "f16.gguf", TOOLS)


def test_a_missing_converter_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="make setup"):
        to_f16(tmp_path, tmp_path / "f16.gguf", tmp_path)


def test_a_line_separator_in_a_text_does_not_cut_its_row(store: FolderStore) -> None:
    """The trap: splitlines also splits at U+2028 and U+0085, which JSON leaves as they are."""
    rows = [example(f"one{mark}two", "run") for mark in ("\u2028", "\u2029", "\x85")]

    read = [row for one in rows for row in held_out(store.fetch(put_examples(store, [one])))]

    assert read == rows


def _rung(step: str, agree: int, total: int = 50) -> Rung:
    differences = (Difference(prompt="p", expected="run", got="bike"),) if agree < total else ()
    return Rung(step=step, agree=agree, total=total, differences=differences)


@pytest.mark.parametrize(
    ("f16", "quantized", "low"),
    [(50, 50, []), (49, 45, []), (48, 50, ["f16"]), (50, 44, ["quantized"]), (0, 0, ["f16", "quantized"])],
)
def test_the_ladder_names_the_step_that_changed_answers(f16: int, quantized: int, low: list[str]) -> None:
    parity = Parity(
        role=Role.INTERPRETER,
        rungs=(_rung("f16", f16), _rung("quantized", quantized)),
        tokenized=50,
        tokenized_differently=(),
    )

    faults = parity.faults()

    assert [fault.split(":")[0] for fault in faults] == low
    assert all("'run' became 'bike'" in fault for fault in faults)


def test_a_text_that_tokenizes_differently_is_a_fault_by_itself() -> None:
    parity = Parity(
        role=Role.EXPLAINER,
        rungs=(_rung("f16", 50), _rung("quantized", 50)),
        tokenized=50,
        tokenized_differently=("a  b",),
    )

    assert parity.faults() == ["1 of 50 texts tokenize differently, e.g. 'a  b'"]


def test_a_file_of_another_model_does_not_pass(small: Small, merged: Artifact, tmp_path: Path) -> None:
    """The base's GGUF is whole and coherent, and it is not the merged model's."""
    store, base, data = small
    other = tmp_path / "base.gguf"
    to_f16(store.fetch(base), other, TOOLS)

    with pytest.raises(ParityError, match=r"f16: \d+ of 12 answers.*quant.type=q8_0"):
        climb(Role.INTERPRETER, store.fetch(merged), other, other, held_out(store.fetch(data)))


def test_without_a_prompt_to_compare_on_nothing_ships(small: Small, merged: Artifact) -> None:
    store, _, _ = small
    bare = store.put_bytes(b"\n", "validation.jsonl", Kind.CORPUS, "bare")

    with pytest.raises(ExportError, match="no held-out prompt"):
        export_gguf(Role.INTERPRETER, merged, bare, "josi-small", Quant(), store, TOOLS)
