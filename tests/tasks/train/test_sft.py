"""Fine-tuning for real, on a base that was made in seconds."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from blocks.recipe import SFT
from blocks.store import FolderStore
from josi.errors import MissingArtifact
from josi.records import Artifact
from tasks.train.callbacks import COMPLETE, checkpoint_to_resume
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


def _train(small: Small, work: Path, sft: SFT = QUICK) -> dict[str, list[list[float]]]:
    store, base, data = small
    artifact = fine_tune("small", sft, "tiny-qwen2", base, data, store, work)
    found: dict[str, list[list[float]]] = json.loads((store.fetch(artifact) / "training.json").read_text())
    return found


def test_the_loss_falls_and_the_gradient_is_not_zero(small: Small, tmp_path: Path) -> None:
    summary = _train(small, tmp_path)

    losses = [loss for _, loss in summary["loss"]]
    assert losses[-1] < losses[0]
    assert all(norm > 0 for _, norm in summary["gradient_norm"])


def test_progress_is_told(small: Small, tmp_path: Path) -> None:
    store, base, data = small
    points: list[Progress] = []

    fine_tune("small", QUICK, "tiny-qwen2", base, data, store, tmp_path, points.append)

    assert points[-1].step == points[-1].steps == 36


def test_the_same_seed_gives_the_same_adapter_and_another_does_not(small: Small, tmp_path: Path) -> None:
    store, base, data = small
    made = [
        fine_tune("small", QUICK.model_copy(update={"seed": seed}), "tiny-qwen2", base, data, store, tmp_path / str(i))
        for i, seed in enumerate((1, 1, 2))
    ]
    weights = [(store.fetch(one) / "adapter_model.safetensors").read_bytes() for one in made]

    assert weights[0] == weights[1] != weights[2]


def test_an_adapter_names_no_place_of_this_machine(small: Small, tmp_path: Path) -> None:
    store, base, data = small
    artifact = fine_tune("small", QUICK, "tiny-qwen2", base, data, store, tmp_path)

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
root, work, sft, base, data = sys.argv[1:]
fine_tune("small", SFT.model_validate_json(sft), "tiny-qwen2", Artifact.model_validate_json(base),
          Artifact.model_validate_json(data), FolderStore(Path(root)), Path(work))
"""


def test_killed_in_mid_training_it_goes_on_without_a_jump(small: Small, tmp_path: Path) -> None:
    """The trap: a second wrap on resume drops the adapter, and the loss jumps back to where it began."""
    store, base, data = small
    long = QUICK.model_copy(update={"epochs": 20.0})
    whole = _train(small, tmp_path / "whole", long)
    work = tmp_path / "killed"
    arguments = [str(store.root), str(work), *(r.model_dump_json() for r in (long, base, data))]
    process = subprocess.Popen([sys.executable, "-c", KILLED, *arguments], env=os.environ)
    _wait_for_checkpoint(work, process)
    process.send_signal(signal.SIGKILL)
    process.wait()
    resumed_from = checkpoint_to_resume(work)

    resumed = _train(small, work, long)

    assert resumed_from is not None
    assert resumed["loss"] == whole["loss"]


def _wait_for_checkpoint(work: Path, process: "subprocess.Popen[bytes]", seconds: float = 120) -> None:
    until = time.monotonic() + seconds
    while checkpoint_to_resume(work) is None:
        assert process.poll() is None, "training ended before its first checkpoint"
        assert time.monotonic() < until
        time.sleep(0.02)


def test_a_checkpoint_that_was_cut_off_does_not_count(tmp_path: Path) -> None:
    (tmp_path / "checkpoint-10").mkdir()
    (tmp_path / "checkpoint-5").mkdir()
    (tmp_path / "checkpoint-5" / COMPLETE).touch()

    found = checkpoint_to_resume(tmp_path)

    assert found is not None
    assert found.name == "checkpoint-5"


def test_training_on_what_the_store_does_not_hold_says_so(small: Small, tmp_path: Path) -> None:
    store, base, data = small
    gone = base.model_copy(update={"sha256": "0" * 64})

    with pytest.raises(MissingArtifact):
        fine_tune("small", QUICK, "tiny-qwen2", gone, data, store, tmp_path)
