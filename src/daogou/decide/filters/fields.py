"""Every field a filter may name, with what it holds and how it is read from an item."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Literal, TypeAlias, get_args

from daogou.core.types import Availability, Item, ItemKind
from daogou.decide.filters.folding import exactly, fold, fold_path
from daogou.decide.filters.tree import ATTRIBUTE

Texts: TypeAlias = tuple[str, ...]
FieldKind = Literal["number", "moment", "age", "text", "texts", "path", "words"]

_EQUAL, _ORDER, _KNOWN = ("=", "!="), ("<", "<=", ">", ">="), ("exists", "missing")
OPERATORS: Mapping[FieldKind, tuple[str, ...]] = {
    "number": (*_EQUAL, *_ORDER, "in", *_KNOWN),
    "moment": (*_EQUAL, *_ORDER, *_KNOWN),
    "age": (*_ORDER, *_KNOWN),
    "text": (*_EQUAL, "in", *_KNOWN),
    "texts": ("has", "=", "in", *_KNOWN),
    "path": ("has", "=", "in", "under", *_KNOWN),
    "words": ("has", *_KNOWN),
}
"""What can be asked of each kind of field; `=` on several values reads as `has`."""


@dataclass(frozen=True, slots=True)
class NumberField:
    """A number per item; None where it is missing.

    unit        what the number counts
    is_ahead    age: counts the days until the moment, not those since
    is_private  only the shop may filter by it: answers would tell shoppers what it earns
    """

    kind: Literal["number", "moment", "age"]
    read: Callable[[Item], float | None]
    unit: str = ""
    is_ahead: bool = False
    is_private: bool = False


@dataclass(frozen=True, slots=True)
class TextField:
    """Texts per item; none where they are missing.

    words  the only texts there are; empty where any may come
    fold   how two texts are made alike
    """

    kind: Literal["text", "texts", "path", "words"]
    read: Callable[[Item], Texts]
    words: Texts = ()
    fold: Callable[[str], str] = fold


Field: TypeAlias = NumberField | TextField


def _one(text: str | None) -> Texts:
    return (text,) if text else ()


def _discount(item: Item) -> float | None:
    if item.price_minor is None or not item.list_price_minor or item.list_price_minor < 0:
        return None
    return max(0.0, 100.0 * (item.list_price_minor - item.price_minor) / item.list_price_minor)


def _margin(item: Item) -> float | None:
    if not item.price_minor or item.price_minor < 0 or item.cost_minor is None:
        return None
    return 100.0 * (item.price_minor - item.cost_minor) / item.price_minor


def _levels(item: Item) -> Texts:
    return tuple(level for path in item.categories for level in path)


def paths(item: Item) -> Texts:
    """Every path of the item from the outermost level down to each of its levels."""
    return tuple(" > ".join(path[: depth + 1]) for path in item.categories for depth in range(len(path)))


def _stores(item: Item) -> Texts:
    return tuple(one.store_id for one in item.stores if one.availability != "out_of_stock" and one.quantity != 0)


MINOR = "minor units (fen, pence, cents)"

FIELDS: Mapping[str, Field] = {
    "price": NumberField("number", lambda item: item.price_minor, unit=MINOR),
    "list_price": NumberField("number", lambda item: item.list_price_minor, unit=MINOR),
    "discount": NumberField("number", _discount, unit="percent off the list price"),
    "margin": NumberField("number", _margin, unit="percent of the price", is_private=True),
    "rating": NumberField("number", lambda item: item.rating, unit="stars"),
    "currency": TextField("text", lambda item: _one(item.currency)),
    "brand": TextField("text", lambda item: _one(item.brand)),
    "category": TextField("path", _levels),
    "tags": TextField("texts", lambda item: item.tags),
    "title": TextField("words", lambda item: tuple(item.title.values())),
    "kind": TextField("text", lambda item: _one(item.kind), words=get_args(ItemKind)),
    "availability": TextField("text", lambda item: _one(item.availability), words=get_args(Availability)),
    "stores": TextField("texts", _stores, fold=exactly),
    "id": TextField("text", lambda item: _one(item.id), fold=exactly),
    "group_id": TextField("text", lambda item: _one(item.group_id), fold=exactly),
    "created_at": NumberField("moment", lambda item: item.created_at_us),
    "available_at": NumberField("moment", lambda item: item.available_at_us),
    "expires_at": NumberField("moment", lambda item: item.expires_at_us),
    "age_days": NumberField("age", lambda item: item.created_at_us, unit="days since created_at"),
    "days_on_sale": NumberField("age", lambda item: item.available_at_us, unit="days since available_at"),
    "days_left": NumberField("age", lambda item: item.expires_at_us, unit="days until expires_at", is_ahead=True),
}
"""Every field by name; an item's own attributes come beside them as attributes.NAME."""

PATH_FIELD = TextField("path", paths, fold=fold_path)
"""What `category under` is held against."""

_fold_name = lru_cache(4_096)(fold)


def field_of(name: str) -> Field:
    """The field called `name`, which is known to exist; for attributes.NAME the values of every spelling of it."""
    if not name.startswith(ATTRIBUTE):
        return FIELDS[name]
    return TextField("texts", partial(_attribute, name.removeprefix(ATTRIBUTE)))


def attribute_names(items: Iterable[Item]) -> set[str]:
    """Every attribute of these items as filters name it."""
    return {_fold_name(written) for written in {name for item in items for name in item.attributes}}


def _attribute(name: str, item: Item) -> Texts:
    found = [values for written, values in item.attributes.items() if _fold_name(written) == name]
    return found[0] if len(found) == 1 else tuple(one for values in found for one in values)
