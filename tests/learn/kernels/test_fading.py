"""What is left of a history: the root of each weight, halved per half-life, over the root of the sum of all."""

from __future__ import annotations

import numpy as np

from daogou.learn.kernels.fading import LEAST, faded

HALF_LIFE_US = 1_000.0
STRENGTHS = np.array([9, 4, 1, 16], np.float32)


def test_weights_fade_as_the_formula_says() -> None:
    at_us = np.array([0, 3_000, 9_000, 4_000], np.int64)  # the third after now: it has age 0
    left = np.empty(4, np.float32)
    assert faded(STRENGTHS, at_us, 4_000, HALF_LIFE_US, left) == 0
    weights = np.sqrt(STRENGTHS) * 0.5 ** np.array([4, 1, 0, 0])
    np.testing.assert_allclose(left, weights / np.sqrt(weights.sum()), rtol=1e-6)


def test_without_times_nothing_fades() -> None:
    left = np.empty(4, np.float32)
    assert faded(STRENGTHS, np.empty(0, np.int64), 4_000, HALF_LIFE_US, left) == 0
    np.testing.assert_allclose(left, np.sqrt(STRENGTHS) / np.sqrt(np.sqrt(STRENGTHS).sum()), rtol=1e-6)


def test_what_weighs_next_to_nothing_is_counted_and_gets_nothing() -> None:
    at_us = np.array([0, 40_000, 40_000, 40_000], np.int64)
    strengths = np.array([1, 1, -2, 1], np.float32)
    left = np.empty(4, np.float32)
    assert LEAST > 0.5**40
    assert faded(strengths, at_us, 40_000, HALF_LIFE_US, left) == 2
    assert left.tolist()[::2] == [0.0, 0.0]
    assert left[1] == left[3] > 0
