"""What shoppers type into the search box, in their own language."""

from __future__ import annotations

import numpy as np

from daogou.core.types import I32, Bools
from daogou.data.demo.bilingual.vocabulary import ProductType, Vocabulary

_CHINESE_JOINERS = ("与", "和")


def search_terms(kind: I32, is_chinese: Bools, vocabulary: Vocabulary, rng: np.random.Generator) -> list[str]:
    """One term per search: mostly what it is, sometimes with a colour or a brand, sometimes a whole phrase.

    kind  (n,) position of the product type looked for
    """
    types = vocabulary.types
    brands = [category.brands for category in vocabulary.categories for _ in category.types]
    form, pick = rng.random(len(kind)), rng.random(len(kind))
    terms = []
    for place, number in enumerate(kind.tolist()):
        language = 0 if is_chinese[place] else 1
        terms.append(_term(types[number], brands[number], language, float(form[place]), float(pick[place]), vocabulary))
    return terms


def _term(
    product: ProductType,
    brands: tuple[tuple[str, str], ...],
    language: int,
    form: float,
    pick: float,
    vocabulary: Vocabulary,
) -> str:
    noun = _noun(product, language)
    if form < 0.45:
        return noun
    if form < 0.7:
        return product.kinds[int(pick * len(product.kinds))].name[language]
    if form < 0.85 and product.palette:
        colour = product.palette[int(pick * len(product.palette))]
        return f"{vocabulary.attributes['colour'].values[colour][language]} {noun}"
    return f"{brands[int(pick * len(brands))][language]} {noun}"


def _noun(product: ProductType, language: int) -> str:
    """The first half of names such as Chargers & cables, in lower case."""
    name = product.name[language]
    if language == 1:
        return name.split(" & ")[0].lower()
    for joiner in _CHINESE_JOINERS:
        name = name.split(joiner)[0]
    return name
