"""An interval that may be looked at as often as one likes."""

from __future__ import annotations

import numpy as np
import pytest

from daogou.learn.metrics.sequential import always_valid_difference, ratio_of_sums, widening


def drawn(generator: np.random.Generator, n: int, rate: float) -> tuple[np.ndarray, np.ndarray]:
    """Clicks and lists of n shoppers who differ in how much they click."""
    lists = generator.poisson(3, n) + 1.0
    return generator.binomial(lists.astype(int), generator.beta(10 * rate, 10 * (1 - rate), n)).astype(float), lists


def test_the_mean_per_list_and_its_variance_by_hand() -> None:
    mean, variance = ratio_of_sums(np.array([1.0, 0.0]), np.array([1.0, 1.0]))
    assert (mean, variance) == (0.5, pytest.approx(0.25))  # residuals ±0.5: 0.5 / 4 * 2 / 1


def test_sides_that_are_alike_are_told_apart_less_often_than_the_level_says_over_all_looks() -> None:
    generator = np.random.default_rng(0)
    alarms = 0
    for _ in range(150):
        one, other = drawn(generator, 1_500, 0.1), drawn(generator, 1_500, 0.1)
        alarms += any(
            always_valid_difference(one[0][:n], one[1][:n], other[0][:n], other[1][:n]).excludes_zero
            for n in range(60, 1_500, 30)
        )
    assert alarms <= 12  # 5 % of 150 are 7.5; a usual interval gives some 40


def test_a_real_difference_is_found_and_lies_within() -> None:
    generator = np.random.default_rng(1)
    found = always_valid_difference(*drawn(generator, 4_000, 0.15), *drawn(generator, 4_000, 0.10))
    assert found.low > 0
    assert found.low < 0.05 < found.high


def test_one_shopper_says_nothing() -> None:
    found = always_valid_difference(np.array([1.0]), np.array([1.0]), np.array([0.0]), np.array([1.0]))
    assert (found.low, found.high) == (-np.inf, np.inf)


def test_it_is_wider_than_an_interval_for_one_look_and_most_so_early() -> None:
    widths = [widening(n, 0.95) for n in (20, 100, 500)]
    assert widths[0] > widths[1] > widths[2] > 1.96
