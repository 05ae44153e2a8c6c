"""What grows far beyond its own past is told; what grows with the shop is not. And small forms of the attacks."""

from __future__ import annotations

import gzip
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from daogou.core.clock import DAY_US, SECOND_US
from daogou.core.types import Query
from daogou.data.dataset import Ballot, Dataset
from daogou.learn.models.item_knn import ItemKnn
from daogou.learn.trust.attacks import Filler, joined_pair, shilling, with_fakes
from daogou.learn.trust.bursts import Burst, bursts

WEEK_US = 7 * DAY_US
N_USERS, N_ITEMS = 600, 120


@pytest.fixture(scope="module")
def quiet() -> Dataset:
    """Half a year in which shoppers, each of one taste of four, take thirty items; a few items are rare."""
    rng = np.random.default_rng(0)
    user, item = [], []
    appeal = np.where(np.arange(30) < 25, 1.0, 0.02)
    for one in range(N_USERS):
        own = rng.choice(30, 20, replace=False, p=appeal / appeal.sum()) + 30 * (one % 4)
        user += [one] * 20
        item += own.tolist()
    at_us = rng.integers(0, 26 * WEEK_US, len(user))
    return Dataset.of(np.array(user, np.int32), np.array(item, np.int32), at_us=at_us, n_users=N_USERS, n_items=N_ITEMS)


def found(dataset: Dataset) -> list[Burst]:
    return bursts(dataset, window_us=WEEK_US, least_z=6)


def test_a_quiet_shop_has_no_burst(quiet: Dataset) -> None:
    assert found(quiet) == []


def test_a_shop_that_grows_everywhere_has_no_burst(quiet: Dataset) -> None:
    newest = quiet.at_us > quiet.at_us.max() - WEEK_US
    rng = np.random.default_rng(1)
    more = [quiet.user[newest] + N_USERS * (1 + n) for n in range(3)]
    items = [(quiet.item[newest] // 30) * 30 + rng.integers(0, 25, newest.sum()) for _ in more]
    grown = Dataset.of(
        np.concatenate([quiet.user, *more]).astype(np.int32),
        np.concatenate([quiet.item, *items]).astype(np.int32),
        at_us=np.concatenate([quiet.at_us, *[quiet.at_us[newest]] * 3]),
        n_items=N_ITEMS,
    )
    assert [one for one in found(grown) if one.second < 0] == []


def test_a_pair_joined_at_once_is_told_at_the_next_build_and_its_item_too(quiet: Dataset) -> None:
    told = found(with_fakes(quiet, joined_pair(quiet, 3, 58, 20, 10, "at once", 0)))
    assert (3, 58) in {(one.first, one.second) for one in told}
    (item,) = [one for one in told if (one.first, one.second) == (58, -1)]
    assert item.known == 0
    assert item.new >= 20


def test_an_item_without_a_past_is_not_judged(quiet: Dataset) -> None:
    fresh = replace(quiet, item_ids=[*quiet.item_ids, "new"])
    fakes = shilling(fresh, N_ITEMS, 30, 10, "random", "at once", 0)
    assert N_ITEMS not in {one.first for one in found(with_fakes(fresh, fakes)) if one.second < 0}


def test_a_log_of_two_weeks_is_not_judged(quiet: Dataset) -> None:
    short = quiet.between(int(quiet.at_us.max()) - 2 * WEEK_US, None)
    assert found(with_fakes(short, joined_pair(short, 3, 58, 50, 0, "at once", 0))) == []


def test_accounts_made_for_a_pair_need_many_times_more_to_reach_a_list(quiet: Dataset) -> None:
    def rank(n_fake: int, *, is_defended: bool) -> int:
        attacked = with_fakes(quiet, joined_pair(quiet, 3, 58, n_fake, 0, "slow", 1))
        everybody = Ballot(np.ones(attacked.n_users, bool), np.empty(0, np.int32), np.empty((0, 2), np.int32), 5, 0.1)
        learned = replace(attacked, ballot=everybody) if is_defended else attacked
        scores = ItemKnn().fit(learned).score_all(Query(np.array([3], np.int32)))
        return int((scores > scores[58]).sum())

    assert rank(120, is_defended=False) < 10
    assert rank(120, is_defended=True) >= 10


@pytest.fixture(scope="module")
def movies(public_data: Path) -> Dataset:
    """MovieLens-100K: every rating is one interaction."""
    with gzip.open(public_data / "movielens-100k" / "u.data.gz") as file:
        rows = np.loadtxt(file, dtype=np.int64)
    return Dataset.of(
        (rows[:, 0] - 1).astype(np.int32), (rows[:, 1] - 1).astype(np.int32), at_us=rows[:, 3] * SECOND_US
    )


@pytest.mark.parametrize("filler", ["random", "average", "bandwagon"])
def test_fake_profiles_lift_no_target_into_the_lists_of_real_shoppers(movies: Dataset, filler: Filler) -> None:
    taken = movies.matrix()
    target = int(np.flatnonzero(np.asarray(taken.sum(axis=0)).ravel() == 8)[0])
    attacked = with_fakes(movies, shilling(movies, target, 28, 65, filler, "slow", 2))
    scores = ItemKnn().fit(attacked).score_batch(movies.queries(range(400)))
    is_taken = taken[:400].toarray() > 0
    scores[is_taken] = -np.inf
    is_lifted = (scores > scores[:, [target]]).sum(axis=1) < 10
    assert np.mean(is_lifted[~is_taken[:, target]]) <= 0.005
