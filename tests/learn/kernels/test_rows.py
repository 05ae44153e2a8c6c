"""The loops that answer shoppers give what NumPy gives."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from daogou.learn.kernels.rows import dense_shares, dense_total, sparse_shares, sparse_total

ROWS = np.array([3, 0, 19, 3], np.int32)
STRENGTHS = np.array([1.0, 2.0, 0.5, 1.5], np.float32)
COLUMNS = np.array([7, 7, 0, 18], np.int32)


@pytest.fixture
def dense() -> np.ndarray:
    random = np.random.default_rng(4)
    return (random.standard_normal((20, 24)) * (random.random((20, 24)) < 0.3)).astype(np.float32)


@pytest.mark.parametrize("numbers", [np.int32, np.int64])
def test_rows_of_a_sparse_matrix_are_summed_and_split(dense: np.ndarray, numbers: type) -> None:
    sparse = csr_matrix(dense)
    sparse.indices, sparse.indptr = sparse.indices.astype(numbers), sparse.indptr.astype(numbers)
    np.testing.assert_allclose(sparse_total(sparse, ROWS, STRENGTHS), STRENGTHS @ dense[ROWS], rtol=1e-5, atol=1e-6)
    expected = STRENGTHS[:, None] * dense[np.ix_(ROWS, COLUMNS)]
    np.testing.assert_allclose(sparse_shares(sparse, ROWS, STRENGTHS, COLUMNS), expected, rtol=1e-6)


def test_rows_of_a_dense_matrix_are_summed_and_split(dense: np.ndarray) -> None:
    np.testing.assert_allclose(dense_total(dense, ROWS, STRENGTHS), STRENGTHS @ dense[ROWS], rtol=1e-5, atol=1e-6)
    expected = STRENGTHS[:, None] * dense[np.ix_(ROWS, COLUMNS)]
    np.testing.assert_allclose(dense_shares(dense, ROWS, STRENGTHS, COLUMNS), expected, rtol=1e-6)


def test_arrays_that_may_not_be_written_are_read(dense: np.ndarray) -> None:
    dense.flags.writeable = False
    assert dense_total(dense, ROWS, STRENGTHS).shape == (24,)


def test_no_history_sums_to_nothing(dense: np.ndarray) -> None:
    nobody, nothing = np.empty(0, np.int32), np.empty(0, np.float32)
    assert not sparse_total(csr_matrix(dense), nobody, nothing).any()
    assert not dense_total(dense, nobody, nothing).any()
    assert sparse_shares(csr_matrix(dense), nobody, nothing, COLUMNS).shape == (0, 4)
    assert dense_shares(dense, ROWS, STRENGTHS, nobody).shape == (4, 0)


@pytest.mark.parametrize("outside", [-1, 24])
def test_a_number_outside_of_the_matrix_is_refused(dense: np.ndarray, outside: int) -> None:
    with pytest.raises(IndexError, match="24"):
        dense_shares(dense, ROWS, STRENGTHS, np.array([outside], np.int32))
    with pytest.raises(IndexError):
        dense_total(dense, np.array([20], np.int32), STRENGTHS[:1])
