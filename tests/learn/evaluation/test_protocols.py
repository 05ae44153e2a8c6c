import numpy as np
import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st
from scipy.sparse import csr_matrix

from daogou.core.errors import InvalidInput
from daogou.core.types import EVENT_NUMBER
from daogou.data.dataset import Dataset
from daogou.learn.evaluation.protocols import given, leave_last, split_global_time, target_rows, time_cuts


def shop(user, item, at_us, **rest):
    return Dataset.of(np.array(user), np.array(item), at_us=np.array(at_us, np.int64), **rest)


@for_all(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 6), st.integers(0, 50)), min_size=1), st.integers(0, 25))
def test_global_time_lets_nothing_of_the_future_into_the_past(rows, cut):
    user, item, at = (np.array(column) for column in zip(*rows, strict=True))
    whole = shop(user, item, at, n_users=5, n_items=7)
    split = split_global_time(whole, cut, cut + 10)
    assert (split.train.at_us < cut).all()
    assert ((split.validation.at_us >= cut) & (split.validation.at_us < cut + 10)).all()
    assert (split.test.at_us >= cut + 10).all()
    parts = (split.train, split.validation, split.test)
    assert sum(part.n_interactions for part in parts) == whole.n_interactions
    assert split.known.n_interactions == split.train.n_interactions + split.validation.n_interactions


def test_baskets_are_cut_at_the_same_moments():
    baskets = csr_matrix(np.eye(3, dtype=np.float32))
    whole = shop([0, 0, 0], [0, 1, 2], [1, 5, 9], baskets=baskets, basket_at_us=np.array([1, 5, 9]))
    split = split_global_time(whole, 4, 8)
    assert [part.baskets.shape[0] for part in (split.train, split.validation, split.test)] == [1, 1, 1]


def test_validation_after_test_is_refused():
    with pytest.raises(InvalidInput, match="Use validation_from ≤ test_from"):
        split_global_time(shop([0], [0], [1]), 10, 5)


def test_leave_last_takes_the_last_two_of_each_long_history():
    whole = shop([0, 0, 0, 1, 1], [4, 2, 3, 0, 1], [1, 2, 3, 1, 2], n_items=5)
    split = leave_last(whole)
    assert split.test.item.tolist() == [3]
    assert split.validation.item.tolist() == [2]
    assert sorted(split.train.item.tolist()) == [0, 1, 4]


def test_leave_last_never_tests_a_refund():
    whole = shop([0] * 4, [0, 1, 2, 2], [1, 2, 3, 4], weight=np.array([1, 1, 1, -1], np.float32))
    assert leave_last(whole).test.item.tolist() == [2]
    assert leave_last(whole).test.at_us.tolist() == [3]


def test_a_given_split_must_share_its_id_tables():
    with pytest.raises(InvalidInput, match="Train knows 2 items and test 3"):
        given(shop([0], [0], [1], n_items=2), shop([0], [0], [1], n_items=3))


def test_time_cuts_leave_a_tenth_for_validation_and_a_tenth_for_test():
    cuts = time_cuts(shop([0] * 100, range(100), range(100)))
    assert cuts == (80, 90)


def test_time_cuts_never_split_a_moment_and_give_up_where_there_is_only_one():
    assert time_cuts(shop([0] * 10, range(10), [5] * 10)) is None
    cuts = time_cuts(shop([0] * 100, range(100), [0] * 50 + [1] * 35 + [2] * 15))
    assert cuts == (1, 2)


def test_purchases_are_the_targets_where_there_are_any():
    view, purchase = EVENT_NUMBER["view_item"], EVENT_NUMBER["purchase"]
    both = shop([0, 0], [0, 1], [1, 2], event=np.array([view, purchase]))
    rows, names = target_rows(both)
    assert (rows.tolist(), names) == ([False, True], ("purchase",))
    views = shop([0, 0], [0, 1], [1, 2], event=np.array([view, view]))
    assert target_rows(views)[0].tolist() == [True, True]
    assert target_rows(both, ("view_item",))[0].tolist() == [True, False]
