from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from daogou.learn.kernels.listed import listed_total
from daogou.learn.kernels.rows import sparse_total


@pytest.mark.parametrize("numbers", [np.int32, np.int64])
def test_what_the_rows_name_is_summed_as_over_all_columns(numbers: type) -> None:
    random = np.random.default_rng(2)
    sparse = csr_matrix((random.standard_normal((30, 500)) * (random.random((30, 500)) < 0.05)).astype(np.float32))
    sparse.indices, sparse.indptr = sparse.indices.astype(numbers), sparse.indptr.astype(numbers)
    for _ in range(3):  # the second time the table it works in was used before
        rows = random.integers(0, 30, 6).astype(np.int32)
        strengths = random.random(6).astype(np.float32)
        columns, sums = listed_total(sparse, rows, strengths)
        expected = sparse_total(sparse, rows, strengths)
        np.testing.assert_array_equal(np.sort(columns), np.unique(sparse[rows].indices))
        np.testing.assert_array_equal(sums, expected[columns])


def test_no_history_names_nothing() -> None:
    columns, sums = listed_total(csr_matrix((4, 4), dtype=np.float32), np.empty(0, np.int32), np.empty(0, np.float32))
    assert len(columns) == len(sums) == 0
