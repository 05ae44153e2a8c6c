"""Columns that are built in one thread while the catalogue changes in another."""

from __future__ import annotations

from daogou.core.types import Item
from daogou.decide.filters.columns import Columns


def test_what_changes_while_a_column_is_built_is_in_it() -> None:
    items = [Item(str(number), {"en": "thing"}, price_minor=number) for number in range(3)]
    columns = Columns(items)

    def read(item: Item) -> float | None:
        if item.id == "2" and len(items) == 3:  # the last is being read
            items[0] = Item("0", {"en": "thing"}, price_minor=70)
            items.append(Item("3", {"en": "thing"}, price_minor=30))
            columns.take([0, 3])
        return item.price_minor

    assert columns.number("price", read).values.tolist() == [70, 1, 2, 30]
    assert columns.number("price", read).values.tolist() == [70, 1, 2, 30]
