"""Nothing a shopper does is lost: not without a network, not by closing the page, not by sending twice."""

from __future__ import annotations

import json
from typing import Any

import pytest

from .conftest import Open
from .test_storefront import WINDOW, expect, ids_in

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("storefront")]

KEPT = """() => Object.keys(localStorage).filter((key) => key.startsWith("daogou.outbox."))
    .map((key) => JSON.parse(localStorage.getItem(key)))"""


def wait_for_kept(page: Any, *, some: bool) -> list[dict[str, Any]]:
    """The events in the outbox, once there are some, or none; asked from here, as the page allows no eval."""
    for _ in range(200):
        kept: list[dict[str, Any]] = page.evaluate(KEPT)
        if bool(kept) == some:
            return kept
        page.wait_for_timeout(100)
    raise AssertionError(f"the outbox holds {len(kept)} events after 20 s")


def lost(page: Any, events: list[dict[str, Any]]) -> int:
    """How many of these events the server had not counted: sent once more, they would be new to it."""
    key = page.locator("meta[name=daogou-key]").get_attribute("content")
    address = page.evaluate("() => location.origin")
    answer = page.request.post(
        f"{address}/v1/events", headers={"Authorization": f"Bearer {key}"}, data={"events": events}
    ).json()
    assert answer["accepted"] + answer["duplicates"] == len(events)
    return int(answer["accepted"])


def fill_cart(page: Any) -> None:
    page.get_by_role("button", name="Add to cart", exact=True).click()
    page.get_by_role("button", name="Cart, 1 piece").click()
    page.get_by_role("link", name="View cart").click()
    expect(page.get_by_role("heading", level=1, name="Your cart")).to_be_visible()
    expect(page.get_by_role("region", name="Goes with your cart")).to_be_visible()


def test_a_purchase_made_offline_waits_and_is_sent_once_back(open_shop: Open) -> None:
    page = open_shop("/p/i11")
    fill_cart(page)
    page.wait_for_load_state("networkidle")

    page.context.set_offline(True)
    expect(page.get_by_text("You are offline. What you do is kept")).to_be_visible()
    page.get_by_role("link", name="Go to checkout").click()
    page.get_by_role("button", name="Buy (demo)").click()
    expect(page.get_by_text("the purchase waits on this device")).to_be_visible()
    kept = page.evaluate(KEPT)
    assert "purchase" in [event["event_name"] for event in kept]

    page.context.set_offline(False)
    expect(page.get_by_text("Back online. Everything was sent.")).to_be_visible()
    assert page.evaluate(KEPT) == []
    assert lost(page, kept) == 0

    page.get_by_role("link", name="Corner Shop").click()
    expect(page.locator(WINDOW)).to_be_visible()
    assert ids_in(page, "buy_again") == ["i11"]


def test_a_page_closed_offline_leaves_its_events_to_the_next_one(open_shop: Open, shop_address: str) -> None:
    first = open_shop("/p/i12")
    fill_cart(first)
    first.wait_for_load_state("networkidle")
    first.context.set_offline(True)
    first.get_by_role("button", name="One more Black garden lantern").click()
    kept = first.evaluate(KEPT)
    assert kept
    context = first.context
    first.close()

    context.set_offline(False)
    second = context.new_page()
    second.goto(f"{shop_address}/personalisation")
    expect(second.get_by_text("Nothing: everything has been acknowledged.")).to_be_visible()
    assert lost(second, kept) == 0
    expect(second.get_by_role("button", name="Cart, 2 pieces")).to_be_visible()


def test_an_event_sent_twice_counts_once(open_shop: Open) -> None:
    page = open_shop("/p/i13")
    with page.expect_response(lambda one: one.url.endswith("/v1/events") and one.ok) as first:
        expect(page.get_by_role("heading", level=1)).to_be_visible()
    request = first.value.request
    again = page.request.post(request.url, headers={"Authorization": request.headers["authorization"]},
                              data=json.loads(request.post_data))  # fmt: skip
    assert again.json()["accepted"] == 0
    assert again.json()["duplicates"] == len(json.loads(request.post_data)["events"])


def test_a_server_that_is_busy_gets_the_events_later(open_shop: Open) -> None:
    page = open_shop("/personalisation")
    page.route("**/v1/events", lambda route: route.fulfill(status=503, json={"error": {"code": "storage_unavailable"}}))
    page.get_by_role("link", name="Corner Shop").click()
    expect(page.locator(WINDOW)).to_be_visible()
    page.locator(f"{WINDOW} a[href^='/p/']").first.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    kept = wait_for_kept(page, some=True)
    page.unroute("**/v1/events")
    wait_for_kept(page, some=False)
    assert lost(page, kept) == 0
