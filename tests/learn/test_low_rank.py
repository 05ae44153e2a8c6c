from __future__ import annotations

import numpy as np
from scipy.sparse import csr_matrix

from daogou.learn.low_rank import right_singular


def test_the_directions_are_those_of_the_full_decomposition() -> None:
    random = np.random.default_rng(0)
    dense = (random.standard_normal((80, 6)) @ random.standard_normal((6, 50))).astype(np.float32)
    dense += 0.01 * random.standard_normal(dense.shape).astype(np.float32)
    vectors, values = right_singular(csr_matrix(dense), 6, seed=0)
    _, expected_values, expected = np.linalg.svd(dense, full_matrices=False)
    np.testing.assert_allclose(values, expected_values[:6], rtol=1e-4)
    np.testing.assert_allclose(np.abs(np.sum(vectors * expected[:6].T, axis=0)), 1.0, atol=1e-3)


def test_the_rank_is_cut_to_what_the_matrix_can_have() -> None:
    vectors, values = right_singular(csr_matrix(np.eye(3, 5, dtype=np.float32)), 10, seed=0)
    assert vectors.shape == (5, 3)
    np.testing.assert_allclose(values, 1.0, rtol=1e-5)


def test_an_empty_matrix_has_no_directions() -> None:
    vectors, values = right_singular(csr_matrix((4, 7), dtype=np.float32), 3, seed=0)
    assert vectors.shape == (7, 0)
    assert len(values) == 0


def test_the_same_seed_gives_the_same_numbers() -> None:
    matrix = csr_matrix(np.random.default_rng(1).random((30, 20)).astype(np.float32))
    np.testing.assert_array_equal(right_singular(matrix, 4, seed=3)[0], right_singular(matrix, 4, seed=3)[0])
