"""The catalogue's fields as arrays, each built the first time a filter asks for it and kept in step from then on."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator, MutableMapping, Sequence
from typing import TypeVar

from daogou.core.types import Item
from daogou.decide.filters.column import NumberColumn, TextColumn, WordColumn
from daogou.decide.filters.fields import TextField, attribute_names

MOST_ATTRIBUTES = 64
Column = TypeVar("Column", NumberColumn, TextColumn, WordColumn)


class Columns:
    """Kept by the catalogue; `take` follows every change, and costs nothing before the first filter.

    A column may be built in one thread while another follows changes: what changed meanwhile is put in afterwards.
    """

    def __init__(self, items: Sequence[Item]) -> None:
        self._items = items
        self._numbers: dict[str, NumberColumn] = {}
        self._texts: dict[str, TextColumn] = {}
        self._words: dict[str, WordColumn] = {}
        self._attributes: OrderedDict[str, TextColumn] = OrderedDict()
        self._attribute_names: set[str] | None = None  # folded; never forgets one
        self._missed: list[list[int]] = []  # by column being built, what changed since it was begun
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._items)

    def number(self, name: str, read: Callable[[Item], float | None]) -> NumberColumn:
        """The column called `name`, built from `read` at first."""
        column = self._numbers.get(name)
        if column is None:
            column = self._build(self._numbers, name, lambda items: NumberColumn(read, items))
        return column

    def text(self, name: str, field: TextField) -> TextColumn:
        """The column called `name`, built from `field` at first."""
        column = self._texts.get(name)
        if column is None:
            column = self._build(self._texts, name, lambda items: TextColumn(field, items))
        return column

    def words(self, name: str, field: TextField) -> WordColumn:
        """The column called `name`, built from `field` at first."""
        column = self._words.get(name)
        if column is None:
            column = self._build(self._words, name, lambda items: WordColumn(field.read, items))
        return column

    def attribute(self, name: str, field: TextField) -> TextColumn | None:
        """The values of the attribute with this folded name; None where no item ever had it.

        A caller may name many: the least used go when there are more than MOST_ATTRIBUTES.
        """
        column = self._attributes.get(name)
        if column is not None:
            self._attributes.move_to_end(name)
            return column
        if self._attribute_names is None:
            with self._lock:  # a change that comes meanwhile waits to be taken over
                self._attribute_names = attribute_names(list(self._items))
        if name not in self._attribute_names:
            return None
        column = self._build(self._attributes, name, lambda items: TextColumn(field, items))
        with self._lock:
            if len(self._attributes) > MOST_ATTRIBUTES:
                self._attributes.popitem(last=False)
        return column

    def _build(
        self, columns: MutableMapping[str, Column], name: str, build: Callable[[Sequence[Item]], Column]
    ) -> Column:
        missed: list[int] = []
        with self._lock:
            self._missed.append(missed)
            items = list(self._items)
        column = None
        try:
            column = build(items)
        finally:
            with self._lock:
                self._missed = [one for one in self._missed if one is not missed]
                if column is not None:
                    for number in missed:
                        column.put(number, self._items[number])
                    columns[name] = column
        return column

    def take(self, numbers: Sequence[int]) -> None:
        """Follow the items with these numbers, new ones in order, in every column there is."""
        with self._lock:
            if self._attribute_names is not None:
                self._attribute_names |= attribute_names(self._items[number] for number in numbers)
            for missed in self._missed:
                missed.extend(numbers)
            for column in self._built():
                for number in numbers:
                    column.put(number, self._items[number])
            for texts in (self._texts, self._attributes):
                for name in [name for name, column in texts.items() if column.is_worn]:
                    del texts[name]

    def _built(self) -> Iterator[NumberColumn | TextColumn | WordColumn]:
        yield from self._numbers.values()
        yield from self._texts.values()
        yield from self._words.values()
        yield from self._attributes.values()
