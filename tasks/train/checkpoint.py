"""Checkpoints of the tiny base's training: whole or not there, so that a killed process costs at most one interval."""

import json
import shutil
from pathlib import Path
from typing import Any

DONE = "DONE.json"  # written last; a folder without it does not count


class Checkpoints:
    """Keeps the newest whole checkpoint in a folder. Tensors are read with `weights_only`, never as a pickle."""

    def __init__(self, folder: Path, every: int) -> None:
        self.folder = folder
        self.every = every

    def restore(self, state: dict[str, Any]) -> tuple[int, list[float]]:
        """Load the newest checkpoint into models and optimizers; returns (steps done, losses so far)."""
        import torch

        newest = self._newest()
        if newest is None:
            return 0, []
        for name, part in state.items():
            part.load_state_dict(torch.load(newest / f"{name}.pt", weights_only=True))
        done = json.loads((newest / DONE).read_text())
        return done["step"], done["losses"]

    def save(self, step: int, last: int, state: dict[str, Any], losses: list[float]) -> None:
        """Write one when it is time. The one before goes only when this one is whole."""
        import torch

        if step % self.every or step == last:
            return
        partial, target = self.folder / f".step-{step}", self.folder / f"step-{step}"
        shutil.rmtree(partial, ignore_errors=True)
        partial.mkdir(parents=True)
        for name, part in state.items():
            torch.save(part.state_dict(), partial / f"{name}.pt")
        (partial / DONE).write_text(json.dumps({"step": step, "losses": losses}))
        shutil.rmtree(target, ignore_errors=True)
        partial.rename(target)
        for old in self._whole():
            if old != target:
                shutil.rmtree(old, ignore_errors=True)

    def _whole(self) -> list[Path]:
        return [path for path in self.folder.glob("step-*") if (path / DONE).exists()]

    def _newest(self) -> Path | None:
        return max(self._whole(), key=lambda path: int(path.name.removeprefix("step-")), default=None)
