from __future__ import annotations

import numpy as np
import pytest

from daogou.core.errors import InvalidInput
from daogou.learn.ratings import RatedQuery, Ratings, rating_recipe


def test_one_round_worked_by_hand() -> None:
    # One user with factor p rated 4 and 2 two items with factors q and r; regularization 0.5 counts once per rating.
    # p <- p (4 q + 2 r) / (p (q^2 + r^2) + 2 * 0.5 p), and with the new p: q <- q (4 p) / (q p^2 + 0.5 q).
    ratings = Ratings.of([0, 0], [0, 1], [4, 2])
    model = rating_recipe("nmf", factors=1, epochs=1, regularization=0.5).fit(ratings, seed=5)
    random = np.random.default_rng(5)
    most = 2 * np.sqrt(3.0)
    random.random((1, 1), np.float32)  # where the user started cancels out
    q, r = (most * random.random((2, 1), np.float32))[:, 0].astype(float)
    p = (4 * q + 2 * r) / (q * q + r * r + 1)
    assert model.user_factors[0, 0] == pytest.approx(p, rel=1e-5)
    assert model.item_factors[0, 0] == pytest.approx(4 * p / (p * p + 0.5), rel=1e-5)
    assert model.item_factors[1, 0] == pytest.approx(2 * p / (p * p + 0.5), rel=1e-5)
    # The guesses 4 p^2 / (p^2 + 0.5) and half of it are 3 p^2 / (p^2 + 0.5) on average, where the ratings are 3.
    assert model.shift == pytest.approx(1.5 / (p * p + 0.5), rel=1e-4)
    stars = model.predict(np.zeros(2, np.int32), np.arange(2, dtype=np.int32))
    assert stars.mean() == pytest.approx(3, rel=1e-5)


def test_ratings_made_of_shares_are_found_again() -> None:
    random = np.random.default_rng(0)
    stars = 1 + 4 * random.random((30, 2)) @ random.random((2, 20)) / 2
    users, items = np.indices(stars.shape).reshape(2, -1)
    held = (users + items) % 7 == 0
    ratings = Ratings.of(users[~held], items[~held], stars[users[~held], items[~held]])
    model = rating_recipe("nmf", factors=3, epochs=500, regularization=0.0).fit(ratings)
    assert (model.user_factors >= 0).all()
    assert (model.item_factors >= 0).all()
    found = model.predict(users[held].astype(np.int32), items[held].astype(np.int32))
    assert np.abs(found - stars[users[held], items[held]]).mean() < 0.05
    row = RatedQuery(np.arange(10, dtype=np.int32), stars[4, :10].astype(np.float32))
    rest = np.arange(10, 20, dtype=np.int32)
    assert np.abs(model.predict_for(row, rest) - stars[4, 10:]).mean() < 0.1


def test_a_scale_below_zero_is_refused() -> None:
    with pytest.raises(InvalidInput, match=r"the scale begins at -10. Use svd"):
        rating_recipe("nmf", factors=1).fit(Ratings.of([0], [0], [3], lowest=-10, highest=10))


def test_a_user_who_gave_only_zeros_is_known() -> None:
    ratings = Ratings.of([0, 0, 1, 1], [0, 1, 0, 1], [0, 0, 5, 4], lowest=0)
    model = rating_recipe("nmf", factors=1, regularization=0.0).fit(ratings)
    assert model.predict(np.array([0], np.int32), np.array([0], np.int32))[0] == pytest.approx(0, abs=1e-3)
