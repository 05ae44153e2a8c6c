from __future__ import annotations

import numpy as np
from scipy.sparse import csr_matrix

from daogou.learn.smooth import degrees, normalised, smooth, smooth_batch, smooth_shares

VECTORS = np.linalg.qr(np.random.default_rng(1).standard_normal((9, 3)))[0].astype(np.float32)
ROOT = np.sqrt(np.arange(1, 10)).astype(np.float32)
FILTER = np.diag(1 / ROOT) @ VECTORS @ VECTORS.T @ np.diag(ROOT)
HISTORY, STRENGTHS = np.array([2, 7], np.int32), np.array([1.0, 0.5], np.float32)


def test_every_entry_is_divided_by_the_roots_of_both_degrees() -> None:
    table = csr_matrix(np.array([[1, 1, 0], [1, 0, 0]], np.float32))
    np.testing.assert_array_equal(degrees(table), [2, 1, 1])  # an item nobody took counts as one
    np.testing.assert_allclose(normalised(table).toarray(), [[1 / 2, 1 / np.sqrt(2), 0], [1 / np.sqrt(2), 0, 0]])


def test_the_smooth_part_is_that_of_the_dense_filter() -> None:
    np.testing.assert_allclose(smooth(VECTORS, ROOT, HISTORY, STRENGTHS), FILTER[2] + 0.5 * FILTER[7], atol=1e-6)


def test_several_histories_are_smoothed_as_each_alone() -> None:
    histories = csr_matrix((STRENGTHS, HISTORY, [0, 2, 2]), shape=(2, 9))
    expected = [FILTER[2] + 0.5 * FILTER[7], np.zeros(9)]
    np.testing.assert_allclose(smooth_batch(VECTORS, ROOT, histories), expected, atol=1e-6)


def test_shares_are_the_entries_of_the_filter() -> None:
    items = np.array([8, 0, 8], np.int32)
    expected = STRENGTHS[:, None] * FILTER[np.ix_(HISTORY, items)]
    np.testing.assert_allclose(smooth_shares(VECTORS, ROOT, HISTORY, STRENGTHS, items), expected, atol=1e-6)
