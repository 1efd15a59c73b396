import math

import pytest

from tasks.evaluate.intervals import difference, rate
from tasks.evaluate.paired import Trial, paired


def trials(*right: bool, each: int = 1) -> list[Trial]:
    """Prompts in families of `each`."""
    return [Trial(f"f{number // each}", (ok,)) for number, ok in enumerate(right)]


def test_pairing_finds_a_small_gain_that_two_separate_rates_hide() -> None:
    before = [True] * 160 + [False] * 40
    after = [True] * 168 + [False] * 32
    apart = difference(rate(after), rate(before))
    found = paired(trials(*before), trials(*after))

    assert found.change == pytest.approx(0.04)
    assert found.word == "better"
    assert apart is not None and apart.word == "within noise"


def test_prompts_of_one_phrasing_count_as_one_witness() -> None:
    before, after = [False] * 40 + [True] * 20, [True] * 20 + [False] * 20 + [False] * 10 + [True] * 10
    alone = paired(trials(*before), trials(*after))
    together = paired(trials(*before, each=10), trials(*after, each=10))

    assert alone.change == together.change
    assert together.high - together.low > 1.5 * (alone.high - alone.low)


def test_a_single_phrasing_proves_nothing() -> None:
    found = paired(trials(False, False, each=2), trials(True, True, each=2))

    assert (found.change, found.word) == (1.0, "within noise")


def test_seeds_are_averaged_and_their_spread_widens_the_interval() -> None:
    families = [f"f{number}" for number in range(60)]
    before = [Trial(name, (False, False, False)) for name in families]
    alike = [Trial(name, (n % 3 == 0,) * 3) for n, name in enumerate(families)]
    uneven = [Trial(name, (True, False, False)) for name in families]
    narrow, wide = paired(before, alike), paired(before, uneven)

    assert narrow.change == wide.change == pytest.approx(1 / 3)
    assert wide.low <= 0 < narrow.low


def test_the_interval_is_as_wide_as_the_theory_of_a_ratio_of_sums_says() -> None:
    """Cochran, Sampling Techniques, 6.3: the error of a mean over clusters of unequal sizes, by linearisation."""
    sizes = [1 + number % 9 for number in range(300)]
    gains = [size if number % 3 else 0 for number, size in enumerate(sizes)]
    before = [Trial(f"f{number}", (False,)) for number, size in enumerate(sizes) for _ in range(size)]
    after = [Trial(f"f{number}", (bool(number % 3),)) for number, size in enumerate(sizes) for _ in range(size)]
    mean = sum(gains) / sum(sizes)
    error = math.sqrt(sum((gain - mean * size) ** 2 for gain, size in zip(gains, sizes, strict=True))) / sum(sizes)

    found = paired(before, after)

    assert found.change == pytest.approx(mean)
    assert found.high - found.low == pytest.approx(2 * 1.96 * error, rel=0.1)


def test_the_same_answers_give_no_difference_and_the_same_interval_each_time() -> None:
    some, other = trials(True, False, True, False), trials(False, True, True, True)

    assert paired(some, some).change == paired(some, some).low == paired(some, some).high == 0.0
    assert paired(some, other) == paired(some, other)


def test_without_prompts_there_is_no_difference() -> None:
    with pytest.raises(ValueError, match="prompts"):
        paired([], [])
