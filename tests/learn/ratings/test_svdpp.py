from __future__ import annotations

import numpy as np

from daogou.learn.ratings import RatedQuery, Ratings, rating_recipe

RATE, PULL = 0.05, 0.1


def some_ratings() -> Ratings:
    random = np.random.default_rng(3)
    cells = random.permutation(7 * 5)[:20]
    return Ratings.of(cells // 5, cells % 5, random.integers(1, 6, 20), n_users=7, n_items=5)


def test_gathering_a_users_steps_gives_what_single_steps_give() -> None:
    ratings = some_ratings()
    recipe = rating_recipe("svdpp", factors=4, epochs=3, learning_rate=RATE, regularization=PULL)
    model = recipe.fit(ratings, seed=9)
    random = np.random.default_rng(9)
    p, q, y = (0.1 * random.standard_normal((n, 4), np.float32).astype(np.float64) for n in (7, 5, 5))
    b, c = np.zeros(7), np.zeros(5)
    for _ in range(3):
        for user in random.permutation(7):
            rows = np.flatnonzero(ratings.user == user)
            rated = ratings.item[rows]
            for t in rows:  # the rule as published: every step moves the vector of every rated item
                item, norm = ratings.item[t], len(rated) ** -0.5
                said = y[rated].sum(axis=0) * norm
                error = ratings.stars[t] - ratings.mean - b[user] - c[item] - (p[user] + said) @ q[item]
                b[user] += RATE * (error - PULL * b[user])
                c[item] += RATE * (error - PULL * c[item])
                old = q[item].copy()
                q[item] += RATE * (error * (p[user] + said) - PULL * old)
                p[user] += RATE * (error * old - PULL * p[user])
                y[rated] += RATE * (error * norm * old - PULL * y[rated])
    np.testing.assert_allclose(model.implicit, y, atol=1e-5)
    np.testing.assert_allclose(model.item_factors, q, atol=1e-5)
    np.testing.assert_allclose(model.item_bias, c, atol=1e-5)
    for user in np.unique(ratings.user):
        rated = ratings.item[ratings.user == user]
        whole = p[user] + y[rated].sum(axis=0) / np.sqrt(max(len(rated), 1))
        np.testing.assert_allclose(model.user_factors[user], whole, atol=1e-5)


def test_what_was_rated_counts_for_a_new_user_whatever_the_stars() -> None:
    model = rating_recipe("svdpp", factors=4, regularization=1e6, learning_rate=1e-9, start=0.5).fit(some_ratings())
    # So much regularization leaves no bias and no factors of one's own: only what rating an item says.
    history = np.array([0, 3], np.int32)
    query = RatedQuery(history, np.array([1, 5], np.float32))
    items = np.array([1, 2], np.int32)
    said = model.implicit[history].sum(axis=0) / np.sqrt(2)
    expected = model.mean + model.item_bias[items] + model.item_factors[items] @ said
    np.testing.assert_allclose(model.predict_for(query, items), expected, atol=1e-4)
