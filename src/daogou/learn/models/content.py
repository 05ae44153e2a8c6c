"""Content: recommend what reads alike, and what items that read alike are taken with; a new item counts at once.

Good for: brand-new items, thin logs, "similar items". Weak for: catalogues whose texts say little.
Cost: one pass over the texts, two random-projection SVDs, one blockwise product of all pairs of items; per item
4 * (dimensions + factors) + 12 * neighbours bytes and per text feature 4 * dimensions bytes once fitted.
Sources: latent semantic analysis, Deerwester et al., JASIS 1990; mapping content to factors for cold items, van den
Oord, Dieleman, Schrauwen, NIPS 2013, here by ridge regression in closed form.

An item's vector has two parts of fixed length. Text: TF-IDF of hashed character runs and facts, projected. Company:
where the item lies among what shoppers take together; for an item few have taken this is mostly predicted from its
text, for a new one wholly. So warm and cold items are scored on one scale. Likeness is the cosine of two vectors to
the power `sharpness`: without it many faint likenesses outvote the few that matter.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.sparse import csr_matrix, diags

from daogou.core.types import F32, I32, Item, Query
from daogou.data.dataset import Dataset
from daogou.learn.checks import at_least, between, more_than, same_shape
from daogou.learn.histories import history_matrix, known_history, spread
from daogou.learn.kernels.rows import sparse_shares, sparse_total
from daogou.learn.low_rank import right_singular
from daogou.learn.neighbours import alike, heard_and_own
from daogou.learn.ngrams import U64, item_features


@dataclass(frozen=True)
class Content:
    """Recipe.

    dimensions      numbers kept of the text
    factors         numbers kept of the company
    company         share of the score that company carries, 0 to 1; text carries the rest
    regularization  of the ridge from text to company, per item
    neighbours      items an item is scored by
    sharpness       power of the cosine
    prior           shoppers an item needs before its own company counts as much as the predicted one
    max_features    text features kept, the most frequent first
    """

    dimensions: int = 256
    factors: int = 160
    company: float = 0.6
    neighbours: int = 100
    sharpness: float = 3.0
    regularization: float = 0.02
    prior: float = 5.0
    max_features: int = 100_000

    def __post_init__(self) -> None:
        for name in ("dimensions", "factors", "neighbours", "max_features"):
            at_least(name, getattr(self, name), 1)
        more_than("regularization", self.regularization, 0)
        more_than("prior", self.prior, 0)
        more_than("sharpness", self.sharpness, 0)
        between("company", self.company, 0, 1)

    def fit(self, dataset: Dataset, *, seed: int = 0) -> ContentModel:
        """Same dataset and seed, same model. Items without a catalogue entry have no text, only company."""
        featured = [item_features(item) for item in dataset.items]
        featured += [(np.empty(0, np.uint64), np.empty(0, np.float32))] * (dataset.n_items - len(featured))
        vocabulary, idf = _vocabulary(featured, self.max_features)
        table = _table(featured, vocabulary, idf)
        projection, _ = right_singular(table, self.dimensions, seed=seed)
        text = _unit(table @ projection)
        taken = dataset.matrix()
        company, trust = _company(taken, self.factors, self.prior, seed)
        ridge = _ridge(text, company, trust, self.regularization)
        blended = _unit(trust[:, None] * company + (1 - trust[:, None]) * _unit(text @ ridge))
        vectors = _joined(text, blended, self.company)
        similar = heard_and_own(alike(vectors, neighbours=self.neighbours, sharpness=self.sharpness))
        return ContentModel(
            similar,
            vectors,
            vocabulary,
            idf,
            projection,
            ridge,
            float(self.company),
            float(self.sharpness),
            self.neighbours,
        )


@dataclass(frozen=True, eq=False)
class ContentModel:
    """similar     (n_items, n_items) sparse; row = item seen, column = item scored; sharpened cosine of the vectors
    vectors     (n_items, d + f) text part scaled by sqrt(1 - company), company part by sqrt(company)
    vocabulary  (n_features,) hashes of text features, ascending
    idf         (n_features,) how rare each is
    projection  (n_features, d) from TF-IDF to the text part
    ridge       (d, f) from the text part to the company part
    company, sharpness, neighbours  as in the recipe; a new item is placed with them
    """

    similar: csr_matrix
    vectors: F32
    vocabulary: U64
    idf: F32
    projection: F32
    ridge: F32
    company: float
    sharpness: float
    neighbours: int

    def __post_init__(self) -> None:
        same_shape("idf", self.idf.shape, self.vocabulary.shape)
        same_shape("projection", self.projection.shape, (len(self.vocabulary), self.ridge.shape[0]))
        same_shape("similar", self.similar.shape, (self.n_items, self.n_items))
        same_shape("vectors", self.vectors.shape, (self.n_items, sum(self.ridge.shape)))

    @property
    def n_items(self) -> int:
        return len(self.vectors)

    def score(self, query: Query, items: I32) -> F32:
        """Sum over the history of its likeness to each asked item, shape (len(items),); 0.0 with no history."""
        return np.asarray(self.contributions(query, items).sum(axis=0))

    def score_all(self, query: Query) -> F32:
        """(n_items,) the same for every item; an item's likeness to itself never counts."""
        return sparse_total(self.similar, *known_history(query, self.n_items))

    def score_batch(self, queries: Sequence[Query]) -> F32:
        """(len(queries), n_items)"""
        return np.asarray((history_matrix(queries, self.n_items) @ self.similar).toarray(), np.float32)

    def contributions(self, query: Query, items: I32) -> F32:
        """(len(query.history), len(items)) weight of each history item times its likeness."""
        return spread(sparse_shares(self.similar, *known_history(query, self.n_items), items), query, self.n_items)

    def embed(self, item: Item) -> F32:
        """(d + f,) the vector of any item, also one never seen: its text, and the company its text predicts."""
        return np.asarray(self._embedded([item])[0])

    def with_items(self, items: Sequence[Item]) -> ContentModel:
        """The same model knowing `items` too; they get the numbers from n_items on, in order."""
        if not items:
            return self
        vectors = np.concatenate([self.vectors, self._embedded(items)])
        new = alike(vectors, neighbours=self.neighbours, sharpness=self.sharpness, first=self.n_items)
        wider = csr_matrix((self.similar.data, self.similar.indices, self.similar.indptr), shape=self.similar.shape)
        wider.resize(new.shape)
        return replace(self, vectors=vectors, similar=csr_matrix(wider + heard_and_own(new)))

    def _embedded(self, items: Sequence[Item]) -> F32:
        table = _table([item_features(item) for item in items], self.vocabulary, self.idf)
        text = _unit(table @ self.projection)
        return _joined(text, _unit(text @ self.ridge), self.company)


