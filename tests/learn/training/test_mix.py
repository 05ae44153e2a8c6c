"""The blend is a sum, and the weights go to members that earn them."""

from dataclasses import dataclass

import numpy as np
import pytest

from daogou.core.errors import ArtifactRefused, InvalidInput
from daogou.core.types import Query
from daogou.data.dataset import Dataset
from daogou.learn.training.learn_mix import learn_mix
from daogou.learn.training.mix import Blend, Mix
from daogou.learn.training.scales import equal_mix, measure, rescaled

N_ITEMS, N_USERS, DAY = 60, 120, 86_400_000_000


@dataclass(frozen=True)
class Table:
    """(n_items, n_items) row = item seen, column = item scored."""

    weights: np.ndarray

    @property
    def n_items(self):
        return len(self.weights)

    def score(self, query, items):
        return self.score_all(query)[items]

    def score_all(self, query):
        return np.asarray(query.strengths() @ self.weights[query.history], np.float32)

    def contributions(self, query, items):
        return query.strengths()[:, None] * self.weights[np.ix_(query.history, items)]


@dataclass(frozen=True)
class Everybody:
    scores: np.ndarray

    @property
    def n_items(self):
        return len(self.scores)

    def score(self, query, items):
        return self.scores[items]

    def score_all(self, query):
        return self.scores.copy()


@pytest.fixture(scope="module")
def shop():
    """Who had item i buys i + 1 next; item 50 is bought by every second shopper; the rest is noise."""
    generator = np.random.default_rng(4)
    had = generator.integers(0, 40, N_USERS)
    train = Dataset.of(np.arange(N_USERS), had, at_us=np.full(N_USERS, DAY), n_items=N_ITEMS)
    extra = np.arange(0, N_USERS, 2)
    validation = Dataset.of(
        np.concatenate([np.arange(N_USERS), extra]),
        np.concatenate([had + 1, np.full(len(extra), 50)]),
        at_us=np.full(N_USERS + len(extra), 9 * DAY),
        n_items=N_ITEMS,
        n_users=N_USERS,
    )
    return train, validation


@pytest.fixture(scope="module")
def members():
    generator = np.random.default_rng(1)
    following = np.zeros((N_ITEMS, N_ITEMS), np.float32)
    following[np.arange(N_ITEMS - 1), np.arange(1, N_ITEMS)] = 0.01
    following += generator.random((N_ITEMS, N_ITEMS)).astype(np.float32) * 0.004
    popular = np.zeros(N_ITEMS, np.float32)
    popular[50] = 900.0
    popular += generator.random(N_ITEMS).astype(np.float32) * 300
    noise = generator.random((N_ITEMS, N_ITEMS)).astype(np.float32)
    return {"following": Table(following), "popular": Everybody(popular), "noise": Table(noise)}


def test_useful_members_get_weight_and_noise_gets_none(shop, members):
    mix = learn_mix(members, *shop, k=2)
    assert mix.weights["following"] > 0
    assert mix.weights["popular"] > 0
    assert mix.weights["noise"] == 0.0
    assert sum(mix.weights.values()) == pytest.approx(1.0)
    assert set(mix.members) == {"following", "popular"}


def test_the_mix_does_not_depend_on_the_unit_of_a_member(shop, members):
    larger = members | {"popular": Everybody(members["popular"].scores * 1000)}
    first, second = learn_mix(members, *shop, k=2), learn_mix(larger, *shop, k=2)
    assert first.weights == pytest.approx(second.weights)
    assert second.factor("popular") == pytest.approx(first.factor("popular") / 1000)


def test_the_same_seed_gives_the_same_mix(shop, members):
    first, second = (learn_mix(members, *shop, k=2, max_users=60, seed=5) for _ in range(2))
    assert first == second


def test_too_few_users_are_not_asked_for_weights(shop, members):
    train, validation = shop
    with pytest.raises(InvalidInput, match="at least 20 are needed"):
        learn_mix(members, train, validation.keep(validation.user < 19))


def test_the_blend_is_the_weighted_sum_and_its_shares_are_exact(members):
    blend = Blend(members, Mix({"following": 0.5, "popular": 0.5, "noise": 0.0}, {"following": 0.1, "popular": 300.0}))
    query = Query(np.array([3, 8], np.int32), np.array([1.0, 2.0], np.float32))
    items = np.array([4, 9, 50], np.int32)
    by_hand = 5 * members["following"].score(query, items) + members["popular"].score(query, items) / 600
    assert blend.score(query, items) == pytest.approx(by_hand, rel=1e-5)
    assert blend.score_all(query)[items] == pytest.approx(by_hand, rel=1e-5)
    assert blend.score_batch([query, query])[1][items] == pytest.approx(by_hand, rel=1e-5)
    parts = blend.member_scores(query, items)
    assert set(parts) == {"following", "popular"}
    assert sum(parts.values()) == pytest.approx(by_hand, rel=1e-5)
    assert blend.contributions(query, items).sum(axis=0) == pytest.approx(parts["following"], rel=1e-5)


def test_a_blend_refuses_a_mix_of_unknown_members(members):
    with pytest.raises(InvalidInput, match="The mix names ghost"):
        Blend(members, Mix({"ghost": 1.0}))


@pytest.mark.parametrize(
    "raw", [{}, {"weights": {"a": -1.0}, "scales": {}}, {"weights": {"a": "x"}, "scales": {}}, {"weights": 3}]
)
def test_a_broken_mix_on_disk_is_refused(raw):
    with pytest.raises(ArtifactRefused, match="cannot be read"):
        Mix.from_dict(raw)


def test_a_mix_survives_its_own_json():
    mix = Mix({"a": 0.25, "b": 0.75}, {"a": 2.0, "b": 0.5})
    assert Mix.from_dict(mix.to_dict()) == mix


def test_rescaling_keeps_the_blend_where_a_member_only_grew(members):
    queries = [Query(np.array([item], np.int32)) for item in range(40)]
    grown = members | {"popular": Everybody(members["popular"].scores * 3)}
    mix = equal_mix(members, queries)
    again = rescaled(mix, measure(members, queries), measure(grown, queries))
    query = queries[7]
    assert Blend(grown, again).score_all(query) == pytest.approx(Blend(members, mix).score_all(query), rel=1e-4)


def test_a_member_that_says_nothing_has_scale_one():
    silent = {"silent": Everybody(np.zeros(N_ITEMS, np.float32))}
    assert measure(silent, [Query()]) == {"silent": 1.0}
