"""A shop without events, a shopper without a past, an item of today."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from daogou.core.settings import DEFAULT_PLACEMENTS
from daogou.data.dataset import Dataset
from daogou.decide.pipeline import recommend
from daogou.decide.request import RecommendRequest
from daogou.decide.shop import CONTENT, Shop
from daogou.learn.models import recipe

from .conftest import item

MakeShop = Callable[..., Shop]
NEEDS_A_PAST = {"buy_again", "recently_viewed"}


@pytest.mark.parametrize("placement", ["home_for_you", "item_similar", "trending", "new_arrivals", "cart_addon"])
def test_a_new_shop_answers_from_its_catalogue_alone(make_shop: MakeShop, placement: str) -> None:
    assert placement in DEFAULT_PLACEMENTS
    asked = RecommendRequest(placement, visitor_id="v", item_ids=("i0",), cart=("i1",), limit=4)
    listed = recommend(make_shop(), asked).items
    assert len(listed) >= 3
    assert all(one.is_filler or one.reason.code == "new_arrival" for one in listed)


@pytest.mark.parametrize("placement", sorted(NEEDS_A_PAST))
def test_what_needs_a_past_is_empty_without_one(make_shop: MakeShop, placement: str) -> None:
    assert recommend(make_shop(), RecommendRequest(placement, visitor_id="v")).items == ()


def test_an_empty_catalogue_gives_empty_lists(make_shop: MakeShop) -> None:
    assert recommend(make_shop(items=[]), RecommendRequest("home_for_you", visitor_id="v")).items == ()


def test_a_new_item_is_placed_by_its_words_at_once(make_shop: MakeShop) -> None:
    items = [item(number) for number in range(8)]
    nobody = np.array([0, 1], np.int32)
    dataset = Dataset.of(nobody, np.array([0, 1], np.int32), n_users=2, item_ids=[one.id for one in items], items=items)
    shop = make_shop(items=items, models={CONTENT: recipe(CONTENT).fit(dataset)})
    shop.store.put_items([replace(item(0), id="fresh", title={"en": "mug", "zh": "商品0"})])
    listed = recommend(shop, RecommendRequest("item_similar", item_ids=("i0",), limit=3)).items
    assert listed[0].item_id == "fresh"
    assert listed[0].reason.code == "similar_to"


def test_an_item_is_placed_anew_when_its_words_change_and_not_when_its_price_or_stock_does(make_shop: MakeShop) -> None:
    items = [item(number) for number in range(8)]
    nobody = np.array([0, 1], np.int32)
    dataset = Dataset.of(nobody, np.array([0, 1], np.int32), n_users=2, item_ids=[one.id for one in items], items=items)
    shop = make_shop(items=items, models={CONTENT: recipe(CONTENT).fit(dataset)})
    placed = shop.models[CONTENT]
    shop.store.change_item("i3", lambda one: replace(one, price_minor=7, availability="out_of_stock"))
    shop.refresh()
    assert shop.models[CONTENT] is placed
    shop.store.change_item("i3", lambda one: replace(one, brand="Acme"))
    shop.refresh()
    assert shop.models[CONTENT] is not placed
