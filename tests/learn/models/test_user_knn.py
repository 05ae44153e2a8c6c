from __future__ import annotations

import numpy as np
import pytest

from daogou.core.errors import InvalidField
from daogou.core.types import Query
from daogou.data.dataset import Dataset
from daogou.learn.models.user_knn import UserKnn


def taken(table: np.ndarray) -> Dataset:
    user, item = np.nonzero(table)
    return Dataset.of(user.astype(np.int32), item.astype(np.int32), n_users=len(table), n_items=len(table[0]))


def random_table(n_users: int, n_items: int, density: float) -> np.ndarray:
    return (np.random.default_rng(5).random((n_users, n_items)) < density).astype(np.float64)


def test_the_likeness_is_the_cosine_worked_by_hand() -> None:
    # The history {0, 1} against {0, 1, 2}: 2 / sqrt(2 * 3); against {0, 3}: 1 / sqrt(2 * 2).
    model = UserKnn(rarity=0.0).fit(taken(np.array([[1, 1, 1, 0], [1, 0, 0, 1]])))
    near, far = 2 / np.sqrt(6), 1 / 2
    np.testing.assert_allclose(
        model.score_all(Query(np.array([0, 1], np.int32))), [near + far, near, near, far], rtol=1e-6
    )


def test_only_the_nearest_shoppers_speak() -> None:
    model = UserKnn(neighbours=1, rarity=0.0).fit(taken(np.array([[1, 1, 1, 0], [1, 0, 0, 1]])))
    assert model.score_all(Query(np.array([0, 1], np.int32)))[3] == 0


def test_among_equally_near_shoppers_the_first_speaks() -> None:
    model = UserKnn(neighbours=1).fit(taken(np.array([[1, 1, 0], [1, 0, 1]])))
    scores = model.score_all(Query(np.array([0], np.int32)))
    assert scores[1] > 0
    assert scores[2] == 0


def test_sharing_a_rare_item_says_more() -> None:
    table = np.array([[1, 0, 1, 0], [0, 1, 0, 1], [1, 0, 0, 0], [1, 0, 0, 0], [1, 0, 0, 0]])
    query = Query(np.array([0, 1], np.int32))  # item 0 is common, item 1 rare
    plain, weighed = (UserKnn(rarity=rarity).fit(taken(table)).score_all(query) for rarity in (0.0, 1.0))
    assert plain[2] == pytest.approx(plain[3])
    assert weighed[3] > weighed[2]


@pytest.mark.parametrize("sharpness", [1.0, 2.0])
def test_the_scores_are_those_of_the_dense_formula(sharpness: float) -> None:
    table = random_table(50, 20, 0.3)
    model = UserKnn(neighbours=50, rarity=0.5, sharpness=sharpness).fit(taken(table))
    history = np.zeros(20)
    history[[3, 8, 11]] = [1.0, 2.0, 0.5]
    telling = table.sum(axis=0) ** -0.5
    alike = table @ (telling * history) / np.sqrt((table**2 @ telling) * (history**2 @ telling))
    query = Query(np.array([3, 8, 11], np.int32), np.array([1.0, 2.0, 0.5], np.float32))
    np.testing.assert_allclose(model.score_all(query), alike**sharpness @ table, rtol=1e-4, atol=1e-6)


@pytest.mark.parametrize("sharpness", [1.0, 3.0])
def test_the_shares_of_a_sharpened_score_still_add_up(sharpness: float) -> None:
    model = UserKnn(neighbours=7, sharpness=sharpness).fit(taken(random_table(60, 25, 0.2)))
    query = Query(np.array([3, 8, 90, 11], np.int32), np.array([1.0, 2.0, 4.0, 0.5], np.float32))
    items = np.arange(25, dtype=np.int32)
    shares = model.contributions(query, items)
    np.testing.assert_allclose(shares.sum(axis=0), model.score_all(query), rtol=1e-5, atol=1e-6)
    assert not shares[2].any()


def test_a_visitor_nobody_resembles_gets_no_scores() -> None:
    model = UserKnn().fit(taken(np.array([[1, 1, 0], [1, 1, 0]])))
    assert not model.score_all(Query(np.array([2], np.int32))).any()


@pytest.mark.parametrize("setting", [{"neighbours": 0}, {"rarity": -1.0}, {"sharpness": 0.5}])
def test_a_setting_out_of_range_is_refused(setting: dict[str, float]) -> None:
    with pytest.raises(InvalidField, match=next(iter(setting))):
        UserKnn(**setting)  # type: ignore[arg-type]
