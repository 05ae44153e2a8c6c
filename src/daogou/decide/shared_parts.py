"""One copy in memory of what many items say alike: currencies, brands, categories, tags, descriptions, attributes."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from daogou.core.types import Item

Part = TypeVar("Part", bound=Hashable)


def with_shared_parts(items: Sequence[Item]) -> list[Item]:
    """Equal items, of which those that say the same of themselves hold the same objects."""
    met: dict[Hashable, Any] = {}
    met_texts: dict[Hashable, Mapping[str, Any]] = {}

    def one(part: Part) -> Part:
        return met.setdefault(part, part)  # type: ignore[no-any-return]

    def texts(part: Mapping[str, Any]) -> Mapping[str, Any]:
        said = tuple(part.items())
        held = met_texts.get(said)
        if held is None:
            held = met_texts[said] = {one(name): one(value) for name, value in said}
        return held

    return [
        replace(
            item,
            currency=one(item.currency),
            brand=one(item.brand),
            categories=one(tuple(one(tuple(one(name) for name in path)) for path in item.categories)),
            tags=one(item.tags),
            description=texts(item.description),
            attributes=texts(item.attributes),
        )
        for item in items
    ]
