"""Every variant of the neighbours against the formulas written out, pair by pair."""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
import pytest

from daogou.learn.ratings import Ratings, rating_recipe

SIMILARITIES = ("pearson", "pearson_shared", "pearson_baseline", "cosine", "adjusted_cosine", "msd")


def table(seed: int = 4) -> np.ndarray:
    """(12, 9) stars, NaN where nobody rated."""
    random = np.random.default_rng(seed)
    stars = random.integers(1, 6, (12, 9)).astype(float)
    stars[random.random(stars.shape) < 0.45] = np.nan
    return stars


def ratings_in(stars: np.ndarray) -> Ratings:
    users, items = np.nonzero(~np.isnan(stars))
    return Ratings.of(users, items, stars[users, items], n_users=stars.shape[0], n_items=stars.shape[1])


def baseline_of(stars: np.ndarray) -> np.ndarray:
    model: Any = rating_recipe("baseline").fit(ratings_in(stars))
    return np.asarray(model.mean + model.user_bias[:, None] + model.item_bias, float)


def alike(rows: np.ndarray, a: int, b: int, columns_mean: np.ndarray, base: np.ndarray, **how: Any) -> float:
    """How alike rows a and b are, as the textbooks say it."""
    both = ~np.isnan(rows[a]) & ~np.isnan(rows[b])
    n = int(both.sum())
    if n < how["least_shared"]:
        return 0.0
    kind = how["similarity"]
    if kind == "msd":
        found = 1 / (1 + float(np.mean((rows[a] - rows[b])[both] ** 2)))
    else:
        centre = {
            "cosine": np.zeros_like(rows),
            "pearson": np.repeat(np.nanmean(rows, axis=1)[:, None], rows.shape[1], axis=1),
            "pearson_shared": np.repeat(_mean_of(np.where(both, rows, np.nan))[:, None], rows.shape[1], 1),
            "adjusted_cosine": np.broadcast_to(columns_mean, rows.shape),
            "pearson_baseline": base,
        }[kind]
        x, y = rows[a] - centre[a], rows[b] - centre[b]
        x[np.abs(x) < 1e-9] = 0
        y[np.abs(y) < 1e-9] = 0
        if how["norms"] == "full":
            length = np.sqrt(np.nansum(x**2) * np.nansum(y**2))
        else:
            length = np.sqrt((x[both] @ x[both]) * (y[both] @ y[both]))
        found = float(x[both] @ y[both] / length) if length > 0 else 0.0
    return found * (n - 1) / (n - 1 + how["shrinkage"]) if how["shrinkage"] else found


def _mean_of(rows: np.ndarray) -> np.ndarray:
    """Of each row; 0 where nothing stands."""
    return np.nansum(rows, axis=1) / np.maximum((~np.isnan(rows)).sum(axis=1), 1)


def all_alike(stars: np.ndarray, by: str, **how: Any) -> np.ndarray:
    rows, base = (stars, baseline_of(stars)) if by == "user" else (stars.T, baseline_of(stars).T)
    means = np.nanmean(rows, axis=0)
    found = np.array([[alike(rows, a, b, means, base, **how) for b in range(len(rows))] for a in range(len(rows))])
    np.fill_diagonal(found, 0)
    return found


@pytest.mark.parametrize("by", ["user", "item"])
@pytest.mark.parametrize(("similarity", "norms"), [*product(SIMILARITIES, ["shared"]), ("pearson", "full"),
                                                   ("cosine", "full"), ("adjusted_cosine", "full")])  # fmt: skip
@pytest.mark.parametrize(("shrinkage", "least_shared"), [(0.0, 1), (10.0, 3)])
def test_similarities_are_those_of_the_book(
    by: str, similarity: str, norms: str, shrinkage: float, least_shared: int
) -> None:
    how = {"similarity": similarity, "norms": norms, "shrinkage": shrinkage, "least_shared": least_shared}
    model: Any = rating_recipe("knn", by=by, **how).fit(ratings_in(table()))
    np.testing.assert_allclose(model.similarities, all_alike(table(), by, **how), atol=2e-6)


@pytest.mark.parametrize("by", ["user", "item"])
@pytest.mark.parametrize("centre", ["none", "mean", "baseline"])
@pytest.mark.parametrize("signs", ["positive", "any"])
@pytest.mark.parametrize(("neighbours", "least_neighbours"), [(40, 1), (3, 2)])
def test_predictions_are_weighted_means_divided_by_absolute_similarities(
    by: str, centre: str, signs: str, neighbours: int, least_neighbours: int
) -> None:
    stars, how = table(), {"similarity": "pearson", "norms": "shared", "shrinkage": 0.0, "least_shared": 1}
    similar = all_alike(stars, by, **how)
    rows = stars if by == "user" else stars.T
    above = {
        "none": np.zeros_like(rows),
        "mean": np.repeat(np.nanmean(rows, axis=1)[:, None], rows.shape[1], axis=1),
        "baseline": baseline_of(stars) if by == "user" else baseline_of(stars).T,
    }[centre]
    expected = np.empty_like(rows)
    for a, column in np.ndindex(*rows.shape):
        strength = np.abs(similar[a]) if signs == "any" else np.maximum(similar[a], 0)
        usable = [b for b in range(len(rows)) if strength[b] > 0 and not np.isnan(rows[b, column])]
        chosen = sorted(usable, key=lambda b: -strength[b])[:neighbours]
        if len(chosen) < least_neighbours:
            expected[a, column] = above[a, column] if centre != "none" else np.nanmean(stars)
        else:
            weights, left = similar[a, chosen], rows[chosen, column] - above[chosen, column]
            expected[a, column] = above[a, column] + weights @ left / np.abs(weights).sum()
    model: Any = rating_recipe(
        "knn", by=by, similarity="pearson", centre=centre, signs=signs, neighbours=neighbours,
        least_neighbours=least_neighbours,
    ).fit(ratings_in(stars))  # fmt: skip
    users, items = (part.astype(np.int32) for part in np.indices(stars.shape).reshape(2, -1))
    found = model.predict(users, items).reshape(stars.shape)
    np.testing.assert_allclose(found if by == "user" else found.T, np.clip(expected, 1, 5), atol=2e-5)
