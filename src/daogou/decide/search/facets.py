"""Counts of the values to choose from: category, brand and what the items' own attributes say.

A value's count is of what everything asked for leaves, apart from what is chosen in its own facet: choosing it as well
would show so many more. Variants of one product count once, as they are listed once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numba import types

from daogou.core.types import I32, I64, Bools, Item
from daogou.decide.catalogue import Catalogue
from daogou.decide.filters.column import TextColumn
from daogou.decide.filters.fields import FIELDS, NumberField, TextField, field_of
from daogou.decide.filters.folding import fold
from daogou.decide.filters.tree import ATTRIBUTE
from daogou.decide.search.request import Facet, FacetValue, PriceRange
from daogou.learn.kernels.compiled import compiled, read_only

MOST_FACETS, MOST_VALUES, MOST_DISTINCT, MOST_ATTRIBUTES = 12, 30, 400, 48
LEAST_SHARE = 0.002
"""Part of the items that must state an attribute for it to be a facet of the shop."""
STEPS = 12
SAMPLED, LEAST_STATED = 64, 0.1
"""Items looked at, and the part of them that must state an attribute for it to be counted."""
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
        if counts[name] >= enough and 2 <= len(distinct[name]) <= min(MOST_DISTINCT, 0.6 * counts[name] + 2)
    ]  # fmt: skip
    return tuple(FacetField.named(name) for name in (*FIXED, *named[:MOST_ATTRIBUTES]))


class Values:
    """A facet's values over the whole catalogue.

    texts   (n_values,) as the shop writes them; of those folded alike, the first spelling
    bounds  (n_combinations + 1,) the values of combination c of the column are of[bounds[c] : bounds[c + 1]]
    """

    def __init__(self, facet: FacetField, column: TextColumn) -> None:
        numbers: dict[str, int] = {}
        self.texts: list[str] = []
        bounds, of = [0], []
        for combination in range(column.n_combinations):
            for text in column.written(combination):
                folded = facet.field.fold(text)
                number = numbers.get(folded)
                if number is None:
                    number = numbers[folded] = len(numbers)
                    self.texts.append(text)
                of.append(number)
            bounds.append(len(of))
        self.bounds, self.of = np.array(bounds, np.int32), np.array(of, np.int32)
        self._combination_of = np.repeat(np.arange(column.n_combinations), np.diff(self.bounds))

    @property
    def n_combinations(self) -> int:
        """Those of the column when this was made."""
        return len(self.bounds) - 1

    def counts(self, combinations: I32) -> I64:
        """(n_values,) how many of these items have each value, given their combinations."""
        with_combination = np.bincount(combinations, minlength=self.n_combinations)[self._combination_of]
        return np.bincount(self.of, weights=with_combination, minlength=len(self.texts)).astype(np.int64)


class FacetBook:
    """What can be chosen in a catalogue, kept in step with it."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._fields: dict[str, FacetField] = {}
        self._fields_of = -1
        self._values: dict[str, Values] = {}
        self._totals: dict[str, tuple[int, I64]] = {}
        self._by_group: tuple[I32, I64] = (np.empty(0, np.int32), np.empty(0, np.int64))

    def fields(self) -> dict[str, FacetField]:
        """By name; looked for anew when the catalogue has grown by a tenth."""
        n = len(self._catalogue)
        if self._fields_of < 0 or n > 1.1 * self._fields_of + 10:
            self._fields = {one.name: one for one in facet_fields(list(self._catalogue.items))}
            self._fields_of = n
        return self._fields

    def values(self, facet: FacetField) -> tuple[Values, I32] | None:
        """Its values, and (n_catalogue,) the combination of each item; None where no item has any."""
        column = facet.column(self._catalogue)
        if column is None or column.n_combinations == 1:
            return None
        made = self._values.get(facet.name)
        if made is None or made.n_combinations != column.n_combinations:
            made = self._values[facet.name] = Values(facet, column)
        return made, column.combinations

    def totals(self, facet: FacetField, values: Values, combinations: I32) -> I64:
        """(n_values,) how many items of the catalogue have each value."""
        revision, made = self._totals.get(facet.name, (-1, np.empty(0, np.int64)))
        if revision != self._catalogue.revision or len(made) != len(values.texts):
            made = values.counts(combinations)
            self._totals[facet.name] = self._catalogue.revision, made
        return made

    def by_group(self, numbers: I32) -> I64:
        """These items with variants of one product side by side."""
        group = self._catalogue.group
        known, order = self._by_group
        if not np.array_equal(known, group):
            order = np.argsort(group, kind="stable")
            self._by_group = group.copy(), order
        is_among = np.zeros(len(group), bool)
        is_among[numbers] = True
        return order[is_among[order]]

    def stated(self, numbers: I32 | I64) -> list[FacetField]:
        """Category, brand, and the attributes that enough of some items state, looked at here and there."""
        items, counts = self._catalogue.items, dict.fromkeys(FIXED, len(numbers))
        some = numbers[:: len(numbers) // SAMPLED + 1].tolist()
        for number in some:
            for name in items[number].attributes:
                counts[name] = counts.get(name, 0) + 1
        return [field for name, field in self.fields().items() if counts.get(name, 0) > LEAST_STATED * len(some)]

    def counted(
        self, facet: FacetField, numbers: I64, chosen: Sequence[str], *, one_per_group: bool = True
    ) -> Facet | None:
        """How many products, or items, among these have each value; None where there is nothing to choose.

        numbers  with variants side by side, see `by_group`
        """
        found = self.values(facet)
        if found is None:
            return None
        values, combinations = found
        counts = np.zeros(len(values.texts), np.int64)
        group = self._catalogue.group if one_per_group else np.arange(len(self._catalogue), dtype=np.int32)
        _count_products(numbers, group, combinations, values.bounds, values.of, counts)
        picked = {facet.field.fold(one) for one in chosen}
        told = [
            FacetValue(values.texts[at], int(counts[at]), facet.field.fold(values.texts[at]) in picked)
            for at in np.flatnonzero(counts).tolist()
        ]
        missing = picked - {facet.field.fold(one.value) for one in told}
        told += [FacetValue(one, 0, is_chosen=True) for one in chosen if facet.field.fold(one) in missing]
        if len(told) < 2 and not chosen:
            return None
        told.sort(key=lambda one: (not one.is_chosen, -one.count, one.value))
        return Facet(facet.name, tuple(told[:MOST_VALUES]))


_NUMBERS = read_only(types.int32)


@compiled(types.void(read_only(types.int64), _NUMBERS, _NUMBERS, _NUMBERS, _NUMBERS, types.int64[::1]))
def _count_products(numbers: I64, group: I32, combinations: I32, bounds: I32, of: I32, counts: I64) -> None:
    """Add one to a value's count for every group that has it among these items, whose groups are side by side."""
    last = np.full(len(counts), -1, np.int64)
    for number in numbers:
        combination, product = combinations[number], group[number]
        for at in range(bounds[combination], bounds[combination + 1]):
            if last[of[at]] != product:
                last[of[at]] = product
                counts[of[at]] += 1


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
