"""Counts of the values to choose from: category, brand and what the items' own attributes say.

A value's count is of the items that everything asked for leaves, apart from what is chosen in its own facet: choosing
it as well would show so many more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from daogou.core.types import I32, Bools, Item
from daogou.decide.catalogue import Catalogue
from daogou.decide.filters.column import TextColumn
from daogou.decide.filters.fields import FIELDS, TextField, field_of
from daogou.decide.filters.folding import fold
from daogou.decide.filters.tree import ATTRIBUTE
from daogou.decide.search.request import Facet, FacetValue, PriceRange

MOST_FACETS, MOST_VALUES, MOST_DISTINCT = 12, 30, 400
LEAST_SHARE = 0.02
STEPS = 12


@dataclass(frozen=True)
class FacetField:
    """name: as in answers and requests; written: as most items write it; field: how filters read it."""

    name: str
    field: TextField
    is_attribute: bool

    @classmethod
    def named(cls, name: str) -> FacetField:
        """The facet of any attribute, or of category and brand."""
        is_attribute = name not in ("category", "brand")
        return cls(name, _text(field_of(ATTRIBUTE + fold(name)) if is_attribute else FIELDS[name]), is_attribute)


def facet_fields(items: Sequence[Item]) -> tuple[FacetField, ...]:
    """The facets of a catalogue: category, brand, and attributes that tell items apart, most frequent first."""
    counts: dict[str, int] = {}
    distinct: dict[str, set[str]] = {}
    for item in items:
        for name, values in item.attributes.items():
            counts[name] = counts.get(name, 0) + 1
            known = distinct.setdefault(name, set())
            if len(known) <= MOST_DISTINCT:
                known.update(values)
    enough = max(2, LEAST_SHARE * 0.1 * len(items))
    named = [
        name for name in sorted(counts, key=lambda one: (-counts[one], one))
        if counts[name] >= enough and 2 <= len(distinct[name]) <= MOST_DISTINCT
        and len(distinct[name]) <= 0.6 * counts[name] + 1
    ]  # fmt: skip
    return tuple(FacetField.named(name) for name in ("category", "brand", *named))


def _text(field: object) -> TextField:
    assert isinstance(field, TextField)
    return field


def column_of(catalogue: Catalogue, facet: FacetField) -> TextColumn | None:
    """The facet's texts as the catalogue's columns keep them."""
    if facet.is_attribute:
        return catalogue.columns.attribute(fold(facet.name), facet.field)
    return catalogue.columns.text(facet.name, facet.field)


def chosen_mask(catalogue: Catalogue, facet: FacetField, values: Sequence[str]) -> Bools | None:
    """(n_catalogue,) who has one of the values; None where nobody has the facet."""
    column = column_of(catalogue, facet)
    if column is None:
        return None
    table = column.holding([facet.field.fold(one) for one in values])
    passing: Bools = table[column.combinations]
    return passing


def count_values(catalogue: Catalogue, facet: FacetField, numbers: I32, chosen: Sequence[str]) -> Facet | None:
    """How many of these items have each value; None where they have fewer than two and none is chosen."""
    column = column_of(catalogue, facet)
    if column is None or not len(numbers):
        return None
    counted = np.bincount(column.combinations[numbers], minlength=1)
    counts: dict[str, int] = {}
    for combination in np.flatnonzero(counted).tolist():
        for text in column.written(combination):
            counts[text] = counts.get(text, 0) + int(counted[combination])
    if facet.name == "category" and counts:
        counts = {name: count for name, count in counts.items() if count < len(numbers) or name in chosen} or counts
    folded = {facet.field.fold(one) for one in chosen}
    found = [FacetValue(text, count, facet.field.fold(text) in folded) for text, count in counts.items()]
    missing = folded - {facet.field.fold(one.value) for one in found}
    found += [FacetValue(one, 0, is_chosen=True) for one in chosen if facet.field.fold(one) in missing]
    if len(found) < 2 and not chosen:
        return None
    found.sort(key=lambda one: (not one.is_chosen, -one.count, one.value))
    return Facet(facet.name, tuple(found[:MOST_VALUES]))


def price_range(catalogue: Catalogue, numbers: I32, currency: str) -> PriceRange | None:
    """The prices of these items; None where none has one."""
    field = FIELDS["price"]
    prices = catalogue.columns.number("price", field.read).values[numbers]  # type: ignore[arg-type]
    prices = prices[~np.isnan(prices)]
    if not len(prices):
        return None
    lowest, highest = int(prices.min()), int(prices.max())
    counts = np.histogram(prices, bins=STEPS, range=(lowest, max(highest, lowest + 1)))[0]
    return PriceRange(lowest, highest, currency, tuple(counts.tolist()))


def useful(facets: Mapping[str, Facet], n_found: int) -> tuple[Facet, ...]:
    """The facets worth showing, chosen ones and those that most items have first."""
    kept = [
        facet for facet in facets.values()
        if facet.name in ("category", "brand")
        or any(one.is_chosen for one in facet.values)
        or sum(one.count for one in facet.values) >= 0.1 * n_found
    ]  # fmt: skip
    return tuple(kept[:MOST_FACETS])
