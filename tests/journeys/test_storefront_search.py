"""A shopper looks for something: misspelled, narrowed, in another order, by keyboard alone, in vain, and back again."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from .conftest import REGULAR, Open

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("storefront")]

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
CARDS = ".grid article"


def expect(locator: Any) -> Any:
    from playwright.sync_api import expect as playwright_expect

    return playwright_expect(locator)


def field(page: Any) -> Any:
    return page.get_by_role("combobox", name="Search", exact=True)


def search(page: Any, words: str) -> None:
    field(page).fill(words)
    field(page).press("Enter")


def titles(page: Any) -> list[str]:
    expect(page.locator(CARDS).first).to_be_visible()
    return [str(one) for one in page.locator(f"{CARDS} .card__title").all_inner_texts()]


def asked(page: Any) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def test_a_misspelled_word_finds_what_was_meant_and_says_so(open_shop: Open) -> None:
    page = open_shop()
    search(page, "tepot")
    expect(page.get_by_role("heading", level=1, name="Results for “tepot”")).to_be_visible()
    expect(page.get_by_role("note")).to_contain_text("these are the results for “teapot”")
    assert titles(page) == ["Ivory teapot"]
    expect(page.locator(f"{CARDS} .reason").first).to_contain_text("teapot")
    assert page.title() == "Results for “tepot”"


def test_chinese_words_find_the_same_things_in_chinese(open_shop: Open) -> None:
    page = open_shop(locale="zh-CN")
    page.get_by_role("combobox", name="搜索").fill("马克杯")
    page.get_by_role("combobox", name="搜索").press("Enter")
    expect(page.get_by_role("heading", level=1, name="“马克杯”的搜索结果")).to_be_visible()
    assert all("马克杯" in one for one in titles(page))


def test_facets_narrow_are_counted_and_stand_as_chips_until_taken_back(open_shop: Open) -> None:
    page = open_shop("/search?q=candle")
    expect(page.get_by_role("status").filter(has_text="8 items found")).to_be_visible()
    colours = page.get_by_role("complementary", name="Filter").get_by_role("group", name="Colour")
    expect(colours.get_by_role("checkbox", name="Pink 1")).to_be_visible()
    colours.get_by_role("checkbox", name="Pink 1").check()
    expect(page.locator(CARDS)).to_have_count(1)
    assert titles(page) == ["Rose candle"]
    colours.get_by_role("checkbox", name="Cream 1").check()
    expect(page.locator(CARDS)).to_have_count(2)
    assert asked(page)["f.colour"] == ["pink", "cream"]
    page.get_by_role("button", name="Take back Colour: Pink").click()
    expect(page.locator(CARDS)).to_have_count(1)
    assert titles(page) == ["Vanilla candle"]
    page.get_by_role("button", name="Clear all").click()
    expect(page.locator(CARDS)).to_have_count(8)


def test_a_price_slider_narrows_when_it_is_let_go_and_figures_can_be_typed(open_shop: Open) -> None:
    page = open_shop("/c/Tableware")
    expect(page.get_by_role("status").filter(has_text="8 items")).to_be_visible()
    cheapest = page.get_by_role("slider", name="Lowest price")
    cheapest.focus()
    for _ in range(5):
        cheapest.press("ArrowRight")
    expect(page.get_by_role("status").filter(has_text="3 items")).to_be_visible()
    expect(cheapest).to_be_focused()
    assert asked(page)["from"] == ["800"]
    page.get_by_role("spinbutton", name="Highest price").fill("10")
    expect(page.get_by_role("status").filter(has_text="1 item")).to_be_visible()
    assert titles(page) == ["Cream milk jug"]
    expect(page.get_by_role("button", name="Take back Price: £8.00 – £10.00")).to_be_visible()


def test_each_choice_is_a_step_back_and_an_address_to_share(open_shop: Open) -> None:
    page = open_shop()
    search(page, "mug")
    expect(page.locator(CARDS).first).to_be_visible()
    page.get_by_role("combobox", name="Sort by").select_option("-price")
    search(page, "candle")
    page.get_by_role("checkbox", name="Pink 1").check()
    expect(page.locator(CARDS)).to_have_count(1)
    shared = page.url
    page.go_back()
    expect(page.locator(CARDS)).to_have_count(8)
    page.go_back()
    expect(page.get_by_role("heading", level=1, name="Results for “mug”")).to_be_visible()
    expect(page.get_by_role("combobox", name="Sort by")).to_have_value("-price")
    expect(field(page)).to_have_value("mug")
    page.goto(shared)
    expect(page.locator(CARDS)).to_have_count(1)
    expect(page.get_by_role("checkbox", name="Pink 1")).to_be_checked()


def test_the_keyboard_alone_searches_narrows_and_opens(open_shop: Open) -> None:
    page = open_shop()
    field(page).focus()
    page.keyboard.type("cand", delay=30)
    expect(page.get_by_role("listbox", name="Suggestions")).to_be_visible()
    expect(field(page)).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("option", selected=True)).to_have_count(1)
    described = field(page).get_attribute("aria-activedescendant")
    assert page.get_by_role("option", selected=True).get_attribute("id") == described
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("option", selected=True)).to_have_count(0)
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("option").last).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Escape")
    expect(field(page)).to_have_attribute("aria-expanded", "false")
    expect(field(page)).to_be_focused()
    page.keyboard.type("le")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="Results for “candle”")).to_be_visible()
    expect(page.locator("#content")).to_be_focused()
    page.get_by_role("checkbox", name="Pink 1").focus()
    page.keyboard.press("Space")
    expect(page.locator(CARDS)).to_have_count(1)
    expect(page.get_by_role("checkbox", name="Pink 1")).to_be_focused()
    page.locator(f"{CARDS} a").first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="Rose candle")).to_be_visible()


def test_what_an_input_method_is_composing_is_not_searched(open_shop: Open) -> None:
    page = open_shop()
    requests: list[str] = []
    page.on("request", lambda one: requests.append(one.post_data or "") if "autocomplete" in one.url else None)
    field(page).focus()
    session = page.context.new_cdp_session(page)
    session.send("Input.imeSetComposition", {"selectionStart": 2, "selectionEnd": 2, "text": "ma"})
    page.wait_for_timeout(400)
    session.send(
        "Input.dispatchKeyEvent",
        {"type": "keyDown", "key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 229, "nativeVirtualKeyCode": 229},
    )
    assert urlsplit(page.url).path == "/"
    assert requests == []
    session.send("Input.insertText", {"text": "马克杯"})
    expect(field(page)).to_have_value("马克杯")
    expect(page.get_by_role("option").filter(has_text="mug").first).to_be_visible()
    assert [json.loads(one)["words"] for one in requests] == ["马克杯"]


def test_searches_are_remembered_on_the_device_until_cleared(open_shop: Open) -> None:
    page = open_shop()
    for words in ("candle", "jug"):
        search(page, words)
        expect(page.get_by_role("heading", level=1, name=f"Results for “{words}”")).to_be_visible()
    page.get_by_role("button", name="Clear the search").click()
    options = page.get_by_role("listbox", name="Searched before").get_by_role("option")
    expect(options).to_have_text(["jug", "candle"])
    options.nth(1).click()
    expect(page.get_by_role("heading", level=1, name="Results for “candle”")).to_be_visible()
    page.get_by_role("button", name="Clear the search").click()
    page.get_by_role("button", name="Clear", exact=True).click()
    expect(page.get_by_role("listbox", name="Searched before")).to_have_count(0)
    assert page.evaluate("localStorage.getItem('daogou.searches')") == "[]"


def test_a_search_in_vain_still_leads_on(open_shop: Open) -> None:
    page = open_shop("/search?q=submarine")
    expect(page.get_by_role("heading", level=1, name="Nothing found for “submarine”")).to_be_visible()
    expect(page.get_by_role("region", name="Trending now").locator("article").first).to_be_visible()
    shelves = page.get_by_role("navigation", name="Look around instead")
    shelves.get_by_role("link", name="Stationery").click()
    expect(page.get_by_role("heading", level=1, name="Stationery")).to_be_visible()


def test_choices_that_leave_nothing_can_be_taken_back(open_shop: Open) -> None:
    page = open_shop("/c/Stationery?from=100000&stock=1")
    expect(
        page.get_by_role("note").or_(page.get_by_role("heading", name="Nothing matches these filters"))
    ).to_be_visible()
    page.get_by_role("button", name=re.compile("^Clear")).first.click()
    expect(page.get_by_role("status").filter(has_text="8 items")).to_be_visible()


def test_the_neutral_order_says_what_it_is_and_is_the_same_for_everybody(open_shop: Open) -> None:
    orders = []
    for user in (REGULAR, "r002"):
        page = open_shop("/search?q=candle", user=user)
        page.get_by_role("combobox", name="Sort by").select_option("Neutral order")
        expect(page.get_by_text("The same order for every shopper")).to_be_visible()
        assert asked(page)["sort"] == ["neutral"]
        expect(page.locator(CARDS)).to_have_count(8)
        orders.append(titles(page))
    assert orders[0] == orders[1]


def test_more_is_added_below_and_coming_back_finds_the_place(open_shop: Open) -> None:
    page = open_shop("/search?stock=1", viewport={"width": 900, "height": 700})
    expect(page.get_by_text("24 of 24 items shown").or_(page.locator(CARDS).nth(22))).to_be_visible()
    last = page.locator(CARDS).last
    last.scroll_into_view_if_needed()
    before = page.evaluate("scrollY")
    assert before > 300
    name = last.locator(".card__title").inner_text()
    last.locator("a").first.click()
    expect(page.get_by_role("heading", level=1, name=name)).to_be_visible()
    page.go_back()
    expect(page.locator(CARDS).last).to_be_in_viewport()
    assert abs(page.evaluate("scrollY") - before) < 200


def test_what_was_searched_and_clicked_is_reported_with_its_answer(open_shop: Open) -> None:
    page = open_shop()
    sent: list[dict[str, Any]] = []

    def note(request: Any) -> None:
        if request.url.endswith("/v1/events"):
            body = json.loads(request.post_data)
            sent.extend(body.get("events", [body]))

    page.on("request", note)
    with page.expect_response("**/v1/search") as answered:
        search(page, "candle")
    number = answered.value.json()["recommendation_id"]
    page.locator(f"{CARDS} a").nth(1).click()
    expect(page.locator("main h1")).to_be_visible()
    page.wait_for_timeout(1_500)
    told = {one["event_name"]: one for one in sent}
    for name in ("search", "view_search_results", "select_item"):
        assert (told[name]["search_term"], told[name]["recommendation_id"]) == ("candle", number), name
    assert told["select_item"]["placement"] == "search"
    assert told["select_item"]["items"][0]["index"] == 1
    assert [line["index"] for line in told["view_search_results"]["items"]] == list(range(8))
    assert [one["event_name"] for one in sent].count("search") == 1


def test_a_phone_filters_in_a_sheet(open_shop: Open) -> None:
    page = open_shop("/search?q=candle", **PHONE)
    page.get_by_role("button", name="Filter").click()
    sheet = page.get_by_role("dialog", name="Filter")
    sheet.get_by_role("checkbox", name="Pink 1").check()
    sheet.get_by_role("button", name="Show 1 item").click()
    expect(sheet).to_have_count(0)
    assert titles(page) == ["Rose candle"]
    expect(page.get_by_role("button", name="Filter 1")).to_be_focused()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_failed_search_can_be_asked_again(open_shop: Open) -> None:
    page = open_shop()
    page.route("**/v1/search", lambda route: route.fulfill(status=422, json={"error": {"code": "not_ready"}}))
    search(page, "mug")
    expect(page.get_by_text("The shop is still opening")).to_be_visible()
    page.unroute("**/v1/search")
    page.get_by_role("button", name="Try again").click()
    expect(page.locator(CARDS).first).to_be_visible()


def test_hostile_words_are_only_words(open_shop: Open) -> None:
    page = open_shop("/search?q=" + "%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E")
    expect(page.get_by_role("heading", level=1)).to_contain_text("<img src=x onerror=alert(1)>")
    assert page.locator("main img").count() == 0
