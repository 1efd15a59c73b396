import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from blocks.recipe import Inputs, Mix
from blocks.store import FolderStore
from josi.chat import user_turn
from josi.errors import DataError, UsageError
from josi.examples import Corpus, Example, Scenario
from josi.records import Artifact, Kind, Role
from josi.runtime import Echo
from tasks.data.cards import cards, refreshed
from tasks.data.draw import taught
from tasks.data.prepare import CARD, gather_sources, prepare, prepare_corpus
from tasks.data.report import Quarantined
from tasks.data.text import TEXT, load_text
from tasks.stage import Stage

Line = Callable[..., str]
REQUEST = '{"action": "explain", "question": "Why %d?", "free_text": "Why %d?"}'


def build(text: Path, mix: Mix, store: FolderStore, **inputs: tuple[Path, ...]) -> Corpus:
    return prepare_corpus(mix, gather_sources(Inputs(**inputs), store, text), store)


def rows(store: FolderStore, artifact: Artifact, name: str) -> list[Example]:
    return [Example.model_validate_json(line) for line in (store.fetch(artifact) / name).read_text().splitlines()]


def scenarios(store: FolderStore, corpus: Corpus, name: str) -> list[Scenario]:
    lines = (store.fetch(corpus.scenarios) / f"{name}.jsonl").read_text().splitlines()
    return [Scenario.model_validate_json(line) for line in lines]


@pytest.fixture
def extra(tmp_path: Path, line: Line) -> Path:
    path = tmp_path / "brought.jsonl"
    lines = [line(f"Why {i}?", REQUEST % (i, i), category="why") for i in range(40)]
    lines += [line(f"What about topic {i}?", f"Topic {i} is fine.") for i in range(40)]
    lines += ["broken", line("Sort me out with a ride, would you?", "Sure.")]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def test_both_sets_have_the_rows_asked_for_with_the_prompt_of_the_recipe(
    text: Path, mix: Mix, store: FolderStore
) -> None:
    corpus = build(text, mix, store)
    train = rows(store, corpus.sets[Role.INTERPRETER], "train.jsonl")

    assert len(train) == 40 and len(rows(store, corpus.sets[Role.INTERPRETER], "validation.jsonl")) == 4
    assert len(rows(store, corpus.sets[Role.EXPLAINER], "train.jsonl")) == 20
    assert {row.messages[0].content for row in train} == {"Say what is wanted."}
    assert [message.role for message in train[0].messages] == ["system", "user", "assistant"]


def test_what_the_runtime_writes_is_in_the_target_only_where_the_recipe_says_so(
    text: Path, mix: Mix, store: FolderStore
) -> None:
    for echo, has in ((Echo.RUNTIME, False), (Echo.MODEL, True)):
        corpus = build(text, mix.model_copy(update={"echo": echo}), store)
        targets = [row.messages[-1].content for row in rows(store, corpus.sets[Role.INTERPRETER], "train.jsonl")]
        assert {"free_text" in json.loads(target) for target in targets} == {has}
        assert all(next(iter(json.loads(target))) == "action" for target in targets)


def test_known_scenarios_share_families_but_no_text_with_training(text: Path, mix: Mix, store: FolderStore) -> None:
    corpus = build(text, mix, store)
    train = rows(store, corpus.sets[Role.INTERPRETER], "train.jsonl")
    validation = rows(store, corpus.sets[Role.INTERPRETER], "validation.jsonl")
    known = scenarios(store, corpus, "known")

    seen = {row.messages[1].content for row in train}
    assert known and {row.family for row in known} <= {row.family for row in train}
    assert not seen & {user_turn(row.message, row.context) for row in known}
    assert not seen & {row.messages[1].content for row in validation}
    assert {row.role for row in known} == {Role.INTERPRETER}
    assert len({row.name for row in known}) == len(known)


