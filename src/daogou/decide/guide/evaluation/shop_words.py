"""What shoppers of a shop call its kinds of things, its facts and their values, in their language.

For the bundled shops as their pages write them, for any other shop as its catalogue does.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

Word = Callable[[str, str, str], str]
"""(field, value, language) → word."""


@dataclass(frozen=True)
class ShopWords:
    """kind, label: (name, language) → word; value: (field, value, language) → word."""

    kind: Callable[[str, str], str]
    label: Callable[[str, str], str]
    value: Word

    @classmethod
    def of(cls, shop_id: str) -> ShopWords:
        if shop_id == "bilingual":
            return _bilingual()
        return _giftware() if shop_id == "online-retail" else cls(_as_is, _as_is, lambda _, value, __: value)


def _as_is(name: str, language: str) -> str:
    return name.replace("_", " ")


def _bilingual() -> ShopWords:
    from daogou.data.demo.bilingual.words import attribute_label, name_word, value_word

    def value(field: str, value: str, language: str) -> str:
        return name_word(value, language) if field == "brand" else value_word(field, value, language)

    return ShopWords(name_word, attribute_label, value)


def _giftware() -> ShopWords:
    from daogou.data.demo.online_retail import ATTRIBUTE_ZH, CATEGORY_ZH

    def kind(name: str, language: str) -> str:
        return CATEGORY_ZH.get(name, name) if language == "zh" else name

    def label(name: str, language: str) -> str:
        return ATTRIBUTE_ZH.get(name, name) if language == "zh" else name.replace("_", " ")

    def value(field: str, value: str, language: str) -> str:
        if field == "set_size":
            return f"{value}件套" if language == "zh" else f"set of {value}"
        return ATTRIBUTE_ZH.get(value, value) if language == "zh" else value

    return ShopWords(kind, label, value)
