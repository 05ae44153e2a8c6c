import numpy as np
import pytest

from daogou.core.errors import InvalidField
from daogou.core.types import Query
from daogou.data.dataset import Dataset
from daogou.learn.models.repeat import Repeat, RepeatModel

DAY = 86_400_000_000


def shop(rows, **rest):
    user, item, day = (np.array(column) for column in zip(*rows, strict=True))
    return Dataset.of(user, item, at_us=(day * DAY).astype(np.int64), **rest)


def asked(history, weights=()):
    return Query(np.array(history, np.int32), np.array(weights, np.float32))


def test_an_item_that_shoppers_come_back_to_outweighs_one_they_do_not():
    """Two shoppers bought tea (0) on two days and a teapot (1) on one."""
    model = Repeat(shrinkage=0).fit(shop([(0, 0, 1), (0, 0, 8), (1, 0, 1), (1, 0, 9), (0, 1, 1), (1, 1, 1)]))
    assert model.rate.tolist() == [1.0, 0.0]


def test_twice_on_one_day_is_no_return():
    model = Repeat(shrinkage=0).fit(shop([(0, 0, 3), (0, 0, 3.5), (1, 0, 3)]))
    assert model.rate.tolist() == [0.0]


def test_a_refunded_purchase_is_no_return():
    rows = shop([(0, 0, 1), (0, 0, 5)], weight=np.array([8, -4], np.float32))
    assert Repeat(shrinkage=0).fit(rows).rate.tolist() == [0.0]


def test_a_rare_item_is_pulled_to_the_mean_of_the_shop():
    """One shopper in four came back; (1 + 1) / (4 + 2) is the shop's mean with one imagined return."""
    model = Repeat(shrinkage=9).fit(shop([(0, 0, 1), (0, 0, 2), (1, 1, 1), (2, 1, 1), (3, 1, 1)], n_items=3))
    mean = 2 / 6
    assert model.rate == pytest.approx([(1 + 9 * mean) / 10, 9 * mean / 12, mean])


def test_only_what_the_shopper_had_scores_and_each_item_explains_itself():
    model = RepeatModel(np.array([0.5, 0.2, 0.9], np.float32))
    query = asked([2, 0], [1.0, 3.0])
    items = np.array([0, 1, 2], np.int32)
    assert model.score(query, items) == pytest.approx([1.5, 0.0, 0.9])
    assert model.contributions(query, items) == pytest.approx(np.array([[0, 0, 0.9], [1.5, 0, 0]]))
    assert model.score_batch([query, asked([])])[1].tolist() == [0.0, 0.0, 0.0]


def test_an_item_newer_than_the_model_is_passed_over():
    model = RepeatModel(np.array([0.5], np.float32))
    assert model.score_all(asked([7, 0])).tolist() == [0.5]


def test_a_negative_shrinkage_is_refused():
    with pytest.raises(InvalidField, match="shrinkage"):
        Repeat(shrinkage=-1)