def test_each_evaluation_line_becomes_one_or_two_scenarios(text: Path, mix: Mix, store: FolderStore) -> None:
    corpus = build(text, mix, store)

    assert [row.expected.missing for row in scenarios(store, corpus, "red_flags")] == [("medical_clearance",)]
    assert {row.category for row in scenarios(store, corpus, "unseen")} == {"create_workout.plain", "lookalike.medical"}
    (explained,) = scenarios(store, corpus, "explainer")
    assert (explained.role, explained.must) == (Role.EXPLAINER, ("answer_first", "names_workout"))


def test_extra_rows_are_split_without_overlap_and_bad_ones_are_set_aside(
    text: Path, mix: Mix, store: FolderStore, extra: Path
) -> None:
    corpus = build(text, mix, store, data=(extra,))
    report = store.fetch(corpus.report)
    aside = [Quarantined.model_validate_json(line) for line in (report / "quarantine.jsonl").read_text().splitlines()]

    for role, own in ((Role.INTERPRETER, 40), (Role.EXPLAINER, 20)):
        train, held = (rows(store, corpus.sets[role], f"{name}.jsonl") for name in ("train", "validation"))
        brought, split = ([row for row in part if row.source == "brought.jsonl"] for part in (train, held))
        assert len(train) == own + len(brought) and len(brought) + len(split) == 40 and len(split) > 0
        assert not {row.messages[1].content for row in brought} & {row.messages[1].content for row in split}
    assert [(row.file, row.line) for row in aside] == [("brought.jsonl", 81), ("brought.jsonl", 82)]
    assert "evaluation" in aside[1].reason
    assert "brought.jsonl" in (report / "CARD.md").read_text()


def test_extra_targets_are_canonical_and_their_prompt_is_replaced_and_reported(
    text: Path, mix: Mix, store: FolderStore, tmp_path: Path
) -> None:
    path = tmp_path / "own.jsonl"
    messages = [
        {"role": "system", "content": "An old prompt."},
        {"role": "user", "content": "Why 1?\n\nCONTEXT:\n- Sport: running"},
        {"role": "assistant", "content": REQUEST % (1, 1)},
    ]
    path.write_text(json.dumps({"messages": messages}))
    corpus = build(text, mix.model_copy(update={"validation_share": 1e-9, "echo": Echo.MODEL}), store, data=(path,))
    (row,) = [r for r in rows(store, corpus.sets[Role.INTERPRETER], "train.jsonl") if r.source == "own.jsonl"]
    (replaced,) = json.loads((store.fetch(corpus.report) / "report.json").read_text())["replaced_prompts"]

    assert [m.content for m in row.messages] == [
        "Say what is wanted.",
        "Why 1?\n\nCONTEXT:\n- Sport: running",
        '{"action":"explain","free_text":"Why 1?","question":"Why 1?"}',
    ]
    assert (replaced["start"], replaced["rows"]) == ("An old prompt.", 1)


def test_a_validation_file_takes_the_place_of_the_split(
    text: Path, mix: Mix, store: FolderStore, extra: Path, line: Line
) -> None:
    held = extra.with_name("held.jsonl")
    held.write_text(line("Why 3?", REQUEST % (3, 3)))
    corpus = build(text, mix, store, data=(extra,), validation=(held,))
    train, validation = (rows(store, corpus.sets[Role.INTERPRETER], f"{n}.jsonl") for n in ("train", "validation"))

    assert [row.source for row in validation if row.source != "josi-forge"] == ["held.jsonl"]
    assert sum(row.source == "brought.jsonl" for row in train) == 39  # the pair held back is not trained on


def test_a_role_without_a_prompt_is_not_made(text: Path, mix: Mix, store: FolderStore, extra: Path) -> None:
    corpus = build(text, mix.model_copy(update={"prompts": {Role.EXPLAINER: "Explain it."}}), store, data=(extra,))

    assert set(corpus.sets) == {Role.EXPLAINER}
    assert "40 rows" in (store.fetch(corpus.report) / "report.json").read_text()


