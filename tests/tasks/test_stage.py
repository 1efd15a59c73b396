"""Every cached task has a key that names all it depends on. Keys are computed here, without a server.

The trap: an argument without an identity raises inside `compute_key`, which Prefect only logs before it runs the task
uncached.
"""

import inspect
import json
import re
from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from prefect import flow, task

from blocks.order import TrainOrder
from blocks.recipe import SFT, load
from blocks.settings import Settings
from josi.examples import Corpus
from josi.records import Artifact, Kind, Record, Role, sha256_hex
from tasks.data.quality.material import Standard
from tasks.evaluate.beside import Floor
from tasks.stage import Stage, by_hand, identity_of
from tasks.train.elsewhere import Training
from tests.stages import cached_tasks, policy_of

RECIPE = load("tiny")
TASKS = cached_tasks()


def _artifact(kind: Kind, name: str) -> Artifact:
    return Artifact(kind=kind, name=name, sha256=sha256_hex(f"{kind} {name}".encode()), size=1)


def _each(kind: Kind, name: str) -> dict[Role, Artifact]:
    return {role: _artifact(kind, f"{name}-{role}") for role in Role}


# What the flows hand to each cached task.
ARGUMENTS: dict[str, dict[str, Any]] = {
    "prepare": {"mix": RECIPE.data, "sources": _artifact(Kind.SOURCE, "text")},
    "quality": {
        "corpus": Corpus(
            sets=_each(Kind.CORPUS, "set"),
            pairs=_artifact(Kind.CORPUS, "pairs"),
            scenarios=_artifact(Kind.CORPUS, "scenarios"),
            report=_artifact(Kind.REPORT, "data"),
        ),
        "standard": Standard.of(RECIPE),
        "vocabularies": {"ggml-vocab-qwen2.gguf": "5e" * 32},
    },
    "base": {"spec": RECIPE.base, "sets": _each(Kind.CORPUS, "set")},
    "train": {
        "name": RECIPE.model_name(Role.INTERPRETER),
        "sft": RECIPE.sft[Role.INTERPRETER],
        "base_name": RECIPE.base.name,
        "base": _artifact(Kind.BASE, "tiny-qwen2"),
        "data": _artifact(Kind.CORPUS, "interpreter"),
    },
    "train elsewhere": {
        "training": Training(base=RECIPE.base, sft=dict(RECIPE.sft), sets=_each(Kind.CORPUS, "set")),
    },
    "merge": {
        "base": _artifact(Kind.BASE, "tiny-qwen2"),
        "adapter": _artifact(Kind.ADAPTER, "josi-tiny-interpreter"),
    },
    "export": {
        "role": Role.EXPLAINER,
        "merged": _artifact(Kind.MERGED, "josi-tiny-explainer"),
        "data": _artifact(Kind.CORPUS, "explainer"),
        "file_name": RECIPE.model_name(Role.EXPLAINER),
        "quant": RECIPE.quant,
    },
    "evaluate": {
        "ggufs": _each(Kind.GGUF, "josi-tiny-q4_k_m"),
        "runtime": _artifact(Kind.RUNTIME, "josi-tiny"),
        "scenarios": _artifact(Kind.CORPUS, "scenarios"),
        "parity": _each(Kind.PARITY, "josi-tiny-q4_k_m"),
        "baseline": None,
        "floor": Floor(rows=3, right={"known": (True, False)}),
    },
    "floor": {"rows": _artifact(Kind.CORPUS, "interpreter"), "scenarios": _artifact(Kind.CORPUS, "scenarios")},
}
# What a record holds and its identity leaves out, for it cannot change a result.
SAME_RESULT: dict[type[Record], set[str]] = {SFT: {"tracking", "save_steps"}}
every_task = pytest.mark.parametrize("name", ARGUMENTS)


def _key(name: str, arguments: Mapping[str, Any]) -> str:
    return policy_of(TASKS[name]).compute_key(None, dict(arguments), {})


def _others(value: object) -> Iterator[object]:
    """Values that differ from this one in one thing."""
    if isinstance(value, Record):
        yield from (value.model_copy(update=change) for change in _changes(value))
    elif isinstance(value, Mapping):
        for key in value:
            yield {other: part for other, part in value.items() if other != key}
            yield from ({**value, key: other} for other in _others(value[key]))
    elif isinstance(value, StrEnum):
        yield next(other for other in type(value) if other is not value)
    elif isinstance(value, str):
        yield from (f"0{value}", value.upper()) if re.search("[a-z]", value) else (f"0{value}",)
    elif isinstance(value, bool):
        yield not value
    elif isinstance(value, int | float):
        yield value + 1
    elif value is None:
        yield _artifact(Kind.REPORT, "other")


