"""EASE: recommend what is usually taken together, by one matrix inverse.

Good for: catalogues up to some 20,000 items with dense logs; exact reasons. Weak for: brand-new items.
Cost: O(n_items^3) time, 4 * n_items^2 bytes while fitting and once fitted (float32, inverted in place); n_items^2 bytes
as it is served.
Source: Steck, "Embarrassingly Shallow Autoencoders for Sparse Data", WWW 2019.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from daogou.core.errors import InvalidInput
from daogou.core.types import F32, I8, I32, Query
from daogou.data.dataset import Dataset
from daogou.learn.checks import at_least, more_than, same_shape
from daogou.learn.histories import history_matrix, known_history, spread
from daogou.learn.item_weights import ease_weights, item_gram
from daogou.learn.kernels.rows import byte_shares, byte_total, dense_shares, dense_total

LARGEST_BYTE = 127
BLOCK = 512
"""Rows rounded at once."""


@dataclass(frozen=True)
class Ease:
    """Recipe. Larger `regularization` pulls all weights towards zero; published values run from 80 to 1,320.

    memory_limit_mb  refuse catalogues whose weights would need more
    """

    regularization: float = 250.0
    memory_limit_mb: int = 4_000

    def __post_init__(self) -> None:
        more_than("regularization", self.regularization, 0)
        at_least("memory_limit_mb", self.memory_limit_mb, 1)

    def fit(self, dataset: Dataset, *, seed: int = 0) -> EaseModel | CompactEaseModel:
        """Exact, an EaseModel; `seed` changes nothing. Raises InvalidInput for a catalogue above the memory limit."""
        refusal = self.refusal(dataset.n_items)
        if refusal:
            raise InvalidInput(refusal)
        gram = item_gram(dataset.matrix())
        gram[np.diag_indices_from(gram)] += self.regularization
        return EaseModel(ease_weights(gram, self.regularization))

    def refusal(self, n_items: int) -> str | None:
        """Why a catalogue of this size cannot be learned within the memory limit, and what to do; None where it can."""
        needed_mb = 4 * n_items**2 / 1e6
        if needed_mb <= self.memory_limit_mb:
            return None
        return (
            f"EASE on {n_items:,} items needs {needed_mb:,.0f} MB, more than memory_limit_mb = "
            f"{self.memory_limit_mb:,}. Raise memory_limit_mb if the machine has that much to spare, "
            "or use the model sparse_ease, ials or item_knn, whose size grows only linearly."
        )


@dataclass(frozen=True, eq=False)
class EaseModel:
    """weights  (n_items, n_items); row = item seen, column = item scored; zero diagonal"""

    weights: F32

    def __post_init__(self) -> None:
        same_shape("weights", self.weights.shape, (self.n_items, self.n_items))

    @property
    def n_items(self) -> int:
        return len(self.weights)

    def score(self, query: Query, items: I32) -> F32:
        """Sum over the history of its weights towards each asked item, shape (len(items),); 0.0 with no history."""
        history, strengths = known_history(query, self.n_items)
        return strengths @ self.weights[np.ix_(history, items)]

    def score_all(self, query: Query) -> F32:
        """(n_items,) the same for every item: a gather of len(history) rows and their weighted sum."""
        history, strengths = known_history(query, self.n_items)
        return dense_total(self.weights, history, strengths)

    def score_batch(self, queries: Sequence[Query]) -> F32:
        """(len(queries), n_items)"""
        return np.asarray(history_matrix(queries, self.n_items) @ self.weights, np.float32)

    def contributions(self, query: Query, items: I32) -> F32:
        """(len(query.history), len(items)) what each history item adds to or takes from each score."""
        history, strengths = known_history(query, self.n_items)
        return spread(dense_shares(self.weights, history, strengths, items), query, self.n_items)

    def compact(self) -> CompactEaseModel:
        """A byte for each weight: none is off by more than a 254th of the largest of its row."""
        largest = np.abs(self.weights).max(axis=1, initial=0.0)
        scales = np.where(largest > 0, largest / LARGEST_BYTE, 1).astype(np.float32)
        cells = np.empty(self.weights.shape, np.int8)
        for start in range(0, self.n_items, BLOCK):
            rows = slice(start, start + BLOCK)
            np.rint(self.weights[rows] / scales[rows, None], out=cells[rows], casting="unsafe")
        return CompactEaseModel(cells, scales)


@dataclass(frozen=True, eq=False)
class CompactEaseModel:
    """cells  (n_items, n_items); row = item seen, column = item scored; zero diagonal
    scales  (n_items,) weights are cells times the scale of their row
    """

    cells: I8
    scales: F32

    def __post_init__(self) -> None:
        same_shape("cells", self.cells.shape, (self.n_items, self.n_items))

    @property
    def n_items(self) -> int:
        return len(self.scales)

    def score(self, query: Query, items: I32) -> F32:
        """Sum over the history of its weights towards each asked item, shape (len(items),); 0.0 with no history."""
        history, strengths = known_history(query, self.n_items)
        return np.asarray(byte_shares(self.cells, self.scales, history, strengths, items).sum(axis=0), np.float32)

    def score_all(self, query: Query) -> F32:
        """(n_items,) the same for every item: a weighted sum of len(history) rows."""
        return byte_total(self.cells, self.scales, *known_history(query, self.n_items))

    def score_batch(self, queries: Sequence[Query]) -> F32:
        """(len(queries), n_items)"""
        scaled = history_matrix(queries, self.n_items).multiply(self.scales[None, :]).tocsr()
        return np.asarray(scaled @ self.cells.astype(np.float32), np.float32)

    def contributions(self, query: Query, items: I32) -> F32:
        """(len(query.history), len(items)) what each history item adds to or takes from each score."""
        history, strengths = known_history(query, self.n_items)
        return spread(byte_shares(self.cells, self.scales, history, strengths, items), query, self.n_items)
