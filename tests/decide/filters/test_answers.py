"""What fails a filter is in no list, whoever asks and whatever fills the list."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from daogou.core.clock import standing_clock
from daogou.core.errors import InvalidFilter
from daogou.core.settings import read_settings
from daogou.core.types import Event, EventLine, Item
from daogou.data.store import open_store
from daogou.decide.catalogue import Catalogue
from daogou.decide.filters.tree import Node, spelled
from daogou.decide.pipeline import explain, recommend
from daogou.decide.request import RecommendRequest
from daogou.decide.served_model import ServedModel
from daogou.decide.shop import Shop

from ..conftest import Everybody, Links, event, item
from .drawing import NOW_US, items, trees
from .naive import passes

N = 6
shelves = st.tuples(*(items(f"i{number}") for number in range(N)))


def links(seed: int) -> Links:
    """Everything speaks for everything, more or less."""
    return Links(np.random.default_rng(seed).random((N, N)).astype(np.float32))


@given(shelves, trees(), st.none() | trees(), st.integers(0, 3))
@settings(max_examples=40, deadline=None)
def test_nothing_that_fails_a_filter_leaves_by_any_placement(
    tmp_path_factory: Any, shelf: tuple[Item, ...], asked: Node, placed: Node | None, seed: int
) -> None:
    folder: Path = tmp_path_factory.mktemp("shop")
    rule = None if placed is None else spelled(placed)
    kinds = ["product", "coupon"]
    names = read_settings(folder).placements
    placements = {
        name: {**one.model_dump(), "kinds": kinds, "already_bought": "allow", "filter": rule}
        for name, one in names.items()
    }
    with closing(open_store(f"sqlite:///{folder}/shop.db")) as store:
        store.put_items(shelf)
        store.append([Event("e1", "view_item", NOW_US - 1000, (EventLine("i1"),), "u"),
                      Event("e2", "purchase", NOW_US - 900, (EventLine("i2"),), "u")])  # fmt: skip
        catalogue = Catalogue(store)
        ids = [one.id for one in shelf]
        toys = {"links": links(seed), "bought_together": links(seed + 9), "trending": Everybody(links(seed).links[0])}
        shop = Shop(
            folder,
            read_settings(folder, {"placements": placements}),
            store,
            catalogue,
            standing_clock(NOW_US),
            None,
            {name: ServedModel(toy, ids, catalogue) for name, toy in toys.items()},  # type: ignore[arg-type]
            {"exclude": {"links": 1.0}, "allow": {"links": 1.0}},
        )
        for placement in shop.settings.placements:
            request = RecommendRequest(placement, "u", item_ids=("i0",), filter=spelled(asked))
            for place in recommend(shop, request).items:
                shown = shelf[ids.index(place.item_id)]
                assert passes(asked, shown, NOW_US), (placement, spelled(asked))
                assert placed is None or passes(placed, shown, NOW_US), (placement, rule)
    shutil.rmtree(folder)


@pytest.fixture
def priced(make_shop: Callable[..., Shop], everybody: Everybody) -> Shop:
    """i0 costs 1.00, i1 2.00 and so on; the dearer, the more popular."""
    return make_shop([item(n, price_minor=100 * (n + 1)) for n in range(8)], [], {"trending": everybody})


def test_a_list_holds_only_what_passes_and_counts_the_rest(priced: Shop) -> None:
    slate = recommend(priced, RecommendRequest("trending", filter="price <= 300"))
    assert [one.item_id for one in slate.items] == ["i2", "i1", "i0"]
    assert slate.filtered == {"filter": 5}


def test_filler_passes_too(priced: Shop) -> None:
    slate = recommend(priced, RecommendRequest("home_for_you", "nobody", limit=4, filter="price in [200, 400]"))
    assert {one.item_id for one in slate.items} == {"i1", "i3"}


def test_a_filter_that_nothing_passes_gives_an_empty_list(priced: Shop) -> None:
    assert recommend(priced, RecommendRequest("trending", filter="price < 0")).items == ()


def test_a_placement_has_a_filter_of_its_own_and_both_count(make_shop: Callable[..., Shop]) -> None:
    flags = {"placements": {"cheap": {"retrievers": {"newest": 1.0}, "filter": "price <= 400"}}}
    shop = make_shop([item(n, price_minor=100 * (n + 1)) for n in range(8)], flags=flags)
    assert {one.item_id for one in recommend(shop, RecommendRequest("cheap")).items} == {"i0", "i1", "i2", "i3"}
    both = recommend(shop, RecommendRequest("cheap", filter="price >= 300"))
    assert {one.item_id for one in both.items} == {"i2", "i3"}


def test_a_price_that_changes_counts_from_the_next_answer_on(priced: Shop) -> None:
    asked = RecommendRequest("trending", filter="price <= 100")
    assert [one.item_id for one in recommend(priced, asked).items] == ["i0"]
    priced.store.put_items([item(7, price_minor=50)])
    assert [one.item_id for one in recommend(priced, asked).items] == ["i7", "i0"]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Not shown: it does not pass the filter of the request or of this list."),
        ("zh", "未显示：不符合本次请求或此列表的筛选条件。"),
    ],
)
def test_why_not_names_the_filter(priced: Shop, language: str, sentence: str) -> None:
    told = explain(priced, RecommendRequest("trending", language=language, filter="price <= 300"), "i7")
    assert (told.filtered_by, told.verdict.code, told.verdict.text) == ("filter", "filter", sentence)
    assert explain(priced, RecommendRequest("trending", filter="price <= 300"), "i0").in_slate


def test_what_is_sold_out_is_not_counted_as_filtered(make_shop: Callable[..., Shop], everybody: Everybody) -> None:
    shop = make_shop([item(n, availability="out_of_stock") for n in range(8)], [], {"trending": everybody})
    slate = recommend(shop, RecommendRequest("trending", filter="price < 100"))
    assert slate.filtered == {"out_of_stock": 8}


def test_a_wrong_filter_is_told_before_anything_is_decided(priced: Shop) -> None:
    with pytest.raises(InvalidFilter, match="column 1"):
        recommend(priced, RecommendRequest("trending", filter="prise < 3"))


def test_a_shop_whose_placement_has_a_wrong_filter_does_not_open(tmp_path: Path) -> None:
    (tmp_path / "shop.toml").write_text('[placements.footer]\nretrievers = {newest = 1.0}\nfilter = "price <"\n')
    with pytest.raises(InvalidFilter, match=r"placements\.footer\.filter, column 8: found the end"):
        Shop.open(tmp_path)


def test_the_shopper_s_own_events_do_not_get_around_it(make_shop: Callable[..., Shop]) -> None:
    shop = make_shop([item(n, price_minor=100 * (n + 1)) for n in range(8)], [event("view_item", "i7")])
    asked = RecommendRequest("recently_viewed", "ann", filter="price <= 300")
    assert recommend(shop, asked).items == ()
