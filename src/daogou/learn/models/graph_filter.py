"""Graph filter: let a history spread over the graph of shoppers and items, then sharpen what it blurred; no training.

A history h (a row) is scored  h (P + ideal * D^-1/2 V V' D^1/2) q(P),  where P = R' R is the graph of items, R the
table of shoppers and items with every row and column divided by the root of its degree, V the strongest eigenvectors of
P and D the degrees of the items. The sum blurs: P spreads to what lies near, the second term to what is smooth on the
whole graph. Then q(P), about exp(-sharpening * P), runs the heat equation backwards and takes off what everybody gets.
All is linear in the history, so reasons are exact, and nothing belongs to a shopper.

P q(P) is a full matrix. In the strongest directions L it is kept as V L q(L) V'. Of the rest, whose eigenvalues are
small, it is P - curvature * P^2 nearly, and each item keeps its strongest entries of that.

Good for: sparse logs, the strongest lists on them within minutes. Weak for: brand-new items.
Cost: a randomised decomposition, and 6 * n_interactions + 2 * directions * n_items multiply-adds per item;
8 * neighbours + 8 * directions bytes per item once fitted.
Sources: Choi et al., "Blurring-Sharpening Process Models for Collaborative Filtering" (BSPM, early merge), SIGIR 2023,
whose scores these are; without sharpening: Shen et al., "How Powerful is Graph Convolution for Recommendation?"
(GF-CF), CIKM 2021. Keeping directions and strongest entries instead of the table of shoppers is ours.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix, vstack

from daogou.core.types import F32, F64, I32, Query
from daogou.data.dataset import Dataset
from daogou.learn.bipartite import degrees, normalised
from daogou.learn.checks import at_least, same_shape
from daogou.learn.histories import history_matrix, known_history, spread
from daogou.learn.kernels.batch_rows import batch_totals
from daogou.learn.kernels.rows import sparse_shares, sparse_total
from daogou.learn.low_rank import right_singular
from daogou.learn.topk import top_k

PASSES = 4
"""Of the randomised decomposition."""

FAINTEST = 1e-6
"""Entries below this share of a block's largest are rounding."""

CELLS_PER_BLOCK = 3_000_000
"""Cells of the item graph held at once before each row is cut to its strongest entries: some 50 MB in all."""


@dataclass(frozen=True)
class GraphFilter:
    """Recipe; the values published for Gowalla are the defaults.

    neighbours  entries of the item graph kept per item seen, besides the directions
    directions  eigenvectors kept
    sharpening  how long the heat equation is run backwards; 0 is GF-CF
    ideal       weight of the smoothest signals
    """

    neighbours: int = 400
    directions: int = 448
    sharpening: float = 2.5
    ideal: float = 0.2

    def __post_init__(self) -> None:
        at_least("neighbours", self.neighbours, 1)
        at_least("directions", self.directions, 1)
        at_least("sharpening", self.sharpening, 0)
        at_least("ideal", self.ideal, 0)

    def fit(self, dataset: Dataset, *, seed: int = 0) -> GraphFilterModel:
        """`seed` starts the randomised decomposition; the rest is exact."""
        matrix = dataset.matrix()
        table = normalised(matrix)
        vectors, singular = right_singular(table, self.directions, seed=seed, passes=PASSES)
        eigenvalues = singular.astype(np.float64) ** 2
        bend = curvature(float(eigenvalues.min(initial=1.0)), self.sharpening)
        root = np.asarray(np.sqrt(degrees(matrix)), np.float32)
        return GraphFilterModel(
            near=strongest_rest(table, vectors, eigenvalues, bend, self.neighbours),
            vectors=vectors,
            kept=np.asarray(eigenvalues * sharpened(eigenvalues, self.sharpening), np.float32),
            smooth=self.ideal * sharpened_columns(table, root[:, None] * vectors, self.sharpening),
            root=root,
        )


