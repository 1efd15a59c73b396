"""What a long task shows of itself in Prefect while it works."""

from collections.abc import Callable

from prefect.artifacts import create_progress_artifact, update_progress_artifact


def progress_artifact(description: str) -> Callable[[int, int], None]:
    """A progress bar among the run's artifacts; call what is returned with (done, in all). Moves by tenths."""
    shown = create_progress_artifact(0.0, description=description)
    last = 0

    def update(done: int, total: int) -> None:
        nonlocal last
        tenth = 10 * done // total
        if tenth > last:
            last = tenth
            update_progress_artifact(shown, 100.0 * done / total)  # type: ignore[arg-type]  # sync in a sync task

    return update
