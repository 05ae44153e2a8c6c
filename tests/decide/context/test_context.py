"""The circumstances of a question: read, refused, told, and what they change in a list."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from daogou.core.errors import InvalidField
from daogou.core.types import StoreStock
from daogou.decide.context import read_context
from daogou.decide.pipeline import explain, recommend
from daogou.decide.request import RecommendRequest
from daogou.decide.shop import Shop
from daogou.learn.circumstances import Calendar
from daogou.learn.lift import Dimension, Lift

from ..conftest import NOW_US, Everybody, Links, event, item

MakeShop = Callable[..., Shop]
UTC = Calendar("UTC")
HOME = RecommendRequest("home_for_you", visitor_id="nobody", limit=8)
RAINY = replace(HOME, context={"weather": "rain"})
GROUPS = ("Kitchen > Mugs", "Toys > Outdoor")


def lift(factor: float = 3.0, n: int = 8) -> Lift:
    """In the rain mugs are wanted three times as much as usual, and outdoor toys a third as much."""
    by_item = np.ones((1, n), np.float32)
    by_item[0, 0], by_item[0, 5:8] = factor, 1 / factor
    by_group = np.array([[factor, 1 / factor]], np.float32)
    return Lift((Dimension("weather", ("rain",), by_group, by_item),), GROUPS, [f"i{number}" for number in range(n)])


@pytest.fixture()
def shop(make_shop: MakeShop, everybody: Everybody) -> Shop:
    return make_shop(models={"trending": everybody, "popularity": everybody})


def ids(shop: Shop, request: RecommendRequest) -> list[str]:
    return [one.item_id for one in recommend(shop, request).items]


def test_everything_known_is_read_and_everything_else_kept() -> None:
    given = {
        "store_id": "leeds",
        "device": "phone",
        "weather": "rain",
        "query": "mug",
        "cart_size": 2,
        "moon": ["full"],
    }
    found = read_context(given, NOW_US, UTC)
    assert (found.store, found.device, found.weather, found.query, found.cart_size) == (
        "leeds",
        "phone",
        "rain",
        "mug",
        2,
    )
    assert found.region is None
    assert found.given["moon"] == ["full"]
    assert (found.hour, found.said("daypart"), found.said("season")) == (22, "night", "autumn")


def test_the_cart_of_the_request_counts_where_the_context_does_not_say() -> None:
    assert read_context({}, NOW_US, UTC, 3).cart_size == 3
    assert read_context({"cart_size": 1}, NOW_US, UTC, 3).cart_size == 1


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"weather": 3}, "context.weather"),
        ({"store_id": ["leeds"]}, "context.store_id"),
        ({"device": "x" * 101}, "context.device"),
        ({"cart_size": -1}, "context.cart_size"),
        ({"cart_size": True}, "context.cart_size"),
        ({"query": {}}, "context.query"),
    ],
)
def test_a_known_name_of_a_wrong_type_is_refused_by_its_name(given: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidField) as caught:
        read_context(given, NOW_US, UTC)
    assert caught.value.field == field


def test_empty_and_null_are_unknown() -> None:
    found = read_context({"weather": "", "store_id": None}, NOW_US, UTC)
    assert (found.weather, found.store) == (None, None)


def test_an_unknown_store_is_served_and_said(make_shop: MakeShop, caplog: pytest.LogCaptureFixture) -> None:
    shop = make_shop(items=[item(0, stores=(StoreStock("leeds"),)), item(1)])
    asked = RecommendRequest("new_arrivals", context={"store_id": "york"})
    with caplog.at_level(logging.WARNING):
        assert len(ids(shop, asked)) == len(ids(shop, asked)) == 2
    assert shop.contexts.unknown_stores == ("york",)
    assert shop.contexts.problems == ()
    assert len([one for one in caplog.records if "york" in one.getMessage()]) == 1
    recommend(shop, replace(asked, context={"store_id": "leeds"}))
    assert len(shop.contexts.unknown_stores) == 1


def test_the_lift_reorders_a_list_where_it_is_known_to_matter(shop: Shop) -> None:
    dry = ids(shop, HOME)
    assert ids(shop, RAINY) == dry
    shop.contexts.take(lift())
    assert ids(shop, HOME) == dry
    wet = ids(shop, RAINY)
    assert dry.index("i0") > wet.index("i0")
    assert dry.index("i7") < wet.index("i7")


def test_who_wants_no_personal_list_gets_the_weather_too(shop: Shop) -> None:
    shop.contexts.take(lift())
    assert ids(shop, replace(RAINY, personalize=False)) == ids(shop, RAINY)


def test_lists_about_an_item_keep_their_order(make_shop: MakeShop, links: Links) -> None:
    shop = make_shop(models={"item_knn": links})
    asked = RecommendRequest("item_similar", item_ids=("i6",), context={"weather": "rain"})
    before = recommend(shop, asked).items
    shop.contexts.take(lift())
    assert [one.score for one in recommend(shop, asked).items] == [one.score for one in before]


def test_shares_of_reasons_stay_exact(make_shop: MakeShop, links: Links) -> None:
    shop = make_shop(events=[event("view_item", "i1")], models={"links": links}, weights={"links": 1.0})
    asked = RecommendRequest("home_for_you", user_id="ann", limit=3, context={"weather": "rain"})
    before = {one.item_id: one for one in recommend(shop, asked).items}
    shop.contexts.take(lift())
    after = {one.item_id: one for one in recommend(shop, asked).items}
    assert after["i0"].score == pytest.approx(3 * before["i0"].score)
    assert after["i0"].reason.evidence == before["i0"].reason.evidence


def test_why_tells_the_factor_and_what_it_is_of(shop: Shop) -> None:
    shop.contexts.take(lift())
    (told,) = explain(shop, RAINY, "i0").context
    assert (told.name, told.value, told.factor) == ("weather", "rain", 3.0)
    assert told.text == "×3: wanted more when the weather is rain"
    (chinese,) = explain(shop, replace(RAINY, language="zh"), "i7").context
    assert chinese.text == "×0.33：天气为 rain 时较少受欢迎"
    assert explain(shop, HOME, "i0").context == ()


def test_a_new_item_follows_its_category(shop: Shop) -> None:
    shop.contexts.take(lift())
    recommend(shop, RAINY)
    shop.store.put_items([replace(item(0), id="new mug")])
    assert explain(shop, RAINY, "new mug").context[0].factor == 3.0


def test_a_shop_may_do_without(make_shop: MakeShop, everybody: Everybody) -> None:
    shop = make_shop(models={"trending": everybody}, flags={"context": {"learned": False}})
    dry = ids(shop, HOME)
    shop.contexts.take(lift())
    assert ids(shop, RAINY) == dry


def test_a_word_never_seen_changes_nothing(shop: Shop) -> None:
    shop.contexts.take(lift())
    assert ids(shop, replace(HOME, context={"weather": "hail"})) == ids(shop, HOME)
