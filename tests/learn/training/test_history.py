import numpy as np
import pytest

from daogou.core.settings import HistorySettings
from daogou.core.types import Query
from daogou.data.dataset import Dataset
from daogou.learn.training.history import decayed_query, newest_rows, queries_of

DAY = 86_400_000_000


def asked(weights, days, now=100):
    n = len(weights)
    return Query(
        np.arange(n, dtype=np.int32),
        np.array(weights, np.float32),
        (np.array(days) * DAY).astype(np.int64),
        now * DAY,
    )


def test_an_item_of_one_half_life_ago_counts_half_as_much():
    weights = decayed_query(asked([4, 4], [90, 100]), 10 * DAY).weights
    assert weights[0] / weights[1] == pytest.approx(0.5)


def test_nine_times_the_weight_counts_three_times():
    weights = decayed_query(asked([9, 1], [100, 100]), 10 * DAY).weights
    assert weights[0] / weights[1] == pytest.approx(3.0)


def test_the_strength_of_a_history_grows_with_the_root_of_its_length():
    short, long = (decayed_query(asked([1] * n, [100] * n), 10 * DAY).weights.sum() for n in (4, 16))
    assert long / short == pytest.approx(2.0)


def test_an_event_after_now_counts_as_of_now():
    weights = decayed_query(asked([1, 1], [100, 105]), 10 * DAY).weights
    assert weights[0] == weights[1]


def test_what_has_faded_away_is_dropped_with_its_time():
    query = decayed_query(asked([1, 1], [-1000, 99]), 10 * DAY)
    assert query.history.tolist() == [1]
    assert len(query.weights) == len(query.at_us) == 1


def test_without_times_nothing_fades():
    weights = decayed_query(Query(np.array([3, 4], np.int32), now_us=100 * DAY), DAY).weights
    assert weights[0] == weights[1] == pytest.approx(1 / np.sqrt(2))


def test_no_history_stays_no_history():
    assert len(decayed_query(Query(now_us=5), DAY).history) == 0


def test_only_the_newest_rows_of_each_user_are_read():
    rows = Dataset.of(np.array([0, 0, 0, 1]), np.array([5, 6, 7, 5]), at_us=np.array([1, 2, 3, 1]))
    assert newest_rows(rows, 2).item.tolist() == [6, 7, 5]
    assert newest_rows(rows, 3) is rows


def test_queries_are_cut_and_faded_as_the_settings_say():
    rows = Dataset.of(np.array([0, 0, 0]), np.array([5, 6, 7]), at_us=np.array([1, 2, 3]) * DAY)
    (query,) = queries_of(rows, np.array([0]), 3 * DAY, HistorySettings(max_rows=2, half_life_days=1))
    assert query.history.tolist() == [6, 7]
    assert query.weights[0] / query.weights[1] == pytest.approx(0.5)
    (raw,) = queries_of(rows, np.array([0]), 3 * DAY, None)
    assert raw.weights.tolist() == [1.0, 1.0, 1.0]
