"""A shopper reads what the shop thinks of them, disagrees on a card and in the profile, and takes it back."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from .conftest import Open
from .test_storefront import WINDOW, expect, go_home, ids_in, look_at

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("storefront")]

CANDLES = ("Vanilla candle", "Rose candle", "Heart candle holder")
CANDLE_IDS = {f"i{number:02}" for number in range(9, 17)}


def lover_of_candles(open_shop: Open, **options: Any) -> Any:
    """A page of a shopper who looked at three things of one category."""
    page = open_shop(**options)
    for title in CANDLES:
        look_at(page, title)
    return page


def open_profile(page: Any) -> None:
    page.locator("header").get_by_role("link", name="Your profile").click()
    expect(page.get_by_role("heading", level=1, name="Your profile")).to_be_visible()


def candle_card(page: Any) -> Any:
    return page.get_by_role("article", name="Candles & lights")


def open_menu(page: Any) -> str:
    """Open the menu of the first card on a shelf by keyboard; return the item's id."""
    card = page.locator("[data-placement=home_for_you].shelf article, [data-placement=trending] article").first
    button = card.get_by_role("button", name="Not for me")
    button.focus()
    # Asked of what holds the focus: until then a pushed list may have put another card first.
    item = page.evaluate("document.activeElement.closest('article').dataset.item")
    page.keyboard.press("Enter")
    expect(page.get_by_role("menuitem", name="Not this one")).to_be_focused()
    return str(item)


def test_a_newcomer_is_told_that_nothing_is_known(open_shop: Open) -> None:
    page = open_shop("/profile")
    expect(page.get_by_role("heading", name="The shop does not know you yet")).to_be_visible()
    expect(page.get_by_role("heading", name="What is used, and for how long")).to_be_visible()


def test_one_look_is_too_little_to_guess_from(open_shop: Open) -> None:
    page = open_shop()
    look_at(page, "Vanilla candle")
    open_profile(page)
    expect(page.get_by_role("heading", name="Too little to guess from")).to_be_visible()


def test_a_guess_names_what_it_rests_on(open_shop: Open) -> None:
    page = lover_of_candles(open_shop)
    open_profile(page)
    card = candle_card(page)
    expect(card).to_contain_text("100%")
    expect(card).to_contain_text(re.compile(r"Because you looked at Rose candle on \d+ \w+"))
    card.get_by_role("link", name="Rose candle").click()
    expect(page.get_by_role("heading", level=1, name="Rose candle")).to_be_visible()


def test_what_is_turned_down_in_the_profile_leaves_the_lists_until_it_is_taken_back(open_shop: Open) -> None:
    page = lover_of_candles(open_shop)
    go_home(page)
    assert set(ids_in(page, "home_for_you")) & CANDLE_IDS

    open_profile(page)
    button = candle_card(page).get_by_role("button", name="Not for me")
    with page.expect_response("**/v1/profile/wishes") as answered:
        button.click()
    assert json.loads(answered.value.request.post_data)["tag"] == "category:Candles & lights"
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("status").filter(has_text="you will not see it in your lists")).to_be_visible()
    go_home(page)
    assert not set(ids_in(page, "home_for_you")) & CANDLE_IDS

    open_profile(page)
    expect(page.get_by_role("region", name="What you told the shop")).to_contain_text("8 items of the shop")
    page.get_by_role("button", name="Take back what you said about Candles & lights").click()
    expect(page.get_by_role("region", name="What you told the shop")).to_have_count(0)
    go_home(page)
    assert set(ids_in(page, "home_for_you")) & CANDLE_IDS


def test_undo_restores_what_was_said_before(open_shop: Open) -> None:
    page = lover_of_candles(open_shop)
    open_profile(page)
    less = candle_card(page).get_by_role("button", name="Less like this")
    never = candle_card(page).get_by_role("button", name="Not for me")
    less.click()
    expect(page.get_by_text("you will see less of it")).to_be_visible()
    never.click()
    expect(page.get_by_text("you will not see it in your lists")).to_be_visible()
    page.locator(".toast").last.get_by_role("button", name="Undo").click()
    expect(less).to_have_attribute("aria-pressed", "true")
    expect(never).to_have_attribute("aria-pressed", "false")


def test_a_refused_change_is_turned_back_and_said(open_shop: Open) -> None:
    page = lover_of_candles(open_shop)
    open_profile(page)
    button = candle_card(page).get_by_role("button", name="Less like this")
    expect(button).to_have_attribute("aria-pressed", "false")
    page.route("**/v1/profile/wishes", lambda route: route.abort())
    button.click()
    expect(page.get_by_role("status").filter(has_text="Candles & lights stays as it was.")).to_be_visible()
    expect(button).to_have_attribute("aria-pressed", "false")
    expect(page.get_by_role("region", name="What you told the shop")).to_have_count(0)


