"""The hooks into TRL's trainer: telling how far it is, and keeping its checkpoints."""

from pathlib import Path
from typing import Any

from tasks.train.checkpoint import Checkpoints
from tasks.train.progress import Progress, Reporter

_OF_THIS_MACHINE = ("training_args.bin", "README.md")  # a pickle and a text that name places; nothing reads them again

_BEGAN = "rng_epoch.pt"


def watcher(report: Reporter) -> Any:
    """A TrainerCallback that reports each logged loss, and the last one in any case."""
    from transformers import TrainerCallback

    # The arguments' names are the library's: unused ones stay.
    class Watcher(TrainerCallback):  # type: ignore[misc]  # transformers has no types
        def on_log(self, args: Any, state: Any, control: Any, logs: dict[str, float] | None = None, **_: Any) -> None:
            if logs and "loss" in logs:
                report(Progress(step=state.global_step, steps=state.max_steps, loss=logs["loss"]))

        def on_step_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:
            control.should_log |= state.global_step == state.max_steps  # the last point too, whatever the interval

    return Watcher()


def keeper(checkpoints: Checkpoints, resume: Path | None) -> Any:
    """A TrainerCallback that puts saved checkpoints into the store, and gives `resume` the rows that come next.

    The order of an epoch's rows is drawn when it begins, from torch's own generator, whose state at that moment the
    library does not keep: without it, an epoch that was gone on with has the rows of another. At the end of an epoch
    nothing is saved but one step later, for the evaluation there would be left out, and what it draws.
    """
    import torch
    from transformers import TrainerCallback

    class Keeper(TrainerCallback):  # type: ignore[misc]  # transformers has no types
        began = torch.get_rng_state()
        late = False

        def on_epoch_begin(self, args: Any, state: Any, control: Any, **_: Any) -> None:
            nonlocal resume
            if resume:
                torch.set_rng_state(torch.load(resume / _BEGAN, weights_only=True))
                resume = None
            self.began = torch.get_rng_state()

        def on_step_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:
            wanted = control.should_save or self.late
            ends = float(state.epoch).is_integer()
            control.should_save = wanted and not ends and state.global_step < state.max_steps
            self.late = wanted and ends

        def on_save(self, args: Any, state: Any, control: Any, **_: Any) -> None:
            folder = Path(args.output_dir) / f"checkpoint-{state.global_step}"
            for name in _OF_THIS_MACHINE:
                (folder / name).unlink(missing_ok=True)
            torch.save(self.began, folder / _BEGAN)
            checkpoints.keep(folder, state.global_step)

    return Keeper()
