"""NMF: stars as a sum of shares that are never negative, so that every factor can be read as a kind of taste.

Good for: factors a person can read. Weak for: accuracy, next to SVD; it has no biases.
Cost: 8 * factors multiply-adds per rating and epoch, on all cores; 4 * factors bytes per user and item.
Sources: Lee, Seung, "Algorithms for Non-negative Matrix Factorization", NIPS 2000; for ratings with holes:
Luo, Zhou, Xia, Zhu, IEEE Transactions on Industrial Informatics 10(2), 2014.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy.optimize import nnls

from daogou.core.errors import InvalidInput
from daogou.core.types import F32, I32, Bools
from daogou.learn.checks import at_least, same_shape
from daogou.learn.ratings.biases import on_scale, rows_of
from daogou.learn.ratings.factors import clear_unrated, refuse_more_factors_than_items
from daogou.learn.ratings.given import RatedQuery, Ratings


@dataclass(frozen=True)
class Nmf:
    """Recipe.

    factors         numbers per user and item
    epochs          rounds over users and items
    regularization  pulls the factors towards zero, once per rating
    """

    factors: int = 15
    epochs: int = 50
    regularization: float = 0.06

    def __post_init__(self) -> None:
        at_least("factors", self.factors, 1)
        at_least("epochs", self.epochs, 1)
        at_least("regularization", self.regularization, 0)

    def fit(self, ratings: Ratings, *, seed: int = 0) -> NmfModel:
        """Same ratings and seed, same model. Raises InvalidInput for a scale that goes below 0."""
        from daogou.learn.kernels.rating_factors import multiply_rows

        refuse_more_factors_than_items(self.factors, ratings)
        if ratings.lowest < 0:
            raise InvalidInput(f"NMF adds up shares of 0 or more, but the scale begins at {ratings.lowest:g}. Use svd.")
        random = np.random.default_rng(seed)
        # Two numbers from 0 to `most` have the product most^2 / 4 on average: the first guess is about the mean.
        most = np.float32(2 * np.sqrt(ratings.mean / self.factors))
        users = most * _paired(random, ratings.n_users, self.factors)
        items = most * _paired(random, ratings.n_items, self.factors)
        by_user, by_item, pull = ratings.by_user, ratings.by_item, np.float32(self.regularization)
        for _ in range(self.epochs):
            multiply_rows(by_user.indptr, by_user.indices, by_user.data, items, pull, users)
            multiply_rows(by_item.indptr, by_item.indices, by_item.data, users, pull, items)
        clear_unrated(users, ratings.user)
        clear_unrated(items, ratings.item)
        guesses = np.einsum("nd,nd->n", users[ratings.user], items[ratings.item])
        return NmfModel(
            users,
            items,
            ratings.mean - float(guesses.mean(dtype=np.float64)),
            np.diff(by_user.indptr) > 0,
            np.diff(by_item.indptr) > 0,
            ratings.mean,
            float(self.regularization),
            ratings.lowest,
            ratings.highest,
        )


@dataclass(frozen=True, eq=False)
class NmfModel:
    """user_factors  (n_users, d) and item_factors (n_items, d), 0 or more
    shift         what the pull towards zero takes from the ratings it saw, on average; added to every product
    rated_by      (n_users,) and is_rated (n_items,): whether there was any rating to learn them from
    """

    user_factors: F32
    item_factors: F32
    shift: float
    rated_by: Bools
    is_rated: Bools
    mean: float
    regularization: float
    lowest: float
    highest: float

    def __post_init__(self) -> None:
        same_shape("rated_by", self.rated_by.shape, self.user_factors.shape[:1])
        same_shape("is_rated", self.is_rated.shape, self.item_factors.shape[:1])

    @property
    def n_items(self) -> int:
        return len(self.is_rated)

    def predict(self, users: I32, items: I32) -> F32:
        """(len(users),) shift + the product of factors; the mean for an unknown user or item."""
        stars = np.einsum("nd,nd->n", rows_of(self.user_factors, users), rows_of(self.item_factors, items))
        return self._within(stars, rows_of(self.rated_by, users) & rows_of(self.is_rated, items))

    def without_users(self) -> NmfModel:
        """The same for new users only: it keeps no row of anybody."""
        return replace(self, user_factors=self.user_factors[:0], rated_by=self.rated_by[:0])

    def predict_for(self, query: RatedQuery, items: I32) -> F32:
        """(len(items),) for a user who gave these ratings: the best factors of 0 or more, solved exactly."""
        history, stars = query.known(len(self.item_factors), self.lowest, self.highest)
        history, stars = history[self.is_rated[history]], stars[self.is_rated[history]]
        if not len(history):
            return np.full(len(items), self.mean, np.float32)
        d = self.item_factors.shape[1]
        pull = np.sqrt(self.regularization * len(history)) * np.eye(d)
        factors, _ = nnls(
            np.vstack([self.item_factors[history], pull]), np.concatenate([stars - self.shift, np.zeros(d)])
        )
        return self._within(
            rows_of(self.item_factors, items) @ factors.astype(np.float32), rows_of(self.is_rated, items)
        )

    def _within(self, stars: F32, is_known: Bools) -> F32:
        return on_scale(
            np.where(is_known, stars + np.float32(self.shift), np.float32(self.mean)), self.lowest, self.highest
        )


def _paired(random: np.random.Generator, rows: int, factors: int) -> F32:
    """(rows, factors) from 0 to 1, every second number the complement of the one before: their mean is always 1/2.

    All first guesses then lie closer to the mean, which lowers the error after training (docs/models/ratings.md).
    """
    numbers: F32 = random.random((rows, factors), np.float32)
    numbers[:, 1::2] = 1 - numbers[:, : factors - 1 : 2]
    return numbers
