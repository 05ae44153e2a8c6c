from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from daogou.core.errors import InvalidField, InvalidInput
from daogou.learn.ratings import RatedQuery, Ratings, Unsure, rating_recipe
from daogou.learn.ratings.attributes import Attributes
from daogou.learn.ratings.fm_blocks import Block, blocks_of
from daogou.learn.ratings.fm_chain import Chain
from daogou.learn.ratings.fm_likelihood import Normal


def taste(n_users: int = 60, n_items: int = 40, share: float = 0.4, seed: int = 0) -> tuple[np.ndarray, Ratings]:
    """What everybody would give everything, from biases and two factors; and a part of it with noise."""
    random = np.random.default_rng(seed)
    u, i = random.standard_normal((n_users, 2)), random.standard_normal((n_items, 2))
    whole = 3 + 0.5 * random.standard_normal((n_users, 1)) + 0.5 * random.standard_normal(n_items) + 0.4 * u @ i.T
    users, items = np.nonzero(random.random(whole.shape) < share)
    stars = whole[users, items] + 0.3 * random.standard_normal(len(users))
    return whole, Ratings.of(users, items, stars, lowest=-9, highest=15, n_users=n_users, n_items=n_items)


def fitted(ratings: Ratings, **settings: Any) -> Any:
    return rating_recipe("bayesian_fm", **{"factors": 3, "draws": 100, **settings}).fit(ratings)


def dense(block: Block) -> np.ndarray:
    """(n ratings, n_features) the features of each rating, written out."""
    table = np.zeros((len(block.is_rated), block.n_features))
    for feature in range(block.n_features):
        for t in range(block.indptr[feature], block.indptr[feature + 1]):
            table[block.rows[t], feature] = block.values[t]
    return table[block.row_of]


class Recorded:
    """A source of chance that keeps the normal numbers it gave, in order."""

    def __init__(self, seed: int) -> None:
        self.random, self.normals = np.random.default_rng(seed), []

    def standard_normal(self, shape: Any = None) -> Any:
        self.normals.append(self.random.standard_normal(shape))
        return self.normals[-1]

    def gamma(self, shape: Any, scale: Any) -> Any:
        return self.random.gamma(shape, scale)


def test_drawing_by_blocks_is_drawing_rating_by_rating() -> None:
    random = np.random.default_rng(1)
    ages = Attributes.of_words({"age": ["old", "young", None, "old", "young", "old"]})
    cells = random.permutation(6 * 5)[:18]
    ratings = Ratings.of(
        cells // 5, cells % 5, random.integers(1, 6, 18), n_users=6, n_items=5, day=cells % 3, user_attributes=ages
    )
    blocks = blocks_of(ratings, implicit=True, attributes=True, day_numbers=np.arange(3, dtype=np.int32))
    chance: Any = Recorded(5)
    chain = Chain(blocks, Normal(ratings.stars), 2, chance)
    x = np.hstack([dense(block) for block in blocks])
    for _ in range(3):
        w, v = chain.weights.copy(), chain.factors.copy()
        chain.draw()
        centres, precisions = chain.centres[:, chain.groups], chain.precisions[:, chain.groups]
        noise, normals = chain.likelihood.noise, chance.normals[-1]
        bias = chain.likelihood.bias

        def predicted(w: np.ndarray, v: np.ndarray, bias: float = bias) -> np.ndarray:
            pairs = 0.5 * ((x @ v.T) ** 2 - (x**2) @ (v**2).T).sum(axis=1)
            return bias + x @ w + pairs

        def drawn(h: np.ndarray, error: np.ndarray, old: float, row: int, j: int) -> float:
            precision = precisions[row, j] + noise * h @ h  # noqa: B023
            centre = (precisions[row, j] * centres[row, j] + noise * h @ (error + old * h)) / precision  # noqa: B023
            return centre + normals[row, j] / np.sqrt(precision)  # noqa: B023

        for j in range(len(w)):
            w[j] = drawn(x[:, j], ratings.stars - predicted(w, v), w[j], 0, j)
        for f in range(2):
            for j in range(len(w)):
                h = x[:, j] * (x @ v[f] - x[:, j] * v[f, j])
                v[f, j] = drawn(h, ratings.stars - predicted(w, v), v[f, j], 1 + f, j)
        np.testing.assert_allclose(chain.weights, w, atol=1e-9)
        np.testing.assert_allclose(chain.factors, v, atol=1e-9)
        np.testing.assert_allclose(chain.error, ratings.stars - predicted(w, v), atol=1e-9)
        level, tastes = (np.stack([one[k][block.row_of] for one, block in zip(chain.drawn(), blocks, strict=True)])
                         for k in (0, 1))  # fmt: skip
        pairs = 0.5 * (tastes.sum(axis=0) ** 2 - (tastes**2).sum(axis=0)).sum(axis=1)
        np.testing.assert_allclose(bias + level.sum(axis=0) + pairs, predicted(w, v), atol=1e-9)


