from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from daogou.core.errors import InvalidField
from daogou.core.types import Query
from daogou.data.dataset import Dataset
from daogou.learn.models.stan import Stan
from daogou.learn.models.vstan import Vstan

PLAIN: dict[str, Any] = {
    "memory": 0.0,
    "closeness": 0.0,
    "freshness_days": 0.0,
    "entry_memory": 0.0,
    "rarity": 0.0,
    "length": 0.0,
}


def visits(*sessions: list[int], n_items: int = 8) -> Dataset:
    user = np.repeat(np.arange(len(sessions)), [len(one) for one in sessions])
    return Dataset.of(user.astype(np.int32), np.concatenate(sessions).astype(np.int32), n_items=n_items)


def asked(*items: int) -> Query:
    return Query(np.array(items, np.int32))


def test_without_its_own_settings_it_is_stan() -> None:
    random = np.random.default_rng(0)
    data = Dataset.of(random.integers(0, 40, 500).astype(np.int32), random.integers(0, 20, 500).astype(np.int32))
    theirs = Stan(neighbours=10).fit(data)
    ours = Vstan(neighbours=10, entry_memory=0.0, rarity=0.0, length=0.5).fit(data)
    query = asked(3, 7, 11)
    np.testing.assert_array_equal(ours.score_all(query), theirs.score_all(query))


def test_a_session_met_at_an_older_item_counts_less() -> None:
    model = Vstan(**PLAIN | {"entry_memory": 2.0}).fit(visits([0, 1, 2], [0, 4], [1, 5]))
    scores = model.score_all(asked(0, 1))
    # Both items meet the first session, at the newer one; the others share one item each.
    np.testing.assert_allclose(scores[[2, 4, 5]], [2.0, np.exp(-1 / 2), 1.0], rtol=1e-6)


def test_a_rare_item_counts_more() -> None:
    model = Vstan(**PLAIN | {"rarity": 0.5}).fit(visits([0, 1, 2], [3, 1], [4, 1], [5, 1]))
    scores = model.score_all(asked(0))
    assert scores[2] / scores[1] == pytest.approx(1 + 0.5 * np.log(4))


def test_the_length_of_a_session_counts_as_much_as_it_is_told() -> None:
    data = visits([0, 1, 2, 3], [0, 4])
    for length in (0.0, 0.5, 1.0):
        scores = Vstan(**PLAIN | {"length": length}).fit(data).score_all(asked(0))
        assert scores[4] / scores[1] == pytest.approx(2.0**length)


def test_the_shares_add_up_with_every_setting_at_work() -> None:
    random = np.random.default_rng(1)
    data = Dataset.of(random.integers(0, 90, 1500).astype(np.int32), random.integers(0, 40, 1500).astype(np.int32))
    model = Vstan(neighbours=12, rarity=1.0).fit(data)
    query = Query(np.array([3, 8, 90, 11], np.int32), np.array([1.0, 2.0, 4.0, 0.5], np.float32))
    items = np.arange(40, dtype=np.int32)
    shares = model.contributions(query, items)
    np.testing.assert_allclose(shares.sum(axis=0), model.score_all(query), rtol=1e-4, atol=1e-6)
    assert not shares[2].any()


@pytest.mark.parametrize("setting", [{"entry_memory": -1.0}, {"rarity": -0.1}, {"length": float("nan")}])
def test_a_setting_out_of_range_is_refused(setting: dict[str, float]) -> None:
    with pytest.raises(InvalidField, match=next(iter(setting))):
        Vstan(**setting)  # type: ignore[arg-type]
