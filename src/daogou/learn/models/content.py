"""Content: recommend what reads alike, and what items that read alike are taken with; a new item counts at once.

Good for: brand-new items, thin logs, "similar items". Weak for: catalogues whose texts say little.
Cost: one pass over the texts, two random-projection SVDs, one product of all pairs of items up to 20,000 items and of a
tenth of the pairs at 100,000; per item 4 * (dimensions + factors) + 12 * neighbours bytes and per text feature
4 * dimensions bytes once fitted.
Sources: latent semantic analysis, Deerwester et al., JASIS 1990; mapping content to factors for cold items, van den
Oord, Dieleman, Schrauwen, NIPS 2013, here by ridge regression in closed form.

An item's vector has two parts of fixed length. Content: TF-IDF of hashed character runs and facts, projected, and
beside it what the shop's encoder made of words and pictures, where the shop has one. Company: where the item lies
among what shoppers take together; for an item few have taken this is mostly predicted from its content, for a new one
wholly. So warm and cold items are scored on one scale. Likeness is the cosine of two vectors to the power
`sharpness`: without it many faint likenesses outvote the few that matter.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from scipy.sparse import csr_matrix, diags

from daogou.core.types import F32, I32, Item, Query
from daogou.data.dataset import Dataset
from daogou.learn.alike import alike
from daogou.learn.checks import at_least, between, more_than, same_shape
from daogou.learn.histories import history_matrix, known_history, spread
from daogou.learn.item_text import common_features, text_table
from daogou.learn.kernels.rows import sparse_shares, sparse_total
from daogou.learn.low_rank import right_singular
from daogou.learn.neighbours import heard_and_own
from daogou.learn.ngrams import U64, item_features
from daogou.learn.vectors import side_by_side, unit_rows


@dataclass(frozen=True)
class Content:
    """Recipe.

    dimensions      numbers kept of the text
    factors         numbers kept of the company
    company         share of the score that company carries, 0 to 1; content carries the rest
    encoded         share of the content that the encoder's vectors carry, if there are any; text the rest
    regularization  of the ridge from content to company, per item
    neighbours      items an item is scored by
    sharpness       power of the cosine
    prior           shoppers an item needs before its own company counts as much as the predicted one
    max_features    text features kept, the most frequent first
    """

    dimensions: int = 256
    factors: int = 160
    company: float = 0.6
    encoded: float = 0.5
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
        between("encoded", self.encoded, 0, 1)

    def fit(self, dataset: Dataset, *, seed: int = 0) -> ContentModel:
        """Same dataset and seed, same model. Items without a catalogue entry have no text, only company."""
        words = _Words(dataset.items, dataset.n_items)
        vocabulary, idf, projection, text = _placed(words, self.dimensions, self.max_features, seed)
        content = _content(text, dataset.vectors, self.encoded)
        company, trust = _company(dataset.matrix(), self.factors, self.prior, seed)
        ridge = _ridge(content, company, trust, self.regularization)
        blended = unit_rows(trust[:, None] * company + (1 - trust[:, None]) * unit_rows(content @ ridge))
        vectors = side_by_side(content, blended, self.company)
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
            dataset.vectors.shape[1],
            dataset.encoder,
            float(self.encoded),
        )


@dataclass(frozen=True, eq=False)
class ContentModel:
    """similar     (n_items, n_items) sparse; row = item seen, column = item scored; sharpened cosine of the vectors
    vectors     (n_items, d + e + f) content scaled by sqrt(1 - company), company by sqrt(company)
    vocabulary  (n_features,) hashes of text features, ascending
    idf         (n_features,) how rare each is
    projection  (n_features, d) from TF-IDF to the text's part of the content
    ridge       (d + e, f) from the content part to the company part
    company, sharpness, neighbours, encoded  as in the recipe; a new item is placed with them
    n_encoded   e, numbers per vector of the encoder; 0 for none
    encoder     fingerprint of that encoder
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
    n_encoded: int = 0
    encoder: str = ""
    encoded: float = 0.0

    def __post_init__(self) -> None:
        same_shape("idf", self.idf.shape, self.vocabulary.shape)
        same_shape("projection", self.projection.shape, (len(self.vocabulary), self.ridge.shape[0] - self.n_encoded))
        same_shape("similar", self.similar.shape, (self.n_items, self.n_items))
        same_shape("vectors", self.vectors.shape, (self.n_items, sum(self.ridge.shape)))

    @property
    def n_items(self) -> int:
        return len(self.vectors)

    @property
    def score_table(self) -> csr_matrix:
        """(n_items, n_items) its rows, weighed by the history, sum to `score_all`."""
        return self.similar

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

    def embed(self, item: Item, vector: F32 | None = None) -> F32:
        """(d + e + f,) the vector of any item, also one never seen: its content, and the company that predicts.

        vector  (e,) what the encoder made of it, None for nothing
        """
        return np.asarray(self._embedded([item], None if vector is None else vector[None])[0])

    def with_items(self, items: Sequence[Item], vectors: F32 | None = None) -> ContentModel:
        """The same model knowing `items` too; they get the numbers from n_items on, in order.

        vectors  (len(items), e) what the encoder made of them, by the same encoder as when fitted; None for nothing
        """
        if not items:
            return self
        placed = np.concatenate([self.vectors, self._embedded(items, vectors)])
        new = alike(placed, neighbours=self.neighbours, sharpness=self.sharpness, first=self.n_items)
        wider = csr_matrix((self.similar.data, self.similar.indices, self.similar.indptr), shape=self.similar.shape)
        wider.resize(new.shape)
        return replace(self, vectors=placed, similar=csr_matrix(wider + heard_and_own(new)))

    def _embedded(self, items: Sequence[Item], vectors: F32 | None) -> F32:
        encoded = np.zeros((len(items), self.n_encoded), np.float32) if vectors is None else vectors
        same_shape("vectors of the new items", encoded.shape, (len(items), self.n_encoded))
        table = text_table(item_features(items), len(items), self.vocabulary, self.idf)
        content = _content(unit_rows(table @ self.projection), encoded, self.encoded)
        return side_by_side(content, unit_rows(content @ self.ridge), self.company)


