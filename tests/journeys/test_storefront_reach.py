"""The storefront for everyone: two languages, light and dark, a phone, and a keyboard alone."""

from __future__ import annotations

import re
from typing import Any

import pytest

from .conftest import REGULAR, Open
from .test_storefront import WINDOW, expect

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("storefront")]

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


def wait_until_filled(page: Any) -> None:
    """Nothing grey is left; the network never rests, for the home page keeps a stream open."""
    expect(page.locator("main :is(.skeleton, [aria-busy=true])")).to_have_count(0)


def test_the_language_switches_everything_and_stays(open_shop: Open) -> None:
    page = open_shop(user=REGULAR)
    page.get_by_role("button", name="Switch to Chinese").click()
    expect(page.get_by_role("heading", level=1, name="为您布置")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
    expect(page.locator(f"{WINDOW} .reason").first).to_contain_text("因为您买过")
    expect(page.get_by_role("navigation", name="分类")).to_contain_text("蜡烛与灯饰")
    page.reload()
    expect(page.get_by_role("heading", level=1, name="为您布置")).to_be_visible()
    titles = page.locator(f"{WINDOW} .stand__title").all_inner_texts()
    assert titles
    assert all(re.search("[一-鿿]", title) for title in titles)


def test_a_chinese_browser_is_greeted_in_chinese(open_shop: Open) -> None:
    page = open_shop("/cart", locale="zh-CN")
    expect(page.get_by_role("heading", name="购物车是空的")).to_be_visible()


@pytest.mark.parametrize(("system", "button"), [("light", "Dark colours"), ("dark", "Light colours")])
def test_colours_follow_the_system_until_one_chooses(open_shop: Open, system: str, button: str) -> None:
    page = open_shop("/cart", color_scheme=system)
    brightness = (
        "() => { const c = document.createElement('canvas').getContext('2d');"
        " c.fillStyle = getComputedStyle(document.documentElement).backgroundColor; c.fillRect(0, 0, 1, 1);"
        " return c.getImageData(0, 0, 1, 1).data[1]; }"
    )
    assert (page.evaluate(brightness) < 60) == (system == "dark")
    page.get_by_role("button", name=button).click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark" if system == "light" else "light")
    assert (page.evaluate(brightness) < 60) == (system != "dark")
    page.reload()
    assert (page.evaluate(brightness) < 60) == (system != "dark")


@pytest.mark.parametrize(
    "path", ["/", "/c/Tableware", "/p/i01", "/cart", "/checkout", "/profile", "/personalisation", "/search?q=mug"]
)
def test_nothing_sticks_out_of_a_phone(open_shop: Open, path: str) -> None:
    page = open_shop(path, user=REGULAR, **PHONE)
    expect(page.locator("main :is(h1, h2)").first).to_be_visible()
    wait_until_filled(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_phone_filters_in_a_dialog_and_buys(open_shop: Open) -> None:
    page = open_shop("/c/Stationery", **PHONE)
    page.get_by_role("button", name="Filter").click()
    page.get_by_role("dialog").get_by_role("checkbox", name=re.compile("^Silver")).check()
    page.get_by_role("button", name="Show 1 item").click()
    page.get_by_role("button", name="Add Silver pen to the cart").click()
    page.get_by_role("button", name="Cart, 1 piece").click()
    expect(page.get_by_role("dialog", name="Your cart")).to_contain_text("£4.50")


def test_the_keyboard_alone_opens_and_closes_a_reason(open_shop: Open) -> None:
    page = open_shop(user=REGULAR)
    expect(page.locator(WINDOW)).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the products")).to_be_focused()
    page.keyboard.press("Enter")
    for _ in range(8):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.classList.contains('reason')"):
            break
    opener = page.locator(f"{WINDOW} .reason").first
    expect(opener).to_be_focused()
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"

    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Why is this here?")
    expect(dialog).to_be_visible()
    for _ in range(12):
        page.keyboard.press("Tab")
        outside = page.evaluate("document.activeElement !== document.body && !document.activeElement.closest('dialog')")
        assert not outside
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(opener).to_be_focused()


def test_the_keyboard_alone_searches_and_buys(open_shop: Open) -> None:
    page = open_shop()
    page.get_by_role("combobox", name="Search").focus()
    page.keyboard.type("teapot")
    expect(page.get_by_role("option")).to_have_count(1)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="Ivory teapot")).to_be_visible()
    expect(page.locator("#content")).to_be_focused()
    for name in ("Add to cart", "Cart, 1 piece", "Go to checkout", "Buy (demo)"):
        control = page.get_by_role("button", name=name, exact=True).or_(page.get_by_role("link", name=name)).first
        control.focus()
        page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="Thank you")).to_be_visible()


@pytest.mark.parametrize("path", ["/", "/c/Tableware", "/p/i01", "/profile", "/personalisation"])
def test_every_control_has_a_name_and_every_page_one_main_heading(open_shop: Open, path: str) -> None:
    page = open_shop(path, user=REGULAR)
    expect(page.locator("main h1")).to_have_count(1)
    wait_until_filled(page)
    nameless = page.evaluate(
        """() => [...document.querySelectorAll("button, a[href], input, select")]
            .filter((one) => !one.getAttribute("aria-label") && !one.innerText.trim() && !(one.labels?.length))
            .map((one) => one.outerHTML.slice(0, 120))"""
    )
    assert nameless == []
