from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pytest

from daogou.core.clock import DAY_US
from daogou.core.errors import InvalidInput
from daogou.core.types import F32, I32, Query
from daogou.data.dataset import Dataset
from daogou.learn.evaluation.sessions import evaluate_sessions, session_task, split_last_days
from daogou.learn.sessions import MINUTE_US


@dataclass(frozen=True)
class Says:
    """A model that always gives the same scores."""

    scores: tuple[float, ...]

    @property
    def n_items(self) -> int:
        return len(self.scores)

    def score(self, query: Query, items: I32) -> F32:
        return self.score_all(query)[items]

    def score_all(self, query: Query) -> F32:
        return np.array(self.scores, np.float32)


@dataclass(frozen=True)
class Knows:
    """A model that gives 1 to what really comes next: it reads it from the length of the history."""

    session: tuple[int, ...]
    n_items: int

    def score(self, query: Query, items: I32) -> F32:
        return self.score_all(query)[items]

    def score_all(self, query: Query) -> F32:
        return (np.arange(self.n_items) == self.session[len(query.history)]).astype(np.float32)


def log(user: Sequence[int], item: Sequence[int], minute: Sequence[float], n_items: int = 8) -> Dataset:
    at_us = (np.array(minute) * MINUTE_US).astype(np.int64)
    return Dataset.of(np.array(user, np.int32), np.array(item, np.int32), at_us=at_us, n_items=n_items)


def one_visit(*items: int, n_items: int = 8) -> Dataset:
    return log([0] * len(items), items, list(range(len(items))), n_items)


def test_a_session_is_asked_where_it_begins_and_its_rows_after_the_cut_are_nobodys() -> None:
    day = DAY_US / MINUTE_US
    data = log([0, 0, 1, 1, 2, 2], [1, 2, 3, 4, 5, 6], [0, 1, 8 * day - 1, 8 * day + 5, 9 * day, 9 * day + 1])
    split = split_last_days(data, days=1, validation_days=1, gap_minutes=30)
    np.testing.assert_array_equal(split.train.item, [1, 2])
    np.testing.assert_array_equal(split.validation.item, [3])
    np.testing.assert_array_equal(split.known.item, [1, 2, 3])
    np.testing.assert_array_equal(split.test.item, [5, 6])


def test_too_many_days_are_refused() -> None:
    with pytest.raises(InvalidInput, match="7 days for the test and 1 for validation leave nothing to learn from"):
        split_last_days(one_visit(1, 2, 3), days=7, validation_days=1, gap_minutes=30)


