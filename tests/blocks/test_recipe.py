"""A recipe is read whole or refused with every fault, and its identity is that of what it says."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import ValidationError

from blocks.recipe import RECIPES, SFT, Decoding, Mix, Quant, Recipe, TinyBase, load
from josi.errors import RecipeError, UsageError
from josi.records import Record, Role
from josi.runtime import RoleRuntime

SHIPPED = sorted(path.stem for path in RECIPES.glob("*.yaml"))


@pytest.fixture
def raw(tmp_path: Path) -> dict[str, Any]:
    """A small recipe as YAML gives it, with prompts of its own."""
    for role in Role:
        (tmp_path / f"{role}.txt").write_text(f"You are the {role}. é", "utf-8")
    return {
        "name": "small",
        "prefix": "josi-small",
        "base": {"kind": "tiny"},
        "data": {"prompts": {role.value: str(tmp_path / f"{role}.txt") for role in Role}},
        "sft": {role.value: {} for role in Role},
        "decoding": {role.value: {} for role in Role},
    }


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "small.yaml"


def _load(path: Path, raw: object, overrides: dict[str, Any] | None = None) -> Recipe:
    path.write_text(yaml.safe_dump(raw), "utf-8")
    return load(str(path), overrides)


def _faults(path: Path, raw: object, overrides: dict[str, Any] | None = None) -> tuple[str, ...]:
    with pytest.raises(RecipeError) as caught:
        _load(path, raw, overrides)
    assert caught.value.exit_code == 2
    assert str(path) in str(caught.value)
    return caught.value.faults


@pytest.mark.parametrize("name", SHIPPED)
def test_every_shipped_recipe_loads_under_its_own_name(name: str) -> None:
    recipe = load(name)

    assert recipe.name == name
    assert all(recipe.data.prompts[role] for role in recipe.roles)


def test_a_recipe_has_defaults_for_all_but_its_parts(path: Path, raw: dict[str, Any]) -> None:
    recipe = _load(path, raw)

    assert recipe.roles == (Role.INTERPRETER, Role.EXPLAINER)
    assert recipe.data.prompts[Role.EXPLAINER] == "You are the explainer. é"
    assert recipe.model_name(Role.INTERPRETER) == "josi-small-interpreter"


@pytest.mark.parametrize(
    ("dotted", "fault"),
    [
        ("basis", "basis: unknown key, did you mean base?"),
        ("sft.interpreter.learing_rate", "sft.interpreter.learing_rate: unknown key, did you mean learning_rate?"),
        ("data.eco", "data.eco: unknown key, did you mean echo?"),
        ("quant.tipe", "quant.tipe: unknown key, did you mean type?"),
        ("decoding.explainer.zzz", "decoding.explainer.zzz: unknown key"),
    ],
)
def test_an_unknown_key_is_refused_with_the_nearest_known_one(
    path: Path, raw: dict[str, Any], dotted: str, fault: str
) -> None:
    assert fault in _faults(path, raw, {dotted: 1})


def test_all_faults_are_shown_at_once(path: Path, raw: dict[str, Any]) -> None:
    raw["data"]["prompts"]["explainer"] = "nowhere.txt"
    raw["sft"]["explainer"] = {"rank": 0, "epoch": 3}
    del raw["prefix"]

    said = "\n".join(_faults(path, raw))

    assert "data.prompts.explainer: there is no file nowhere.txt" in said
    assert "sft.explainer.rank" in said
    assert "did you mean epochs?" in said
    assert "prefix: missing" in said


def test_overrides_reach_nested_keys_and_new_ones(path: Path, raw: dict[str, Any]) -> None:
    recipe = _load(path, raw, {"sft.interpreter.learning_rate": "1e-4", "quant.legacy_header": "true", "name": "other"})

    assert recipe.sft[Role.INTERPRETER].learning_rate == 1e-4
    assert recipe.sft[Role.EXPLAINER].learning_rate == SFT().learning_rate
    assert recipe.quant.legacy_header
    assert recipe.name == "other"


def test_an_override_changes_one_of_two_aliases(path: Path, raw: dict[str, Any]) -> None:
    """The trap: `explainer: *sft` in YAML gives both roles the very same mapping."""
    shared = {"epochs": 2}
    raw["sft"] = {"interpreter": shared, "explainer": shared}

    recipe = _load(path, raw, {"sft.interpreter.epochs": 5})

    assert "*id" in path.read_text()
    assert (recipe.sft[Role.INTERPRETER].epochs, recipe.sft[Role.EXPLAINER].epochs) == (5, 2)


def test_an_override_below_a_plain_value_is_refused(path: Path, raw: dict[str, Any]) -> None:
    assert _faults(path, raw, {"name.first": "x"}) == ("name.first: name has no keys of its own",)


@pytest.mark.parametrize("text", ["", "- a\n- b\n", "just words", "42"])
def test_what_is_no_mapping_is_no_recipe(path: Path, text: str) -> None:
    path.write_text(text)

    with pytest.raises(RecipeError, match="a recipe is a mapping of keys"):
        load(str(path))


def test_what_is_no_yaml_is_refused_with_the_line(path: Path) -> None:
    path.write_text("name: [tiny\nline: v5\n")

    with pytest.raises(RecipeError, match=r"not YAML.*line 2"):
        load(str(path))


def test_what_is_not_utf8_is_refused(path: Path, raw: dict[str, Any], tmp_path: Path) -> None:
    path.write_bytes(b"name: caf\xe9\n")
    with pytest.raises(RecipeError, match="not UTF-8"):
        load(str(path))

    (tmp_path / "explainer.txt").write_bytes(b"caf\xe9")
    (tmp_path / "interpreter.txt").write_bytes(b" \n")
    assert set(_faults(path, raw)) == {
        f"data.prompts.interpreter: {tmp_path / 'interpreter.txt'} is empty",
        f"data.prompts.explainer: {tmp_path / 'explainer.txt'} is not UTF-8",
    }


def test_an_unknown_recipe_names_the_known_ones() -> None:
    with pytest.raises(UsageError, match="Known: tiny, v5"):
        load("tinny")


OUT_OF_RANGE: dict[str, list[Any]] = {
    "name": ["Tiny", "", "a/b", "../x"],
    "line": ["5", "v", "v5x"],
    "prefix": ["", "Josi", "a b", "../josi", "a/b"],
    "roles": [[], ["engine"], ["interpreter", "interpreter"]],
    "base.kind": ["large"],
    "base.vocabulary": [258, 10**9],
    "base.hidden": [0, 100, 10**6],
    "base.layers": [0, 65],
    "base.feed_forward": [-64, 10],
    "base.heads": [0, 3, 64],
    "base.max_length": [31, 5000],
    "base.steps": [0],
    "base.batch_size": [0],
    "base.muon_learning_rate": [0, -1, 2, float("nan"), float("inf")],
    "base.adamw_learning_rate": [0, 1.5],
    "base.seed": [-1, 2**32],
    "data.seed": [-1, 2**32],
    "data.interpreter_examples": [-1, 1.5],
    "data.explainer_examples": [-1],
    "data.validation_share": [0, 0.5],
    "data.max_words": [9, 401],
    "data.max_bad_share": [-0.1, 1.1],
    "data.answers_per_group": [-1],
    "data.explainer_text": ["questions", 3],
    "data.long_share": [-0.1, 1.1],
    "data.confidence": ["perhaps"],
    "data.preference_pairs": [-1],
    "data.echo": ["engine"],
    "quant.type": ["q2_k"],
    "quant.legacy_header": ["perhaps"],
    "needs_gpu": ["perhaps"],
    "sft.explainer.epochs": [0, 51],
    "sft.explainer.max_steps": [-2],
    "sft.explainer.learning_rate": [0, 1.1, float("nan")],
    "sft.explainer.batch_size": [0],
    "sft.explainer.accumulation": [0],
    "sft.explainer.max_length": [31, 32769],
    "sft.explainer.rank": [0, 513],
    "sft.explainer.alpha": [0],
    "sft.explainer.dropout": [-0.1, 1],
    "sft.explainer.warmup": [-0.1, 1],
    "sft.explainer.save_steps": [0],
    "sft.explainer.gradient_checkpointing": ["perhaps"],
    "sft.explainer.packing": ["perhaps"],
    "sft.explainer.tracking": ["mlflow"],
    "sft.explainer.seed": [-1],
    "decoding.interpreter.temperature": [-0.1, 2.1],
    "decoding.interpreter.max_new_tokens": [0, 4097],
    "decoding.interpreter.context_tokens": [255, 32769],
    "decoding.interpreter.grounded": ["perhaps"],
}


@pytest.mark.parametrize(
    ("dotted", "value"), [(key, value) for key, values in OUT_OF_RANGE.items() for value in values]
)
def test_a_value_out_of_range_is_refused_with_its_name(
    path: Path, raw: dict[str, Any], dotted: str, value: object
) -> None:
    faults = _faults(path, raw, {dotted: value})

    assert dotted.rpartition(".")[2] in faults[0]
    assert "unknown key" not in faults[0]


def test_every_number_and_choice_of_a_recipe_has_a_range_here() -> None:
    parts: dict[str, type[Record]] = {
        "base": TinyBase,
        "data": Mix,
        "sft.explainer": SFT,
        "quant": Quant,
        "decoding.interpreter": Decoding,
    }
    leaves = {f"{part}.{key}" for part, model in parts.items() for key in model.model_fields}

    assert leaves - set(OUT_OF_RANGE) == {"base.name", "data.prompts"}


def test_decoding_has_the_ranges_of_what_ships() -> None:
    """Otherwise a recipe passes here and fails after its training, when runtime.json is written."""
    for values in ({"temperature": 2.1}, {"max_new_tokens": 0}, {"context_tokens": 255}):
        whole = {**Decoding().model_dump(), **values}
        with pytest.raises(ValidationError):
            Decoding.model_validate(whole)
        with pytest.raises(ValidationError):
            RoleRuntime.model_validate({"prompt": "x", **whole})


@pytest.mark.parametrize("part", ["data.prompts", "sft", "decoding"])
def test_a_role_without_its_part_is_refused_before_anything_runs(path: Path, raw: dict[str, Any], part: str) -> None:
    holder = raw
    for key in part.split("."):
        holder = holder[key]
    del holder["explainer"]

    assert _faults(path, raw) == (f"{part}.explainer: missing",)
    assert _load(path, raw, {"roles": ["interpreter"]}).roles == (Role.INTERPRETER,)


def test_a_base_that_nobody_catalogued_is_refused(path: Path, raw: dict[str, Any]) -> None:
    raw["base"] = {"kind": "catalogue", "name": "gpt-9"}

    (fault,) = _faults(path, raw)
    assert "base.name: there is no base gpt-9, known: tiny-qwen2" in fault


def test_heads_that_do_not_share_the_width_evenly_are_refused(path: Path, raw: dict[str, Any]) -> None:
    (fault,) = _faults(path, raw, {"base.heads": 6})

    assert "hidden 256 is no multiple of twice the 6 heads" in fault


def test_the_identity_follows_the_prompts_text_and_not_its_place(
    path: Path, raw: dict[str, Any], tmp_path: Path
) -> None:
    before = _load(path, raw)
    moved = tmp_path / "elsewhere.txt"
    moved.write_bytes((tmp_path / "explainer.txt").read_bytes())
    raw["data"]["prompts"]["explainer"] = str(moved)

    assert _load(path, raw).identity == before.identity
    moved.write_text("You are somebody else.")
    assert _load(path, raw).identity != before.identity


def test_no_place_of_this_machine_is_part_of_a_recipe(path: Path, raw: dict[str, Any], tmp_path: Path) -> None:
    assert str(tmp_path) not in _load(path, raw).model_dump_json()
