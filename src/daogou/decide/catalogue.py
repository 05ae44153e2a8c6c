"""The shop's items in memory, numbered in the order they were first seen, with what the gate needs as arrays."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, get_args

import numpy as np

from daogou.core.types import I32, I64, U8, Bools, Item, ItemKind
from daogou.data.store.store import Store
from daogou.decide.filters.columns import Columns
from daogou.decide.reach import Reach
from daogou.decide.shared_parts import with_shared_parts

_FOREVER = np.iinfo(np.int64).max
_ALWAYS = np.iinfo(np.int64).min
_ROOM = 1_024
_NOBODY = np.empty(0, np.int32)
SELLER = "seller"
"""The attribute that says who sells an item."""
KINDS: tuple[ItemKind, ...] = get_args(ItemKind)


class Catalogue:
    """Kept in step with the store by `refresh`, which costs microseconds while nothing changed.

    items, outermost         (n_items,) the items, and the outermost name of their category
    is_hidden, is_in_stock   (n_items,) flags
    available_at_us          (n_items,) not before
    expires_at_us            (n_items,) not after
    created_at_us            (n_items,) for new arrivals
    kind                     (n_items,) place of the item's kind in KINDS; kinds_held: all there ever were
    category, group          (n_items,) numbers of the innermost category path and of the variant group
    department               (n_items,) numbers of the outermost name of the category; 0 where there is none
    brand, seller            (n_items,) numbers of what the item says of itself; an item without one has its own number
    columns                  what filters ask, each built when the first one does
    reworded                 numbers of the last change's items that are new, or whose words, facts or pictures changed
    reach                    through which the store is asked while a shopper waits
    """

    def __init__(self, store: Store, reach: Reach | None = None) -> None:
        self._store = store
        self.reach = reach or Reach()
        self.items: list[Item] = []
        self.columns = Columns(self.items)
        self.outermost: list[str] = []
        self.number_of: dict[str, int] = {}
        self.kinds_held: set[ItemKind] = set()
        self.revision = 0
        self.reworded: list[int] = []
        self._categories: dict[tuple[str, ...], int] = {}
        self._paths: list[tuple[str, ...]] = []
        self._groups: dict[str, int] = {}
        self._departments: dict[str, int] = {"": 0}
        self._brands: dict[str, int] = {}
        self._sellers: dict[str, int] = {}
        self._allocate(_ROOM)
        self.refresh()

    def __len__(self) -> int:
        return len(self.items)

    @property
    def category_paths(self) -> Sequence[tuple[str, ...]]:
        """The path of each category number."""
        return self._paths

    @property
    def store(self) -> Store:
        """The store that it is kept in step with."""
        return self._store

    def item(self, item_id: str) -> Item | None:
        """The item with this id, hidden or not."""
        number = self.number_of.get(item_id)
        return None if number is None else self.items[number]

    def numbers(self, item_ids: Sequence[str]) -> I32:
        """Numbers of the known ones among these ids, in order, each once."""
        if not item_ids:
            return _NOBODY
        known = dict.fromkeys(self.number_of[one] for one in item_ids if one in self.number_of)
        return np.fromiter(known, np.int32, len(known))

    def variants(self, group_id: str) -> I32:
        """Numbers of all items of a variant group, ascending; empty where there is no such group."""
        group = self._groups.get(group_id)
        return _NOBODY if group is None else np.flatnonzero(self.group == group).astype(np.int32)

    def refresh(self, revision: int | None = None) -> list[int]:
        """Take over what changed in the store; returns the numbers that are new or changed.

        revision  the store's, where the caller has just read it
        """
        if (self._store.catalogue_revision() if revision is None else revision) == self.revision:
            return []
        self.revision, changed = self._store.items_since(self.revision)
        before = {item.id: self.item(item.id) for item in changed}
        numbers = [self._put(item) for item in with_shared_parts(changed)]
        self.columns.take(numbers)
        told = zip(numbers, changed, strict=True)
        self.reworded = [number for number, item in told if _words(item) != _words(before[item.id])]
        return numbers

    @property
    def is_hidden(self) -> Bools:
        return self._hidden[: len(self.items)]

    @property
    def is_in_stock(self) -> Bools:
        return self._in_stock[: len(self.items)]

    @property
    def available_at_us(self) -> I64:
        return self._available[: len(self.items)]

    @property
    def expires_at_us(self) -> I64:
        return self._expires[: len(self.items)]

    @property
    def created_at_us(self) -> I64:
        return self._created[: len(self.items)]

    @property
    def kind(self) -> U8:
        return self._kind[: len(self.items)]

    @property
    def category(self) -> I32:
        return self._category[: len(self.items)]

    @property
    def department(self) -> I32:
        return self._department[: len(self.items)]

    @property
    def group(self) -> I32:
        return self._group[: len(self.items)]

    @property
    def brand(self) -> I32:
        return self._brand[: len(self.items)]

    @property
    def seller(self) -> I32:
        return self._seller[: len(self.items)]

    def _allocate(self, room: int) -> None:
        n = len(self.items)
        columns: dict[str, tuple[type, int]] = {
            "_hidden": (np.bool_, 0),
            "_in_stock": (np.bool_, 0),
            "_available": (np.int64, _ALWAYS),
            "_expires": (np.int64, _FOREVER),
            "_created": (np.int64, _ALWAYS),
            "_kind": (np.uint8, 0),
            "_category": (np.int32, 0),
            "_department": (np.int32, 0),
            "_group": (np.int32, 0),
            "_brand": (np.int32, 0),
            "_seller": (np.int32, 0),
        }
        for name, (kind, empty) in columns.items():
            grown: np.ndarray[Any, Any] = np.full(room, empty, kind)
            if n:
                grown[:n] = getattr(self, name)[:n]
            setattr(self, name, grown)

    _hidden: Bools
    _in_stock: Bools
    _available: I64
    _expires: I64
    _created: I64
    _kind: U8
    _category: I32
    _department: I32
    _group: I32
    _brand: I32
    _seller: I32

    def _put(self, item: Item) -> int:
        number = self.number_of.get(item.id)
        if number is None:
            number = len(self.items)
            if number == len(self._hidden):
                self._allocate(2 * number)
            self.items.append(item)
            self.outermost.append(item.category)
            self.number_of[item.id] = number
        else:
            self.items[number] = item
            self.outermost[number] = item.category
        path = item.categories[0] if item.categories else ()
        self._hidden[number] = item.is_hidden
        self._in_stock[number] = item.availability != "out_of_stock"
        self._available[number] = _ALWAYS if item.available_at_us is None else item.available_at_us
        self._expires[number] = _FOREVER if item.expires_at_us is None else item.expires_at_us
        self._created[number] = _ALWAYS if item.created_at_us is None else item.created_at_us
        self._kind[number] = KINDS.index(item.kind)
        self.kinds_held.add(item.kind)
        self._category[number] = self._categories.setdefault(path, len(self._categories))
        if len(self._paths) < len(self._categories):
            self._paths.append(path)
        self._department[number] = self._departments.setdefault(item.category, len(self._departments))
        nobody = f"\0{item.id}"
        self._group[number] = self._groups.setdefault(item.group_id or nobody, len(self._groups))
        brand = (item.brand or "").strip().casefold()
        self._brand[number] = self._brands.setdefault(brand or nobody, len(self._brands))
        seller = next(iter(item.attributes.get(SELLER, ())), "")
        self._seller[number] = self._sellers.setdefault(seller or nobody, len(self._sellers))
        return number


def _words(item: Item | None) -> tuple[object, ...] | None:
    """What an item says of itself, whatever it costs and wherever it lies."""
    if item is None:
        return None
    facts = item.brand, item.categories, item.tags, item.attributes
    return item.title, item.description, item.images, *facts
