"""Checkpoints of a training, kept in the store: killed here, it goes on there, and loses one interval at most."""

import json
import logging
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from blocks.store import FolderStore
from josi.errors import DigestMismatch, MissingArtifact, Unreachable
from josi.records import Artifact, Kind, Record, sha256_hex

log = logging.getLogger(__name__)

_POINT = "point.json"


class Checkpoints:
    """The checkpoints of one training, whose name says what goes into it: `train@1-josi-interpreter-1f0c9a12ab34`.

    Each is an artifact of that name and its step. What the store holds is whole; those before go when it does.
    """

    def __init__(self, store: FolderStore, stage: str, *inputs: Record) -> None:
        self.store = store
        self.name = f"{stage}-{sha256_hex('+'.join(value.identity for value in inputs).encode())[:12]}"

    def newest(self, work: Path) -> Path | None:
        """The newest whole one, its bytes verified, in a new folder under `work`; None where there is none.

        A copy, for whoever else trains the same at this moment drops those of the store.
        """
        self.store.tidy(Kind.CHECKPOINT)
        for step, artifact in sorted(self._kept(), key=lambda pair: pair[0], reverse=True):
            folder = work / f"from-step-{step}"
            try:
                shutil.copytree(self.store.fetch(artifact), folder)
            except (MissingArtifact, DigestMismatch, FileNotFoundError, shutil.Error) as error:
                log.warning("%s: step %d cannot be gone on from: %s", self.name, step, error)
                shutil.rmtree(folder, ignore_errors=True)
                continue
            log.info("%s: going on from step %d", self.name, step)
            return folder
        return None

    def keep(self, folder: Path, step: int) -> None:
        """Put one into the store. Training goes on where that cannot be done now: at worst it loses more steps.

        The store cannot be reached, or whoever trains the same and is ahead drops these very bytes meanwhile.
        """
        try:
            self.store.put(folder, Kind.CHECKPOINT, f"{self.name}-step-{step}")
            for older, artifact in list(self._kept()):
                if older < step:
                    self.store.drop(artifact)
        except (Unreachable, FileNotFoundError) as error:
            log.warning("%s: step %d is not kept: %s", self.name, step, error)

    def clear(self) -> None:
        """Training is done: nobody needs them any more."""
        try:
            for _, artifact in list(self._kept()):
                self.store.drop(artifact)
        except Unreachable as error:  # they are in nobody's way
            log.warning("%s: checkpoints stay: %s", self.name, error)

    def _kept(self) -> Iterator[tuple[int, Artifact]]:
        beginning = f"{self.name}-step-"
        for artifact in self.store.named(Kind.CHECKPOINT, beginning):
            yield int(artifact.name.removeprefix(beginning)), artifact


def write_point(folder: Path, state: dict[str, Any], step: int, losses: list[float]) -> None:
    """What models and optimizers hold after a step, as files."""
    import torch

    for name, part in state.items():
        torch.save(part.state_dict(), folder / f"{name}.pt")
    (folder / _POINT).write_text(json.dumps({"step": step, "losses": losses}))


def read_point(folder: Path, state: dict[str, Any]) -> tuple[int, list[float]]:
    """Load it again; returns (steps done, losses so far). Tensors are read with `weights_only`, never as a pickle."""
    import torch

    for name, part in state.items():
        part.load_state_dict(torch.load(folder / f"{name}.pt", weights_only=True))
    point = json.loads((folder / _POINT).read_text())
    return point["step"], point["losses"]
