"""What a training run tells while it works, in the log and to whoever listens."""

import logging
from collections.abc import Callable
from time import monotonic

from josi.records import Record

log = logging.getLogger(__name__)


class Progress(Record):
    """One point of a loss curve. `loss` is the mean cross entropy (nats per learned token) since the last point."""

    step: int
    steps: int
    loss: float


Listener = Callable[[Progress], None]


def ignore(_: Progress) -> None:
    """The listener that does not."""


class Reporter:
    """Logs a line every tenth of the way, with the time left, and passes every point on."""

    def __init__(self, name: str, listener: Listener = ignore) -> None:
        self._name = name
        self._listener = listener
        self._started = monotonic()
        self._first: int | None = None
        self._tenth = -1

    def __call__(self, progress: Progress) -> None:
        self._listener(progress)
        if self._first is None:
            self._first, self._started = progress.step, monotonic()
        tenth = 10 * progress.step // progress.steps
        if tenth > self._tenth:
            self._tenth = tenth
            done = progress.step - self._first
            pace = (monotonic() - self._started) / done if done else 0.0
            left = f", {pace * (progress.steps - progress.step):.0f} s left" if done else ""  # unknown at the first
            log.info("%s: step %d of %d, loss %.3f%s", self._name, progress.step, progress.steps, progress.loss, left)
