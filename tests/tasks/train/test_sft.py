"""Fine-tuning for real, on a base that was made in seconds."""

import json
import os
import signal
import subprocess
import sys
import time

import pytest

from blocks.recipe import SFT
from blocks.store import FolderStore
from josi.errors import MissingArtifact
from josi.records import Artifact, Kind
from tasks.train.progress import Progress
from tasks.train.sft import fine_tune

Small = tuple[FolderStore, Artifact, Artifact]
QUICK = SFT(
    learning_rate=5e-3,
    epochs=6,
    batch_size=8,
    accumulation=1,
    max_length=128,
    rank=8,
    alpha=16,
    dropout=0.1,
    save_steps=5,
    gradient_checkpointing=False,
)


def _train(small: Small, sft: SFT = QUICK) -> dict[str, list[list[float]]]:
    store, base, data = small
    artifact = fine_tune("small", sft, "tiny-qwen2", base, data, store)
    found: dict[str, list[list[float]]] = json.loads((store.fetch(artifact) / "training.json").read_text())
    return found


def test_the_loss_falls_and_the_gradient_is_not_zero(small: Small) -> None:
    summary = _train(small)

    losses = [loss for _, loss in summary["loss"]]
    assert losses[-1] < losses[0]
    assert all(norm > 0 for _, norm in summary["gradient_norm"])


def test_progress_is_told(small: Small) -> None:
    store, base, data = small
    points: list[Progress] = []

    fine_tune("small", QUICK, "tiny-qwen2", base, data, store, points.append)

    assert points[-1].step == points[-1].steps == 36


def test_the_same_seed_gives_the_same_adapter_and_another_does_not(small: Small) -> None:
    store, base, data = small
    made = [
        fine_tune("small", QUICK.model_copy(update={"seed": seed}), "tiny-qwen2", base, data, store)
        for seed in (1, 1, 2)
    ]
    weights = [(store.fetch(one) / "adapter_model.safetensors").read_bytes() for one in made]

    assert weights[0] == weights[1] != weights[2]


def test_an_adapter_names_no_place_of_this_machine(small: Small) -> None:
    store, base, data = small
    artifact = fine_tune("small", QUICK, "tiny-qwen2", base, data, store)

    text = (store.fetch(artifact) / "adapter_config.json").read_text()
    assert base.identity in text
    assert str(store.root) not in text


KILLED = """
import sys
from pathlib import Path
from blocks.recipe import SFT
from blocks.store import FolderStore
from josi.records import Artifact
from tasks.train.sft import fine_tune
root, sft, base, data = sys.argv[1:]
fine_tune("small", SFT.model_validate_json(sft), "tiny-qwen2", Artifact.model_validate_json(base),
          Artifact.model_validate_json(data), FolderStore(Path(root)))
"""
LONG = QUICK.model_copy(update={"epochs": 20.0})  # 120 steps, six an epoch


def _start(small: Small, sft: SFT) -> "subprocess.Popen[bytes]":
    store, base, data = small
    arguments = [str(store.root), *(record.model_dump_json() for record in (sft, base, data))]
    return subprocess.Popen([sys.executable, "-c", KILLED, *arguments], env=os.environ)


def _wait_for_checkpoint(
    store: FolderStore, process: "subprocess.Popen[bytes]", step: int, seconds: float = 120
) -> None:
    until = time.monotonic() + seconds
    while not any(int(one.name.rpartition("-")[2]) >= step for one in store.named(Kind.CHECKPOINT)):
        assert process.poll() is None, "training ended before its first checkpoint"
        assert time.monotonic() < until
        time.sleep(0.02)


@pytest.mark.parametrize(
    "step", [pytest.param(5, id="in the first epoch", marks=pytest.mark.slow), pytest.param(15, id="in a later epoch")]
)
def test_killed_in_mid_training_it_goes_on_without_a_jump(small: Small, step: int) -> None:
    """The traps: a second wrap on resume drops the adapter, and the loss jumps back to where it began. The order of a
    later epoch's rows is drawn from a generator whose state the library does not keep.
    """
    store, base, data = small
    whole = _train(small, LONG)
    assert list(store.named(Kind.CHECKPOINT)) == [], "what is made needs no checkpoint"
    process = _start(small, LONG)
    _wait_for_checkpoint(store, process, step)
    process.send_signal(signal.SIGKILL)
    process.wait()
    points: list[Progress] = []

    resumed = fine_tune("small", LONG, "tiny-qwen2", base, data, store, points.append)

    assert points[0].step > step, "it began anew"
    assert json.loads((store.fetch(resumed) / "training.json").read_text())["loss"] == whole["loss"]
    assert list(store.named(Kind.CHECKPOINT)) == []
    assert list((store.root / "scratch").iterdir()) == [], "what the killed process left is still there"


@pytest.mark.slow
def test_two_processes_may_train_the_same_at_once(small: Small) -> None:
    store, *_ = small
    sft = LONG.model_copy(update={"seed": 3})
    other = _start(small, sft)
    _wait_for_checkpoint(store, other, 5)

    mine = _train(small, sft)

    assert other.wait(timeout=120) == 0
    assert list(store.named(Kind.CHECKPOINT)) == []
    assert mine["loss"] == _train(small, sft)["loss"], "one disturbed the other"


def test_training_on_what_the_store_does_not_hold_says_so(small: Small) -> None:
    store, base, data = small
    gone = base.model_copy(update={"sha256": "0" * 64})

    with pytest.raises(MissingArtifact):
        fine_tune("small", QUICK, "tiny-qwen2", gone, data, store)
