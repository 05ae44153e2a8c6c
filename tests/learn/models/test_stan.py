from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from daogou.core.clock import DAY_US
from daogou.core.errors import InvalidField, InvalidInput
from daogou.core.types import Query
from daogou.data.dataset import Dataset
from daogou.learn.models.stan import Stan
from daogou.learn.session_neighbours import MOST_ASKED

PLAIN = {"memory": 0.0, "closeness": 0.0, "freshness_days": 0.0}


def visits(*sessions: list[int], days: list[float] | None = None, n_items: int = 8) -> Dataset:
    lengths = [len(one) for one in sessions]
    user = np.repeat(np.arange(len(sessions)), lengths)
    ends = np.zeros(len(sessions)) if days is None else np.array(days)
    at_us = np.concatenate([round(end * DAY_US) + np.arange(n) for end, n in zip(ends, lengths, strict=True)])
    return Dataset.of(user.astype(np.int32), np.concatenate(sessions).astype(np.int32), at_us=at_us, n_items=n_items)


def asked(*items: int) -> Query:
    return Query(np.array(items, np.int32))


def test_the_score_is_the_shared_weight_over_the_root_of_the_length_worked_by_hand() -> None:
    model = Stan(**PLAIN).fit(visits([0, 1, 2], [0, 3]))
    both, one = 2 / np.sqrt(3), 1 / np.sqrt(2)
    np.testing.assert_allclose(model.score_all(asked(0, 1))[:4], [both + one, both, both, one], rtol=1e-6)


def test_what_was_done_last_weighs_most() -> None:
    model = Stan(**PLAIN | {"memory": 2.0}).fit(visits([0, 2], [1, 3]))
    scores = model.score_all(asked(0, 1))
    assert scores[2] / scores[3] == pytest.approx(np.exp(-1 / 2))


def test_the_lines_of_one_order_weigh_alike() -> None:
    model = Stan(**PLAIN | {"memory": 2.0}).fit(visits([0, 2], [1, 3]))
    scores = model.score_all(Query(np.array([0, 1], np.int32), at_us=np.array([5, 5], np.int64)))
    assert scores[2] == scores[3]


def test_an_item_near_the_newest_shared_one_weighs_more() -> None:
    model = Stan(**PLAIN | {"closeness": 2.0}).fit(visits([0, 1, 2, 3, 4]))
    scores = model.score_all(asked(0, 2))  # met at item 2
    np.testing.assert_allclose(scores[:5] / scores[2], np.exp(-np.array([2, 1, 0, 1, 2]) / 2), rtol=1e-5)


def test_a_fresh_session_weighs_more() -> None:
    model = Stan(**PLAIN | {"freshness_days": 10.0}).fit(visits([0, 1], [0, 2], days=[0.0, 20.0]))
    scores = model.score_all(asked(0))
    assert scores[1] / scores[2] == pytest.approx(np.exp(-2), rel=1e-5)


def test_where_only_very_old_sessions_speak_they_are_heard() -> None:
    model = Stan(**PLAIN | {"freshness_days": 1.0}).fit(visits([0, 1], [2, 3], days=[0.0, 900.0]))
    assert model.score_all(asked(0))[1] > 0


def test_only_the_nearest_sessions_speak() -> None:
    model = Stan(**PLAIN | {"neighbours": 1}).fit(visits([0, 1, 2], [0, 3, 4]))
    scores = model.score_all(asked(0, 1))
    assert scores[2] > 0
    assert scores[3] == scores[4] == 0


def test_of_each_item_only_its_newest_sessions_are_looked_at() -> None:
    model = Stan(**PLAIN | {"newest": 1}).fit(visits([0, 1], [0, 2], days=[1.0, 2.0]))
    scores = model.score_all(asked(0))
    assert scores[1] == 0
    assert scores[2] > 0


def test_a_visit_of_one_item_is_not_kept() -> None:
    model = Stan().fit(visits([0], [0, 1], [2]))
    assert model.sessions.shape == (1, 8)


