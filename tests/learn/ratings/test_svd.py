from __future__ import annotations

import numpy as np
import pytest

from daogou.learn.ratings import RatedQuery, Ratings, rating_recipe


def test_two_steps_worked_by_hand() -> None:
    # One user, stars 5 and 1, mean 3, no factors to speak of; rate 0.1, regularization 0.5.
    # Item 0: error 2; user 0.2, item 0.2. Item 1: error -2 - 0.2 = -2.2; user 0.2 + 0.1 (-2.2 - 0.1) = -0.03,
    # item -0.22.
    ratings = Ratings.of([0, 0], [0, 1], [5, 1])
    model = rating_recipe("svd", factors=1, epochs=1, learning_rate=0.1, regularization=0.5, start=0.0).fit(ratings)
    np.testing.assert_allclose(model.user_bias, [-0.03], atol=1e-6)
    np.testing.assert_allclose(model.item_bias, [0.2, -0.22], atol=1e-6)
    stars = model.predict(np.zeros(2, np.int32), np.arange(2, dtype=np.int32))
    np.testing.assert_allclose(stars, [3.17, 2.75], atol=1e-6)


def test_an_epoch_does_what_the_rule_says() -> None:
    random = np.random.default_rng(3)
    cells = random.permutation(7 * 5)[:20]
    ratings = Ratings.of(cells // 5, cells % 5, random.integers(1, 6, 20), n_users=7, n_items=5)
    model = rating_recipe("svd", factors=4, epochs=2, learning_rate=0.05, regularization=0.1).fit(ratings, seed=9)
    again = np.random.default_rng(9)
    p = 0.1 * again.standard_normal((7, 4), np.float32)
    q = 0.1 * again.standard_normal((5, 4), np.float32)
    b, c = np.zeros(7), np.zeros(5)
    for _ in range(2):
        for user in again.permutation(7):
            for t in np.flatnonzero(ratings.user == user):
                item = ratings.item[t]
                error = ratings.stars[t] - ratings.mean - b[user] - c[item] - p[user] @ q[item]
                b[user] += 0.05 * (error - 0.1 * b[user])
                c[item] += 0.05 * (error - 0.1 * c[item])
                p[user], q[item] = (
                    p[user] + 0.05 * (error * q[item] - 0.1 * p[user]),
                    q[item] + 0.05 * (error * p[user] - 0.1 * q[item]),
                )
    np.testing.assert_allclose(model.user_bias, b, atol=1e-6)
    np.testing.assert_allclose(model.item_bias, c, atol=1e-6)
    np.testing.assert_allclose(model.user_factors[ratings.user], p[ratings.user], atol=1e-6)
    np.testing.assert_allclose(model.item_factors[ratings.item], q[ratings.item], atol=1e-6)


def test_a_new_user_is_the_least_squares_answer() -> None:
    ratings = Ratings.of([0, 0, 1, 1], [0, 1, 1, 2], [5, 2, 4, 1])
    model = rating_recipe("svd", factors=2, start=0.5, regularization=0.3).fit(ratings)
    query = RatedQuery(np.array([0, 2], np.int32), np.array([5, 3], np.float32))
    rows, wanted = model.item_factors[[0, 2]], query.stars - model.mean - model.item_bias[[0, 2]]

    def loss(user: np.ndarray) -> float:
        return float(((wanted - user[0] - rows @ user[1:]) ** 2).sum() + 0.3 * 2 * (user**2).sum())

    from scipy.optimize import minimize

    best = minimize(loss, np.zeros(3), tol=1e-10).x
    expected = model.mean + best[0] + model.item_bias[1] + model.item_factors[1] @ best[1:]
    assert model.predict_for(query, np.array([1], np.int32))[0] == pytest.approx(expected, abs=1e-4)
