"""Baseline: the overall mean, how generous the user is, and how well liked the item is.

Good for: the figure every other rating model must beat; few ratings. Weak for: taste, it has none.
Cost: a few passes over the ratings; 4 bytes per user and item once fitted.
Source: Koren, "Factor in the Neighbors", ACM TKDD 4(1), 2010, section 2.1.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from daogou.core.types import F32, I32
from daogou.learn.checks import at_least
from daogou.learn.ratings.biases import fit_biases, on_scale, rows_of
from daogou.learn.ratings.given import RatedQuery, Ratings


@dataclass(frozen=True)
class Baseline:
    """Recipe.

    iterations           rounds over items and users
    user_regularization  as many ratings' worth of "like everybody" are added to each user
    item_regularization  the same for each item
    """

    iterations: int = 10
    user_regularization: float = 15.0
    item_regularization: float = 10.0

    def __post_init__(self) -> None:
        at_least("iterations", self.iterations, 1)
        at_least("user_regularization", self.user_regularization, 0)
        at_least("item_regularization", self.item_regularization, 0)

    def fit(self, ratings: Ratings, *, seed: int = 0) -> BaselineModel:
        """Exact up to the number of rounds; `seed` changes nothing."""
        biases = fit_biases(ratings, self.iterations, self.user_regularization, self.item_regularization)
        return BaselineModel(
            biases.user.astype(np.float32),
            biases.item.astype(np.float32),
            biases.mean,
            float(self.user_regularization),
            ratings.lowest,
            ratings.highest,
        )


@dataclass(frozen=True, eq=False)
class BaselineModel:
    """user_bias (n_users,) and item_bias (n_items,): how far each lies above the mean of all ratings"""

    user_bias: F32
    item_bias: F32
    mean: float
    user_regularization: float
    lowest: float
    highest: float

    @property
    def n_items(self) -> int:
        return len(self.item_bias)

    def predict(self, users: I32, items: I32) -> F32:
        """(len(users),) mean + user + item; an unknown user or item adds nothing."""
        stars = np.float32(self.mean) + rows_of(self.user_bias, users) + rows_of(self.item_bias, items)
        return on_scale(stars, self.lowest, self.highest)

    def without_users(self) -> BaselineModel:
        """The same for new users only: it keeps no row of anybody."""
        return replace(self, user_bias=self.user_bias[:0])

    def predict_for(self, query: RatedQuery, items: I32) -> F32:
        """(len(items),) for a user who gave these ratings: their bias given the items' biases."""
        history, stars = query.known(len(self.item_bias), self.lowest, self.highest)
        above = stars - np.float32(self.mean) - self.item_bias[history]
        weight = len(history) + self.user_regularization
        own = float(above.sum()) / weight if weight else 0.0
        return on_scale(np.float32(self.mean + own) + rows_of(self.item_bias, items), self.lowest, self.highest)
