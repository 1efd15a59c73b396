"""What a candidate is made from: everything that can change it, and nothing else."""

from typing import Any

import pytest

from blocks import recipe as recipes
from blocks.store import FolderStore
from flows.candidate import STAGES
from josi.approval import evidence_of
from josi.candidate import Candidate
from josi.examples import Corpus
from josi.records import Artifact, Kind, Role
from tasks.release.seal import ingredients
from tests.candidates import small_candidate
from tests.stages import cached_tasks

RUNTIME = Artifact(kind=Kind.RUNTIME, name="josi-tiny", sha256="a" * 64, size=1)


def _artifact(name: str, sha256: str = "0") -> Artifact:
    return Artifact(kind=Kind.CORPUS, name=name, sha256=sha256 * 64, size=1)


CORPUS = Corpus(
    sets={role: _artifact(role) for role in Role},
    pairs=_artifact("pairs"),
    scenarios=_artifact("scenarios"),
    report=_artifact("data").model_copy(update={"kind": Kind.REPORT}),
)


def _made_from(**changes: Any) -> str:
    return ingredients(recipes.load("tiny", changes), CORPUS, RUNTIME, STAGES)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("sft.explainer.seed", 8),
        ("sft.interpreter.learning_rate", 0.5),
        ("base.steps", 3),
        ("quant.type", "f16"),
        ("prefix", "josi-other"),
        ("name", "other"),
    ],
)
def test_what_changes_the_result_is_something_new(key: str, value: object) -> None:
    assert _made_from(**{key: value}) != _made_from()


@pytest.mark.parametrize(
    ("key", "value"),
    [("sft.explainer.tracking", "tensorboard"), ("sft.explainer.save_steps", 3), ("needs_gpu", True)],
)
def test_where_and_how_it_is_made_is_nothing_new(key: str, value: object) -> None:
    assert _made_from(**{key: value}) == _made_from()


def test_other_data_scenarios_runtime_or_stages_are_something_new() -> None:
    recipe = recipes.load("tiny")
    data = CORPUS.model_copy(update={"sets": {**CORPUS.sets, Role.EXPLAINER: _artifact("explainer", "1")}})
    scenarios = CORPUS.model_copy(update={"scenarios": _artifact("scenarios", "1")})
    runtime = RUNTIME.model_copy(update={"sha256": "b" * 64})
    report = CORPUS.model_copy(update={"report": _artifact("report", "1")})

    made = {
        ingredients(recipe, data, RUNTIME, STAGES),
        ingredients(recipe, scenarios, RUNTIME, STAGES),
        ingredients(recipe, CORPUS, runtime, STAGES),
        ingredients(recipe, CORPUS, RUNTIME, STAGES[1:]),
        _made_from(),
    }

    assert len(made) == 5
    assert ingredients(recipe, report, RUNTIME, STAGES) == _made_from(), "what was left out is not learned from"


def test_it_can_be_read() -> None:
    made = _made_from()

    assert made.startswith("tiny-")
    assert "corpus-explainer-000000000000+corpus-interpreter-" in made
    assert made.count("@") == len(STAGES)


def test_every_stage_that_makes_a_candidate_is_counted() -> None:
    named = {stage.name for stage in STAGES}
    # The corpus is named by its bytes, and its gate changes nothing; "train elsewhere" asks for base and train.
    passes_on = {"prepare", "quality", "train elsewhere"}

    assert named == {name for name, found in cached_tasks().items() if _makes_candidates(found)} - passes_on


def _makes_candidates(found: Any) -> bool:
    return found.fn.__module__.split(".")[1] in {"data", "train", "export", "evaluate"}


def test_the_same_bytes_are_the_same_candidate_whatever_they_were_made_from(store: FolderStore) -> None:
    found = small_candidate(store)
    again = found.model_copy(update={"made_from": _made_from()})

    assert again.identity == found.identity
    assert evidence_of(again) == evidence_of(found)


def test_a_record_from_before_is_read_and_keeps_its_name(store: FolderStore) -> None:
    found = small_candidate(store)
    old = found.model_dump_json(exclude={"made_from"})

    assert Candidate.model_validate_json(old) == found
    assert Candidate.model_validate_json(old).digest == found.digest
