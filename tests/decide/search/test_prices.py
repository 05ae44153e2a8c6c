"""Bounds of the price among the words of a search."""

from __future__ import annotations

import pytest

from daogou.decide.search.prices import read_price
from daogou.decide.search.request import SearchRequest
from daogou.decide.shop import Shop


@pytest.mark.parametrize(
    ("words", "left", "bounds"),
    [
        ("red mug under 5", "red mug", (None, 500)),
        ("red mug under £5.50", "red mug", (None, 550)),
        ("under 5 red mug", "red mug", (None, 500)),
        ("mug less than ten pounds", "mug", (None, 1000)),
        ("mug up to 12", "mug", (None, 1200)),
        ("mug max 5", "mug", (None, 500)),
        ("£5 or less mug", "mug", (None, 500)),
        ("mug over 5", "mug", (500, None)),
        ("mug £5 and up", "mug", (500, None)),
        ("mug between 2 and 5", "mug", (200, 500)),
        ("mug from £2 to £5", "mug", (200, 500)),
        ("mug £2-£5", "mug", (200, 500)),
        ("50以内的杯子", "杯子", (None, 5000)),
        ("杯子 100元以下", "杯子", (None, 10000)),
        ("不超过两百块的杯子", "杯子", (None, 20000)),
        ("低于100 杯子", "杯子", (None, 10000)),
        ("杯子 100块以上", "杯子", (10000, None)),
        ("100-200元 杯子", "杯子", (10000, 20000)),
        ("100到200块的杯子", "杯子", (10000, 20000)),
        ("under 5", "", (None, 500)),
    ],
)
def test_bounds_are_read(words: str, left: str, bounds: tuple[int | None, int | None]) -> None:
    priced = read_price(words, "GBP", lambda said: False)
    assert (priced.words, priced.bounds_minor) == (left, bounds)


@pytest.mark.parametrize(
    "words",
    [
        "5 hook hanger", "mug 5", "100-200 beads", "under 5 kg", "500ml以上 杯子", "3岁以上 玩具", "under the sea",
        "up to 12 bulbs", "toys for kids under 5", "mug under $5", "air max 90", "set of 5", "杯子 5个",
        "10寸以下 平板",
    ],
)  # fmt: skip
def test_other_numbers_stay_words(words: str) -> None:
    priced = read_price(words, "GBP", lambda said: tuple(said) == ("max", "90"))
    assert (priced.words, priced.bounds_minor) == (words, (None, None))


def test_a_bound_is_the_filter_of_prices_and_is_told(shop: Shop) -> None:
    found = shop.search.search(SearchRequest("glazed mug under 13"))
    assert [place.item_id for place in found.items] == ["mug-blue"]
    assert found.understood["price"] == ("≤ 13.00",)
    assert not found.relaxed


def test_bounds_of_the_caller_hold_beside_those_of_the_words(shop: Shop) -> None:
    found = shop.search.search(SearchRequest("mug under 13", price_minor=(1000, 5000)))
    assert [place.item_id for place in found.items] == ["mug-blue"]


def test_a_bound_that_leaves_nothing_is_given_up_and_told(shop: Shop) -> None:
    found = shop.search.search(SearchRequest("马克杯 1块以内", language="zh"))
    assert found.total == 3
    assert [one.code for one in found.relaxed] == ["price"]


def test_a_correction_keeps_the_price(shop: Shop) -> None:
    assert shop.search.search(SearchRequest("bleu mug under 13")).corrected == "blue mug under 13"
