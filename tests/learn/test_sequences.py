from __future__ import annotations

import numpy as np

from daogou.core.types import Query
from daogou.data.dataset import Dataset
from daogou.learn.sequences import Sequences, clock, held_out, next_item_quality, recent

HOUR_US = 3_600_000_000


def dataset() -> Dataset:
    """Shopper 0 took 1, 1 again, 2, 1; shopper 1 nothing; shopper 2 took 3, returned it, then 0 and 2."""
    user = np.array([0, 0, 0, 0, 2, 2, 2, 2], np.int32)
    item = np.array([1, 1, 2, 1, 3, 3, 0, 2], np.int32)
    weight = np.array([1, 4, 1, 1, 1, -4, 1, 1], np.float32)
    return Dataset.of(user, item, weight=weight, at_us=np.arange(8, dtype=np.int64), n_users=3, n_items=4)


def test_an_item_taken_several_times_running_counts_once_and_what_was_returned_not_at_all() -> None:
    sequences = Sequences.of(dataset())
    assert [list(part) for part in np.split(sequences.items, sequences.starts[1:-1])] == [[1, 2, 1], [], [3, 0, 2]]
    assert list(sequences.at_us) == [0, 2, 3, 4, 6, 7]


def test_held_out_items_are_taken_off_and_asked_for_with_what_came_before() -> None:
    sequences = Sequences.of(dataset())
    chosen = held_out(sequences, 10, seed=0)
    assert list(chosen) == [0, 2]
    targets, queries = sequences.last(chosen)
    assert list(targets) == [1, 2]
    assert [list(query.history) for query in queries] == [[1, 2], [3, 0]]
    assert [query.now_us for query in queries] == [3, 7]
    shorter = sequences.without_last(chosen)
    assert [list(part) for part in np.split(shorter.items, shorter.starts[1:-1])] == [[1, 2], [], [3, 0]]


def test_no_more_are_held_out_than_asked_and_always_the_same() -> None:
    user = np.repeat(np.arange(50, dtype=np.int32), 4)
    sequences = Sequences.of(Dataset.of(user, np.tile(np.arange(4, dtype=np.int32), 50)))
    assert len(held_out(sequences, 7, seed=1)) == 7
    np.testing.assert_array_equal(held_out(sequences, 7, seed=1), held_out(sequences, 7, seed=1))


def test_only_the_last_known_items_are_read() -> None:
    query = Query(np.array([5, -1, 2, 99, 0, 1], np.int32), at_us=np.arange(10, 16), now_us=20)
    read = recent(query, n_items=6, most=3)
    assert (list(read.history), list(read.at_us), read.now_us) == ([2, 0, 1], [12, 14, 15], 20)


def test_the_clock_tells_the_gap_the_hour_and_the_weekday_of_asking() -> None:
    monday_noon = (4 * 24 + 12) * HOUR_US  # 5 January 1970
    asked = np.array([monday_noon, monday_noon, monday_noon, 0])
    before = np.array([monday_noon, monday_noon - HOUR_US, 0, monday_noon])
    gap, hour, day = clock(before, asked)
    assert list(gap) == [1, 6, 0, 0]  # at once, 61 minutes lie between 2^5 and 2^6, unknown twice
    assert list(hour) == [13, 13, 0, 0]
    assert list(day) == [1, 1, 0, 0]


def test_quality_ranks_what_was_not_yet_taken_and_a_tie_counts_against_us() -> None:
    scores = np.zeros((3, 20), np.float32)
    scores[0, [7, 3]] = 9.0, 8.0  # 7 was taken already, so 3 comes first
    scores[1, :12], scores[1, 15] = 1.0, 1.0  # 12 others are as high
    scores[2, [0, 1, 2]] = 3.0, 2.0, 1.0  # the target stands third
    queries = [Query(np.array([7], np.int32)), Query(), Query()]
    hit_rate, ndcg = next_item_quality(scores, np.array([3, 15, 2], np.int32), queries)
    assert hit_rate == 2 / 3
    np.testing.assert_allclose(ndcg, (1 + 0 + 1 / np.log2(4)) / 3)
