"""To whom a list may go, how often, and what it may hold."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from daogou.core.clock import DAY_US
from daogou.core.settings import ChannelSettings, ListSettings
from daogou.core.types import Consent, User
from daogou.data.store import ServedItem, ServedSlate
from daogou.decide.campaign.ledger import HOUR_US, Ledger, sent_name
from daogou.decide.campaign.make import SKIPPED, Campaign, Made, list_for
from daogou.decide.shop import Shop

MAKE = Callable[..., Shop]
NOW_US = 1_700_000_000_000_000
CHANNELS = ("email", "webpush")
PLAN = Campaign("new_arrivals", "email", 3, ChannelSettings(), ListSettings())


def sent(person: str | None, hours_ago: float, *items: str, channel: str = "email", name: str = "r") -> ServedSlate:
    at_us = NOW_US - int(hours_ago * HOUR_US)
    places = tuple(ServedItem(item, place) for place, item in enumerate(items))
    return ServedSlate(f"{name}{hours_ago}", sent_name(channel, "home"), at_us, person, places)


def ledger(*slates: ServedSlate) -> Ledger:
    made = Ledger()
    for slate in slates:
        made.add(slate, CHANNELS)
    return made


def refusal(*slates: ServedSlate, caps: Any = None, **lists: Any) -> str | None:
    return ledger(*slates).refusal("u:ann", "email", caps or ChannelSettings(), ListSettings(**lists), NOW_US)


def test_caps_count_hours_a_week_and_all_channels() -> None:
    assert refusal() is None
    assert refusal(sent("u:ann", 23)) == "too_soon"
    assert refusal(sent("u:ann", 24)) is None
    assert refusal(sent("u:ann", 30), sent("u:ann", 60)) == "per_week"
    assert refusal(sent("u:ann", 30), sent("u:ann", 7 * 24)) is None  # one of them is a week old
    assert refusal(sent("u:ann", 1, channel="webpush")) is None  # another channel
    assert refusal(sent("u:ann", 1, channel="webpush"), per_week=1) == "per_week_in_all"
    assert refusal(sent("u:bob", 1), sent(None, 1)) is None
    assert refusal(sent("u:ann", 30), sent("u:ann", 60), caps=ChannelSettings(per_week=None)) is None


def test_what_a_page_showed_was_not_sent() -> None:
    page = replace(sent("u:ann", 1), placement="home_for_you")
    other = replace(sent("u:ann", 1), placement="odd:name")
    assert refusal(page, other) is None


def test_the_ledger_comes_from_the_log_and_erasure_reaches_it(make_shop: MAKE) -> None:
    shop = make_shop()
    shop.store.log_slates([sent("u:ann", 2, "i1"), sent("u:ann", 24 * 15, "i2")])
    read = Ledger.read(shop.store, CHANNELS, NOW_US, ListSettings())
    assert read.items("u:ann", NOW_US - 14 * DAY_US) == ("i1",)
    shop.store.forget(["u:ann"])
    assert Ledger.read(shop.store, CHANNELS, NOW_US, ListSettings()).items("u:ann", 0) == ()


def made(shop: Shop, user: str = "ann", plan: Campaign = PLAN, book: Ledger | None = None) -> Made | str:
    return list_for(shop, user, plan, book or Ledger())


def test_an_item_that_was_sent_lately_does_not_come_again(make_shop: MAKE) -> None:
    shop = make_shop()
    first = made(shop)
    assert isinstance(first, Made)
    ids = [one.item_id for one in first.slate.items]
    later = made(shop, book=ledger(sent("u:ann", 48, *ids)))
    assert isinstance(later, Made)
    assert not {one.item_id for one in later.slate.items} & set(ids)
    long_ago = made(shop, book=ledger(sent("u:ann", 24 * 14 + 1, *ids)))
    assert isinstance(long_ago, Made)
    assert [one.item_id for one in long_ago.slate.items] == ids


def test_refusals_are_heard(make_shop: MAKE) -> None:
    shop = make_shop()
    denied = Consent(personalization="denied")
    shop.store.put_users(
        [
            User("loud", attributes={"marketing": ("No",)}),
            User("both", attributes={"marketing": ("opt_out",)}, consent=denied),
            User("shy", attributes={"language": ("zh",)}, consent=denied),
            User("wei", attributes={"language": ("zh",), "marketing": ("yes",)}),
        ]
    )
    neutral = replace(PLAN, lists=ListSettings(denied="neutral"))
    assert made(shop, "loud") == "opted_out"
    assert made(shop, "both", neutral) == "opted_out"
    assert made(shop, "shy") == "denied"
    shy, stranger, wei = made(shop, "shy", neutral), made(shop, "nobody", neutral), made(shop, "wei")
    assert isinstance(shy, Made)
    assert isinstance(stranger, Made)
    assert isinstance(wei, Made)
    assert (shy.is_neutral, shy.language, shy.slate.is_personalized) == (True, "en", False)  # not even the language
    assert (stranger.is_neutral, wei.language, wei.slate.items[0].reason.text) == (False, "zh", "本店新品")


def test_too_few_items_are_no_list(make_shop: MAKE) -> None:
    assert made(make_shop(items=[])) == "too_few"
    plan = replace(PLAN, lists=ListSettings(least_items=4))
    assert made(make_shop(), plan=plan) == "too_few"  # the list holds three


@pytest.mark.parametrize("code", ["opted_out", "denied", "too_soon", "per_week", "per_week_in_all", "too_few"])
def test_every_refusal_has_its_words(code: str) -> None:
    assert SKIPPED[code]
