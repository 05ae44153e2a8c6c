"""Modality graph: EASE that starts from what reads and looks alike, so that rare and new items inherit from their kin.

Every item is joined to the items most like it by words (and by the encoder's vectors, where the shop has one); this
graph S is made once and stays as it is. EASE's weights B then solve  min |X - X B|^2 + regularization |B - kinship S|^2
with a zero diagonal, which has a closed form: pairs that shoppers decide keep what shoppers say, the others lean on
kinship. Last, an item that few took is scored partly, a new one wholly, as its kin are. All is linear in the history.

Good for: catalogues with many rare or new items, as one model for both. Weak for: items whose words say nothing;
an item added after training waits for the next one. Cost: as EASE, and twice more 4 * n_items^2 bytes while fitting.
Sources: a frozen item graph, Zhou and Shen, "A Tale of Two Graphs: Freezing and Denoising Graph Structures for
Multimodal Recommendation" (FREEDOM), ACM MM 2023; Steck, "Embarrassingly Shallow Autoencoders", WWW 2019. Joining the
two in closed form is ours.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix

from daogou.core.errors import InvalidInput
from daogou.core.types import F32, I32, Query
from daogou.data.dataset import Dataset
from daogou.learn.alike import alike
from daogou.learn.checks import at_least, between, more_than, same_shape
from daogou.learn.histories import history_matrix, known_history, spread
from daogou.learn.item_text import common_features, text_table
from daogou.learn.item_weights import inverse_gram, item_gram
from daogou.learn.kernels.rows import dense_shares, dense_total
from daogou.learn.low_rank import right_singular
from daogou.learn.ngrams import item_features
from daogou.learn.vectors import side_by_side, unit_rows

MAX_FEATURES = 100_000


@dataclass(frozen=True)
class ModalityGraph:
    """Recipe.

    regularization   as in EASE
    kinship          what EASE's weights lean on where shoppers say little, per unit of the graph
    inherited        shoppers an item needs before its own weights count as much as those of its kin
    own              what a history item itself counts towards its kin, beside what it brings along
    neighbours       kin per item; sharpness is the power of their cosine
    dimensions       numbers kept of the text
    encoded          share of the likeness that the encoder's vectors carry, if there are any; text the rest
    memory_limit_mb  refuse catalogues that would need more while fitting
    """

    regularization: float = 250.0
    kinship: float = 0.3
    inherited: float = 1.0
    own: float = 0.3
    neighbours: int = 100
    sharpness: float = 4.0
    dimensions: int = 256
    encoded: float = 0.5
    memory_limit_mb: int = 4_000

    def __post_init__(self) -> None:
        for name in ("regularization", "sharpness"):
            more_than(name, getattr(self, name), 0)
        for name in ("kinship", "inherited", "own"):
            at_least(name, getattr(self, name), 0)
        for name in ("neighbours", "dimensions", "memory_limit_mb"):
            at_least(name, getattr(self, name), 1)
        between("encoded", self.encoded, 0, 1)

    def fit(self, dataset: Dataset, *, seed: int = 0) -> ModalityGraphModel:
        """`seed` starts the projection of the texts; the rest is exact. Raises InvalidInput above the memory limit."""
        refusal = self.refusal(dataset.n_items)
        if refusal:
            raise InvalidInput(refusal)
        taken = dataset.matrix()
        shoppers = np.bincount(taken.indices, minlength=dataset.n_items).astype(np.float32)
        need = shoppers + np.float32(self.inherited)
        trust = np.divide(shoppers, need, out=np.ones_like(need), where=need > 0)
        kin = kin_of(content_rows(dataset, self.dimensions, self.encoded, seed), trust, self.neighbours, self.sharpness)
        gram = item_gram(taken)
        gram[np.diag_indices_from(gram)] += self.regularization
        weights = _leaning(inverse_gram(gram, self.regularization), kin, self.regularization, self.kinship)
        return ModalityGraphModel(_inheriting(weights, kin, trust, self.own))

    def refusal(self, n_items: int) -> str | None:
        """Why a catalogue of this size cannot be learned within the memory limit, and what to do; None where it can."""
        needed_mb = 12 * n_items**2 / 1e6
        if needed_mb <= self.memory_limit_mb:
            return None
        return (
            f"The modality graph on {n_items:,} items needs {needed_mb:,.0f} MB, more than memory_limit_mb = "
            f"{self.memory_limit_mb:,}. Raise memory_limit_mb if the machine has that much to spare, or use the models "
            "sparse_ease and content together, whose size grows only linearly."
        )


@dataclass(frozen=True, eq=False)
class ModalityGraphModel:
    """weights  (n_items, n_items); row = item seen, column = item scored; zero diagonal"""

    weights: F32

    def __post_init__(self) -> None:
        same_shape("weights", self.weights.shape, (self.n_items, self.n_items))

    @property
    def n_items(self) -> int:
        return len(self.weights)

    def score(self, query: Query, items: I32) -> F32:
        """Sum over the history of its weights towards each asked item, shape (len(items),); 0.0 with no history."""
        return np.asarray(self.contributions(query, items).sum(axis=0), np.float32)

    def score_all(self, query: Query) -> F32:
        """(n_items,) the same for every item."""
        return dense_total(self.weights, *known_history(query, self.n_items))

    def score_batch(self, queries: Sequence[Query]) -> F32:
        """(len(queries), n_items)"""
        return np.asarray(history_matrix(queries, self.n_items) @ self.weights, np.float32)

    def contributions(self, query: Query, items: I32) -> F32:
        """(len(query.history), len(items)) what each history item adds to or takes from each score."""
        history, strengths = known_history(query, self.n_items)
        return spread(dense_shares(self.weights, history, strengths, items), query, self.n_items)


def content_rows(dataset: Dataset, dimensions: int, encoded: float, seed: int) -> F32:
    """(n_items, d + e) rows of length 1: projected TF-IDF and the encoder's vectors; zeros without either."""
    featured = item_features(dataset.items)
    table = text_table(featured, dataset.n_items, *common_features(featured, dataset.n_items, MAX_FEATURES))
    projection, _ = right_singular(table, dimensions, seed=seed)
    text = unit_rows(table @ projection)
    return unit_rows(side_by_side(text, dataset.vectors, encoded)) if dataset.vectors.shape[1] else text


