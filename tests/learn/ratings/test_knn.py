from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from daogou.core.errors import InvalidField, InvalidInput
from daogou.learn.ratings import RatedQuery, Ratings, rating_recipe

TABLE = np.array(  # a row per user, 0: not rated
    [
        [5, 3, 0, 1, 4],
        [4, 2, 3, 1, 0],
        [1, 5, 4, 0, 2],
        [0, 0, 0, 0, 3],
    ]
)


def ratings() -> Ratings:
    users, items = np.nonzero(TABLE)
    return Ratings.of(users, items, TABLE[users, items])


def knn(**settings: Any) -> Any:
    return rating_recipe("knn", **settings).fit(ratings())


def alike(a: int, b: int, **settings: Any) -> float:
    model = knn(**settings)
    assert model.similarities[b, a] == model.similarities[a, b]
    return float(model.similarities[a, b])


def test_pearson_takes_means_over_all_ratings_and_sums_over_shared_ones() -> None:
    # Means 13/4 and 10/4. Shared items 0, 1, 3: x = 7/4, -1/4, -9/4; y = 6/4, -2/4, -6/4.
    expected = (42 + 2 + 54) / np.sqrt((49 + 1 + 81) * (36 + 4 + 36))
    assert alike(0, 1, similarity="pearson") == pytest.approx(expected, rel=1e-6)


def test_full_norms_divide_by_all_ratings() -> None:
    # User 0 also has item 4: 3/4; user 1 also item 2: 2/4.
    expected = (42 + 2 + 54) / np.sqrt((49 + 1 + 81 + 9) * (36 + 4 + 36 + 4))
    assert alike(0, 1, similarity="pearson", norms="full") == pytest.approx(expected, rel=1e-6)


def test_pearson_of_shared_means_is_the_textbook_correlation() -> None:
    expected = np.corrcoef([5, 3, 1], [4, 2, 1])[0, 1]
    assert alike(0, 1, similarity="pearson_shared") == pytest.approx(expected, rel=1e-6)
    assert alike(0, 3, similarity="pearson_shared") == 0  # one shared rating has no spread


def test_cosine_over_shared_and_over_all() -> None:
    assert alike(0, 1, similarity="cosine") == pytest.approx(27 / np.sqrt(35 * 21), rel=1e-6)
    assert alike(0, 1, similarity="cosine", norms="full") == pytest.approx(27 / np.sqrt(51 * 30), rel=1e-6)


def test_adjusted_cosine_of_items_takes_the_users_means() -> None:
    # Items 0 and 1, user means 13/4, 10/4, 12/4: x = 7/4, 6/4, -8/4; y = -1/4, -2/4, 8/4.
    expected = (-7 - 12 - 64) / np.sqrt((49 + 36 + 64) * (1 + 4 + 64))
    assert alike(0, 1, by="item", similarity="adjusted_cosine") == pytest.approx(expected, rel=1e-6)


def test_pearson_around_the_baseline_with_shrinkage() -> None:
    settings = {"by": "item", "similarity": "pearson_baseline"}
    model = rating_recipe("baseline").fit(ratings())
    left = np.zeros(TABLE.shape)
    for user, item in np.argwhere(TABLE > 0):
        left[user, item] = TABLE[user, item] - model.mean - model.user_bias[user] - model.item_bias[item]
    shared = (TABLE[:, 0] > 0) & (TABLE[:, 1] > 0)
    x, y = left[shared, 0], left[shared, 1]
    expected = (x @ y) / np.sqrt((x @ x) * (y @ y))
    assert alike(0, 1, **settings) == pytest.approx(expected, rel=1e-4)
    assert alike(0, 1, **settings, shrinkage=6.0) == pytest.approx(expected * 2 / 8, rel=1e-4)


def test_squared_difference_and_least_shared() -> None:
    assert alike(0, 1, similarity="msd") == pytest.approx(1 / (1 + 2 / 3))
    assert alike(0, 1, similarity="msd", least_shared=3) == pytest.approx(1 / (1 + 2 / 3))
    assert alike(0, 1, similarity="msd", least_shared=4) == 0


def predicted(user: int, item: int, **settings: Any) -> float:
    return float(knn(**settings).predict(np.array([user], np.int32), np.array([item], np.int32))[0])


def test_the_plain_answer_is_the_weighted_mean_of_the_neighbours() -> None:
    # Item 2 was rated 3 by user 1 (msd 2/3) and 4 by user 2 (msd (16 + 4 + 4) / 3 = 8).
    near, far = 1 / (1 + 2 / 3), 1 / 9
    expected = (near * 3 + far * 4) / (near + far)
    assert predicted(0, 2, centre="none") == pytest.approx(expected, rel=1e-6)
    assert predicted(0, 2, centre="none", neighbours=1) == pytest.approx(3)