@dataclass(frozen=True, eq=False)
class _Words:
    """A catalogue as what is said of its items: equal where it is the same list, whoever took what since."""

    items: Sequence[Item]
    n_items: int

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Words) and other.items is self.items and other.n_items == self.n_items

    def __hash__(self) -> int:
        return hash((id(self.items), self.n_items))


@lru_cache(maxsize=1)  # a training fits several times on one catalogue, cut at several times
def _placed(words: _Words, dimensions: int, most: int, seed: int) -> tuple[U64, F32, F32, F32]:
    """Vocabulary, idf, projection, and (n_items, dimensions) the text's part of the content."""
    featured = item_features(words.items)
    vocabulary, idf = common_features(featured, words.n_items, most)
    table = text_table(featured, words.n_items, vocabulary, idf)
    projection, _ = right_singular(table, dimensions, seed=seed)
    return vocabulary, idf, projection, unit_rows(table @ projection)


def _content(text: F32, encoded: F32, share: float) -> F32:
    """(n, d + e) rows of length 1; an item that lacks one of the two is placed by the other alone."""
    if not encoded.shape[1]:
        return text
    return unit_rows(side_by_side(text, encoded, share))


def _company(taken: csr_matrix, factors: int, prior: float, seed: int) -> tuple[F32, F32]:
    """(n_items, f) unit rows: where an item lies among what is taken together; (n_items,) how far to trust it."""
    per_user = np.maximum(np.diff(taken.indptr), 1)
    per_item = np.bincount(taken.indices, minlength=taken.shape[1]).astype(np.float32)
    even = diags(per_user**-0.5) @ taken @ diags(np.maximum(per_item, 1) ** -0.5)
    vectors, values = right_singular(csr_matrix(even, dtype=np.float32), factors, seed=seed)
    return unit_rows(vectors * values), per_item / (per_item + np.float32(prior))


def _ridge(content: F32, company: F32, trust: F32, regularization: float) -> F32:
    """(d + e, f) least squares from content to company, each item counting by its trust."""
    weighted = content * trust[:, None]
    normal = (weighted.T @ content).astype(np.float64)
    normal[np.diag_indices_from(normal)] += regularization * max(float(trust.sum()), 1.0) / max(content.shape[1], 1)
    return np.linalg.solve(normal, weighted.T @ company).astype(np.float32)
