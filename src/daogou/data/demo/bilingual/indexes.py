"""Numbers for the names: the position of every category, type, brand, colour, style and audience in the arrays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from daogou.data.demo.bilingual.vocabulary import Vocabulary


@dataclass(frozen=True)
class Indexes:
    """Name -> position. Brands go by their English name, the rest by slug; the coupon type comes last."""

    categories: Mapping[str, int]
    types: Mapping[str, int]
    brands: Mapping[str, int]
    colours: Mapping[str, int]
    styles: Mapping[str, int]
    audiences: Mapping[str, int]

    @classmethod
    def of(cls, vocabulary: Vocabulary) -> Indexes:
        brands = [brand[1] for category in vocabulary.categories for brand in category.brands]
        return cls(
            categories=_numbered([one.slug for one in vocabulary.categories]),
            types=_numbered([*(one.slug for one in vocabulary.types), "coupon"]),
            brands=_numbered([*brands, ""]),
            colours=_numbered(list(vocabulary.colours)),
            styles=_numbered(list(vocabulary.attributes["style"].values)),
            audiences=_numbered(list(vocabulary.attributes["audience"].values)),
        )


def _numbered(names: list[str]) -> dict[str, int]:
    return {name: number for number, name in enumerate(dict.fromkeys(names))}
