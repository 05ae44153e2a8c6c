"""SVD++: as SVD, and that somebody rated an item at all says something, whatever the stars.

Good for: the most accurate of the plain factor models. Weak for: users or items with hardly a rating.
Cost: 14 * factors multiply-adds per rating and epoch, on one core: the same order as SVD, see `descend_implicit`;
4 * factors bytes per user and 8 * factors per item.
Source: Koren, "Factorization Meets the Neighborhood", KDD 2008.
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
class Svdpp:
    """Recipe.

    factors         numbers per user, and twice as many per item
    epochs          passes over all ratings
    learning_rate   length of a step
    regularization  pulls biases and factors towards zero, once per rating
    start           standard deviation of the factors before the first step
    """

    factors: int = 20
    epochs: int = 20
    learning_rate: float = 0.007
    regularization: float = 0.02
    start: float = 0.1

    def __post_init__(self) -> None:
        at_least("factors", self.factors, 1)
        at_least("epochs", self.epochs, 1)
        more_than("learning_rate", self.learning_rate, 0)
        at_least("regularization", self.regularization, 0)
        at_least("start", self.start, 0)

    def fit(self, ratings: Ratings, *, seed: int = 0) -> SvdppModel:
        """Same ratings and seed, same model. Raises InvalidInput when the steps diverge."""
        from daogou.learn.kernels.rating_descent import descend_implicit

        refuse_more_factors_than_items(self.factors, ratings)
        random = np.random.default_rng(seed)
        start = np.float32(self.start)
        users: F32 = start * random.standard_normal((ratings.n_users, self.factors), np.float32)
        items: F32 = start * random.standard_normal((ratings.n_items, self.factors), np.float32)
        implicit: F32 = start * random.standard_normal((ratings.n_items, self.factors), np.float32)
        user_bias, item_bias = np.zeros(ratings.n_users, np.float32), np.zeros(ratings.n_items, np.float32)
        table = ratings.by_user
        mean, rate, pull = (np.float32(x) for x in (ratings.mean, self.learning_rate, self.regularization))
        for _ in range(self.epochs):
            order = random.permutation(ratings.n_users)
            descend_implicit(
                table.indptr,
                table.indices,
                table.data,
                order,
                mean,
                rate,
                pull,
                user_bias,
                item_bias,
                users,
                items,
                implicit,
            )
        refuse_diverged((user_bias, item_bias, users, items, implicit), self.learning_rate)
        clear_unrated(users, ratings.user)
        for one in (items, implicit):
            clear_unrated(one, ratings.item)
        for user in range(ratings.n_users):  # a user's share of what was rated does not change any more
            users[user] += _said_by_rating(implicit, table.indices[table.indptr[user] : table.indptr[user + 1]])
        return SvdppModel(
            users,
            items,
            implicit,
            user_bias,
            item_bias,
            ratings.mean,
            float(self.regularization),
            ratings.lowest,
            ratings.highest,
        )


@dataclass(frozen=True, eq=False)
class SvdppModel:
    """user_factors  (n_users, d) with the implicit part of all they rated already added
    item_factors  (n_items, d); zero where there was no rating
    implicit      (n_items, d) what having rated the item adds to a user, before division by the root of how many
    user_bias     (n_users,) and item_bias (n_items,): how far each lies above the mean of all ratings
    """

    user_factors: F32
    item_factors: F32
    implicit: F32
    user_bias: F32
    item_bias: F32
    mean: float
    regularization: float
    lowest: float
    highest: float

    def __post_init__(self) -> None:
        same_shape("implicit", self.implicit.shape, self.item_factors.shape)
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

    def without_users(self) -> SvdppModel:
        """The same for new users only: it keeps no row of anybody."""
        return replace(self, user_factors=self.user_factors[:0], user_bias=self.user_bias[:0])

    def predict_for(self, query: RatedQuery, items: I32) -> F32:
        """(len(items),) for a user who gave these ratings: the implicit part is known, the rest is least squares."""
        history, stars = query.known(len(self.item_factors), self.lowest, self.highest)
        said = _said_by_rating(self.implicit, history)
        rows = self.item_factors[history]
        wanted = stars - np.float32(self.mean) - self.item_bias[history] - rows @ said
        bias, factors = ridge(rows, wanted, self.regularization)
        found = np.float32(self.mean + bias) + rows_of(self.item_bias, items)
        return on_scale(found + rows_of(self.item_factors, items) @ (factors + said), self.lowest, self.highest)


def _said_by_rating(implicit: F32, history: I32) -> F32:
    """(d,) the sum over what was rated, by the root of how many."""
    total: F32 = implicit[history].sum(axis=0) / np.sqrt(np.float32(max(len(history), 1)))
    return total