def reference(data: Dataset, query: Query, recipe: Stan) -> np.ndarray:
    """STAN in plain loops, for sessions that are whole shoppers."""
    now = data.at_us.max()
    sessions = []
    for shopper in range(data.n_users):
        rows = np.flatnonzero(data.user == shopper)
        kept = rows[np.append(True, np.diff(data.item[rows]) != 0)] if len(rows) else rows
        moment = np.unique(data.at_us[kept], return_inverse=True)[1]
        place = {int(data.item[row]): int(at) for row, at in zip(kept, moment, strict=True)}
        if len(place) > 1:
            sessions.append((place, np.exp(-(now - data.at_us[rows].max()) / (recipe.freshness_days * DAY_US))))
    history = query.history.tolist()
    found = []
    for place, fresh in sessions:
        shared = [back for back in range(len(history)) if history[-1 - back] in place]
        weight = sum(np.exp(-back / recipe.memory) * float(query.strengths()[-1 - back]) for back in shared)
        if shared:
            met = place[history[-1 - min(shared)]]
            found.append((weight * fresh / np.sqrt(len(place)), met, place))
    found.sort(key=lambda one: -one[0])
    scores = np.zeros(data.n_items)
    for likeness, met, place in found[: recipe.neighbours]:
        for item, at in place.items():
            scores[item] += likeness * np.exp(-abs(at - met) / recipe.closeness)
    return scores


@pytest.mark.parametrize("neighbours", [5, 500])
def test_the_scores_are_those_of_the_formula_in_plain_loops(neighbours: int) -> None:
    random = np.random.default_rng(11)
    n = 600
    data = Dataset.of(
        random.integers(0, 60, n).astype(np.int32),
        random.integers(0, 25, n).astype(np.int32),
        at_us=random.integers(0, 90 * DAY_US, n),
        n_items=25,
    )
    recipe = Stan(session_gap_minutes=1e9, neighbours=neighbours)
    model = recipe.fit(data)
    for length in (1, 4, 12):
        history = random.choice(25, length, replace=False).astype(np.int32)
        query = Query(history, random.random(length).astype(np.float32) + 0.1)
        np.testing.assert_allclose(model.score_all(query), reference(data, query, recipe), rtol=1e-4, atol=1e-7)


def test_the_shares_of_a_long_history_add_up_and_only_its_newest_items_ask() -> None:
    random = np.random.default_rng(2)
    data = Dataset.of(
        random.integers(0, 300, 9000).astype(np.int32), random.integers(0, 200, 9000).astype(np.int32), n_items=200
    )
    model = Stan(memory=0.0, neighbours=50, newest=7).fit(data)
    query = asked(*random.permutation(220)[:150])
    items = np.array([5, 190, 5, 0], np.int32)
    shares = model.contributions(query, items)
    assert shares.shape == (150, 4)
    np.testing.assert_allclose(shares.sum(axis=0), model.score(query, items), rtol=1e-4)
    known = np.flatnonzero(query.history < 200)
    assert shares[known[-MOST_ASKED:]].any()
    assert not np.delete(shares, known[-MOST_ASKED:], axis=0).any()


def test_a_history_of_ten_thousand_events_is_answered() -> None:
    model = Stan().fit(visits([0, 1, 2], [0, 3]))
    assert np.isfinite(model.score_all(Query(np.resize(np.arange(8, dtype=np.int32), 10_000)))).all()


def test_a_voice_of_the_wrong_length_is_refused() -> None:
    model = Stan().fit(visits([0, 1], [2, 3]))
    with pytest.raises(InvalidInput, match="voice has shape"):
        dataclasses.replace(model, voice=np.ones(7, np.float32))


@pytest.mark.parametrize("setting", [{"neighbours": 0}, {"newest": 0}, {"memory": -1.0}, {"session_gap_minutes": -1.0}])
def test_a_setting_out_of_range_is_refused(setting: dict[str, float]) -> None:
    with pytest.raises(InvalidField, match=next(iter(setting))):
        Stan(**setting)  # type: ignore[arg-type]
