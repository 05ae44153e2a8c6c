"""The blanks of a sentence filled with what the shop says at this moment: titles, prices, amounts of money."""

from __future__ import annotations

import re
from collections.abc import Callable

from daogou.core.types import Item, text_in
from daogou.decide.guide.clean import clean
from daogou.decide.guide.labels import short_money

_BLANK = re.compile(r"\{(title|price|money):([^{}]*)\}")
NO_PRICE = {"en": "no price stated", "zh": "价格未标明"}


def filled(text: str, item_of: Callable[[str], Item | None], language: str, currency: str) -> str:
    """The sentence as a shopper reads it; plain text, to be escaped like any other.

    item_of   the item with an id, as the store has it now; None where it is gone
    currency  of amounts that belong to no item
    """

    def fill(found: re.Match[str]) -> str:
        kind, name = found.group(1), found.group(2)
        if kind == "money":
            return short_money(int(name), currency)
        item = item_of(name)
        if item is None:
            return "?"
        if kind == "title":
            title = clean(text_in(item.title, language), 80)
            return f"「{title}」" if language.startswith("zh") else f"“{title}”"
        if item.price_minor is None:
            return NO_PRICE["zh" if language.startswith("zh") else "en"]
        return short_money(item.price_minor, item.currency)

    return _BLANK.sub(fill, text)
