"""Lists follow what happens elsewhere: another tab, a new price; never under the pointer or the focus."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from daogou.serve.keys import create_key

from .conftest import Open
from .test_storefront import WINDOW, expect, ids_in

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("storefront")]

CANDLES = ("i09", "i10", "i11")


def key_of(page: Any) -> str:
    return str(page.locator("meta[name=daogou-key]").get_attribute("content"))


@pytest.fixture
def has_streams(shop_address: str) -> None:
    """The server answers POST /v1/stream."""
    assert httpx.post(f"{shop_address}/v1/stream", json={}).status_code != 404


def elsewhere(page: Any, *item_ids: str) -> None:
    """The same shopper puts items into the cart in another tab, which this page does not see."""
    visitor = page.evaluate("localStorage.getItem('daogou.visitor')")
    events = [
        {
            "event_id": f"{visitor}-{item}",
            "event_name": "add_to_cart",
            "timestamp": datetime.now(UTC).isoformat(),
            "visitor_id": visitor,
            "items": [{"item_id": item, "quantity": 1}],
            "consent": {"personalization": "granted", "analytics": "granted"},
        }
        for item in item_ids
    ]
    address = page.evaluate("location.origin")
    answer = httpx.post(
        f"{address}/v1/events", json={"events": events}, headers={"Authorization": f"Bearer {key_of(page)}"}
    )
    assert answer.json()["rejected"] == []


def streaming(open_shop: Open, **options: Any) -> Any:
    """The home page with its stream open, the pointer out of the way."""
    page = open_shop("/personalisation", **options)
    with page.expect_response("**/v1/stream"):
        page.locator("header a").first.click()
    expect(page.locator(f"{WINDOW} [data-item]").first).to_be_visible()
    page.mouse.move(2, 2)
    return page


@pytest.mark.usefixtures("has_streams")
def test_a_click_in_another_tab_changes_the_list_of_this_one(open_shop: Open) -> None:
    page = streaming(open_shop)
    before = ids_in(page, "home_for_you")
    elsewhere(page, *CANDLES)
    expect(page.locator(f"{WINDOW} .reason").first).to_contain_text("Because")
    assert ids_in(page, "home_for_you") != before


@pytest.mark.usefixtures("has_streams")
def test_a_list_under_the_pointer_waits_until_it_is_asked_for(open_shop: Open) -> None:
    page = streaming(open_shop)
    page.locator(f"{WINDOW} [data-item]").nth(1).hover()
    before = ids_in(page, "home_for_you")
    elsewhere(page, *CANDLES)
    button = page.locator(WINDOW).get_by_role("button", name="Updated: show")
    expect(button).to_be_visible()
    assert ids_in(page, "home_for_you") == before
    button.click()
    expect(button).to_have_count(0)
    assert ids_in(page, "home_for_you") != before
    expect(page.locator(".window__board")).to_be_focused()


@pytest.mark.usefixtures("has_streams")
def test_a_list_with_the_focus_inside_waits_too(open_shop: Open) -> None:
    page = streaming(open_shop)
    page.locator(f"{WINDOW} .reason").first.focus()
    before = ids_in(page, "home_for_you")
    elsewhere(page, *CANDLES)
    expect(page.locator(WINDOW).get_by_role("button", name="Updated: show")).to_be_visible()
    assert ids_in(page, "home_for_you") == before
    expect(page.locator(f"{WINDOW} .reason").first).to_be_focused()


def slate_of(answer: dict[str, Any], **changes: Any) -> str:
    return f"event: slate\ndata: {json.dumps({**answer, **changes})}\n\n"


def with_pushes(page: Any, pushed: Any) -> None:
    """Let the page's stream send what `pushed` makes of the lists that the server really gave."""
    answers: list[dict[str, Any]] = []

    def listen(response: Any) -> None:
        if response.url.endswith("/v1/recommendations"):
            answers[:] = response.json()["answers"]

    def answer(route: Any) -> None:
        if not answers:
            route.fulfill(status=503, json={"error": {"code": "too_many_streams", "message": "Later."}})
        else:
            route.fulfill(content_type="text/event-stream", body=pushed(answers))

    page.on("response", listen)
    page.route("**/v1/stream", answer)