def kin_of(rows: F32, trust: F32, neighbours: int, sharpness: float) -> csr_matrix:
    """(n_items, n_items) sparse; row = item, its kin's shares sum to 1; kin that nobody took have no share."""
    kin = alike(rows, neighbours=neighbours, sharpness=sharpness)
    values = kin.data * trust[kin.indices]
    row = np.repeat(np.arange(kin.shape[0]), np.diff(kin.indptr))
    sums = np.bincount(row, weights=values, minlength=kin.shape[0])
    shares = (values / np.where(sums > 0, sums, 1)[row]).astype(np.float32)
    return csr_matrix((shares, kin.indices, kin.indptr), shape=kin.shape)


def _leaning(inverse: F32, kin: csr_matrix, regularization: float, kinship: float) -> F32:
    """EASE's weights with the graph as what they are pulled towards instead of zero; zero diagonal.

    With P = inverse:  B = I + regularization P (kinship S - I) - P diag(m), where m makes the diagonal vanish.
    """
    own = np.diag(inverse).copy()
    weights = np.ascontiguousarray((kin @ inverse).T)  # P S, for P is symmetric and column j of S is row j of kin
    weights *= kinship
    weights -= inverse
    weights *= regularization
    weights[np.diag_indices_from(weights)] += 1
    weights -= inverse * (np.diag(weights) / own)
    np.fill_diagonal(weights, 0.0)
    return weights


def _inheriting(weights: F32, kin: csr_matrix, trust: F32, own: float) -> F32:
    """Columns of rarely taken items replaced, as far as they are not trusted, by those of their kin."""
    weights[np.diag_indices_from(weights)] = own
    inherited = np.ascontiguousarray((kin @ weights.T).T)
    np.fill_diagonal(weights, 0.0)
    weights *= trust
    weights += inherited * (1 - trust)
    np.fill_diagonal(weights, 0.0)
    return weights