def test_sources_are_known_by_their_bytes_and_not_by_their_place(text: Path, store: FolderStore, extra: Path) -> None:
    elsewhere = extra.parent / "deep" / extra.name
    elsewhere.parent.mkdir()
    elsewhere.write_bytes(extra.read_bytes())
    other = extra.with_name("other.jsonl")
    other.write_text("{}")
    first = gather_sources(Inputs(data=(extra, other)), store, text)

    assert first.kind is Kind.SOURCE
    assert gather_sources(Inputs(data=(other, elsewhere, elsewhere)), store, text) == first
    assert gather_sources(Inputs(data=(extra,)), store, text) != first
    with pytest.raises(DataError, match="no data file"):
        gather_sources(Inputs(data=(extra.with_name("gone.jsonl"),)), store, text)


BUILD = """
from pathlib import Path; import sys
from blocks.recipe import Inputs, Mix; from blocks.store import FolderStore
from tasks.data.prepare import gather_sources, prepare_corpus
mix = Mix.model_validate_json(sys.argv[1]); store = FolderStore(Path(sys.argv[2]))
print(prepare_corpus(mix, gather_sources(Inputs(data=(Path(sys.argv[4]),)), store, Path(sys.argv[3])), store).identity)
"""


def test_the_same_input_gives_the_same_bytes_whatever_python_hashes(
    text: Path, mix: Mix, extra: Path, tmp_path: Path
) -> None:
    arguments = [mix.model_dump_json(), str(tmp_path / "there"), str(text), str(extra)]
    elsewhere = subprocess.run(
        [sys.executable, "-c", BUILD, *arguments],
        env={**os.environ, "PYTHONHASHSEED": "1", "PYTHONPATH": "."},  # this process has a random one
        check=True,
        capture_output=True,
        text=True,
    ).stdout.strip()

    assert build(text, mix, FolderStore(tmp_path / "here"), data=(extra,)).identity == elsewhere


def test_the_explainer_is_taught_the_files_that_the_mix_names(text: Path, mix: Mix, store: FolderStore) -> None:
    other = (text / "explainer/a.yaml").read_text().replace("I would like to do", "Could we fit in")
    (text / "explainer/b.yaml").write_text(other)
    project = load_text(text)

    assert {family.file for family in taught(project, mix)} == {"explainer/a.yaml", "explainer/b.yaml"}
    only = mix.model_copy(update={"explainer_text": ("b",)})
    assert {family.file for family in taught(project, only)} == {"explainer/b.yaml"}
    with pytest.raises(UsageError, match=r"no data/explainer/c\.yaml.* There are a, b\."):
        taught(project, mix.model_copy(update={"explainer_text": ("c",)}))


def test_another_seed_gives_other_rows(text: Path, mix: Mix, store: FolderStore) -> None:
    other = build(text, mix.model_copy(update={"seed": 8}), store)

    assert other.sets[Role.INTERPRETER] != build(text, mix, store).sets[Role.INTERPRETER]


def test_the_stage_is_cached_by_mix_and_sources(
    mix: Mix, text: Path, store: FolderStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JOSI_HOME", str(tmp_path / "home"))
    sources = gather_sources(Inputs(), store, text)
    policy = prepare.cache_policy
    assert isinstance(policy, Stage)
    key = policy.compute_key(None, {"mix": mix, "sources": sources}, {})

    assert key == f"data@{policy.version}/{mix.identity}+{sources.identity}"


def test_our_own_text_makes_enough_of_both_roles(store: FolderStore, mix: Mix) -> None:
    wanted = mix.model_copy(update={"interpreter_examples": 1500, "explainer_examples": 800})
    corpus = build(Path("data"), wanted, store)
    report = json.loads((store.fetch(corpus.report) / "report.json").read_text())

    assert report["sets"]["interpreter"]["train"]["rows"] == 1500
    assert report["sets"]["explainer"]["train"]["rows"] == 800
    assert report["refused"] == 0, report["findings"]
    assert 150 <= report["scenarios"]["known"] <= 200


def test_the_cards_hold_the_counts_of_the_text_they_describe() -> None:
    for name, table in cards(load_text(TEXT)).items():
        card = (TEXT / name / CARD).read_text("utf-8")
        assert card == refreshed(card, table), f"data/{name}/{CARD} is stale: run python -m tasks.data.cards"
        assert "Apache-2.0" in card and "Written by" in card
