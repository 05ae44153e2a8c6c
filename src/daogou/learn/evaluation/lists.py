"""Make every user's list from a model, in blocks of users so that memory stays bounded."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix

from daogou.core.errors import InvalidInput
from daogou.core.protocols import BatchScorer, Factored, Model, Progress, silent
from daogou.core.types import F32, I32, I64, Query
from daogou.learn.topk import top_k, top_products

BLOCK_CELLS = 4_000_000
"""Scores held at once: 16 MB."""


@dataclass(frozen=True)
class Lists:
    """ranked (n_users, k) item numbers, best first, -1 where there was none; and the seconds it took."""

    ranked: I32
    seconds: float


def score_block(model: Model, queries: Sequence[Query]) -> F32:
    """Scores of several queries at once, shape (len(queries), n_items), by the quickest way the model has."""
    if isinstance(model, BatchScorer):
        return model.score_batch(queries)
    return np.stack([model.score_all(query) for query in queries])


def block_rows(n_items: int) -> int:
    """How many users fit into one block."""
    return max(1, min(1024, BLOCK_CELLS // max(1, n_items)))


def rank_lists(
    model: Model,
    queries: Sequence[Query],
    k: int,
    ties: I64,
    *,
    masked: csr_matrix | None = None,
    progress: Progress = silent,
    what: str = "rank",
) -> Lists:
    """Rank the full catalogue for each query.

    ties    (n_items,) see `tie_order`
    masked  (len(queries), n_items) stored entries may not be recommended
    """
    n_items = len(ties)
    if model.n_items != n_items:
        raise InvalidInput(f"{type(model).__name__} scores {model.n_items} items; the dataset has {n_items}.")
    ranked = np.full((len(queries), k), -1, np.int32)
    rows = 1024 if isinstance(model, Factored) else block_rows(n_items)
    seconds = 0.0
    for start in range(0, len(queries), rows):
        block = slice(start, min(start + rows, len(queries)))
        began = time.perf_counter()
        ranked[block] = _rank_block(model, queries[block], k, ties, None if masked is None else masked[block])
        seconds += time.perf_counter() - began
        progress(block.stop, len(queries), what)
    return Lists(ranked, seconds)


def _rank_block(model: Model, queries: Sequence[Query], k: int, ties: I64, masked: csr_matrix | None) -> I32:
    if isinstance(model, Factored):
        return top_products(model.query_vectors(queries), model.item_vectors, k, ties, masked=masked)
    scores = score_block(model, queries)
    if masked is not None:
        if not scores.flags.writeable or scores.dtype != np.float32:
            scores = np.array(scores, np.float32)
        scores[np.repeat(np.arange(masked.shape[0]), np.diff(masked.indptr)), masked.indices] = -np.inf
    return top_k(scores, k, ties)
