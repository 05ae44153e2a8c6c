"""Blanks in the guide's sentences, filled from the store at the moment of the answer: plain text, still to be escaped.

`{price:ID}`, `{title:ID}` and `{money:MINOR}`. Each text is filled once: what is put in is not looked at again.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from daogou.core.types import Item, text_in
from daogou.decide.guide.clean import clean
from daogou.decide.guide.labels import short_money

BLANK = re.compile(r"\{(price|title|money):([^{}]{1,256})\}")
LONGEST_TITLE = 80
QUOTED = {"zh": "「{}」", "en": "“{}”"}
UNKNOWN = {"zh": "这件商品", "en": "this item"}
NO_PRICE = {"zh": "价格未标明", "en": "no price stated"}


def filled(text: str, language: str, currency: str, item: Callable[[str], Item | None]) -> str:
    """The sentence with its blanks filled.

    item  the item with this id, None for those that a shopper may not see
    """

    def fill(found: re.Match[str]) -> str:
        kind, what = found.groups()
        if kind == "money":
            return short_money(int(what), currency) if re.fullmatch(r"-?\d{1,15}", what) else ""
        known = item(what)
        if known is None:
            return (UNKNOWN if kind == "title" else NO_PRICE).get(language, UNKNOWN["en"])
        if kind == "title":
            return QUOTED.get(language, QUOTED["en"]).format(clean(text_in(known.title, language), LONGEST_TITLE))
        if known.price_minor is None:
            return NO_PRICE.get(language, NO_PRICE["en"])
        return short_money(known.price_minor, known.currency)

    return BLANK.sub(fill, text)
