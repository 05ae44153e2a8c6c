"""What sells nearest comes first, and the reason says where it sells."""

from __future__ import annotations

from collections.abc import Callable

from daogou.core.types import Event
from daogou.decide.shop import Shop

from ..conftest import Everybody, event
from .conftest import Ask

REGIONS = {"places": {"regions": {"soho": "London", "camden": "London", "leith": "Edinburgh"}}}


def bought(item_id: str, store: str | None = None, times: int = 1) -> list[Event]:
    context = {"store_id": store} if store else {}
    return [event("purchase", item_id, user=f"u{n}-{store}", context=context) for n in range(times)]


def test_store_then_region_then_shop(make_shop: Callable[..., Shop], ask: Ask) -> None:
    events = [*bought("i0", "soho"), *bought("i1", "camden", 5), *bought("i2", "leith", 9), *bought("i3", times=20)]
    shop = make_shop(events=events, flags=REGIONS)
    shown = ask(shop, "best_sellers", context={"store_id": "soho"})
    assert [one for one, _ in shown] == ["i0", "i1", "i3", "i2"]
    assert [reason.text for _, reason in shown] == [
        "Best seller of the store soho",
        "Best seller in London",
        "Best seller of this shop",
        "Best seller of this shop",
    ]
    assert [reason.code for _, reason in shown][:2] == ["best_seller_store", "best_seller_region"]


def test_a_region_can_be_asked_for_without_a_store(make_shop: Callable[..., Shop], ask: Ask) -> None:
    shop = make_shop(events=[*bought("i0", "leith"), *bought("i1", times=9)], flags=REGIONS)
    (first, reason), *_ = ask(shop, "best_sellers", context={"region": "Edinburgh"}, language="zh")
    assert (first, reason.text) == ("i0", "Edinburgh地区畅销商品")


def test_an_unknown_store_gets_what_sells_in_the_shop(make_shop: Callable[..., Shop], ask: Ask) -> None:
    shop = make_shop(events=bought("i4", "soho", 2))
    assert ask(shop, "best_sellers", context={"store_id": "nowhere"})[0][1].code == "best_seller"


def test_without_sales_the_trained_list_and_without_that_none(
    make_shop: Callable[..., Shop], everybody: Everybody, ask: Ask
) -> None:
    assert ask(make_shop(), "best_sellers") == []
    assert ask(make_shop(items=[]), "best_sellers") == []
    first, reason = ask(make_shop(models={"popularity": everybody}), "best_sellers")[0]
    assert (first, reason.code) == ("i7", "popular")
