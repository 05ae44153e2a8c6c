from __future__ import annotations

import numpy as np
import pytest

from daogou.core.errors import InvalidField
from daogou.core.types import Query
from daogou.data.dataset import Dataset
from daogou.learn.models.sequential_rules import SequentialRules
from daogou.learn.sessions import MINUTE_US


def visits(*sessions: list[int], n_items: int = 6) -> Dataset:
    user = np.repeat(np.arange(len(sessions)), [len(one) for one in sessions])
    return Dataset.of(user.astype(np.int32), np.concatenate(sessions).astype(np.int32), n_items=n_items)


def one_order(*items: int) -> Dataset:
    return Dataset.of(
        np.zeros(len(items), np.int32), np.array(items, np.int32), at_us=np.full(len(items), 7, np.int64), n_items=6
    )


def test_what_follows_later_weighs_one_over_the_distance() -> None:
    rules = SequentialRules(shrinkage=0.0).fit(visits([0, 1, 2, 3])).rules.toarray()
    np.testing.assert_allclose(rules[0], [0, 1, 1 / 2, 1 / 3, 0, 0])
    np.testing.assert_allclose(rules[2], [0, 0, 0, 1, 0, 0])
    assert not rules[3].any()


def test_a_rule_reaches_no_further_than_it_is_told() -> None:
    rules = SequentialRules(reach=1, shrinkage=0.0).fit(visits([0, 1, 2])).rules.toarray()
    np.testing.assert_allclose(rules[0], [0, 1, 0, 0, 0, 0])


def test_within_one_order_each_line_follows_each_other() -> None:
    rules = SequentialRules(shrinkage=0.0).fit(one_order(0, 1, 2)).rules.toarray()
    np.testing.assert_allclose(rules[:3, :3], np.ones((3, 3)) - np.eye(3))


def test_rules_do_not_cross_from_one_visit_to_the_next() -> None:
    apart = Dataset.of(
        np.zeros(2, np.int32), np.array([0, 1], np.int32), at_us=np.array([0, 31 * MINUTE_US]), n_items=2
    )
    assert not SequentialRules().fit(apart).rules.nnz
    assert SequentialRules(session_gap_minutes=31).fit(apart).rules.nnz == 1


def test_an_item_that_comes_back_follows_itself() -> None:
    rules = SequentialRules(shrinkage=0.0).fit(visits([0, 1, 0])).rules.toarray()
    assert rules[0, 0] == pytest.approx(1 / 2 / 2)  # once, two moments later, in two occurrences


def test_the_weight_is_the_share_of_occurrences_shrunk() -> None:
    data = visits([0, 1], [0, 1], [0, 2])
    np.testing.assert_allclose(SequentialRules(shrinkage=0.0).fit(data).rules.toarray()[0, 1:3], [2 / 3, 1 / 3])
    np.testing.assert_allclose(SequentialRules(shrinkage=5.0).fit(data).rules.toarray()[0, 1:3], [2 / 8, 1 / 8])


def test_each_item_keeps_its_weightiest_rules_and_among_equal_ones_the_first_item() -> None:
    rules = SequentialRules(neighbours=2, shrinkage=0.0).fit(visits([0, 3], [0, 3], [0, 2], [0, 1])).rules.toarray()
    np.testing.assert_allclose(rules[0], [0, 1 / 4, 0, 2 / 4, 0, 0])


def test_the_last_item_speaks_loudest() -> None:
    model = SequentialRules(memory=1.0, shrinkage=0.0).fit(visits([0, 2], [1, 3]))
    scores = model.score_all(Query(np.array([0, 1], np.int32)))
    np.testing.assert_allclose(scores[2:4], [np.exp(-1), 1], rtol=1e-6)


def test_all_of_a_history_counts_alike_without_a_memory_limit() -> None:
    model = SequentialRules(memory=0.0, shrinkage=0.0).fit(visits([0, 2], [1, 3]))
    np.testing.assert_allclose(model.score_all(Query(np.array([0, 1], np.int32)))[2:4], [1, 1])


def test_the_rules_are_those_counted_one_by_one() -> None:
    random = np.random.default_rng(3)
    user, item = np.sort(random.integers(0, 30, 400)), random.integers(0, 12, 400)
    times = random.integers(0, 12, 400)
    data = Dataset.of(user.astype(np.int32), item.astype(np.int32), at_us=times, n_items=12)
    expected, occurrences = np.zeros((12, 12)), np.zeros(12)
    for shopper in range(30):
        own = data.user == shopper
        moments = [set(data.item[own & (data.at_us == time)].tolist()) for time in np.unique(data.at_us[own])]
        told = [one for n, one in enumerate(moments) if n == 0 or len(one) > 1 or one != moments[n - 1]]
        for place, one in enumerate(told):
            for item in one:
                occurrences[item] += 1
                for distance, later in enumerate(told[place : place + 5]):
                    for follower in later - ({item} if distance == 0 else set()):
                        expected[item, follower] += 1 / max(distance, 1)
    rules = SequentialRules(reach=4, shrinkage=0.0).fit(data).rules
    np.testing.assert_allclose(rules.toarray() * occurrences[:, None], expected, rtol=1e-5)


@pytest.mark.parametrize("setting", [{"reach": 0}, {"neighbours": 0}, {"memory": -1.0}, {"shrinkage": float("nan")}])
def test_a_setting_out_of_range_is_refused(setting: dict[str, float]) -> None:
    with pytest.raises(InvalidField, match=next(iter(setting))):
        SequentialRules(**setting)  # type: ignore[arg-type]
