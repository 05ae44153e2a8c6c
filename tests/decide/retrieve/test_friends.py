"""Friends' likes are passed on only where enough of them let it be, and never with a name."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from daogou.core.types import Consent, User
from daogou.decide.pipeline import recommend
from daogou.decide.request import RecommendRequest
from daogou.decide.shop import Shop

from ..conftest import event
from .conftest import Ask

NAMES = ("bob", "cid", "dan")


def circle_of(shop: Shop, *, mutual: bool = True, denied: str = "") -> None:
    back = ("ann",) if mutual else ()
    friends = [
        User(name, friends=back, consent=Consent(personalization="denied" if name == denied else "granted"))
        for name in NAMES
    ]
    shop.store.put_users([User("ann", friends=(*NAMES, "nobody")), *friends])


@pytest.fixture
def shop(make_shop: Callable[..., Shop]) -> Shop:
    likes = [event("purchase", "i1", user="bob"), event("add_to_cart", "i1", user="cid", days_ago=2.0)]
    seen = [event("add_to_wishlist", "i2", user="dan"), event("view_item", "i3", user="dan")]
    return make_shop(events=[*likes, *seen])


def test_what_more_friends_like_comes_first_and_nobody_is_named(shop: Shop, ask: Ask) -> None:
    circle_of(shop)
    assert recommend(shop, RecommendRequest("friends", "ann")).is_personalized
    shown = ask(shop, "friends")
    assert [one for one, _ in shown] == ["i1", "i2"]
    assert {(reason.code, reason.text, reason.evidence) for _, reason in shown} == {
        ("friends", "Liked among people you know", ())
    }


def test_a_like_weighs_what_the_shop_says_it_is_worth(make_shop: Callable[..., Shop], ask: Ask) -> None:
    events = [event("purchase", "i1", user="bob"), event("add_to_cart", "i2", user="cid"),
              event("add_to_wishlist", "i3", user="dan")]  # fmt: skip
    flags = {"objective": {"purchase": 2, "add_to_cart": 6, "add_to_wishlist": 0, "allow_any_order": True}}
    shop = make_shop(events=events, flags=flags)
    circle_of(shop)
    assert [one for one, _ in ask(shop, "friends")] == ["i2", "i1"]


@pytest.mark.parametrize("gone", [{"mutual": False}, {"denied": "bob"}])
def test_fewer_than_three_friends_who_let_it_be_used_say_nothing(shop: Shop, ask: Ask, gone: dict[str, object]) -> None:
    circle_of(shop, **gone)  # type: ignore[arg-type]
    assert ask(shop, "friends") == []


def test_the_shop_may_say_that_links_are_consented(make_shop: Callable[..., Shop], ask: Ask) -> None:
    events = [event("purchase", f"i{number}", user=name) for number, name in enumerate(NAMES)]
    shop = make_shop(events=events, flags={"friends": {"links_are_consented": True}})
    circle_of(shop, mutual=False)
    assert {one for one, _ in ask(shop, "friends")} == {"i0", "i1", "i2"}


def test_a_shopper_who_does_not_want_a_profile_gets_none_of_it(shop: Shop, ask: Ask) -> None:
    circle_of(shop)
    assert ask(shop, "friends", personalize=False) == []
    assert ask(shop, "friends", user="stranger") == []
    assert ask(shop, "friends", user=None) == []
