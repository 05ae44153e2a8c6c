from __future__ import annotations

import numpy as np
import pytest

from daogou.core.errors import InvalidField, InvalidInput
from daogou.core.types import EVENT_NUMBER
from daogou.data.dataset import Dataset
from daogou.learn.ratings import RatedQuery, Ratings, ratings_of


def test_ratings_are_sorted_and_the_last_of_a_pair_counts() -> None:
    ratings = Ratings.of([1, 0, 1, 1], [0, 2, 0, 1], [1, 2, 5, 4])
    assert ratings.user.tolist() == [0, 1, 1]
    assert ratings.item.tolist() == [2, 0, 1]
    assert ratings.stars.tolist() == [2, 5, 4]
    assert (ratings.n_users, ratings.n_items, len(ratings)) == (2, 3, 3)
    assert ratings.mean == pytest.approx(11 / 3)


def test_both_tables_hold_every_rating_also_of_zero_stars() -> None:
    ratings = Ratings.of([0, 1, 1], [1, 0, 1], [0, 2, 3], lowest=0)
    assert ratings.by_user.toarray().tolist() == [[0, 0], [2, 3]]
    assert ratings.by_item.toarray().tolist() == [[0, 2], [0, 3]]
    assert ratings.by_user.nnz == ratings.by_item.nnz == 3


@pytest.mark.parametrize("wrong", [float("nan"), float("inf"), 0.5, 5.5])
def test_stars_that_are_not_on_the_scale_are_refused(wrong: float) -> None:
    with pytest.raises(InvalidField, match=r"stars\[1\]: .* Use stars from 1 to 5"):
        Ratings.of([0, 0], [0, 1], [3, wrong])


def test_the_number_of_wrong_stars_is_told() -> None:
    with pytest.raises(InvalidField, match="2 ratings are wrong"):
        Ratings.of([0, 0, 0], [0, 1, 2], [3, 9, 8])


def test_no_ratings_are_refused() -> None:
    with pytest.raises(InvalidInput, match=r"There are no ratings. Give at least one"):
        Ratings.of([], [], [])


def test_numbers_outside_the_users_and_items_are_refused() -> None:
    with pytest.raises(InvalidField, match=r"user\[1\]: 2 is not allowed. Use a number from 0 to 1"):
        Ratings.of([0, 2], [0, 0], [3, 3], n_users=2)
    with pytest.raises(InvalidField, match=r"item\[0\]: -1"):
        Ratings.of([0], [-1], [3])
    with pytest.raises(InvalidField, match="whole numbers"):
        Ratings.of([0.5], [0], [3])


def test_arrays_of_different_lengths_are_refused() -> None:
    with pytest.raises(InvalidInput, match="2 users, 1 items and 1 stars"):
        Ratings.of([0, 1], [0], [3])
    with pytest.raises(InvalidInput, match="1 items with 0 stars"):
        RatedQuery(np.array([0], np.int32), np.empty(0, np.float32))


def test_a_scale_without_width_is_refused() -> None:
    with pytest.raises(InvalidField, match="below highest = 1"):
        Ratings.of([0], [0], [1], lowest=1, highest=1)


def test_of_a_shop_only_rating_events_count_and_the_latest_wins() -> None:
    rated, seen = EVENT_NUMBER["rate_item"], EVENT_NUMBER["view_item"]
    dataset = Dataset.of(
        np.array([0, 0, 0, 1], np.int32),
        np.array([1, 1, 0, 0], np.int32),
        at_us=np.array([20, 10, 5, 7]),
        event=np.array([rated, rated, seen, rated], np.uint8),
        value=np.array([5, 1, np.nan, 4], np.float32),
        n_items=6,
    )
    ratings = ratings_of(dataset)
    assert list(zip(ratings.user.tolist(), ratings.item.tolist(), ratings.stars.tolist(), strict=True)) == [
        (0, 1, 5.0),
        (1, 0, 4.0),
    ]
    assert ratings.n_items == 6
