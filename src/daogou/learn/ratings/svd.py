"""SVD: biases, and a few numbers per user and item whose product is the taste, learned rating by rating.

Good for: most rating data; small and quick. Weak for: users or items with hardly a rating.
Cost: 8 * factors multiply-adds per rating and epoch, on one core; 4 * factors bytes per user and item.
Source: Koren, Bell, Volinsky, "Matrix Factorization Techniques for Recommender Systems", Computer 42(8), 2009.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from daogou.core.types import F32, I32
from daogou.learn.checks import at_least, more_than, same_shape
from daogou.learn.ratings.biases import on_scale, rows_of
from daogou.learn.ratings.factors import clear_unrated, refuse_diverged, refuse_more_factors_than_items, ridge
from daogou.learn.ratings.given import RatedQuery, Ratings


@dataclass(frozen=True)
class Svd:
    """Recipe.

    factors         numbers per user and item
    epochs          passes over all ratings
    learning_rate   length of a step
    regularization  pulls biases and factors towards zero, once per rating
    start           standard deviation of the factors before the first step
    """

    factors: int = 100
    epochs: int = 20
    learning_rate: float = 0.005
    regularization: float = 0.02
    start: float = 0.1

    def __post_init__(self) -> None:
        at_least("factors", self.factors, 1)
        at_least("epochs", self.epochs, 1)
        more_than("learning_rate", self.learning_rate, 0)
        at_least("regularization", self.regularization, 0)
        at_least("start", self.start, 0)

    def fit(self, ratings: Ratings, *, seed: int = 0) -> SvdModel:
        """Same ratings and seed, same model. Raises InvalidInput when the steps diverge."""
        from daogou.learn.kernels.rating_descent import descend

        refuse_more_factors_than_items(self.factors, ratings)
        random = np.random.default_rng(seed)
        start = np.float32(self.start)
        users: F32 = start * random.standard_normal((ratings.n_users, self.factors), np.float32)
        items: F32 = start * random.standard_normal((ratings.n_items, self.factors), np.float32)
        user_bias, item_bias = np.zeros(ratings.n_users, np.float32), np.zeros(ratings.n_items, np.float32)
        table = ratings.by_user
        mean, rate, pull = (np.float32(x) for x in (ratings.mean, self.learning_rate, self.regularization))
        for _ in range(self.epochs):
            order = random.permutation(ratings.n_users)
            descend(
                table.indptr, table.indices, table.data, order, mean, rate, pull, user_bias, item_bias, users, items
            )
        refuse_diverged((user_bias, item_bias, users, items), self.learning_rate)
        clear_unrated(users, ratings.user)
        clear_unrated(items, ratings.item)
        return SvdModel(
            users,
            items,
            user_bias,
            item_bias,
            ratings.mean,
            float(self.regularization),
            ratings.lowest,
            ratings.highest,
        )


@dataclass(frozen=True, eq=False)
class SvdModel:
    """user_factors  (n_users, d) and item_factors (n_items, d); zero where there was no rating
    user_bias     (n_users,) and item_bias (n_items,): how far each lies above the mean of all ratings
    """

    user_factors: F32
    item_factors: F32
    user_bias: F32
    item_bias: F32
    mean: float
    regularization: float
    lowest: float
    highest: float

    def __post_init__(self) -> None:
        same_shape("user_bias", self.user_bias.shape, self.user_factors.shape[:1])
        same_shape("item_bias", self.item_bias.shape, self.item_factors.shape[:1])

    @property
    def n_items(self) -> int:
        return len(self.item_bias)

    def predict(self, users: I32, items: I32) -> F32:
        """(len(users),) mean + biases + product of factors; an unknown user or item adds nothing."""
        taste = np.einsum("nd,nd->n", rows_of(self.user_factors, users), rows_of(self.item_factors, items))
        stars = np.float32(self.mean) + rows_of(self.user_bias, users) + rows_of(self.item_bias, items) + taste
        return on_scale(stars, self.lowest, self.highest)

    def without_users(self) -> SvdModel:
        """The same for new users only: it keeps no row of anybody."""
        return replace(self, user_factors=self.user_factors[:0], user_bias=self.user_bias[:0])

    def predict_for(self, query: RatedQuery, items: I32) -> F32:
        """(len(items),) for a user who gave these ratings: the least squares that descent aims at, solved exactly."""
        history, stars = query.known(len(self.item_factors), self.lowest, self.highest)
        wanted = stars - np.float32(self.mean) - self.item_bias[history]
        bias, factors = ridge(self.item_factors[history], wanted, self.regularization)
        found = np.float32(self.mean + bias) + rows_of(self.item_bias, items)
        return on_scale(found + rows_of(self.item_factors, items) @ factors, self.lowest, self.highest)
