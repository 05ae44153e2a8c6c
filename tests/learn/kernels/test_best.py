"""The best few scores are those that sorting all of them would give."""

from __future__ import annotations

import numpy as np
import pytest

from daogou.learn.kernels.best import best_positive


@pytest.mark.parametrize("n", [0, 1, 3, 16, 239, 240, 241, 5_000])
@pytest.mark.parametrize("kind", ["different", "many alike", "none above 0", "tiny and huge"])
def test_the_best_are_found_in_order_and_of_equals_the_lower_number_comes_first(n: int, kind: str) -> None:
    random = np.random.default_rng(n)
    scores = random.standard_normal(n).astype(np.float32)
    if kind == "many alike":
        scores = np.round(scores * 3) / 3
    elif kind == "none above 0":
        scores = -np.abs(scores)
    elif kind == "tiny and huge":
        scores = np.exp(20 * scores)
    scores = scores.astype(np.float32)
    positive = np.flatnonzero(scores > 0)
    wanted = positive[np.argsort(-scores[positive], kind="stable")][:240]
    numbers, values = best_positive(scores, 240)
    assert numbers.tolist() == wanted.tolist()
    np.testing.assert_array_equal(values, scores[wanted])
