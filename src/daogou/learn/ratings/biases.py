"""How generous each user is and how well liked each item: what is left of a rating when taste is left out.

Source: Koren, "Factor in the Neighbors", ACM TKDD 4(1), 2010, section 2.1.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from daogou.core.types import F32, F64, I32, Bools
from daogou.learn.ratings.given import Ratings

Table = TypeVar("Table", F32, Bools)


@dataclass(frozen=True, eq=False)
class Biases:
    """mean of all ratings; user (n_users,) and item (n_items,) how far each lies above it"""

    mean: float
    user: F64
    item: F64

    def of(self, users: I32, items: I32) -> F64:
        """(len(users),) mean + user + item"""
        return np.asarray(self.mean + self.user[users] + self.item[items], np.float64)


def fit_biases(ratings: Ratings, iterations: int, user_regularization: float, item_regularization: float) -> Biases:
    """Alternate: each item's mean remainder given the users, then each user's given the items; both pulled to 0."""
    above = ratings.stars.astype(np.float64) - ratings.mean
    user, item = np.zeros(ratings.n_users), np.zeros(ratings.n_items)
    per_user: F64 = user_regularization + np.bincount(ratings.user, minlength=ratings.n_users).astype(np.float64)
    per_item: F64 = item_regularization + np.bincount(ratings.item, minlength=ratings.n_items).astype(np.float64)
    for _ in range(iterations):
        item = _shares(ratings.item, above - user[ratings.user], per_item)
        user = _shares(ratings.user, above - item[ratings.item], per_user)
    return Biases(ratings.mean, user, item)


def means_of(numbers: I32, stars: F32, size: int, otherwise: float) -> F64:
    """(size,) mean rating of each user or item; `otherwise` where there is none."""
    counts = np.bincount(numbers, minlength=size)
    sums = np.bincount(numbers, weights=stars, minlength=size)
    return np.where(counts > 0, sums / np.maximum(counts, 1), otherwise)


def rows_of(table: Table, numbers: I32) -> Table:
    """The rows of `table` with these numbers; zeros for a number the table does not have."""
    known = (numbers >= 0) & (numbers < len(table))
    if known.all():
        return table[numbers]
    found = np.zeros((len(numbers), *table.shape[1:]), table.dtype)
    found[known] = table[numbers[known]]
    return found


def on_scale(stars: F32 | F64, lowest: float, highest: float) -> F32:
    """The same numbers, none beyond the ends of the scale."""
    return np.asarray(np.clip(stars, lowest, highest), np.float32)


def _shares(numbers: I32, remainders: F64, weights: F64) -> F64:
    sums = np.bincount(numbers, weights=remainders, minlength=len(weights))
    return np.divide(sums, weights, out=np.zeros_like(sums), where=weights > 0)
