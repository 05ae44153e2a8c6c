"""Counts of the values to choose from: category, brand and what the items' own attributes say.

A value's count is of what everything asked for leaves, apart from what is chosen in its own facet: choosing it as well
would show so many more. Variants of one product count once, as they are listed once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from daogou.core.types import I32, I64, Bools, Item
from daogou.decide.catalogue import Catalogue
from daogou.decide.filters.column import TextColumn
from daogou.decide.filters.fields import FIELDS, NumberField, TextField, field_of
from daogou.decide.filters.folding import fold
from daogou.decide.filters.tree import ATTRIBUTE
from daogou.decide.search.request import Facet, FacetValue, PriceRange

MOST_FACETS, MOST_VALUES, MOST_DISTINCT = 12, 30, 400
LEAST_SHARE = 0.002
"""Part of the items that must state an attribute for it to be a facet of the shop."""
STEPS = 12
FIXED = ("category", "brand")


@dataclass(frozen=True)
class FacetField:
    """name: as most items write it; field: how filters read it."""

    name: str
    field: TextField
    is_attribute: bool

    @classmethod
    def named(cls, name: str) -> FacetField:
        """The facet of any attribute, or of category and brand."""
        is_attribute = name not in FIXED
        field = field_of(ATTRIBUTE + fold(name)) if is_attribute else FIELDS[name]
        assert isinstance(field, TextField)
        return cls(name, field, is_attribute)

    def column(self, catalogue: Catalogue) -> TextColumn | None:
        """Its texts as the catalogue's columns keep them; None where no item ever had any."""
        if self.is_attribute:
            return catalogue.columns.attribute(fold(self.name), self.field)
        return catalogue.columns.text(self.name, self.field)

    def having(self, catalogue: Catalogue, values: Sequence[str]) -> Bools:
        """(n_catalogue,) who has one of the values."""
        column = self.column(catalogue)
        if column is None:
            return np.zeros(len(catalogue), bool)
        passing: Bools = column.holding([self.field.fold(one) for one in values])[column.combinations]
        return passing


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
    enough = max(2, LEAST_SHARE * len(items))
    named = [
        name for name in sorted(counts, key=lambda one: (-counts[one], one))
        if counts[name] >= enough and 2 <= len(distinct[name]) <= min(MOST_DISTINCT, 0.6 * counts[name] + 1)
    ]  # fmt: skip
    return tuple(FacetField.named(name) for name in (*FIXED, *named[: 5 * MOST_FACETS]))


