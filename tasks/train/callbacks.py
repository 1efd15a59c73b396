"""The hooks into TRL's trainer: telling how far it is, and marking checkpoints that are whole."""

from pathlib import Path
from typing import Any

from tasks.train.progress import Progress, Reporter

COMPLETE = "COMPLETE"  # written after everything else; a checkpoint without it was cut off by a crash


def watcher(report: Reporter) -> Any:
    """A TrainerCallback that reports each logged loss and marks each saved checkpoint."""
    from transformers import TrainerCallback

    # The arguments' names are the library's: unused ones stay.
    class Watcher(TrainerCallback):  # type: ignore[misc]  # transformers has no types
        def on_log(self, args: Any, state: Any, control: Any, logs: dict[str, float] | None = None, **_: Any) -> None:
            if logs and "loss" in logs:
                report(Progress(step=state.global_step, steps=state.max_steps, loss=logs["loss"]))

        def on_step_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:
            control.should_log |= state.global_step == state.max_steps  # the last point too, whatever the interval

        def on_save(self, args: Any, state: Any, control: Any, **_: Any) -> None:
            (Path(args.output_dir) / f"checkpoint-{state.global_step}" / COMPLETE).touch()

    return Watcher()


def checkpoint_to_resume(work: Path) -> Path | None:
    """The newest whole checkpoint, or None."""
    whole = [path for path in work.glob("checkpoint-*") if (path / COMPLETE).exists()]
    return max(whole, key=lambda path: int(path.name.removeprefix("checkpoint-")), default=None)
