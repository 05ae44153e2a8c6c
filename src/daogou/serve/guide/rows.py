"""Price and stock in a comparison: read from the store when the table is shown, never before."""

from __future__ import annotations

from collections.abc import Sequence

from daogou.core.types import Item
from daogou.decide.explain.money import money
from daogou.decide.guide.acts import PRICE, STOCK
from daogou.decide.guide.reply import Row

LABELS = {PRICE: {"zh": "价格", "en": "Price"}, STOCK: {"zh": "库存", "en": "Stock"}}
IN_STOCK = {
    "in_stock": {"zh": "有货", "en": "in stock"},
    "out_of_stock": {"zh": "无货", "en": "sold out"},
    "preorder": {"zh": "可预订", "en": "for pre-order"},
    "backorder": {"zh": "可订，到货后发出", "en": "on back-order"},
}


def store_rows(items: Sequence[Item | None], language: str) -> list[Row]:
    """The two rows; empty for an item that is no longer there."""
    prices = [money(one.price_minor, one.currency) if one and one.price_minor is not None else "" for one in items]
    stock = [_said(IN_STOCK[one.availability], language) if one else "" for one in items]
    return [
        Row(field, _said(LABELS[field], language), tuple(values), len(set(values)) > 1)
        for field, values in ((PRICE, prices), (STOCK, stock))
    ]


def _said(words: dict[str, str], language: str) -> str:
    return words.get(language, words["en"])
