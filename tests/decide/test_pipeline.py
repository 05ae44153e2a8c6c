"""One request, one slate: what shoppers are promised."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from daogou.core.errors import UnknownName
from daogou.core.types import Consent, User
from daogou.decide.pipeline import recommend, recommend_many
from daogou.decide.request import RecommendRequest
from daogou.decide.shop import Shop

from .conftest import NOW_US, Everybody, Links, event, item

MakeShop = Callable[..., Shop]


def ids(shop: Shop, placement: str, **who: object) -> list[str]:
    return [one.item_id for one in recommend(shop, RecommendRequest(placement, **who)).items]  # type: ignore[arg-type]


def test_a_click_changes_the_next_list_and_the_reason_names_it(make_shop: MakeShop, links: Links) -> None:
    shop = make_shop(models={"links": links}, weights={"links": 1.0})
    assert recommend(shop, RecommendRequest("home_for_you", "ann")).is_personalized is False
    shop.store.append([event("view_item", "i3", days_ago=0.001)])
    slate = recommend(shop, RecommendRequest("home_for_you", "ann"))
    first = slate.items[0]
    assert (first.item_id, first.source, first.is_filler) == ("i4", "links", False)
    assert (first.reason.code, first.reason.text) == ("because_viewed", "Because you looked at “candle”")
    assert [(cause.item_id, cause.event) for cause in first.reason.evidence] == [("i3", "view_item")]
    assert first.reason.evidence[0].share == pytest.approx(1.0)


def test_a_purchase_is_named_as_a_purchase_in_both_languages(make_shop: MakeShop, links: Links) -> None:
    shop = make_shop(events=[event("purchase", "i3")], models={"links": links}, weights={"links": 1.0})
    english = recommend(shop, RecommendRequest("home_for_you", "ann")).items[0].reason
    chinese = recommend(shop, RecommendRequest("home_for_you", "ann", language="zh-CN")).items[0].reason
    assert (english.code, english.text) == ("because_bought", "Because you bought “candle”")
    assert chinese.text == "因为您买过「商品3」"


def test_a_sold_out_item_never_reaches_the_slate(make_shop: MakeShop, links: Links, everybody: Everybody) -> None:
    shop = make_shop(
        events=[event("view_item", "i0")],
        models={"links": links, "trending": everybody, "popularity": everybody},
        weights={"links": 1.0},
    )
    placements = list(shop.settings.placements)
    shop.store.put_items([replace(item(1), availability="out_of_stock")])
    for placement in placements:
        assert "i1" not in ids(shop, placement, user_id="ann", item_ids=("i0",), limit=8), placement


def test_a_hidden_item_is_gone_on_the_next_request(make_shop: MakeShop, links: Links) -> None:
    shop = make_shop(events=[event("view_item", "i0")], models={"links": links}, weights={"links": 1.0})
    assert ids(shop, "home_for_you", user_id="ann")[0] == "i1"
    shop.store.put_items([replace(item(1), is_hidden=True)])
    slate = recommend(shop, RecommendRequest("home_for_you", "ann"))
    assert "i1" not in [one.item_id for one in slate.items]
    assert slate.filtered["hidden"] == 1


def test_what_was_bought_or_turned_down_stays_away_however_many_looks_follow(make_shop: MakeShop, links: Links) -> None:
    past = [event("purchase", "i0", days_ago=9), event("dislike_item", "i1", days_ago=8)]
    looks = [event("view_item", "i2", days_ago=1 + step / 10) for step in range(6)]
    model = {"models": {"links": links}, "weights": {"links": 1.0}, "events": past + looks}
    for flags in ({}, {"history": {"max_rows": 5}}):
        shown = ids(make_shop(**model, flags=flags), "home_for_you", user_id="ann")
        assert shown
        assert not {"i0", "i1"} & set(shown)


def test_what_was_bought_does_not_come_back_unless_its_category_says_so(make_shop: MakeShop, links: Links) -> None:
    bought = [event("purchase", "i0"), event("purchase", "i1")]
    model = {"models": {"links": links}, "weights": {"links": 1.0}, "events": bought}
    assert ids(make_shop(**model), "home_for_you", user_id="ann")[0] == "i2"
    again = {"rules": {"already_bought_by_category": {"Kitchen": "allow"}}}
    assert set(ids(make_shop(**model, flags=again), "home_for_you", user_id="ann", limit=3)) == {"i0", "i1", "i2"}


def test_a_returned_item_may_be_shown_again(make_shop: MakeShop, links: Links) -> None:
    events = [
        event("view_item", "i0", days_ago=3),
        event("purchase", "i1", days_ago=2),
        event("refund", "i1", days_ago=1),
    ]
    shop = make_shop(models={"links": links}, weights={"links": 1.0}, events=events)
    assert "i1" in ids(shop, "home_for_you", user_id="ann")


def test_filler_is_labelled_filler(make_shop: MakeShop, links: Links, everybody: Everybody) -> None:
    shop = make_shop(
        events=[event("view_item", "i3")], models={"links": links, "trending": everybody}, weights={"links": 1.0}
    )
    slate = recommend(shop, RecommendRequest("home_for_you", "ann", limit=4))
    assert [one.is_filler for one in slate.items] == [False, True, True, True]
    assert slate.items[1].reason.code == "filler_trending"
    assert len({one.item_id for one in slate.items}) == 4


def test_personalisation_off_gives_different_shoppers_the_same_list(
    make_shop: MakeShop, links: Links, everybody: Everybody, monkeypatch: pytest.MonkeyPatch
) -> None:
    events = [event("view_item", "i0", user="ann"), event("purchase", "i5", user="bob")]
    shop = make_shop(events=events, models={"links": links, "trending": everybody}, weights={"links": 1.0})

    def nobody_may_read(*_: object) -> list[object]:
        raise AssertionError("a profile was read although personalisation is off")

    monkeypatch.setattr(shop.store, "history", nobody_may_read)
    for placement in shop.settings.placements:
        asked = [
            RecommendRequest(placement, user, item_ids=("i3",), personalize=False) for user in ("ann", "bob", None)
        ]
        slates = recommend_many(shop, asked)
        assert slates[0].items == slates[1].items == slates[2].items
        assert not any(slate.is_personalized for slate in slates)


def test_a_user_who_refused_personalisation_is_never_profiled(
    make_shop: MakeShop, links: Links, everybody: Everybody
) -> None:
    shop = make_shop(
        events=[event("view_item", "i0")], models={"links": links, "trending": everybody}, weights={"links": 1.0}
    )
    shop.store.put_users([User("ann", consent=Consent(personalization="denied"))])
    slate = recommend(shop, RecommendRequest("home_for_you", "ann"))
    assert slate.is_personalized is False
    assert slate.items[0].item_id == "i7"


def test_not_for_me_takes_the_item_away_until_it_is_wanted_again(make_shop: MakeShop, links: Links) -> None:
    events = [event("view_item", "i0", days_ago=3), event("dislike_item", "i1", days_ago=2)]
    shop = make_shop(events=events, models={"links": links}, weights={"links": 1.0})
    assert "i1" not in ids(shop, "home_for_you", user_id="ann")


def test_a_category_cap_and_variants_leave_room_for_others(make_shop: MakeShop, everybody: Everybody) -> None:
    items = [replace(item(number), group_id="cup" if number < 2 else None) for number in range(8)]
    shop = make_shop(
        items=items,
        models={"trending": everybody},
        flags={"placements": {"trending": {"retrievers": {"trending": 1.0}, "max_per_category": 1}}},
    )
    assert ids(shop, "trending", limit=8) == ["i7", "i4", "i3", "i2", "i1"]


def test_recently_viewed_and_buy_again_show_the_shoppers_own_things(make_shop: MakeShop) -> None:
    events = [
        event("view_item", "i0", days_ago=5),
        event("view_item", "i4", days_ago=4),
        event("purchase", "i2", days_ago=3),
        event("purchase", "i3", days_ago=200),
    ]
    shop = make_shop(events=events)
    assert ids(shop, "recently_viewed", user_id="ann") == ["i4", "i0"]
    assert ids(shop, "buy_again", user_id="ann") == ["i2", "i3"]
    assert ids(shop, "buy_again", user_id="stranger") == []


def test_new_arrivals_work_before_any_training(make_shop: MakeShop) -> None:
    day = 86_400_000_000
    items = [replace(item(number), created_at_us=NOW_US - (8 - number) * day) for number in range(8)]
    shop = make_shop(items=items)
    slate = recommend(shop, RecommendRequest("new_arrivals", limit=3))
    assert [one.item_id for one in slate.items] == ["i7", "i6", "i5"]
    assert slate.items[0].reason.code == "new_arrival"


def test_an_item_not_yet_on_sale_or_expired_is_barred(make_shop: MakeShop) -> None:
    items = [
        replace(item(0), available_at_us=NOW_US + 1),
        replace(item(1), expires_at_us=NOW_US),
        replace(item(2), available_at_us=NOW_US, expires_at_us=NOW_US + 1),
    ]
    slate = recommend(make_shop(items=items), RecommendRequest("new_arrivals"))
    assert [one.item_id for one in slate.items] == ["i2"]
    assert slate.filtered == {"not_yet_available": 1, "expired": 1}


def test_an_unknown_placement_names_the_known_ones(make_shop: MakeShop) -> None:
    with pytest.raises(UnknownName, match="home_for_you"):
        recommend(make_shop(), RecommendRequest("hoem_for_you"))


def test_unknown_anchors_and_an_empty_catalogue_give_an_empty_list_not_an_error(make_shop: MakeShop) -> None:
    shop = make_shop(items=[])
    for placement in shop.settings.placements:
        assert recommend(shop, RecommendRequest(placement, "ann", item_ids=("nothing",))).items == ()


def test_two_retrievers_in_one_placement_share_the_list_by_weight(
    make_shop: MakeShop, links: Links, everybody: Everybody
) -> None:
    flags = {"placements": {"mixed": {"retrievers": {"personal": 1.0, "trending": 0.5}}}}
    shop = make_shop(
        events=[event("view_item", "i3")],
        models={"links": links, "trending": everybody},
        weights={"links": 1.0},
        flags=flags,
    )
    slate = recommend(shop, RecommendRequest("mixed", "ann", limit=3))
    assert slate.items[0].item_id == "i4"
    assert slate.items[1].reason.code == "trending"


def test_a_blend_carried_by_popularity_says_popular(make_shop: MakeShop, links: Links, everybody: Everybody) -> None:
    shop = make_shop(
        events=[event("view_item", "i3")],
        models={"links": links, "popularity": everybody},
        weights={"links": 0.01, "popularity": 1.0},
    )
    slate = recommend(shop, RecommendRequest("home_for_you", "ann", limit=2))
    assert [(one.item_id, one.reason.code) for one in slate.items] == [("i7", "popular"), ("i6", "popular")]


def test_a_coupon_only_appears_in_a_list_that_asks_for_coupons(make_shop: MakeShop, everybody: Everybody) -> None:
    items = [*(item(number) for number in range(7)), item(7, kind="coupon")]
    flags = {"placements": {"coupons": {"retrievers": {"trending": 1.0}, "kinds": ["coupon"], "fill": False}}}
    shop = make_shop(items=items, models={"trending": everybody}, flags=flags)
    slate = recommend(shop, RecommendRequest("trending"))
    assert slate.items[0].item_id == "i6"
    assert slate.filtered == {"other_kind": 1}
    assert ids(shop, "coupons") == ["i7"]
