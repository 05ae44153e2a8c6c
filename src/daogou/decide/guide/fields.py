"""What the guide asks of the catalogue: which items have a value, how much of it, and who says nothing.

All answers are arrays over the catalogue, from the columns that filters use, which follow every change.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from daogou.core.types import F64, Bools, Item
from daogou.decide.catalogue import Catalogue
from daogou.decide.filters.column import TextColumn
from daogou.decide.filters.fields import FIELDS, NumberField, TextField, field_of
from daogou.decide.filters.folding import fold
from daogou.decide.guide.acts import BRAND, CATEGORY, PRICE, RATING, STOCK, Want

ABOUT = 0.2
"""How far "about 300" reaches to either side."""

LETTER_SIZES = (
    ("xxs",), ("xs", "mini", "迷你"), ("s", "small", "小", "小号"), ("m", "medium", "中", "中号"),
    ("l", "large", "大", "大号"), ("xl", "extra large", "加大", "特大"), ("xxl", "2xl"), ("xxxl", "3xl"),
)  # fmt: skip
"""Sizes that are named by letters or words, from the smallest."""

_LETTER_RANK = {word: rank for rank, words in enumerate(LETTER_SIZES) for word in words}
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
SAME_AS = {"newest": "created_at"}
"""Names by which the lexicon calls fields of items."""

NEVER_TOLD = frozenset({"cross_sell", "description_source"})
"""Attributes that steer the shop itself."""

SAID_BY_CATEGORY = frozenset({"product_type"})
"""Attributes that repeat the category in a code."""


class Fields:
    """Asked in names of fields as acts use them."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def answers(self, want: Want) -> tuple[Bools, Bools]:
        """(n_items,) each: which items have what is wanted, and of which the shop states the field at all."""
        if want.op in ("is", "is_not"):
            has, stated = self._having(want)
            return (has, stated) if want.op == "is" else (~has, stated)
        low, high = self.amounts(want.field)
        stated = low == low
        number = want.number or 0.0
        with np.errstate(invalid="ignore"):
            if want.op == "at_least":
                return high >= number, stated
            if want.op == "at_most":
                return low <= number, stated
            return (high >= number * (1 - ABOUT)) & (low <= number * (1 + ABOUT)), stated

    def _having(self, want: Want) -> tuple[Bools, Bools]:
        if want.field == STOCK:
            everyone = np.ones(len(self._catalogue), bool)
            return self._catalogue.is_in_stock.copy(), everyone
        column = self._column(want.field)
        if column is None:
            nobody = np.zeros(len(self._catalogue), bool)
            return nobody, nobody
        values = want.values or (() if want.number is None else (f"{want.number:g}",))
        table = column.holding(map(fold, values))
        return table[column.combinations], column.combinations > 0

    def amounts(self, field: str) -> tuple[F64, F64]:
        """(n_items,) the least and the largest amount of each item; NaN where it states none."""
        columns = self._catalogue.columns
        field = SAME_AS.get(field, field)
        if isinstance(known := FIELDS.get(field), NumberField):
            values = columns.number(field, known.read).values
            return values, values
        return (
            columns.number(f"least:{field}", lambda item: min(amounts_in(item, field), default=None)).values,
            columns.number(f"largest:{field}", lambda item: max(amounts_in(item, field), default=None)).values,
        )

    def is_number(self, field: str) -> bool:
        """Whether it counts something, so that more and less of it can be asked for."""
        return isinstance(FIELDS.get(field), NumberField) or bool(
            (self.amounts(field)[0] == self.amounts(field)[0]).any()
        )

    def values_of(self, item: Item, field: str) -> tuple[str, ...]:
        """As the catalogue writes them; none for price and stock, which are read from the store when they are told."""
        if field in (PRICE, STOCK):
            return ()
        if field == BRAND:
            return (item.brand,) if item.brand else ()
        if field == CATEGORY:
            return tuple(dict.fromkeys(level for path in item.categories for level in path))
        if field == RATING:
            return () if item.rating is None else (f"{item.rating:g}",)
        return item.attributes.get(field) or _spelled_otherwise(item, field)

    def knows(self, field: str) -> bool:
        """Whether any item of the shop states it."""
        if field in (PRICE, STOCK, RATING, BRAND, CATEGORY) or field in FIELDS:
            return True
        return self._column(field) is not None

    def _column(self, field: str) -> TextColumn | None:
        known = FIELDS.get(field)
        if isinstance(known, TextField):
            return self._catalogue.columns.text(field, known)
        name = fold(field)
        read = field_of(f"attributes.{name}")
        assert isinstance(read, TextField)
        return self._catalogue.columns.attribute(name, read)


def amounts_in(item: Item, field: str) -> list[float]:
    """The numbers that this attribute begins with; sizes in letters have none."""
    found = [_NUMBER.match(value.strip()) for value in item.attributes.get(field, ())]
    return [float(one.group()) for one in found if one is not None]


def letter_rank(value: str) -> int | None:
    """Its place among sizes that are named by letters or words; None where it is no such size."""
    return _LETTER_RANK.get(fold(value))


def same_scale(value: str, values: Sequence[str]) -> list[str]:
    """Of these values the ones that can be compared with this one, smallest first."""
    rank = letter_rank(value)
    if rank is not None:
        return sorted((one for one in values if letter_rank(one) is not None), key=lambda one: letter_rank(one) or 0)
    unit = _NUMBER.sub("", fold(value), count=1).strip()
    alike = [one for one in values if _NUMBER.match(one) and _NUMBER.sub("", fold(one), count=1).strip() == unit]
    return sorted(alike, key=lambda one: float(_NUMBER.match(one).group()))  # type: ignore[union-attr]


def _spelled_otherwise(item: Item, field: str) -> tuple[str, ...]:
    name = fold(field)
    return next((values for written, values in item.attributes.items() if fold(written) == name), ())