def test_a_profile_that_cannot_be_read_is_said_and_asked_again(open_shop: Open) -> None:
    page = open_shop("/personalisation")
    page.route("**/v1/profile", lambda route: route.abort())
    open_profile(page)
    expect(page.get_by_text("The shop cannot be reached")).to_be_visible()
    page.unroute("**/v1/profile")
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("heading", name="The shop does not know you yet")).to_be_visible()


def test_with_personalisation_off_the_shop_is_not_even_asked(open_shop: Open) -> None:
    page = open_shop("/profile")
    expect(page.get_by_role("heading", name="The shop does not know you yet")).to_be_visible()
    page.get_by_role("switch", name="Personalise what I see").click()
    expect(page.get_by_role("heading", name="Nothing is read about you")).to_be_visible()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/v1/profile" in request.url else None)
    page.reload()
    expect(page.get_by_role("heading", name="Nothing is read about you")).to_be_visible()
    assert asked == []
    go_home(page)
    page.locator("[data-placement=trending] article").first.get_by_role("button", name="Not for me").click(force=True)
    expect(page.get_by_role("menuitem")).to_have_count(1)


def test_the_menu_of_a_card_works_by_keyboard_alone(open_shop: Open) -> None:
    page = lover_of_candles(open_shop)
    go_home(page)
    open_menu(page)
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("menuitem", name="Nothing like this")).to_be_focused()
    page.keyboard.press("Home")
    page.keyboard.press("l")
    expect(page.get_by_role("menuitem", name="Less like this")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("menu")).to_have_count(0)
    expect(page.locator(".card__menu").and_(page.locator(":focus"))).to_have_count(1)


def test_nothing_like_this_on_a_card_empties_the_lists_of_its_kind_and_undo_fills_them(open_shop: Open) -> None:
    page = lover_of_candles(open_shop)
    go_home(page)
    place = page.locator(f"{WINDOW} [data-item]").first
    assert place.get_attribute("data-item") in CANDLE_IDS
    place.get_by_role("button", name="Not for me").click(force=True)
    with page.expect_response("**/v1/recommendations"):
        page.get_by_role("menuitem", name="Nothing like this").click()
    expect(page.get_by_text("Candles & lights: you will not see it in your lists.")).to_be_visible()
    expect(page.locator(", ".join(f"{WINDOW} [data-item={one}]" for one in sorted(CANDLE_IDS)))).to_have_count(0)
    with page.expect_response("**/v1/recommendations"):
        page.get_by_role("button", name="Undo").click()
    expect(page.locator(f"{WINDOW} [data-item]").first).to_have_attribute("data-item", re.compile("|".join(CANDLE_IDS)))


def test_the_focus_goes_on_to_the_next_card_when_one_leaves(open_shop: Open) -> None:
    page = lover_of_candles(open_shop)
    go_home(page)
    item = open_menu(page)
    page.get_by_role("menuitem", name="Not this one").press("Enter")
    expect(page.get_by_role("menu")).to_have_count(0)
    expect(page.locator(f".shelf article[data-item={item}]")).to_have_count(0)
    expect(page.locator(".card__menu").and_(page.locator(":focus"))).to_have_count(1)


def test_an_item_turned_down_long_ago_can_be_taken_back_on_the_profile(open_shop: Open) -> None:
    page = lover_of_candles(open_shop)
    go_home(page)
    item = open_menu(page)
    page.get_by_role("menuitem", name="Not this one").press("Enter")
    expect(page.locator(f".shelf article[data-item={item}]")).to_have_count(0)
    page.reload()  # the toast with its undo is gone
    expect(page.locator(WINDOW)).to_be_visible()
    open_profile(page)
    section = page.get_by_role("region", name="Items you turned down")
    expect(section.get_by_role("listitem")).to_have_count(1)
    with page.expect_response("**/v1/events"):
        section.get_by_role("button", name="again").press("Enter")
    expect(section).to_have_count(0)
    expect(page.get_by_text("may stand in your lists again")).to_be_visible()


def test_an_items_page_says_why_it_is_not_in_ones_list(open_shop: Open) -> None:
    page = lover_of_candles(open_shop)
    open_profile(page)
    candle_card(page).get_by_role("button", name="Not for me").click()
    expect(page.get_by_text("you will not see it in your lists")).to_be_visible()
    look_at(page, "Rose candle")
    page.get_by_role("button", name="Is this in my list").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Not in this list")
    expect(dialog.locator(".gate--held")).to_have_count(1)


def test_in_a_category_a_turned_down_item_stays_in_its_place_marked(open_shop: Open) -> None:
    page = open_shop("/c/Stationery")
    card = page.locator(".grid article").nth(2)
    item = card.get_attribute("data-item")
    card.get_by_role("button", name="Not for me").click(force=True)
    page.get_by_role("menuitem", name="Not this one").click()
    expect(card).to_contain_text("Turned down")
    expect(page.locator(".grid article").nth(2)).to_have_attribute("data-item", str(item))
    page.get_by_role("button", name="Undo").click()
    expect(card).not_to_contain_text("Turned down")
