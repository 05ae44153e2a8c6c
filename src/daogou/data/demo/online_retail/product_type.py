"""Kinds of product: mug, cushion, necklace, …, each with names, an outer category and the words that give it away."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

_SEPARATORS = re.compile(r"[^A-Z0-9'&-]+")
_KEEP_S = ("SS", "US", "AS", "IS", "OS")
_IRREGULAR = {
    "CHILDREN'S": "CHILDREN", "SCISSORS": "SCISSOR", "SCALES": "SCALE", "MICE": "MOUSE", "TONGS": "TONG",
    "GLASSES": "GLASSES", "SUNGLASSES": "SUNGLASSES", "CLOTHES": "CLOTHES", "KIDS": "KIDS", "KNIVES": "KNIFE",
    "LEAVES": "LEAF", "SANTAS": "SANTA", "TIARAS": "TIARA", "TATTOOS": "TATTOO", "DOMINOES": "DOMINO",
    "TOMATOES": "TOMATO",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ProductType:
    """One inner category.

    slug      stable name for pictures and rules, for example "candle_holder"
    name      English name of the inner category, plural
    singular  English noun for one piece, used in descriptions
    category  English name of the outer category
    """

    slug: str
    name: str
    name_zh: str
    singular: str
    category: str
    decisive: tuple[str, ...] = ()
    begins: tuple[str, ...] = ()
    head: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()


@cache
def product_types() -> tuple[ProductType, ...]:
    """All kinds, in the order of product_types.toml."""
    text = files(__package__).joinpath("product_types.toml").read_text(encoding="utf-8")
    rows: list[dict[str, Any]] = tomllib.loads(text)["type"]
    return tuple(ProductType(**{key: _frozen(value) for key, value in row.items()}) for row in rows)


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def words_of(spelled: str) -> tuple[str, ...]:
    """Singular words of a spelled-out title, in capitals.

    >>> words_of("SET OF 3 CHILDREN'S BOXES")
    ('SET', 'OF', '3', 'CHILDREN', 'BOX')
    """
    return tuple(singular(word) for word in _SEPARATORS.split(spelled.upper()) if word)


def singular(word: str) -> str:
    """The singular of one word in capitals, well enough for matching."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    word = word.removesuffix("'S").removesuffix("'")
    if len(word) < 4 or not word.endswith("S") or word.endswith(_KEEP_S):
        return word
    if word.endswith("IES"):
        return word[:-3] + "Y"
    return word[:-2] if word.endswith(("XES", "CHES", "SHES", "SSES")) else word[:-1]
