"""MF: give every item two vectors, one as something seen and one as something to come, by a sampled softmax.

A shopper is the sum of the vectors of what was seen, so nothing belongs to a shopper; how long an item's vector is says
how much it counts. A score is the cosine between that sum and the item's other vector. In training a part of each
history is seen and foretells the rest, against items drawn at random.

Good for: vectors of unit length for nearest-neighbour search, devices. Weak for: brand-new items, very sparse logs.
Cost: per epoch 6 * factors * negatives * n_users multiply-adds; 8 * factors * n_items bytes once fitted.
Sources: Mao et al., "SimpleX: A Simple and Strong Baseline for Collaborative Filtering", CIKM 2021 (cosine, history as
shopper); Wu et al., "On the Effectiveness of Sampled Softmax Loss for Item Recommendation", TOIS 2024 (the loss).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix

from daogou.core.types import F32, I32, I64, Query
from daogou.data.dataset import Dataset
from daogou.learn.bipartite import degrees, normalised
from daogou.learn.checks import at_least, between, more_than, same_shape
from daogou.learn.histories import history_matrix, known_history, spread
from daogou.learn.low_rank import right_singular

BATCH = 256
"""Shoppers per step."""

START = 0.1
"""Mean size of a number in the tables before training."""


@dataclass(frozen=True)
class Mf:
    """Recipe.

    factors        numbers per item, in each of two vectors
    epochs         how often every shopper is met
    learning_rate  of Adam
    temperature    the cosine is divided by it: lower tells near items apart more sharply
    negatives      items drawn per step, shared by its shoppers
    seen           share of a history that foretells the rest, drawn anew each time
    """

    factors: int = 64
    epochs: int = 15
    learning_rate: float = 0.003
    temperature: float = 0.1
    negatives: int = 1024
    seen: float = 0.5

    def __post_init__(self) -> None:
        for name in ("factors", "epochs", "negatives"):
            at_least(name, getattr(self, name), 1)
        more_than("learning_rate", self.learning_rate, 0)
        more_than("temperature", self.temperature, 0)
        between("seen", self.seen, 0.05, 0.95)

    def fit(self, dataset: Dataset, *, seed: int = 0) -> MfModel:
        """Same dataset and seed, same model."""
        matrix = dataset.matrix()
        random = np.random.default_rng(seed)
        seen, coming = (_Table(values) for values in starting_vectors(matrix, self.factors, seed))
        able = np.flatnonzero(np.diff(matrix.indptr) >= 2)
        for _ in range(self.epochs):
            order = random.permutation(able)
            for start in range(0, len(order), BATCH):
                _learn(matrix[order[start : start + BATCH]], seen, coming, self, random)
        return MfModel(seen.values, _unit(coming.values)[0])


@dataclass(frozen=True, eq=False)
class MfModel:
    """seen    (n_items, d) vectors of items as something seen
    coming  (n_items, d) vectors of items as something to come, of length 1
    """

    seen: F32
    coming: F32

    def __post_init__(self) -> None:
        same_shape("coming", self.coming.shape, self.seen.shape)

    @property
    def n_items(self) -> int:
        return len(self.seen)

    @property
    def item_vectors(self) -> F32:
        """(n_items, d)"""
        return self.coming

    def query_vectors(self, queries: Sequence[Query]) -> F32:
        """(len(queries), d) of length 1, or 0 with no history."""
        return _unit(np.asarray(history_matrix(queries, self.n_items) @ self.seen, np.float32))[0]

    def score(self, query: Query, items: I32) -> F32:
        """The cosine of history and each asked item, shape (len(items),); 0.0 with no history."""
        return np.asarray(self.coming[items] @ self.query_vectors([query])[0])

    def score_all(self, query: Query) -> F32:
        """(n_items,) the same for every item."""
        return np.asarray(self.coming @ self.query_vectors([query])[0])

    def score_batch(self, queries: Sequence[Query]) -> F32:
        """(len(queries), n_items)"""
        return self.query_vectors(queries) @ self.coming.T

    def contributions(self, query: Query, items: I32) -> F32:
        """(len(query.history), len(items)) each history item's part of the sum, divided by the length of all of it."""
        history, strengths = known_history(query, self.n_items)
        parts = strengths[:, None] * self.seen[history]
        length = _unit(parts.sum(axis=0, keepdims=True))[1]
        return spread((parts / length) @ self.coming[items].T, query, self.n_items)


