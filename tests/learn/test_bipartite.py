from __future__ import annotations

import numpy as np
from scipy.sparse import csr_matrix

from daogou.learn.bipartite import degrees, normalised


def test_every_entry_is_divided_by_the_roots_of_both_degrees() -> None:
    table = csr_matrix(np.array([[1, 1, 0], [1, 0, 0]], np.float32))
    np.testing.assert_array_equal(degrees(table), [2, 1, 1])  # an item nobody took counts as one
    np.testing.assert_allclose(normalised(table).toarray(), [[1 / 2, 1 / np.sqrt(2), 0], [1 / np.sqrt(2), 0, 0]])