@dataclass(frozen=True, eq=False)
class GraphFilterModel:
    """near     (n_items, n_items) sparse; row = item seen, column = item scored; its own item included
    vectors  (n_items, d) the strongest eigenvectors of the item graph
    kept     (d,) what the filter makes of each of them
    smooth   (n_items, d) ideal * q(P) D^1/2 V: what each of them adds at each item as a smooth signal
    root     (n_items,) square roots of how many shoppers took each item
    """

    near: csr_matrix
    vectors: F32
    kept: F32
    smooth: F32
    root: F32

    def __post_init__(self) -> None:
        same_shape("near", self.near.shape, (self.n_items, self.n_items))
        same_shape("kept", self.kept.shape, self.vectors.shape[1:])
        same_shape("smooth", self.smooth.shape, self.vectors.shape)
        same_shape("root", self.root.shape, (self.n_items,))

    @property
    def n_items(self) -> int:
        return len(self.vectors)

    def score(self, query: Query, items: I32) -> F32:
        """The filtered history at each asked item, shape (len(items),); 0.0 with no history."""
        return np.asarray(self.contributions(query, items).sum(axis=0), np.float32)

    def score_all(self, query: Query) -> F32:
        """(n_items,) the same for every item."""
        history, strengths = known_history(query, self.n_items)
        seen = self.vectors[history]
        scores = sparse_total(self.near, history, strengths)
        scores += self.vectors @ ((strengths @ seen) * self.kept)
        scores += self.smooth @ ((strengths / self.root[history]) @ seen)
        return scores

    def score_batch(self, queries: Sequence[Query]) -> F32:
        """(len(queries), n_items)"""
        histories = history_matrix(queries, self.n_items)
        divided = np.asarray(histories.data / self.root[histories.indices], np.float32)
        lightened = csr_matrix((divided, histories.indices, histories.indptr), shape=histories.shape)
        scores = (np.asarray(histories @ self.vectors) * self.kept) @ self.vectors.T
        scores += np.asarray(lightened @ self.vectors) @ self.smooth.T
        scores += batch_totals(histories, self.near)
        return np.asarray(scores, np.float32)

    def contributions(self, query: Query, items: I32) -> F32:
        """(len(query.history), len(items)) what each history item adds to or takes from each score."""
        history, strengths = known_history(query, self.n_items)
        seen = self.vectors[history] * strengths[:, None]
        shares = sparse_shares(self.near, history, strengths, items)
        shares += (seen * self.kept) @ self.vectors[items].T
        shares += (seen / self.root[history][:, None]) @ self.smooth[items].T
        return spread(shares, query, self.n_items)


def sharpened(eigenvalues: F64, time: float) -> F64:
    """q: one Runge-Kutta step of order four over `time` of  d h / d t = -h P,  in the eigenvectors of P."""
    heat = -time * eigenvalues
    return np.asarray(1.0 + heat * (1.0 + heat / 2 * (1.0 + heat / 3 * (1.0 + heat / 4))), np.float64)


def sharpened_columns(table: csr_matrix, columns: F32, time: float) -> F32:
    """(n_items, d) q(P) times the columns, P = table' table."""
    by_item = csr_matrix(table.T)
    total, term = columns, columns
    for order in (1, 2, 3, 4):
        term = (by_item @ (table @ term)) * np.float32(-time / order)
        total = total + term
    return np.asarray(total, np.float32)


def curvature(largest: float, time: float) -> float:
    """The c for which x - c x^2 is nearest to x q(x) for x up to `largest`, by least squares."""
    x = np.linspace(0.0, max(largest, 1e-3), 65)[1:]
    return float(((x - x * sharpened(x, time)) @ x**2) / (x**2 @ x**2))


def strongest_rest(table: csr_matrix, vectors: F32, eigenvalues: F64, bend: float, most: int) -> csr_matrix:
    """Of P - bend * P^2, P = table' table, less what the eigenvectors hold: the `most` largest entries of every row.

    Largest by amount, whatever the sign; ties go to the lower item.
    """
    by_item = csr_matrix(table.T)
    n_items = by_item.shape[0]
    held = np.asarray(eigenvalues - bend * eigenvalues**2, np.float32)
    rows = max(min(CELLS_PER_BLOCK // max(n_items, 1), 128), 1)
    blocks = [csr_matrix((0, n_items), dtype=np.float32)]
    for start in range(0, n_items, rows):
        once = by_item @ by_item[start : start + rows].toarray().T
        rest = by_item @ (table @ once)
        rest *= np.float32(-bend)
        rest += once
        entries = (vectors[start : start + rows] * held) @ vectors.T
        blocks.append(_strongest(np.subtract(rest.T, entries, out=entries), most))
    return csr_matrix(vstack(blocks, format="csr", dtype=np.float32))


def _strongest(entries: F32, most: int) -> csr_matrix:
    amounts = np.abs(entries)
    amounts[amounts < FAINTEST * amounts.max(initial=0.0)] = -np.inf
    best = np.sort(top_k(amounts, min(most, entries.shape[1]), np.arange(entries.shape[1])), axis=1)
    there = best >= 0
    starts = np.concatenate(([0], np.cumsum(there.sum(axis=1))))
    values = entries[np.nonzero(there)[0], best[there]]
    return csr_matrix((values, best[there], starts), shape=entries.shape)
