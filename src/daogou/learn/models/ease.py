"""EASE: recommend what is usually taken together, by one matrix inverse.

Good for: catalogues up to some 20,000 items with dense logs; exact reasons. Weak for: brand-new items.
Cost: O(n_items^3) time, 4 * n_items^2 bytes while fitting and once fitted (float32, inverted in place).
Source: Steck, "Embarrassingly Shallow Autoencoders for Sparse Data", WWW 2019.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from daogou.core.errors import InvalidInput
from daogou.core.types import F32, I32, Query
from daogou.data.dataset import Dataset
from daogou.learn.checks import at_least, more_than, same_shape
from daogou.learn.histories import history_matrix, known_history, spread
from daogou.learn.item_weights import ease_weights, item_gram
from daogou.learn.kernels.rows import dense_shares, dense_total


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

    def fit(self, dataset: Dataset, *, seed: int = 0) -> EaseModel:
        """Exact; `seed` changes nothing. Raises InvalidInput for a catalogue above the memory limit."""
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