@pytest.fixture
def merchant(shop_address: str, small_shop: Path) -> Iterator[Callable[..., None]]:
    """Changes an item, as the shop's own system would, and puts all back in the end."""
    headers = {"Authorization": f"Bearer {create_key(small_shop, 'secret')}"}
    before: dict[str, dict[str, Any]] = {}

    def change(item: str, **fields: Any) -> None:
        place = f"{shop_address}/v1/items/{item}"
        given = httpx.get(place, headers=headers).json()
        before.setdefault(item, {"price_minor": given["price_minor"], "availability": given["availability"]})
        httpx.patch(place, headers=headers, json=fields).raise_for_status()

    yield change
    for item, fields in before.items():
        change(item, **fields)


@pytest.mark.usefixtures("has_streams")
def test_a_new_price_shows_in_its_place_and_what_is_sold_out_leaves_every_list(
    open_shop: Open, merchant: Callable[..., None]
) -> None:
    page = streaming(open_shop)
    shown = ids_in(page, "trending")
    card = page.locator(f"[data-placement=trending] [data-item={shown[1]}]")
    merchant(shown[1], price_minor=40)
    expect(card.locator(".price__now")).to_have_text("£0.40")
    expect(card).to_contain_text("Price drop")
    assert ids_in(page, "trending") == shown
    merchant(shown[1], availability="out_of_stock")
    expect(page.locator(f"[data-item={shown[1]}]")).to_have_count(0)
    merchant(shown[1], availability="in_stock")
    expect(card).to_have_count(1)


@pytest.mark.usefixtures("has_streams")
def test_what_is_sold_out_under_the_pointer_is_marked_and_moves_nothing(
    open_shop: Open, merchant: Callable[..., None]
) -> None:
    page = streaming(open_shop)
    shown = ids_in(page, "trending")
    shelf = page.locator("[data-placement=trending]")
    card = shelf.locator(f"[data-item={shown[0]}]")
    card.hover()
    merchant(shown[0], availability="out_of_stock")
    expect(card).to_contain_text("Sold out")
    assert ids_in(page, "trending") == shown
    shelf.get_by_role("button", name="Updated: show").click()
    expect(card).to_have_count(0)


def test_a_price_that_falls_shows_the_old_one_beside_the_new(open_shop: Open) -> None:
    page = open_shop("/personalisation")

    def cheaper(answers: list[dict[str, Any]]) -> str:
        trending = next(one for one in answers if one["placement"] == "trending")
        fallen = {"price_minor": 50, "list_price_minor": None}
        places = [{**place, "item": {**place["item"], **fallen}} for place in trending["items"]]
        return ": here\n\n" + slate_of(trending, items=places)

    with_pushes(page, cheaper)
    page.locator("header a").first.click()
    card = page.locator("[data-placement=trending] article").first
    expect(card).to_contain_text("Price drop")
    expect(card.locator(".price__now")).to_have_text("£0.50")
    expect(card.locator(".price__before")).to_contain_text("£")


def test_items_glide_where_motion_is_welcome_and_jump_where_it_is_not(open_shop: Open) -> None:
    moves: dict[str, int] = {}
    for motion in ("no-preference", "reduce"):
        page = open_shop("/personalisation", reduced_motion=motion)
        page.add_init_script(
            "window.moves = 0; const animate = Element.prototype.animate;"
            "Element.prototype.animate = function (...how) { window.moves += 1; return animate.apply(this, how); };"
        )
        page.reload()

        def turned_round(answers: list[dict[str, Any]]) -> str:
            trending = next(one for one in answers if one["placement"] == "trending")
            return slate_of(trending, items=trending["items"][::-1])

        with page.expect_response("**/v1/recommendations") as answered:
            with_pushes(page, turned_round)
            page.locator("header a").first.click()
        given = next(one for one in answered.value.json()["answers"] if one["placement"] == "trending")
        last = given["items"][-1]["item_id"]
        expect(page.locator("[data-placement=trending] article").first).to_have_attribute("data-item", last)
        moves[motion] = page.evaluate("window.moves")
    assert moves["no-preference"] > 0
    assert moves["reduce"] == 0


def test_a_shop_without_streams_is_asked_once_and_its_lists_stay(open_shop: Open) -> None:
    page = open_shop("/personalisation")
    asked: list[str] = []

    def refuse(route: Any) -> None:
        asked.append(route.request.url)
        route.fulfill(status=404, json={"error": {"code": "not_found", "message": "No such place."}})

    page.route("**/v1/stream", refuse)
    page.locator("header a").first.click()
    expect(page.locator(f"{WINDOW} [data-item]").first).to_be_visible()
    page.wait_for_timeout(2_500)
    assert len(asked) == 1
