"""Display words of the bilingual shop: what to write for a slug, in Chinese and in English.

Items carry slugs and plain numbers in `attributes`, and English names in `categories` and `brand`, so that
filters and models never depend on a language. A page turns them into words with this table.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from daogou.data.demo.bilingual.vocabulary import Pair, read_vocabulary

LANGUAGES = ("zh", "en")


def attribute_label(name: str, language: str) -> str:
    """What an attribute is called; its own name where we have no word."""
    known = read_vocabulary().attributes.get(name)
    return known.label[_number(language)] if known else name.replace("_", " ")


def value_word(name: str, value: str, language: str) -> str:
    """How a value reads in the item page: "white" is 白色, "30" hours are 30小时; the value itself where unknown."""
    if name == "product_type":
        return _type_names().get(value, (value, value))[_number(language)]
    known = read_vocabulary().attributes.get(name)
    if known is None:
        return value
    if known.pattern is not None:
        return known.pattern[_number(language)].format(value)
    return known.values.get(value, (value, value))[_number(language)]


def title_word(name: str, value: str, language: str) -> str:
    """How a value reads inside a title: "30" hours are 30小时续航 and "30 h battery"."""
    known = read_vocabulary().attributes.get(name)
    if known is not None and known.title_pattern is not None:
        return known.title_pattern[_number(language)].format(value)
    return value_word(name, value, language)


def name_word(english: str, language: str) -> str:
    """A category, product type or brand by its English name, in the asked language."""
    return _names().get(english, (english, english))[_number(language)]


@lru_cache(maxsize=1)
def words_table() -> dict[str, Any]:
    """All words as one JSON-ready table: attributes (label and values), names (categories, types, brands), colours."""
    vocabulary = read_vocabulary()
    attributes: dict[str, Any] = {
        name: {
            "label": _both(one.label),
            "values": {slug: _both(pair) for slug, pair in one.values.items()},
            **({"pattern": _both(one.pattern)} if one.pattern else {}),
        }
        for name, one in vocabulary.attributes.items()
    }
    attributes["product_type"]["values"] = {slug: _both(pair) for slug, pair in _type_names().items()}
    return {
        "attributes": attributes,
        "names": {english: _both(pair) for english, pair in _names().items()},
        "colours": dict(vocabulary.colours),
    }


@lru_cache(maxsize=1)
def _names() -> dict[str, Pair]:
    vocabulary = read_vocabulary()
    pairs = [one.name for one in vocabulary.categories]
    pairs += [one.name for one in vocabulary.types]
    pairs += [brand for category in vocabulary.categories for brand in category.brands]
    pairs.append(COUPONS)
    return {english: (chinese, english) for chinese, english in pairs}


COUPONS: Pair = ("优惠券", "Coupons")


@lru_cache(maxsize=1)
def _type_names() -> dict[str, Pair]:
    return {one.slug: one.name for one in read_vocabulary().types} | {"coupon": COUPONS}


def _both(pair: Pair) -> dict[str, str]:
    return dict(zip(LANGUAGES, pair, strict=True))


def _number(language: str) -> int:
    return 0 if language.lower().startswith("zh") else 1
