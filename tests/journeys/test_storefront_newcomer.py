"""A newcomer answers a question, and the shop is arranged by it; or waves it aside."""

from __future__ import annotations

import json
from typing import Any

import pytest

from .conftest import REGULAR, Open
from .test_storefront import WINDOW, expect

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("storefront")]

STRIP = ".newcomer"
TOPICS = ("Tableware", "Candles & lights", "Stationery")


def question(number: int) -> dict[str, Any]:
    """A question as the server asks them."""
    choices = [
        {"choice": f"category:{name}", "label": name, "items": [f"i{8 * n + 1:02}"]} for n, name in enumerate(TOPICS)
    ]
    return {
        "question": f"facet-{number}",
        "text": f"Question number {number}?",
        "choices": [*choices, {"choice": None, "label": "It doesn't matter", "items": []}],
        "gain": 0.5,
    }


def ask(page: Any, most: int = 2) -> list[list[dict[str, Any]]]:
    """Let the shop ask `most` questions; return the answers it is told, call by call."""
    told: list[list[dict[str, Any]]] = []

    def answer(route: Any) -> None:
        answers = json.loads(route.request.post_data)["answers"]
        told.append(answers)
        left = len(answers) < most
        body = {
            "question": question(len(answers) + 1) if left else None,
            "n_asked": len(answers),
            "most_questions": most,
        }
        route.fulfill(json={**body, "done": not left, "is_personalized": True, "wishes": []})

    page.route("**/v1/onboarding", answer)
    return told


def home(open_shop: Open, **options: Any) -> tuple[Any, list[list[dict[str, Any]]]]:
    page = open_shop("/personalisation", **options)
    told = ask(page)
    page.locator("header a").first.click()
    expect(page.locator(f"{WINDOW} [data-item]").first).to_be_visible()
    return page, told


def test_every_answer_is_told_and_renews_the_lists(open_shop: Open) -> None:
    page, told = home(open_shop)
    strip = page.locator(STRIP)
    expect(strip).to_contain_text("Question 1 of at most 2")
    with page.expect_response("**/v1/recommendations"):
        strip.get_by_role("button", name="Candles & lights").click()
    expect(strip.get_by_role("heading", name="Question number 2?")).to_be_focused()
    strip.get_by_role("button", name="It does not matter").click()
    expect(strip).to_contain_text("Thank you")
    first = {"question": "facet-1", "choice": "category:Candles & lights"}
    assert told == [[], [first], [first, {"question": "facet-2", "choice": None}]]

    strip.get_by_role("button", name="Close").click()
    expect(strip).to_have_count(0)
    page.reload()
    expect(page.locator(f"{WINDOW} [data-item]").first).to_be_visible()
    expect(strip).to_have_count(0)


def test_questions_can_be_waved_aside_for_good(open_shop: Open) -> None:
    page, told = home(open_shop)
    page.locator(STRIP).get_by_role("button", name="No questions, thanks").last.click()
    expect(page.locator(STRIP)).to_have_count(0)
    page.reload()
    expect(page.locator(f"{WINDOW} [data-item]").first).to_be_visible()
    expect(page.locator(STRIP)).to_have_count(0)
    assert told == [[]]


def test_whoever_is_known_is_not_asked(open_shop: Open) -> None:
    page, told = home(open_shop, user=REGULAR)
    expect(page.get_by_role("heading", name="Arranged for you")).to_be_visible()
    assert told == []


def test_with_personalisation_off_nobody_is_asked(open_shop: Open) -> None:
    page = open_shop("/personalisation")
    told = ask(page)
    page.get_by_role("switch", name="Personalise what I see").click()
    page.locator("header a").first.click()
    expect(page.get_by_role("heading", name="The same window for everyone")).to_be_visible()
    assert told == []


def test_a_shop_that_does_not_ask_shows_no_strip(open_shop: Open) -> None:
    page = open_shop("/personalisation")
    page.route("**/v1/onboarding", lambda route: route.fulfill(status=404, json={"error": {"code": "not_found"}}))
    with page.expect_response("**/v1/onboarding"):
        page.locator("header a").first.click()
    expect(page.locator(f"{WINDOW} [data-item]").first).to_be_visible()
    expect(page.locator(STRIP)).to_have_count(0)


def test_an_answer_that_gets_lost_is_said_and_can_be_sent_again(open_shop: Open) -> None:
    page, told = home(open_shop)
    page.unroute("**/v1/onboarding")
    page.route("**/v1/onboarding", lambda route: route.fulfill(status=422, json={"error": {"code": "invalid_field"}}))
    page.locator(STRIP).get_by_role("button", name="Stationery").click()
    expect(page.get_by_role("alert")).to_contain_text("The next question could not be fetched")
    page.unroute("**/v1/onboarding")
    told = ask(page)
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("heading", name="Question number 2?")).to_be_visible()
    assert told == [[{"question": "facet-1", "choice": "category:Stationery"}]]


def test_the_shops_own_questions_are_answered_and_stand_in_the_profile(open_shop: Open) -> None:
    page = open_shop()
    expect(page.locator(f"{WINDOW} [data-item]").first).to_be_visible()
    with page.expect_response("**/v1/onboarding") as answered:
        page.reload()
    assert answered.value.status == 200
    assert answered.value.json()["question"] is not None
    page.locator(f"{STRIP} .choice").first.click()
    expect(page.locator(STRIP)).not_to_contain_text("Question 1")
    page.locator("header").get_by_role("link", name="Your profile").click()
    expect(page.get_by_role("region", name="What you told the shop")).to_contain_text("More like this")
