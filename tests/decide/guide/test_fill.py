"""Blanks of sentences are filled from the store, once, and only with what shoppers may see."""

from __future__ import annotations

import pytest

from daogou.core.types import Item
from daogou.decide.guide.fill import filled

ITEMS = {
    "mug": Item("mug", {"en": "Mug {price:pot}", "zh": "<b>杯子</b>"}, price_minor=1250, currency="GBP"),
    "pot": Item("pot", {"en": "Pot"}, price_minor=None, currency="GBP"),
}


@pytest.mark.parametrize(
    ("text", "language", "told"),
    [
        ("{title:mug} at {price:mug}", "en", "“Mug (price:pot)” at £12.50"),
        ("{title:mug}", "zh", "「杯子」"),
        ("under {money:2000}, not {money:-5}", "en", "under £20, not £-0.05"),
        ("{price:pot}", "en", "no price stated"),
        ("{title:hidden} {price:hidden}", "zh", "这件商品 价格未标明"),
        ("{money:x} {other:mug} {title:}", "en", " {other:mug} {title:}"),
    ],
)
def test_a_blank_is_filled_with_what_the_store_says_now(text: str, language: str, told: str) -> None:
    assert filled(text, language, "GBP", ITEMS.get) == told
