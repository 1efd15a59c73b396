"""The loss curve, where people look: a picture in the run's artifacts."""

import base64
import io
from collections.abc import Sequence

from tasks.shown import progress_bar, show
from tasks.train.progress import Progress


def draw(points: Sequence[Progress], title: str) -> bytes:
    """PNG bytes of loss (nats per learned token) over steps."""
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    figure, axes = plt.subplots(figsize=(7, 3.2), dpi=110)
    axes.plot([p.step for p in points], [p.loss for p in points], color="#1f6f5c", linewidth=1.6)
    axes.set(title=title, xlabel="step", ylabel="loss (nats per token)", ylim=(0, None))
    axes.grid(alpha=0.25)
    axes.spines[["top", "right"]].set_visible(False)
    with io.BytesIO() as buffer:
        figure.savefig(buffer, format="png", bbox_inches="tight")
        plt.close(figure)
        return buffer.getvalue()


class Watched:
    """A listener that keeps the curve and moves a progress bar among the run's artifacts."""

    def __init__(self, name: str) -> None:
        self.points: list[Progress] = []
        self._show = progress_bar(f"Training of {name}, by steps")

    def __call__(self, progress: Progress) -> None:
        self.points.append(progress)
        self._show(progress.step, progress.steps)


def publish_curve(name: str, points: Sequence[Progress], text: str = "") -> None:
    """Show the curve in the run, with where it began and ended, and `text` below."""
    if not points:
        return
    picture = base64.b64encode(draw(points, name)).decode()
    first, last = points[0], points[-1]
    told = f"Loss {first.loss:.3f} at step {first.step}, {last.loss:.4f} at step {last.step} of {last.steps}."
    page = f"# {name}\n\n![{name}](data:image/png;base64,{picture})\n\n{told}\n\n{text}"
    show("loss", name, page, f"Loss curve of {name}")