def test_the_centred_answer_averages_what_lies_above_the_neighbours_means() -> None:
    near, far = 1 / (1 + 2 / 3), 1 / 9
    expected = 13 / 4 + (near * (3 - 10 / 4) + far * (4 - 12 / 4)) / (near + far)
    assert predicted(0, 2, centre="mean") == pytest.approx(expected, rel=1e-6)


def test_around_the_baseline_the_baseline_is_added_back() -> None:
    base = rating_recipe("baseline").fit(ratings())
    near, far = 1 / (1 + 2 / 3), 1 / 9
    left = [TABLE[u, 2] - base.mean - base.user_bias[u] - base.item_bias[2] for u in (1, 2)]
    expected = base.mean + base.user_bias[0] + base.item_bias[2] + (near * left[0] + far * left[1]) / (near + far)
    assert predicted(0, 2) == pytest.approx(expected, rel=1e-5)


def test_opposites_count_with_their_sign_and_the_sum_is_divided_by_absolute_values() -> None:
    like = {"similarity": "pearson", "centre": "mean"}
    one, two = alike(0, 1, **like), alike(0, 2, **like)
    assert two < 0 < one
    expected = 13 / 4 + (one * (3 - 10 / 4) + two * (4 - 12 / 4)) / (one - two)
    assert predicted(0, 2, **like, signs="any") == pytest.approx(expected, rel=1e-5)
    assert predicted(0, 2, **like) == pytest.approx(13 / 4 + 3 - 10 / 4, rel=1e-5)  # only the one who is alike


def test_too_few_neighbours_fall_back() -> None:
    assert predicted(0, 2, centre="none", least_neighbours=3) == pytest.approx(38 / 13)
    assert predicted(0, 2, centre="mean", least_neighbours=3) == pytest.approx(13 / 4)


def test_of_equally_alike_neighbours_the_first_are_taken() -> None:
    users, items = [0, 1, 2, 3, 1, 2, 3], [0, 0, 0, 0, 1, 1, 1]
    tied = Ratings.of(users, items, [3, 3, 3, 3, 1, 2, 5])
    model = rating_recipe("knn", neighbours=2, centre="none").fit(tied)
    assert model.predict(np.array([0], np.int32), np.array([1], np.int32))[0] == pytest.approx(1.5)


def test_a_rating_does_not_vouch_for_itself() -> None:
    assert predicted(0, 0, centre="none", neighbours=1) == pytest.approx(4)  # user 1's, not the own 5


def test_a_known_user_and_the_same_person_unknown_get_the_same_answers() -> None:
    model = knn(by="item", similarity="cosine", centre="mean")
    rated = np.flatnonzero(TABLE[0]).astype(np.int32)
    query = RatedQuery(rated, TABLE[0, rated].astype(np.float32))
    every = np.arange(5, dtype=np.int32)
    np.testing.assert_allclose(model.predict_for(query, every), model.predict(np.zeros(5, np.int32), every), rtol=1e-6)


def test_similarities_beyond_the_memory_limit_are_refused() -> None:
    wide = Ratings.of([0], [0], [3], n_users=600)
    with pytest.raises(InvalidInput, match="Similarities of 600 users need 1 MB, more than memory_limit_mb = 1"):
        rating_recipe("knn", memory_limit_mb=1).fit(wide)
    rating_recipe("knn", memory_limit_mb=1, by="item").fit(wide)


def test_full_norms_are_refused_where_they_mean_nothing() -> None:
    with pytest.raises(InvalidField, match=r"norms: 'full' is not allowed. Use shared"):
        knn(similarity="msd", norms="full")


@pytest.mark.parametrize("similarity", ["pearson", "pearson_shared"])
def test_equal_stars_have_no_correlation_whatever_rounding_makes_of_their_mean(similarity: str) -> None:
    stars = [3.7, 3.7, 3.7, 1.1, 4.3, 2.9, 0.0, 0.0, 0.0]
    flat = Ratings.of(np.repeat([0, 1, 2], 3), [0, 1, 2] * 3, stars, lowest=0)
    similarities = rating_recipe("knn", similarity=similarity).fit(flat).similarities
    assert (similarities == 0).all()


def test_many_questions_about_one_item_are_answered_in_blocks() -> None:
    users = np.tile(np.arange(4, dtype=np.int32), 700)
    stars = knn().predict(users, np.full(2800, 2, np.int32))
    np.testing.assert_allclose(stars, np.tile(stars[:4], 700), rtol=1e-6)
    assert len(set(stars[:4].tolist())) == 4
