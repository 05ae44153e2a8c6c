from __future__ import annotations

import math

import numpy as np
import pytest

from daogou.core.types import Query
from daogou.data.dataset import Dataset
from daogou.learn.models.item_knn import ItemKnn


def three_shoppers() -> Dataset:
    """Shopper 0 took items 0, 1; shopper 1 took 0, 1, 2; shopper 2 took 0."""
    return Dataset.of(np.array([0, 0, 1, 1, 1, 2], np.int32), np.array([0, 1, 0, 1, 2, 0], np.int32))


def test_similarity_is_the_cosine_worked_by_hand() -> None:
    similar = ItemKnn(shrinkage=0.0).fit(three_shoppers()).similar.toarray()
    assert similar[0, 1] == pytest.approx(2 / math.sqrt(3 * 2))
    assert similar[0, 2] == pytest.approx(1 / math.sqrt(3 * 1))
    assert similar[1, 2] == pytest.approx(1 / math.sqrt(2 * 1))
    assert (np.diag(similar) == 0).all()


def test_the_score_is_the_weighted_sum_of_similarities() -> None:
    model = ItemKnn(shrinkage=0.0).fit(three_shoppers())
    query = Query(np.array([0, 1], np.int32), np.array([1.0, 2.0], np.float32))
    expected = 1 / math.sqrt(3) + 2 / math.sqrt(2)
    assert model.score(query, np.array([2], np.int32))[0] == pytest.approx(expected)


def test_each_share_of_a_score_names_its_history_item() -> None:
    model = ItemKnn(shrinkage=0.0).fit(three_shoppers())
    shares = model.contributions(Query(np.array([0, 1], np.int32)), np.array([2], np.int32))
    np.testing.assert_allclose(shares[:, 0], [1 / math.sqrt(3), 1 / math.sqrt(2)], rtol=1e-6)


def test_an_item_is_scored_by_no_more_than_its_neighbours() -> None:
    random = np.random.default_rng(0)
    user, item = np.nonzero(random.random((200, 50)) < 0.3)
    dataset = Dataset.of(user.astype(np.int32), item.astype(np.int32))
    per_scored = (ItemKnn(neighbours=4).fit(dataset).similar.toarray() > 0).sum(axis=0)
    per_seen = (ItemKnn(neighbours=4).fit(dataset).similar.toarray() > 0).sum(axis=1)
    assert per_scored.min() >= 4  # its four nearest, and those who list it in their better half
    assert per_seen.min() >= 2  # so even a rare item has something to show on its own page
