"""What a training run tells: every point to who listens, a line every tenth of the way to the log."""

import logging

import pytest

from tasks.train.progress import Progress, Reporter


@pytest.fixture
def told(caplog: pytest.LogCaptureFixture) -> tuple[list[Progress], list[str]]:
    """What a listener heard and what the log says of 100 steps, told at every fifth."""
    caplog.set_level(logging.INFO)
    heard: list[Progress] = []
    report = Reporter("tiny", heard.append)
    for step in range(5, 101, 5):
        report(Progress(step=step, steps=100, loss=1 / step))
    return heard, caplog.messages


def test_a_listener_hears_every_point_and_the_log_has_a_line_every_tenth(
    told: tuple[list[Progress], list[str]],
) -> None:
    heard, lines = told

    assert [point.step for point in heard] == list(range(5, 101, 5))
    assert [line.split(",")[0] for line in lines] == [f"tiny: step {step} of 100" for step in (5, *range(10, 101, 10))]


def test_the_time_left_is_told_as_soon_as_it_is_known_and_not_before(told: tuple[list[Progress], list[str]]) -> None:
    _, (first, *others) = told

    assert first == "tiny: step 5 of 100, loss 0.200"
    assert all(line.endswith(" s left") for line in others)
    assert others[-1].endswith(" 0 s left")