def _vocabulary(featured: Sequence[tuple[U64, F32]], most: int) -> tuple[U64, F32]:
    """The features worth keeping and their idf. One that a single item has links nothing, unless items are very few."""
    hashes, counts = np.unique(np.concatenate([np.empty(0, np.uint64), *(f for f, _ in featured)]), return_counts=True)
    wanted = counts >= (2 if len(featured) >= 20 else 1)
    if wanted.sum() > most:
        wanted &= counts >= np.sort(counts)[-most]
    idf = np.log((1 + len(featured)) / (1 + counts[wanted])) + 1
    return hashes[wanted], idf.astype(np.float32)


def _table(featured: Sequence[tuple[U64, F32]], vocabulary: U64, idf: F32) -> csr_matrix:
    """(len(featured), n_features) TF-IDF with rows of length 1; features outside the vocabulary are left out."""
    rows = np.repeat(np.arange(len(featured)), [len(hashes) for hashes, _ in featured])
    hashes = np.concatenate([np.empty(0, np.uint64), *(one for one, _ in featured)])
    counts = np.concatenate([np.empty(0, np.float32), *(one for _, one in featured)])
    place = np.minimum(np.searchsorted(vocabulary, hashes), max(len(vocabulary) - 1, 0))
    known = vocabulary[place] == hashes if len(vocabulary) else np.zeros(len(hashes), bool)
    rows, place = rows[known], place[known]
    values = np.log1p(counts[known]) * idf[place]
    length = np.sqrt(np.bincount(rows, weights=values**2, minlength=len(featured)))
    values = values / length[rows] if len(rows) else values
    return csr_matrix((values, (rows, place)), shape=(len(featured), len(vocabulary)), dtype=np.float32)


def _company(taken: csr_matrix, factors: int, prior: float, seed: int) -> tuple[F32, F32]:
    """(n_items, f) unit rows: where an item lies among what is taken together; (n_items,) how far to trust it."""
    per_user = np.maximum(np.diff(taken.indptr), 1)
    per_item = np.bincount(taken.indices, minlength=taken.shape[1]).astype(np.float32)
    even = diags(per_user**-0.5) @ taken @ diags(np.maximum(per_item, 1) ** -0.5)
    vectors, values = right_singular(csr_matrix(even, dtype=np.float32), factors, seed=seed)
    return _unit(vectors * values), per_item / (per_item + np.float32(prior))


def _ridge(text: F32, company: F32, trust: F32, regularization: float) -> F32:
    """(d, f) least squares from text to company, each item counting by its trust."""
    weighted = text * trust[:, None]
    normal = (weighted.T @ text).astype(np.float64)
    normal[np.diag_indices_from(normal)] += regularization * max(float(trust.sum()), 1.0) / max(text.shape[1], 1)
    return np.linalg.solve(normal, weighted.T @ company).astype(np.float32)


def _joined(text: F32, company: F32, share: float) -> F32:
    return np.concatenate([text * np.float32(np.sqrt(1 - share)), company * np.float32(np.sqrt(share))], axis=1)


def _unit(rows: F32) -> F32:
    """Rows of length 1; a row of zeros stays zeros."""
    length = np.sqrt(np.einsum("ij,ij->i", rows, rows))[:, None]
    return np.asarray(rows / np.where(length > 0, length, 1), np.float32)
