"""The lineage: every part by digest, what this run did, the recipe, the code."""

import json
import re

from blocks import recipe as recipes
from blocks.checkout import commit
from blocks.store import FolderStore
from josi.candidate import Candidate
from josi.examples import Corpus
from josi.records import Artifact, Kind, Role
from tasks.release.lineage import Step, lineage
from tests.candidates import small_candidate

STEPS = (
    Step(name="prepare", how="found", seconds=0.1),
    Step(name="train-tiny", how="made", seconds=62.0, address="http://127.0.0.1:4200/runs/flow-run/1"),
)


def _corpus(candidate: Candidate) -> Corpus:
    scenarios = Artifact(kind=Kind.CORPUS, name="scenarios", sha256="5" * 64, size=7)
    pairs, report = (scenarios.model_copy(update={"sha256": digit * 64}) for digit in "76")
    return Corpus(sets=candidate.data, pairs=pairs, scenarios=scenarios, report=report)


def _text(store: FolderStore, **changes: object) -> str:
    made = small_candidate(store).model_copy(update={"made_from": "tiny-1f0c+corpus-a+base@1+train@7", **changes})
    return lineage(made, recipes.load("tiny"), _corpus(made), store, STEPS)


def test_every_part_is_named_with_its_digest_in_full(store: FolderStore) -> None:
    made = small_candidate(store)
    text = lineage(made, recipes.load("tiny"), _corpus(made), store)

    parts = [made.base, made.runtime, made.report, *made.data.values(), *made.adapters.values(), *made.ggufs.values()]
    for digest in (made.digest, *(part.sha256 for part in parts), "5" * 64, "6" * 64):
        assert digest in text
        assert digest[:12] in text
    assert "What this run did" not in text


def test_what_was_found_and_what_was_made_is_told_apart_and_linked(store: FolderStore) -> None:
    text = _text(store)

    assert "| prepare | found | 0.1 |" in text
    assert "| [train-tiny](http://127.0.0.1:4200/runs/flow-run/1) | **made** | 62.0 |" in text


def test_the_recipe_and_the_code_are_told(store: FolderStore) -> None:
    text = _text(store)

    assert "rank: 16" in text
    assert "prompts" not in re.split(r"## Recipe", text)[1].split("```")[1]
    assert "stages base@1, train@7." in text
    assert commit() in text


def test_training_is_told_in_numbers(store: FolderStore) -> None:
    kept = json.dumps({"steps": 9, "loss": [[1, 2.5], [9, 0.125]], "eval_loss": 0.5})
    adapter = store.put_bytes(kept.encode(), "training.json", Kind.ADAPTER, "josi-tiny-explainer")

    text = _text(store, adapters={Role.EXPLAINER: adapter})

    assert "| josi-tiny-explainer | 9 | 2.500 → 0.1250 | 0.5000 |" in text
