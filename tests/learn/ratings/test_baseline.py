from __future__ import annotations

import numpy as np
import pytest

from daogou.learn.ratings import RatedQuery, Ratings, rating_recipe

ONE = np.zeros(1, np.int32)


def test_one_round_worked_by_hand() -> None:
    # Mean 3. Item 0 lies (2 + 0) above in 2 ratings, item 1 (-2) in 1; one rating's worth of 0 is added to each:
    # b_0 = 2 / 3, b_1 = -1. User 0 then keeps (2 - 2/3) + (-2 + 1) = 1/3 in 2 ratings: 1/9; user 1 -2/3 in 1: -1/3.
    ratings = Ratings.of([0, 0, 1], [0, 1, 0], [5, 1, 3])
    model = rating_recipe("baseline", iterations=1, user_regularization=1.0, item_regularization=1.0).fit(ratings)
    np.testing.assert_allclose(model.item_bias, [2 / 3, -1], rtol=1e-6)
    np.testing.assert_allclose(model.user_bias, [1 / 9, -1 / 3], rtol=1e-6)
    stars = model.predict(np.array([0, 1, 9], np.int32), np.array([0, 1, 0], np.int32))
    np.testing.assert_allclose(stars, [3 + 1 / 9 + 2 / 3, 3 - 1 / 3 - 1, 3 + 2 / 3], rtol=1e-6)


def test_a_new_user_gets_the_bias_that_fitting_would_have_given() -> None:
    ratings = Ratings.of([0, 0, 1, 1, 2], [0, 1, 0, 2, 2], [5, 4, 3, 1, 2])
    model = rating_recipe("baseline", iterations=3).fit(ratings)
    query = RatedQuery(np.array([0, 1], np.int32), np.array([5, 4], np.float32))  # as user 0
    every = np.arange(3, dtype=np.int32)
    np.testing.assert_allclose(model.predict_for(query, every), model.predict(np.zeros(3, np.int32), every), rtol=1e-6)


def test_without_regularization_an_unrated_user_lies_at_the_mean() -> None:
    ratings = Ratings.of([0, 0], [0, 1], [5, 3], n_users=2)
    model = rating_recipe("baseline", user_regularization=0.0, item_regularization=0.0).fit(ratings)
    assert model.user_bias[1] == 0
    assert model.predict_for(RatedQuery(np.empty(0, np.int32), np.empty(0, np.float32)), ONE)[0] == pytest.approx(5)
