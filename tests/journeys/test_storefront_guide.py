"""Whole talks with the guide, by keyboard, in both languages: from a wish to the cart."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from .conftest import Open
from .test_storefront import expect

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("storefront")]

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


def guide(page: Any) -> Any:
    return page.get_by_role("dialog", name=re.compile("Your guide|导购"))


def open_guide(page: Any) -> Any:
    """Open the panel by its shortcut; the focus is then where one types."""
    expect(page.get_by_role("button", name=re.compile("Ask the guide|问导购"))).to_be_visible()
    page.keyboard.press("Alt+g")
    expect(field(page)).to_be_focused()
    return guide(page)


def field(page: Any) -> Any:
    return guide(page).get_by_role("textbox")


def say(page: Any, words: str) -> Any:
    """Type and send by keyboard; the answer to it."""
    turns = guide(page).locator(".guide__turns > li")
    before = turns.count()
    expect(field(page)).to_be_focused()
    page.keyboard.type(words)
    page.keyboard.press("Enter")
    expect(turns).to_have_count(before + 1)
    answer = turns.nth(before).locator(".guide__answer")
    expect(answer).to_be_visible()
    return answer


def titles(answer: Any) -> list[str]:
    return [str(text) for text in answer.locator(".pick__title bdi").all_inner_texts()]


def prices(answer: Any) -> list[float]:
    return [float(text.strip("£")) for text in answer.locator(".pick .price__now").all_inner_texts()]


def chips(page: Any) -> list[str]:
    return [str(text) for text in guide(page).locator(".want bdi").all_inner_texts()]


def test_a_wish_is_narrowed_compared_and_put_into_the_cart_without_a_mouse(open_shop: Open) -> None:
    page = open_shop()
    open_guide(page)
    answer = say(page, "something blue or red under 5")
    assert answer.locator(".pick").count() > 1
    assert max(prices(answer)) <= 5
    assert chips(page)
    table = say(page, "compare 1 and 2").get_by_role("table")
    expect(table.get_by_role("rowheader").first).to_have_text("Price")
    before = prices(answer)
    cheaper = say(page, "cheaper")
    assert cheaper.locator(".pick").count() >= 1
    assert max(prices(cheaper)) < max(before)
    last = guide(page).locator(".guide__turns > li").last
    name = titles(last)[0]
    last.get_by_role("button", name=f"Add {name} to the cart").press("Enter")
    expect(page.locator("header").get_by_role("button", name=re.compile("Cart, 1 piece"))).to_be_visible()


def test_a_present_is_found_in_chinese(open_shop: Open) -> None:
    page = open_shop(locale="zh-CN")
    open_guide(page)
    answer = say(page, "送妈妈的礼物，10块以内")
    assert answer.locator(".pick").count() > 1
    assert max(prices(answer)) <= 10
    assert any("\u4e00" <= letter <= "\u9fff" for letter in titles(answer)[0])
    pots = say(page, "茶壶")
    expect(pots).to_be_visible()
    assert re.search("[\u4e00-\u9fff]", pots.locator(".guide__sentences").inner_text())


def test_a_chip_is_taken_back_and_a_step_undone(open_shop: Open) -> None:
    page = open_shop()
    panel = open_guide(page)
    say(page, "mugs")
    first = titles(say(page, "not red"))
    assert first == ["Blue spotty mug"]
    assert any("not red" in chip for chip in chips(page))
    panel.get_by_role("button", name=re.compile("Take back: not red")).press("Enter")
    expect(panel.locator(".want bdi", has_text="not red")).to_have_count(0)
    expect(panel.locator(".guide__turns > li").last.locator(".pick")).to_have_count(2)
    panel.get_by_role("button", name="One step back").press("Enter")
    expect(panel.locator(".want bdi", has_text="not red")).to_have_count(1)


def test_what_is_not_there_comes_with_a_way_out(open_shop: Open) -> None:
    page = open_shop()
    panel = open_guide(page)
    answer = say(page, "a teapot under 5")
    assert answer.locator(".pick").count() >= 1 or answer.get_by_role("button").count() >= 1
    ways = panel.get_by_role("group", name="Ways to go on").get_by_role("button")
    expect(ways.first).to_be_visible()
    ways.first.press("Enter")
    expect(panel.locator(".guide__turns > li")).to_have_count(2)
    expect(panel.locator(".guide__turns > li").last.locator(".pick").first).to_be_visible()


def test_a_policy_that_the_shop_does_not_give_is_not_invented(open_shop: Open) -> None:
    page = open_shop()
    panel = open_guide(page)
    panel.get_by_role("button", name="Can I send things back?").press("Enter")
    answer = panel.locator(".guide__answer")
    expect(answer).to_contain_text(re.compile("has not told|does not", re.IGNORECASE))
    expect(answer.locator("blockquote")).to_have_count(0)


@pytest.mark.parametrize(
    ("locale", "asked", "quoted"),
    [
        ("en-GB", "what does delivery cost?", "Every parcel leaves within two days. Delivery is free from 40 pounds."),
        ("zh-CN", "运费怎么算？", "两天之内发货，满 40 英镑免运费。"),
    ],
)
def test_a_policy_of_the_shop_is_quoted_word_for_word(open_shop: Open, locale: str, asked: str, quoted: str) -> None:
    page = open_shop(locale=locale)
    open_guide(page)
    answer = say(page, asked)
    expect(answer.locator("blockquote")).to_have_text(quoted)
    expect(answer.locator("figcaption")).to_have_text({"en-GB": "Delivery", "zh-CN": "配送"}[locale])


def test_the_talk_goes_on_over_pages_and_a_reload_until_it_is_begun_anew(open_shop: Open) -> None:
    page = open_shop()
    panel = open_guide(page)
    shown = titles(say(page, "candles"))
    panel.get_by_role("link", name=re.compile(re.escape(shown[0]))).press("Enter")
    expect(page.get_by_role("heading", level=1, name=shown[0])).to_be_visible()
    expect(panel).to_be_visible()
    page.reload()
    expect(panel.locator(".pick__title bdi").first).to_have_text(shown[0])
    field(page).focus()
    page.keyboard.type("cheap")  # a draft stays too
    page.reload()
    expect(field(page)).to_have_value("cheap")
    panel.get_by_role("button", name="Start over").press("Enter")
    expect(panel.locator(".guide__turns > li")).to_have_count(0)
    expect(field(page)).to_be_focused()
    page.reload()
    expect(panel.get_by_text("What are you looking for?")).to_be_visible()


def test_what_was_said_is_kept_when_the_shop_cannot_be_reached(open_shop: Open) -> None:
    page = open_shop()
    panel = open_guide(page)
    page.route("**/v1/guide", lambda route: route.abort())
    page.keyboard.type("candles")
    page.keyboard.press("Enter")
    expect(panel.get_by_role("alert")).to_contain_text("cannot be reached")
    page.unroute("**/v1/guide")
    panel.get_by_role("button", name="Try again").press("Enter")
    expect(panel.locator(".pick").first).to_be_visible()
    expect(panel.get_by_role("alert")).to_have_count(0)


def test_enter_that_ends_a_composition_sends_nothing(open_shop: Open) -> None:
    page = open_shop(locale="zh-CN")
    open_guide(page)
    field(page).fill("茶")
    field(page).dispatch_event("keydown", {"key": "Enter", "isComposing": True, "bubbles": True})
    expect(guide(page).locator(".guide__turns > li")).to_have_count(0)
    expect(field(page)).to_have_value("茶")


def test_escape_closes_it_and_gives_the_focus_back(open_shop: Open) -> None:
    page = open_shop()
    button = page.get_by_role("button", name="Ask the guide")
    button.press("Enter")
    expect(field(page)).to_be_focused()
    page.keyboard.press("Escape")
    expect(guide(page)).to_have_count(0)
    expect(button).to_be_focused()


def test_on_a_phone_it_is_a_sheet_that_makes_way_for_the_item(open_shop: Open) -> None:
    page = open_shop(**PHONE)
    page.get_by_role("button", name="Ask the guide").tap()
    panel = guide(page)
    expect(panel.get_by_role("heading", name="Your guide")).to_be_focused()
    panel.get_by_role("button", name="What is popular?").tap()
    card = panel.locator(".pick").first
    name = card.locator(".pick__title bdi").inner_text()
    card.get_by_role("link").tap()
    expect(panel).to_have_count(0)
    expect(page.get_by_role("heading", level=1, name=name)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_talk_is_kept_only_after_the_shopper_said_so(open_shop: Open) -> None:
    page = open_shop()
    panel = open_guide(page)
    with page.expect_request("**/v1/guide") as asked:
        say(page, "candles")
    assert json.loads(asked.value.post_data)["keep_transcript"] is False
    panel.get_by_role("switch", name="Let the shop keep this talk").press("Enter")
    field(page).focus()
    with page.expect_request("**/v1/guide") as asked:
        say(page, "cheaper")
    assert json.loads(asked.value.post_data)["keep_transcript"] is True
    with page.expect_response("**/v1/guide/talks/withdraw") as gone:
        panel.get_by_role("switch", name="Let the shop keep this talk").press("Enter")
    assert gone.value.json() == {"deleted": 1}


def test_without_personalisation_nobody_is_named_and_the_talk_is_forgotten(open_shop: Open) -> None:
    page = open_shop("/personalisation")
    panel = open_guide(page)
    say(page, "candles")
    page.get_by_role("main").get_by_role("switch").click()
    expect(panel.locator(".guide__turns > li")).to_have_count(0)
    expect(panel.get_by_role("switch")).to_have_count(0)
    field(page).focus()
    with page.expect_request("**/v1/guide") as asked:
        say(page, "candles")
    body = json.loads(asked.value.post_data)
    assert body["personalize"] is False
    assert "visitor_id" not in body


def test_a_click_on_a_card_tells_which_answer_it_came_from(open_shop: Open) -> None:
    page = open_shop()
    open_guide(page)
    answer = say(page, "candles")
    kept = page.evaluate("JSON.parse(sessionStorage.getItem('daogou.talk')).turns[0].answer")
    recommendation_id = kept["recommendationId"]
    told: list[Any] = []
    page.on(
        "request",
        lambda request: told.extend(json.loads(request.post_data)["events"]) if "/v1/events" in request.url else None,
    )
    answer.locator(".pick__link").first.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.wait_for_timeout(1_500)
    selected = next(event for event in told if event["event_name"] == "select_item")
    assert (selected["recommendation_id"], selected["placement"]) == (recommendation_id, "chat")


def test_this_one_is_the_item_whose_page_is_open(open_shop: Open) -> None:
    page = open_shop("/p/i03")
    open_guide(page)
    with page.expect_request("**/v1/guide") as asked:
        say(page, "what colour is this?")
    assert json.loads(asked.value.post_data)["item_ids"] == ["i03"]