def test_held_out_stars_are_found_within_the_noise_and_the_deviation_is_honest() -> None:
    whole, ratings = taste()
    model = fitted(ratings, likelihood="normal", draws=200)
    held = np.ones(whole.shape, bool)
    held[ratings.user, ratings.item] = False
    users, items = (found.astype(np.int32) for found in np.nonzero(held))
    mean, deviation = model.distribution(users, items)
    stars = whole[users, items] + 0.3 * np.random.default_rng(7).standard_normal(len(users))
    off = np.abs(stars - mean)
    assert np.sqrt(np.mean(off**2)) < 0.42  # 0.3 of it is noise
    assert 0.86 < (off < 1.645 * deviation).mean() < 0.94  # nine in ten, as promised
    assert deviation.min() > 0.25


def test_levels_of_uneven_width_are_learned() -> None:
    whole, ratings = taste(share=0.6)
    edges = [2.0, 2.6, 4.4]  # three stars are given four times as often as two
    random = np.random.default_rng(3)
    found = whole[ratings.user, ratings.item] + 0.3 * random.standard_normal(len(ratings))
    stars = np.digitize(found, edges) + 1
    model = fitted(Ratings.of(ratings.user, ratings.item, stars, highest=4), likelihood="ordered")
    cuts = model.cuts.mean(axis=0)
    assert (cuts[2] - cuts[1]) / (cuts[1] - cuts[0]) == pytest.approx(3, rel=0.15)
    held = np.setdiff1d(np.arange(whole.size), ratings.user * 40 + ratings.item)
    users, items = (held // 40).astype(np.int32), (held % 40).astype(np.int32)
    asked = np.digitize(whole[users, items], edges) + 1
    assert np.abs(model.predict(users, items) - asked).mean() < 0.35


def test_equal_stars_are_answered_with_themselves() -> None:
    flat = Ratings.of([0, 0, 1, 2], [0, 1, 2, 0], [4, 4, 4, 4])
    model = fitted(flat, draws=30, likelihood="ordered")  # of one level, so there is no cut to draw
    assert model.predict(np.array([1], np.int32), np.array([0], np.int32))[0] == pytest.approx(4, abs=0.5)


def test_a_day_when_all_were_generous_is_told_apart() -> None:
    random = np.random.default_rng(0)
    cells = random.permutation(50 * 30)[:700]
    days = random.integers(100, 104, 700)
    stars = np.where(days == 102, 4.5, 2.5) + random.choice([-0.5, 0.5], 700)
    ratings = Ratings.of(cells // 30, cells % 30, stars, day=days)
    model = fitted(ratings, likelihood="normal")
    pair, one = np.zeros(1, np.int32), np.ones(1, np.int32)
    generous, other = (model.predict(pair, pair, day * one)[0] for day in (102, 103))
    assert generous > other + 1.5
    assert other < model.predict(pair, pair)[0] < generous
    query = RatedQuery(np.array([1, 2], np.int32), np.array([3, 3], np.float32), day=102)
    assert model.predict_for(query, pair)[0] > other + 1
    blind = fitted(ratings, likelihood="normal", day=False)
    assert blind.predict(pair, pair, 102 * one)[0] == blind.predict(pair, pair, 103 * one)[0]


def test_attributes_speak_for_users_and_items_without_ratings() -> None:
    random = np.random.default_rng(0)
    sex, kind = random.choice(["F", "M"], 60), random.choice(["tool", "toy"], 40)
    cells = random.permutation(59 * 39)[:600]
    users, items = cells // 39, cells % 39  # the last user and the last item have no rating
    stars = np.where((sex[users] == "F") == (kind[items] == "toy"), 5, 2) - random.integers(0, 2, 600)
    sex[59], kind[39] = "F", "toy"
    ratings = Ratings.of(
        users, items, stars, n_users=60, n_items=40,
        user_attributes=Attributes.of_words({"sex": sex.tolist()}),
        item_attributes=Attributes.of_words({"kind": kind.tolist()}),
    )  # fmt: skip
    model = fitted(ratings)
    cold = model.predict(np.array([59, 59, 59], np.int32), np.flatnonzero(kind == "tool")[:3].astype(np.int32))
    assert model.predict(np.array([59], np.int32), np.array([39], np.int32))[0] > cold.max() + 1
    new = RatedQuery(np.empty(0, np.int32), np.empty(0, np.float32), attributes=np.array([1, 0], np.float32))
    other = RatedQuery(np.empty(0, np.int32), np.empty(0, np.float32), attributes=np.array([0, 1], np.float32))
    toy = np.flatnonzero(kind == "toy")[:3].astype(np.int32)
    assert (model.predict_for(new, toy) > model.predict_for(other, toy) + 1).all()
    with pytest.raises(InvalidInput, match=r"3 attributes for a model of 2\. Use one number for each"):
        model.predict_for(RatedQuery(new.history, new.stars, attributes=np.zeros(3, np.float32)), toy)


@pytest.mark.parametrize("likelihood", ["ordered", "normal"])
def test_the_same_person_known_and_unknown_gets_nearly_the_same_answers(likelihood: str) -> None:
    _, ratings = taste()
    rounded = Ratings.of(ratings.user, ratings.item, np.clip(np.rint(ratings.stars), 1, 5))
    model = fitted(rounded, likelihood=likelihood)
    every = np.arange(40, dtype=np.int32)
    for user in (3, 17):
        rows = rounded.user == user
        query = RatedQuery(rounded.item[rows], rounded.stars[rows])
        known = model.distribution(np.full(40, user, np.int32), every)
        new = model.distribution_for(query, every)
        np.testing.assert_allclose(new.mean, known.mean, atol=0.35)
        np.testing.assert_allclose(new.deviation, known.deviation, rtol=0.3)


def test_who_says_nothing_is_less_sure_than_who_rated() -> None:
    _, ratings = taste()
    model = fitted(ratings, likelihood="normal")
    assert isinstance(model, Unsure)
    item = np.zeros(1, np.int32)
    known, unknown = (model.distribution(np.array([user], np.int32), item).deviation[0] for user in (0, -1))
    assert unknown > known + 0.2
    nobody = RatedQuery(np.empty(0, np.int32), np.empty(0, np.float32))
    assert model.distribution_for(nobody, item).deviation[0] == unknown


def test_a_graph_of_friends_can_be_told() -> None:
    friends = csr_matrix(np.eye(3, k=1) + np.eye(3, k=-1))
    ratings = Ratings.of([0, 1, 1], [0, 1, 2], [5, 4, 1], n_users=3, user_attributes=Attributes.of(friends))
    model = fitted(ratings, draws=20)
    assert model.told.shape[0] == 3 + 3
    assert np.isfinite(model.predict(np.array([2], np.int32), np.array([0], np.int32))).all()


def test_progress_counts_the_draws() -> None:
    seen: list[tuple[int, int | None]] = []
    rating_recipe("bayesian_fm", factors=1, draws=4, burn_in=2).fit(  # type: ignore[call-arg]
        Ratings.of([0], [0], [3]), progress=lambda done, total, what: seen.append((done, total))
    )
    assert seen == [(done, 6) for done in range(7)]


def test_what_cannot_be_kept_or_told_is_refused() -> None:
    _, ratings = taste()
    with pytest.raises(InvalidInput, match=r"values, too many for levels\. Set likelihood = \"normal\""):
        fitted(ratings, likelihood="ordered")
    with pytest.raises(InvalidInput, match=r"10,000 draws need 11 MB, more than memory_limit_mb = 10\. Use fewer"):
        fitted(ratings, draws=10_000, likelihood="normal", memory_limit_mb=10)
    with pytest.raises(InvalidField, match="draws: 0"):
        fitted(ratings, draws=0)
    with pytest.raises(InvalidField, match=r"day: 1 is not allowed\. Use a value of type bool"):
        fitted(ratings, day=1)