def _changes(record: Record) -> Iterator[dict[str, object]]:
    if isinstance(record, Artifact):  # its size follows from its bytes
        yield {"sha256": sha256_hex(record.sha256.encode())}
        yield {"name": f"{record.name}-2"}
        yield {"kind": next(kind for kind in Kind if kind is not record.kind)}
        return
    for field in set(type(record).model_fields) - SAME_RESULT.get(type(record), set()):
        yield from ({field: other} for other in _others(getattr(record, field)))


def test_every_cached_task_is_looked_at_here() -> None:
    assert set(TASKS) == set(ARGUMENTS)
    for name, found in TASKS.items():
        named = [key for key in inspect.signature(found.fn).parameters if key not in policy_of(found).besides]
        assert list(ARGUMENTS[name]) == named, name


def test_no_two_stages_share_a_name() -> None:
    names = [policy_of(found).name for found in TASKS.values()]

    assert sorted(names) == ["base", "data", "evaluate", "export", "floor", "merge", "quality", "train", "training"]


@every_task
def test_a_key_can_be_read_and_names_no_place(name: str) -> None:
    policy = policy_of(TASKS[name])

    stage, _, named = _key(name, ARGUMENTS[name]).partition("/")

    assert stage == f"{policy.name}@{policy.version}"
    assert re.fullmatch(r"[a-z0-9._+-]+", named), named
    assert named.startswith(identity_of(ARGUMENTS[name][min(ARGUMENTS[name])]))


@every_task
def test_equal_arguments_in_any_order_have_one_key(name: str) -> None:
    copied = {
        key: type(value).model_validate_json(value.model_dump_json()) if isinstance(value, Record) else value
        for key, value in reversed(ARGUMENTS[name].items())
    }
    turned = {key: dict(reversed(value.items())) if isinstance(value, dict) else value for key, value in copied.items()}

    assert _key(name, turned) == _key(name, ARGUMENTS[name])


@every_task
def test_every_thing_that_differs_gives_another_key(name: str) -> None:
    keys = [_key(name, ARGUMENTS[name])]
    for key, value in ARGUMENTS[name].items():
        keys += [_key(name, {**ARGUMENTS[name], key: other}) for other in _others(value)]

    assert len(keys) > len(ARGUMENTS[name])
    assert len(set(keys)) == len(keys)


def test_watching_and_saving_a_training_make_no_new_key() -> None:
    sft = RECIPE.sft[Role.INTERPRETER]

    watched = sft.model_copy(update={"tracking": "tensorboard", "save_steps": sft.save_steps + 1})

    assert watched != sft
    assert _key("train", {**ARGUMENTS["train"], "sft": watched}) == _key("train", ARGUMENTS["train"])


@every_task
def test_the_longest_key_is_still_a_file_name(name: str) -> None:
    def lengthened(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: lengthened(part) for key, part in value.items()}
        return value.model_copy(update={"name": "n" * 90}) if isinstance(value, Artifact) else value

    arguments = {key: lengthened(value) for key, value in ARGUMENTS[name].items()}
    if name == "evaluate":
        arguments["baseline"] = _artifact(Kind.REPORT, "b" * 90)

    assert all(len(part.encode()) <= 255 for part in _key(name, arguments).split("/"))
    last = list(arguments)[-1]
    for other in _others(arguments[last]):
        assert _key(name, {**arguments, last: other}) != _key(name, arguments), "the end of a long key counts too"


def test_a_new_version_has_a_key_of_its_own() -> None:
    arguments = ARGUMENTS["merge"]

    assert Stage(name="merge", version=2).compute_key(None, arguments, {}).startswith("merge@2/")


@pytest.mark.parametrize(
    "others",
    [
        ("Josi", "josi", "JOSI"),
        (None, "None", "NONE"),
        ("a b", "a-b", "a/b", "a\\b", "../a", "a+b", "é", "e\u0301", "ab", ""),
    ],
)
def test_names_that_differ_in_anything_have_identities_that_differ_in_more_than_case(
    others: tuple[str | None, ...],
) -> None:
    """A cached result is a file, and there are file systems on which `A` and `a` are one file."""
    shown = [identity_of(value) for value in others]

    assert len({text.lower() for text in shown}) == len(others)
    assert all(re.fullmatch(r"[a-z0-9._-]+", text) for text in shown)