def test_each_step_asks_with_the_session_so_far() -> None:
    data = log([0, 0, 0, 0], [7, 1, 2, 1], [0, 60, 61, 62])  # item 7 was another session
    task = session_task(data, gap_minutes=30)
    assert [query.history.tolist() for query in task.queries] == [[1], [1, 2]]
    assert [query.now_us // MINUTE_US for query in task.queries] == [60, 61]
    np.testing.assert_array_equal(task.targets, [2, 1])
    np.testing.assert_array_equal(task.session, [0, 0])
    assert [row.indices.tolist() for row in task.rest] == [[1, 2], [1]]


def test_repeats_are_no_targets_where_they_are_excluded() -> None:
    task = session_task(one_visit(1, 2, 1, 3), gap_minutes=30, repeats="excluded")
    np.testing.assert_array_equal(task.targets, [2, 3])
    assert [row.indices.tolist() for row in task.rest] == [[2, 3], [3]]
    found = evaluate_sessions({"model": Says((0, 9, 0, 1, 0, 0, 0, 0))}, task, k=1, resamples=10)[0]
    assert found.metrics["hit_rate@1"].mean == 0.5  # item 1 has the highest score and is masked


def test_a_draw_of_steps_says_how_many_there_were() -> None:
    task = session_task(one_visit(*range(8)), gap_minutes=30, max_steps=3, seed=5)
    assert len(task.queries) == len(task.targets) == 3
    assert task.n_available == 7


def test_sessions_of_one_event_cannot_be_asked() -> None:
    with pytest.raises(InvalidInput, match="No session has a second item"):
        session_task(log([0, 1], [1, 2], [0, 0]), gap_minutes=30)


def test_the_figures_worked_by_hand() -> None:
    # Steps: [1] then 2 with rest {2, 3}; [1, 2] then 3 with rest {3}. Order of the list: 3, 2, 1, …
    task = session_task(one_visit(1, 2, 3), gap_minutes=30)
    found = evaluate_sessions({"model": Says((0, 1, 2, 3, 0, 0, 0, 0))}, task, k=2, resamples=10)[0].metrics
    assert found["hit_rate@2"].mean == 1.0
    assert found["mrr@2"].mean == pytest.approx((1 / 2 + 1) / 2)
    assert found["precision@2"].mean == pytest.approx((2 / 2 + 1 / 2) / 2)
    assert found["recall@2"].mean == 1.0


def test_a_model_that_says_nothing_finds_nothing() -> None:
    task = session_task(one_visit(1, 2, 3), gap_minutes=30)
    found = evaluate_sessions({"silent": Says((0.0,) * 8)}, task, k=3, resamples=10)[0].metrics
    assert all(one.mean == 0 for one in found.values())


def test_an_item_stands_behind_all_that_tie_with_it() -> None:
    task = session_task(one_visit(1, 2), gap_minutes=30)
    tied = Says((0, 5, 5, 5, 0, 0, 0, 0))
    assert evaluate_sessions({"model": tied}, task, k=2, resamples=10)[0].metrics["hit_rate@2"].mean == 0
    assert evaluate_sessions({"model": tied}, task, k=3, resamples=10)[0].metrics["mrr@3"].mean == pytest.approx(1 / 3)


def test_a_list_longer_than_the_catalogue_holds_it_all() -> None:
    task = session_task(one_visit(0, 1, 2, n_items=3), gap_minutes=30)
    found = evaluate_sessions({"model": Says((3, 2, 1))}, task, k=20, resamples=10)[0].metrics
    assert found["hit_rate@20"].mean == 1.0
    assert found["mrr@20"].mean == pytest.approx((1 / 2 + 1 / 3) / 2)


def test_a_model_that_knows_the_future_is_perfect_and_the_difference_says_so() -> None:
    visit = (3, 1, 4, 0, 5)
    task = session_task(one_visit(*visit), gap_minutes=30)
    models = {"knows": Knows(visit, 8), "silent": Says((0.0,) * 8)}
    knows, silent = evaluate_sessions(models, task, k=5, compare="knows", resamples=20)
    assert knows.metrics["mrr@5"].mean == 1.0
    assert not knows.minus
    assert silent.minus["mrr@5"].mean == silent.minus["mrr@5"].high == -1.0


def test_whole_sessions_are_drawn_for_the_interval() -> None:
    # One session of 30 steps, all right, and one of a single step, wrong: the mean is 30 / 31, and a draw of either
    # session alone gives 1 or 0.
    data = log([0] * 31 + [1, 1], [0, 1] * 15 + [0, 2, 3], [*range(31), 0, 1])
    task = session_task(data, gap_minutes=30)
    found = evaluate_sessions({"model": Says((3, 3, 0, 0, 0, 0, 0, 0))}, task, k=2, resamples=200)[0]
    hit_rate = found.metrics["hit_rate@2"]
    assert hit_rate.mean == pytest.approx(30 / 31)
    assert hit_rate.low == 0.0
    assert hit_rate.high == 1.0


def test_an_unknown_name_to_compare_with_is_refused() -> None:
    task = session_task(one_visit(1, 2), gap_minutes=30)
    with pytest.raises(InvalidInput, match="compare = 'magic' is not among the models"):
        evaluate_sessions({"model": Says((1.0,) * 8)}, task, compare="magic")