class Values:
    """A facet's values over the whole catalogue.

    texts          (n_values,) as the shop writes them; folded alike, the first spelling
    totals         (n_values,) items that have each
    pairs, of      (n_pairs,) combinations of a column, and a value that each holds
    """

    def __init__(self, facet: FacetField, column: TextColumn) -> None:
        self.made_of = column.n_combinations
        numbers: dict[str, int] = {}
        self.texts: list[str] = []
        pairs: list[int] = []
        of: list[int] = []
        for combination in range(1, column.n_combinations):
            for text in column.written(combination):
                folded = facet.field.fold(text)
                number = numbers.get(folded)
                if number is None:
                    number = numbers[folded] = len(numbers)
                    self.texts.append(text)
                pairs.append(combination)
                of.append(number)
        self.number_of = numbers
        self.pairs, self.of = np.array(pairs, np.int64), np.array(of, np.int64)
        self.is_single = len(pairs) == len(set(pairs))

    def counts(self, combinations: I32) -> I64:
        """(n_values,) how many of these items have each value, given their combinations."""
        by_combination = np.bincount(combinations, minlength=self.made_of)
        return self._spread(by_combination)

    def product_counts(self, combinations: I32, group: I32) -> I64:
        """The same with items of one group counted once."""
        key = group.astype(np.int64) * self.made_of + combinations
        distinct = np.unique(key)
        if self.is_single:
            return self._spread(np.bincount(distinct % self.made_of, minlength=self.made_of))
        order = np.argsort(self.pairs, kind="stable")
        first = np.searchsorted(self.pairs[order], distinct % self.made_of)
        n_of = np.bincount(self.pairs, minlength=self.made_of)[distinct % self.made_of]
        places = np.repeat(first - np.append(0, np.cumsum(n_of)[:-1]), n_of) + np.arange(int(n_of.sum()))
        values = self.of[order][places]
        held = np.unique(np.repeat(distinct // self.made_of, n_of) * len(self.texts) + values)
        return np.bincount(held % max(len(self.texts), 1), minlength=len(self.texts))

    def _spread(self, by_combination: I64) -> I64:
        spread = np.bincount(self.of, weights=by_combination[self.pairs], minlength=len(self.texts))
        return spread.astype(np.int64)


class FacetBook:
    """What can be chosen in a catalogue, kept in step with it."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._fields: tuple[FacetField, ...] = ()
        self._fields_of = -1
        self._values: dict[str, Values] = {}

    def fields(self) -> dict[str, FacetField]:
        """By name; looked for anew when the catalogue has grown by a tenth."""
        n = len(self._catalogue)
        if self._fields_of < 0 or n > 1.1 * self._fields_of + 10:
            self._fields, self._fields_of = facet_fields(self._catalogue.items), n
        return {one.name: one for one in self._fields}

    def values(self, facet: FacetField) -> tuple[Values, I32] | None:
        """Its values, and (n_catalogue,) the combination of each item; None where no item has any."""
        column = facet.column(self._catalogue)
        if column is None:
            return None
        made = self._values.get(facet.name)
        if made is None or made.made_of != column.n_combinations:
            made = self._values[facet.name] = Values(facet, column)
        return made, column.combinations

    def counted(self, facet: FacetField, numbers: I32, chosen: Sequence[str]) -> Facet | None:
        """How many products among these items have each value; None where there is nothing to choose."""
        found = self.values(facet)
        if found is None or not (len(numbers) or chosen):
            return None
        values, combinations = found
        if not len(values.texts):
            return None
        counts = values.product_counts(combinations[numbers], self._catalogue.group[numbers])
        picked = {facet.field.fold(one) for one in chosen}
        shown = np.flatnonzero(counts)
        told = [
            FacetValue(values.texts[at], int(counts[at]), facet.field.fold(values.texts[at]) in picked)
            for at in shown.tolist()
        ]
        missing = picked - {facet.field.fold(one.value) for one in told}
        told += [FacetValue(one, 0, is_chosen=True) for one in chosen if facet.field.fold(one) in missing]
        if len(told) < 2 and not chosen:
            return None
        told.sort(key=lambda one: (not one.is_chosen, -one.count, one.value))
        return Facet(facet.name, tuple(told[:MOST_VALUES]))


def price_range(catalogue: Catalogue, numbers: I32, currency: str) -> PriceRange | None:
    """The prices of these items; None where none has one."""
    field = FIELDS["price"]
    assert isinstance(field, NumberField)
    prices = catalogue.columns.number("price", field.read).values[numbers]
    prices = prices[~np.isnan(prices)]
    if not len(prices):
        return None
    lowest, highest = int(prices.min()), int(prices.max())
    counts = np.histogram(prices, bins=STEPS, range=(lowest, max(highest, lowest + 1)))[0]
    return PriceRange(lowest, highest, currency, tuple(counts.tolist()))


def useful(counted: Sequence[Facet], n_found: int) -> tuple[Facet, ...]:
    """Those worth showing: chosen ones, category and brand, and attributes that enough of the found items state."""
    kept = [
        facet for facet in counted
        if facet.name in FIXED
        or any(one.is_chosen for one in facet.values)
        or sum(one.count for one in facet.values) >= 0.1 * n_found
    ]  # fmt: skip
    return tuple(kept[:MOST_FACETS])
