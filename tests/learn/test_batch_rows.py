from __future__ import annotations

import numpy as np
from scipy.sparse import csr_matrix

from daogou.learn.kernels.batch_rows import batch_totals


def test_the_totals_are_the_product_of_histories_and_matrix() -> None:
    random = np.random.default_rng(0)
    histories = csr_matrix((random.random((6, 9)) * (random.random((6, 9)) < 0.4)).astype(np.float32))
    matrix = csr_matrix((random.standard_normal((9, 7)) * (random.random((9, 7)) < 0.5)).astype(np.float32))
    np.testing.assert_allclose(batch_totals(histories, matrix), (histories @ matrix).toarray(), rtol=1e-5, atol=1e-7)


def test_an_item_named_twice_in_a_history_counts_twice_and_an_empty_history_gives_zeros() -> None:
    histories = csr_matrix((np.ones(2, np.float32), np.array([1, 1]), np.array([0, 2, 2])), shape=(2, 2))
    matrix = csr_matrix(np.array([[5, 0], [0, 3]], np.float32))
    assert batch_totals(histories, matrix).tolist() == [[0, 6], [0, 0]]
