"""Neighbours: what people with like ratings gave this item, or what this person gave to like items.

Good for: predictions one can explain, no training. Weak for: few shared ratings; large catalogues.
Cost: one pass over all pairs of ratings that share a column; 4 * n^2 bytes, n the users or the items.
Sources: Resnick et al., "GroupLens", CSCW 1994 (Pearson, means); Sarwar et al., WWW 2001 (adjusted cosine);
Koren, ACM TKDD 4(1), 2010 (around a baseline; shrinkage).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from scipy.sparse import csr_matrix

from daogou.core.errors import InvalidInput
from daogou.core.types import F32, F64, I32
from daogou.learn.checks import at_least, more_than, one_of, same_shape
from daogou.learn.ratings.biases import Biases, fit_biases, means_of, on_scale, rows_of
from daogou.learn.ratings.given import RatedQuery, Ratings

By = Literal["user", "item"]
Similarity = Literal["pearson", "pearson_shared", "pearson_baseline", "cosine", "adjusted_cosine", "msd"]
Centre = Literal["none", "mean", "baseline"]
Norms = Literal["shared", "full"]
Signs = Literal["positive", "any"]

ROUNDING = 1e-9
"""Somebody who gives the same stars to all has no taste we could see; rounding must not invent one."""

BLOCK = 1024
"""Predictions of one item (or user) made at once, each with a row of all neighbours."""


@dataclass(frozen=True)
class Knn:
    """Recipe. With x and y the ratings of two users (or of two items) and sums over what both rated:

    by            neighbours among users, or among items
    similarity    cosine: sum x y / (|x| |y|). The same of ratings from which was taken: their own mean over all they
                  rated (pearson), the mean of the other side (adjusted_cosine: of the user, where items are compared),
                  the baseline (pearson_baseline), their own mean over what both rated (pearson_shared).
                  msd: 1 / (1 + mean squared difference)
    norms         |x| over what both rated, or in full over all that x rated (which is larger, so that few shared
                  ratings count for little); pearson_shared and msd know only "shared"
    shrinkage     multiply by (n - 1) / (n - 1 + shrinkage), n ratings shared; 0: do not
    least_shared  fewer shared ratings than this are worth nothing
    neighbours    at most so many, the most alike first
    least_neighbours  with fewer the answer falls back on the mean, or the centre
    signs         positive: only neighbours who are alike; any: opposites too, the strongest first, with their sign
    centre        average the neighbours' ratings as they are (none), or how far they lie above the neighbour's mean
                  (mean) or baseline (baseline), then add the asked one's
    baseline_iterations, user_regularization, item_regularization  of the baseline, where one is used
    memory_limit_mb  refuse what would need more for its similarities
    """

    by: By = "user"
    similarity: Similarity = "msd"
    norms: Norms = "shared"
    shrinkage: float = 0.0
    least_shared: int = 1
    neighbours: int = 40
    least_neighbours: int = 1
    signs: Signs = "positive"
    centre: Centre = "baseline"
    baseline_iterations: int = 10
    user_regularization: float = 15.0
    item_regularization: float = 10.0
    memory_limit_mb: int = 4_000

    def __post_init__(self) -> None:
        one_of("by", self.by, ("user", "item"))
        shared_only = self.similarity in ("pearson_shared", "msd")
        one_of("norms", self.norms, ("shared",) if shared_only else ("shared", "full"))
        for name in ("least_shared", "neighbours", "least_neighbours", "baseline_iterations", "memory_limit_mb"):
            at_least(name, getattr(self, name), 1)
        for name in ("shrinkage", "user_regularization", "item_regularization"):
            at_least(name, getattr(self, name), 0)
        more_than("neighbours", self.neighbours, self.least_neighbours - 1)

    def fit(self, ratings: Ratings, *, seed: int = 0) -> UserKnnModel | ItemKnnModel:
        """Exact; `seed` changes nothing. Raises InvalidInput where the similarities exceed the memory limit."""
        by_user = self.by == "user"
        self._refuse_too_large(ratings.n_users if by_user else ratings.n_items)
        biases = self._biases(ratings)
        user_means = means_of(ratings.user, ratings.stars, ratings.n_users, ratings.mean)
        item_means = means_of(ratings.item, ratings.stars, ratings.n_items, ratings.mean)
        own_means, other_means = (user_means, item_means) if by_user else (item_means, user_means)
        own, other = (ratings.user, ratings.item) if by_user else (ratings.item, ratings.user)
        expected = {
            "pearson": own_means[own],
            "adjusted_cosine": other_means[other],
            "pearson_baseline": biases.of(ratings.user, ratings.item),
        }.get(self.similarity, np.zeros(len(ratings)))
        left = ratings.stars - expected
        left[np.abs(left) < ROUNDING] = 0.0
        similarities = self._similarities(ratings, left)
        level, user_part, item_part = self._centre(biases, own_means)
        above = ratings.stars - level - user_part[ratings.user] - item_part[ratings.item]
        shape = (ratings.n_users, ratings.n_items)
        table = csr_matrix((above.astype(np.float32), ratings.by_user.indices, ratings.by_user.indptr), shape=shape)
        parts = (
            similarities,
            csr_matrix(table.T) if by_user else table,
            user_part.astype(np.float32),
            item_part.astype(np.float32),
            level,
            ratings.mean,
            self.neighbours,
            self.least_neighbours,
            self.signs,
            ratings.lowest,
            ratings.highest,
        )
        return UserKnnModel(*parts) if by_user else ItemKnnModel(*parts)

    def _biases(self, ratings: Ratings) -> Biases:
        """The baseline, where anything asks for it."""
        if self.centre != "baseline" and self.similarity != "pearson_baseline":
            return Biases(ratings.mean, np.zeros(ratings.n_users), np.zeros(ratings.n_items))
        return fit_biases(ratings, self.baseline_iterations, self.user_regularization, self.item_regularization)

    def _centre(self, biases: Biases, own_means: F64) -> tuple[float, F64, F64]:
        """What is taken from a rating before averaging: a level, a part per user and a part per item."""
        no_user, no_item = np.zeros(len(biases.user)), np.zeros(len(biases.item))
        if self.centre == "none":
            return 0.0, no_user, no_item
        if self.centre == "baseline":
            return biases.mean, biases.user, biases.item
        own = own_means - biases.mean
        return (biases.mean, own, no_item) if self.by == "user" else (biases.mean, no_user, own)

    def _similarities(self, ratings: Ratings, centred: F64) -> F32:
        from daogou.learn.kernels import rating_similarity as kernel

        kinds = {"msd": kernel.SQUARED_DIFFERENCE, "pearson_shared": kernel.SHARED_MEANS}
        kind = kinds.get(self.similarity, kernel.FULL_NORMS if self.norms == "full" else kernel.SHARED_NORMS)
        by_user, by_item = ratings.by_user, ratings.by_item
        turned = centred[np.argsort(ratings.item, kind="stable")]
        sides = [(by_user.indptr, by_user.indices, centred), (by_item.indptr, by_item.indices, turned)]
        own, other = sides if self.by == "user" else sides[::-1]
        n = len(own[0]) - 1
        norms = np.sqrt(np.bincount(np.repeat(np.arange(n), np.diff(own[0])), weights=own[2] ** 2, minlength=n))
        filled = np.empty((n, n), np.float32)
        kernel.fill_similarities(*own, *other, norms, kind, float(self.least_shared), float(self.shrinkage), filled)
        return filled

    def _refuse_too_large(self, n: int) -> None:
        needed_mb = 4 * n**2 / 1e6
        if needed_mb > self.memory_limit_mb:
            raise InvalidInput(
                f"Similarities of {n:,} {self.by}s need {needed_mb:,.0f} MB, more than memory_limit_mb = "
                f"{self.memory_limit_mb:,}. Compare the other side (by), raise the limit, or use the model svd."
            )


@dataclass(frozen=True, eq=False)
class _KnnArrays:
    """similarities  (n, n) between users, or between items; zero diagonal: a rating does not vouch for itself
    above         the ratings less level and parts; a row per item with users as columns, or the other way round
    user_part     (n_users,) and item_part (n_items,): with the level, what was taken from each rating
    mean          of all ratings: the answer where neither neighbours nor centre say anything
    """

    similarities: F32
    above: csr_matrix
    user_part: F32
    item_part: F32
    level: float
    mean: float
    neighbours: int
    least_neighbours: int
    signs: Signs
    lowest: float
    highest: float

    def __post_init__(self) -> None:
        n = self.above.shape[1]
        same_shape("similarities", self.similarities.shape, (n, n))

    @property
    def n_items(self) -> int:
        return len(self.item_part)

    def _answers(self, own: I32, other: I32, parts: F32) -> F32:
        """(len(own),) own: numbers in the similarities; other: rows of `above`; parts: user part + item part."""
        n_others, n_own = self.above.shape
        stars = np.float32(self.mean) + parts
        known = np.flatnonzero((own >= 0) & (own < n_own) & (other >= 0) & (other < n_others))
        known = known[np.argsort(other[known], kind="stable")]
        rows, starts = np.unique(other[known], return_index=True)
        for row, asked in zip(rows, np.split(known, starts)[1:], strict=True):
            found = slice(self.above.indptr[row], self.above.indptr[row + 1])
            rated, above = self.above.indices[found], self.above.data[found]
            for part in np.array_split(asked, len(asked) // BLOCK + 1):
                stars[part] = self._averaged(own[part], rated, above, parts[part])
        return on_scale(stars, self.lowest, self.highest)

    def _averaged(self, asked: I32, rated: I32, above: F32, parts: F32) -> F32:
        """(len(asked),) the weighted means of what is known of the neighbours `rated`."""
        alike = self.similarities[asked[:, None], rated]
        strength = np.abs(alike) if self.signs == "any" else np.maximum(alike, 0)
        chosen = _strongest(strength, self.neighbours)
        weights = np.where(chosen, alike, np.float32(0))
        total = np.abs(weights).sum(axis=1, dtype=np.float64)
        enough = chosen.sum(axis=1) >= self.least_neighbours
        mean_above = np.divide((weights @ above), total, out=np.zeros(len(asked)), where=enough & (total > 0))
        level = np.where(enough, self.level, self.mean)
        return np.asarray(level + parts + mean_above, np.float32)


@dataclass(frozen=True, eq=False)
class UserKnnModel(_KnnArrays):
    """Neighbours among users. A new user needs a new fit: their similarities are not known yet."""

    def predict(self, users: I32, items: I32) -> F32:
        """(len(users),) unknown users or items get the mean, or what the centre knows of them."""
        return self._answers(users, items, rows_of(self.user_part, users) + rows_of(self.item_part, items))


@dataclass(frozen=True, eq=False)
class ItemKnnModel(_KnnArrays):
    """Neighbours among items."""

    def predict(self, users: I32, items: I32) -> F32:
        """(len(users),) unknown users or items get the mean, or what the centre knows of them."""
        return self._answers(items, users, rows_of(self.user_part, users) + rows_of(self.item_part, items))

    def without_users(self) -> ItemKnnModel:
        """The same for new users only: it keeps no row of anybody."""
        return replace(self, above=self.above[:0], user_part=self.user_part[:0])

    def predict_for(self, query: RatedQuery, items: I32) -> F32:
        """(len(items),) for a user who gave these ratings, taken to be neither generous nor severe."""
        history, stars = query.known(len(self.item_part), self.lowest, self.highest)
        above = stars - np.float32(self.level) - self.item_part[history]
        parts = rows_of(self.item_part, items)
        answers = np.float32(self.mean) + parts
        known = (items >= 0) & (items < len(self.item_part))
        answers[known] = self._averaged(items[known], history, above, parts[known])
        return on_scale(answers, self.lowest, self.highest)


def _strongest(strength: F32, k: int) -> np.ndarray:
    """(rows, columns) True at the k largest positive numbers of each row; of equal ones the first columns win."""
    positive: np.ndarray = strength > 0
    n = strength.shape[1]
    if n <= k:
        return positive
    least = np.partition(strength, n - k, axis=1)[:, n - k, None]
    above, equal = strength > least, strength == least
    room = k - above.sum(axis=1, keepdims=True)
    chosen: np.ndarray = positive & (above | (equal & (np.cumsum(equal, axis=1) <= room)))
    return chosen
