import pytest

from tasks.evaluate.intervals import difference, mean, percent, rate


@pytest.mark.parametrize(
    ("hits", "total", "low", "high"),
    [(0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (45, 50, 0.7864, 0.9565), (1, 2, 0.0945, 0.9055)],
)
def test_a_rate_has_the_wilson_interval_of_the_textbook(hits: int, total: int, low: float, high: float) -> None:
    found = rate([True] * hits + [False] * (total - hits))

    assert (found.low, found.high) == (pytest.approx(low, abs=5e-5), pytest.approx(high, abs=5e-5))


def test_nothing_tried_is_not_measured_and_no_zero() -> None:
    assert rate([]).value is None
    assert str(rate([])) == "not measured"
    assert mean([]).value is None


def test_a_mean_gets_the_same_interval_from_the_same_values_and_holds_its_mean() -> None:
    values = [3.0, 3.5, 4.0, 4.5] * 10
    found = mean(values)

    assert found == mean(values)
    assert found.low < 3.75 < found.high


def test_a_share_is_never_rounded_up_to_its_bar() -> None:
    assert percent(0.99999) == "99.9%"
    assert percent(0.9) == "90.0%"
    assert percent(1.0) == "100.0%"


def test_a_difference_is_real_only_beyond_the_noise() -> None:
    many = difference(rate([True] * 950 + [False] * 50), rate([True] * 800 + [False] * 200))
    few = difference(rate([True] * 19 + [False]), rate([True] * 16 + [False] * 4))

    assert many is not None
    assert few is not None
    assert (many.word, few.word) == ("better", "within noise")
    assert many.change == pytest.approx(few.change)


def test_a_loss_is_called_worse() -> None:
    found = difference(mean([2.0, 2.1] * 20), mean([4.0, 4.1] * 20))

    assert found is not None
    assert found.word == "worse"


def test_what_was_not_measured_cannot_be_compared() -> None:
    assert difference(rate([]), rate([True])) is None