def test_nothing_is_none_and_a_plain_name_is_shown_as_it_is() -> None:
    assert identity_of(None) == "none"
    assert identity_of("josi-v5.1-interpreter") == "josi-v5.1-interpreter"


@pytest.mark.parametrize("value", [Path("data"), 3, 0.5, True, b"x", ["a"], object()])
def test_what_has_no_identity_is_refused(value: object) -> None:
    with pytest.raises(TypeError, match="has no identity"):
        identity_of(value)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("JOSI_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def _spoil(artifact: Artifact) -> None:
    path = Settings().store.file(artifact)
    path.chmod(0o644)
    path.write_bytes(b"spoilt")


Wrap = Callable[[Any], Any]


@pytest.mark.parametrize(
    "wrap",
    [
        pytest.param(lambda value: value, id="an artifact"),
        pytest.param(lambda value: {"__class__": "x.Build", "data": {"gguf": value}}, id="a record that holds it"),
        pytest.param(lambda value: {"sets": {"interpreter": [value]}}, id="deep inside"),
    ],
)
def test_a_cached_result_is_forgotten_when_its_artifact_is_damaged(home: Path, wrap: Wrap) -> None:
    whole, spoilt = (Settings().store.put_bytes(data, "f", Kind.MERGED, "m") for data in (b"1", b"2"))
    files = {}
    for artifact in (whole, spoilt):
        key = Stage(name="probe").compute_key(None, {"artifact": artifact}, {})
        files[artifact] = Settings().results_folder / key
        files[artifact].parent.mkdir(parents=True, exist_ok=True)
        files[artifact].write_text(json.dumps({"result": json.dumps(wrap(artifact.model_dump(mode="json")))}))
    _spoil(spoilt)

    for artifact in files:
        Stage(name="probe").compute_key(None, {"artifact": artifact}, {})

    assert files[whole].exists()
    assert not files[spoilt].exists()


def test_prefect_reuses_what_is_whole_and_makes_anew_what_is_not(prefect: None) -> None:
    made: list[str] = []

    @task(cache_policy=Stage(name="probe", version=1))
    def probe(text: str) -> Artifact:
        made.append(text)
        return Settings().store.put_bytes(text.encode(), "f", Kind.REPORT, "probe")

    @flow
    def run(text: str) -> Artifact:
        return probe(text)

    text = uuid4().hex
    first = run(text)
    assert run(text) == first
    assert made == [text], "the second run was not cached"

    _spoil(first)
    assert run(text) == first
    assert made == [text, text]
    assert Settings().store.holds(first)


def test_who_trains_and_where_is_no_part_of_the_key() -> None:
    here, there = (
        policy_of(TASKS["train elsewhere"]).compute_key(None, {**ARGUMENTS["train elsewhere"], **who}, {})
        for who in ({"deployment": "train/train", "order": None}, {"deployment": "train/other", "order": TrainOrder()})
    )

    assert here == there


def test_what_is_trained_elsewhere_has_the_versions_of_what_trains() -> None:
    versions = [policy_of(TASKS[name]).version for name in ("base", "train")]

    assert policy_of(TASKS["train elsewhere"]).version == "{}.{}".format(*versions)


class Made(Record):
    artifact: Artifact


def _counted() -> tuple[list[str], Any]:
    """A cached task that notes each time it really works."""
    worked: list[str] = []

    @task(cache_policy=Stage(name="counted", version=1))
    def counted(word: str) -> Made:
        worked.append(word)
        return Made(artifact=Settings().store.put_bytes(word.encode(), "word.txt", Kind.REPORT, "word"))

    return worked, counted


def test_by_hand_a_result_is_made_once_and_then_found(home: Path) -> None:
    worked, counted = _counted()

    first, again, other = (by_hand(counted, Made, word=word) for word in ("one", "one", "two"))

    assert first == again != other
    assert worked == ["one", "two"]


def test_by_hand_what_prefect_has_kept_is_found(prefect: None) -> None:
    worked, counted = _counted()
    word = f"w{uuid4().hex}"

    @flow
    def run() -> Made:
        made: Made = counted(word)
        return made

    kept = run()

    assert by_hand(counted, Made, word=word) == kept
    assert worked == [word]


def test_by_hand_a_result_that_is_not_whole_is_made_anew(home: Path) -> None:
    worked, counted = _counted()
    made = by_hand(counted, Made, word="one")
    _spoil(made.artifact)

    assert by_hand(counted, Made, word="one") == made
    assert worked == ["one", "one"] and Settings().store.holds(made.artifact)