class _Table:
    """Vectors in training, with Adam's running means."""

    def __init__(self, values: F32) -> None:
        self.values, self.means, self.squares = values, np.zeros_like(values), np.zeros_like(values)
        self.step = 0

    def move(self, rows: I64, gradients: F32, rate: float) -> None:
        """One step; a row may be named several times, its gradients are added up."""
        from daogou.learn.kernels.adam import move_rows  # here, for answering a shopper does not need it

        different, place = np.unique(rows, return_inverse=True)
        gather = csr_matrix(
            (np.ones(len(rows), np.float32), (place, np.arange(len(rows)))), shape=(len(different), len(rows))
        )
        self.step += 1
        summed = np.ascontiguousarray(gather @ gradients, np.float32)
        move_rows(self.values, self.means, self.squares, different, summed, rate, self.step)


def starting_vectors(matrix: csr_matrix, factors: int, seed: int) -> tuple[F32, F32]:
    """Both tables: the strongest directions of the graph of shoppers and items, and a little noise in all of them."""
    vectors, values = right_singular(normalised(matrix), factors, seed=seed)
    directions = vectors * np.sqrt(values)
    directions *= START / max(float(np.abs(directions).mean()) if directions.size else 0.0, 1e-12)
    random = np.random.default_rng(seed)
    seen, coming = (0.01 * START * random.standard_normal((matrix.shape[1], factors), np.float32) for _ in range(2))
    coming[:, : directions.shape[1]] += directions
    root = np.asarray(np.sqrt(degrees(matrix)), np.float32)
    seen[:, : directions.shape[1]] += directions / root[:, None]
    return seen, coming


def _learn(taken: csr_matrix, seen: _Table, coming: _Table, recipe: Mf, random: np.random.Generator) -> None:
    """One step on the shoppers of `taken`."""
    histories, shopper, target = parted(taken, recipe.seen, random)
    if not len(target):
        return
    drawn = random.integers(0, taken.shape[1], recipe.negatives)
    rows = np.concatenate((drawn, target))
    asked, asked_length = _unit(np.asarray(histories @ seen.values, np.float32))
    offered, offered_length = _unit(coming.values[rows])
    by_shopper, by_row = slopes(asked, offered, shopper, recipe.temperature, taken.shape[1] / recipe.negatives)
    by_shopper = _through_unit(by_shopper, asked, asked_length) / taken.shape[0]
    coming.move(rows, _through_unit(by_row, offered, offered_length) / taken.shape[0], recipe.learning_rate)
    items = np.unique(histories.indices)
    seen.move(items, np.asarray(histories[:, items].T @ by_shopper, np.float32), recipe.learning_rate)


def parted(taken: csr_matrix, share: float, random: np.random.Generator) -> tuple[csr_matrix, I64, I64]:
    """Histories of a drawn share of the entries, and the others as (shopper, item) pairs; shoppers without either
    are left out of the pairs."""
    shopper = np.repeat(np.arange(taken.shape[0]), np.diff(taken.indptr))
    is_seen = random.random(taken.nnz) < share
    ones = np.ones(int(is_seen.sum()), np.float32)
    histories = csr_matrix((ones, (shopper[is_seen], taken.indices[is_seen])), shape=taken.shape)
    is_target = ~is_seen & (np.diff(histories.indptr) > 0)[shopper]
    return histories, shopper[is_target], taken.indices[is_target].astype(np.int64)


def slopes(asked: F32, offered: F32, shopper: I64, temperature: float, stands_for: float) -> tuple[F32, F32]:
    """How the loss  -sum log(e^t / (e^t + stands_for * sum over drawn e^n))  changes with both sides.

    asked    (n_shoppers, d), offered (n_drawn + n_targets, d): t and n are inner products over the temperature
    shopper  (n_targets,) whose target each of the last rows is
    """
    n_drawn = len(offered) - len(shopper)
    drawn, targets = offered[:n_drawn], offered[n_drawn:]
    weight = np.exp((asked @ drawn.T) / np.float32(temperature)) * np.float32(stands_for)
    target = np.exp(np.einsum("td,td->t", asked[shopper], targets) / np.float32(temperature))
    total = weight.sum(axis=1)[shopper] + target
    pull = ((target / total - 1.0) / temperature).astype(np.float32)
    weight *= (np.bincount(shopper, 1.0 / total, len(asked)) / temperature).astype(np.float32)[:, None]
    pulls = csr_matrix((pull, (shopper, np.arange(len(shopper)))), shape=(len(asked), len(shopper)))
    by_offered = np.concatenate((weight.T @ asked, pull[:, None] * asked[shopper]))
    return np.asarray(weight @ drawn + pulls @ targets, np.float32), np.asarray(by_offered, np.float32)


def _unit(vectors: F32) -> tuple[F32, F32]:
    """Each row divided by its length, and the lengths (n, 1); a row of zeros stays."""
    length = np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), np.float32(1e-12))
    return vectors / length, length


def _through_unit(slope: F32, unit: F32, length: F32) -> F32:
    """The slope with respect to vectors, given that with respect to the vectors divided by their lengths."""
    return np.asarray((slope - (slope * unit).sum(axis=1, keepdims=True) * unit) / length, np.float32)
