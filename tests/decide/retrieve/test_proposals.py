"""A large shop scores only what can be in the list, and its lists are the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from daogou.core.types import Event, EventLine, Item
from daogou.data.dataset import Dataset
from daogou.decide.pipeline import explain, recommend
from daogou.decide.pool import common_numbers
from daogou.decide.request import RecommendRequest
from daogou.decide.retrieve import proposals
from daogou.decide.retrieve.proposals import Placed, proposals_by_rule
from daogou.decide.shop import Shop
from daogou.decide.trace import Trace, trace
from daogou.learn.models import recipe

from ..conftest import NOW_US

MakeShop = Callable[..., Shop]

N_ITEMS, N_USERS = 1_500, 60
WEIGHTS = {"ials": 1.0, "item_knn": 0.5, "popularity": 0.01}
SETTINGS = {"ials": {"factors": 8, "iterations": 3}}


def things(n: int = N_ITEMS) -> list[Item]:
    return [
        Item(f"i{number}", {"en": f"thing {number}"}, categories=((f"Shelf {number % 40}",),)) for number in range(n)
    ]


def taken() -> tuple[np.ndarray, np.ndarray]:
    """Who took what: everybody has a favourite tenth of the items."""
    random = np.random.default_rng(0)
    user = np.repeat(np.arange(N_USERS), 30)
    item = (random.integers(0, N_ITEMS // 10, len(user)) * 10 + user % 10) % N_ITEMS
    return user.astype(np.int32), item.astype(np.int32)


def events() -> list[Event]:
    return [
        Event(f"e{n}", "view_item", NOW_US - 1_000_000 * (n + 1), (EventLine(f"i{item}"),), user_id=f"u{user}")
        for n, (user, item) in enumerate(zip(*taken(), strict=True))
    ]


@pytest.fixture()
def large(make_shop: MakeShop, monkeypatch: pytest.MonkeyPatch) -> Shop:
    """A shop that counts as large, with a blend of all three kinds of members."""
    monkeypatch.setattr(proposals, "FEWEST_ITEMS", 1_000)
    monkeypatch.setattr(proposals, "N_PROPOSED", 400)
    return blended(make_shop, WEIGHTS)


def blended(make_shop: MakeShop, weights: dict[str, float], **rest: object) -> Shop:
    dataset = Dataset.of(*taken(), n_users=N_USERS, n_items=N_ITEMS, item_ids=[f"i{n}" for n in range(N_ITEMS)])
    models = {name: recipe(name, **SETTINGS.get(name, {})).fit(dataset) for name in weights}
    shop = make_shop(items=things(), events=events(), models=models, weights=weights, **rest)
    shop.proposals = proposals_by_rule(shop.models, shop.weights, len(shop.catalogue))
    return shop


def both(shop: Shop, user: int, **rest: object) -> tuple[Trace, Trace]:
    request = RecommendRequest("home_for_you", f"u{user}", **rest)  # type: ignore[arg-type]
    return trace(shop, request), trace(shop, request, exact=True)


def test_the_candidates_are_those_of_scoring_everything(large: Shop) -> None:
    for user in range(N_USERS):
        found, exact = both(large, user)
        assert common_numbers(found.signals) is not None
        np.testing.assert_array_equal(found.pool.numbers, exact.pool.numbers)
        np.testing.assert_allclose(found.pool.scores, exact.pool.scores, rtol=1e-5)
        np.testing.assert_allclose(found.causes.shares, exact.causes.shares, rtol=1e-4, atol=1e-6)
        assert found.filtered == exact.filtered


@pytest.mark.parametrize("weights", [{"item_knn": 1.0, "popularity": 0.1}, {"ials": 1.0}, {"popularity": 1.0}])
def test_blends_without_one_of_the_kinds_are_served_alike(
    make_shop: MakeShop, monkeypatch: pytest.MonkeyPatch, weights: dict[str, float]
) -> None:
    monkeypatch.setattr(proposals, "FEWEST_ITEMS", 1_000)
    monkeypatch.setattr(proposals, "N_PROPOSED", 400)
    shop = blended(make_shop, weights)
    assert shop.proposals
    for user in range(10):
        found, exact = both(shop, user)
        np.testing.assert_array_equal(found.pool.numbers, exact.pool.numbers)


def test_a_small_shop_scores_everything(make_shop: MakeShop) -> None:
    assert blended(make_shop, WEIGHTS).proposals == {}


def test_two_members_with_vectors_leave_nothing_to_propose(large: Shop) -> None:
    models = {**large.models, "other": large.models["ials"]}
    assert proposals_by_rule(models, {"allow": {"ials": 1.0, "other": 1.0}}, N_ITEMS) == {}


def test_hidden_and_sold_out_items_never_come_however_many(large: Shop) -> None:
    gone = [
        replace(one, is_hidden=number % 2 == 0, availability="in_stock" if number % 10 == 1 else "out_of_stock")
        for number, one in enumerate(things())
    ]
    large.store.put_items(gone)
    large.catalogue.refresh()
    for user in (2, 13, 25):
        found, exact = both(large, user)
        np.testing.assert_array_equal(found.pool.numbers, exact.pool.numbers)
        assert found.signals[0].among is None, "too few of those proposed may be shown, so everything was scored"
        assert len(found.pool.numbers)
        assert set(found.pool.numbers % 10) == {1}


def test_a_filter_that_nearly_nothing_passes_finds_what_does(large: Shop) -> None:
    found, exact = both(large, 3, filter='category = "Shelf 3"')
    np.testing.assert_array_equal(found.pool.numbers, exact.pool.numbers)


def test_explaining_looks_at_every_item(large: Shop) -> None:
    shown = recommend(large, RecommendRequest("home_for_you", "u5"))
    told = explain(large, RecommendRequest("home_for_you", "u5"), shown.items[0].item_id)
    assert told.rank == 1


def test_an_item_added_after_training_is_proposed_by_its_words(
    make_shop: MakeShop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(proposals, "FEWEST_ITEMS", 1_000)
    monkeypatch.setattr(proposals, "N_PROPOSED", 400)
    user, item = taken()
    dataset = Dataset.of(user, item, n_items=N_ITEMS, item_ids=[f"i{n}" for n in range(N_ITEMS)], items=things())
    models = {
        "ials": recipe("ials", factors=8, iterations=3).fit(dataset),
        "content": recipe("content", dimensions=16, factors=8, max_features=2_000).fit(dataset),
    }
    shop = make_shop(items=things(), events=events(), models=models, weights={"content": 1.0, "ials": 0.001})
    last = f"thing {item[user == 7][-1]}"
    shop.store.put_items([Item("new", {"en": last}, categories=((f"Shelf {item[user == 7][-1] % 40}",),))])
    changed = shop.catalogue.refresh()
    shop._embed(changed)
    shop.proposals = proposals_by_rule(shop.models, shop.weights, len(shop.catalogue))
    found, exact = both(shop, 7)
    assert found.signals[0].among is not None
    assert shop.catalogue.number_of["new"] in found.pool.numbers
    np.testing.assert_array_equal(found.pool.numbers, exact.pool.numbers)


def test_few_scores_are_read_as_if_all_were_there() -> None:
    scores = Placed(np.array([2, 5], np.int32), np.array([0.5, 0.25], np.float32))
    np.testing.assert_array_equal(scores[np.array([0, 2, 5, 9, 2], np.int32)], np.float32([0, 0.5, 0.25, 0, 0.5]))
    np.testing.assert_array_equal(scores[scores.numbers], scores.values)
    none = Placed(np.empty(0, np.int32), np.empty(0, np.float32))
    np.testing.assert_array_equal(none[np.array([1, 2], np.int32)], [0, 0])
