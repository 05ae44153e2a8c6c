"""The sides of a catalogue that a shopper can be asked about: category, price level, brand, attributes.

Also how much a shopper's word about one is worth, learned from how faithful shoppers are to what they took first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np

from daogou.core.types import F64, I32, Bools, Item

CATEGORY, KIND, BRAND, PRICE = "category", "kind", "brand", "price"
LEVELS = ("low", "middle", "high")
"""Of price: the cheapest third of an innermost category, the middle, the dearest."""

LEAST_COVERED = 0.05
MOST_VALUES = 300
MOST_PER_ITEM = 1.2
USUAL_STRENGTH = 3.0
WEAKEST, STRONGEST = 1.0, 10.0
PRIOR_TAKINGS = 50.0

Facets = Mapping[str, Mapping[str, I32]]
"""Facet → value → numbers of the items that have it. Values of category and kind are paths joined by " > "."""


def facets_of(items: Sequence[Item]) -> Facets:
    """Every facet that at least a twentieth of the items have and that takes at least two values.

    Left out are facets that part the items as another one does, and those of which an item has several values: the
    sizes it comes in are chosen on its page and tell no items apart.
    """
    found: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for number, item in enumerate(items):
        for facet, value in _told(item):
            found[facet][value].append(number)
    for level, numbers in zip(LEVELS, price_levels(items), strict=True):
        found[PRICE][level] = numbers.tolist()
    arrays = {
        facet: {value: np.array(numbers, np.int32) for value, numbers in values.items() if numbers}
        for facet, values in found.items()
    }
    enough = LEAST_COVERED * len(items)
    kept: dict[str, dict[str, I32]] = {}
    seen: set[frozenset[bytes]] = set()
    for facet, values in arrays.items():
        parts = frozenset(numbers.tobytes() for numbers in values.values())
        if parts not in seen and _is_asked(values, enough):
            seen.add(parts)
            kept[facet] = values
    return kept


def _is_asked(values: Mapping[str, I32], enough: float) -> bool:
    told = np.concatenate(list(values.values())) if values else np.empty(0, np.int32)
    n_items = len(np.unique(told))
    return 2 <= len(values) <= MOST_VALUES and n_items >= enough and len(told) <= MOST_PER_ITEM * n_items


def price_levels(items: Sequence[Item]) -> tuple[I32, I32, I32]:
    """Numbers of the items at each of LEVELS; items of categories with fewer than three prices have none."""
    prices: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, item in enumerate(items):
        if item.price_minor is not None:
            prices[item.categories[0] if item.categories else ()].append(number)
    levels: tuple[list[int], list[int], list[int]] = ([], [], [])
    for numbers in prices.values():
        paid = np.array([items[number].price_minor for number in numbers], float)
        low, high = np.quantile(paid, [1 / 3, 2 / 3])
        if low < high:
            for number, price in zip(numbers, paid.tolist(), strict=True):
                levels[0 if price <= low else 1 if price <= high else 2].append(number)
    one, two, three = (np.sort(np.array(numbers, np.int32)) for numbers in levels)
    return one, two, three


def strengths(facets: Facets, user: I32, item: I32, n_users: int, n_items: int) -> dict[str, float]:
    """By facet: how many times as likely as usual a shopper takes what has the value they took most of before.

    user, item  (n,) takings, each shopper's oldest first; their first half says which value, the second is counted
    """
    order = np.argsort(user, kind="stable")
    user, item = user[order], item[order]
    starts = np.searchsorted(user, np.arange(n_users + 1))
    place = np.arange(len(user)) - starts[user]
    is_first = place < (np.diff(starts) // 2)[user]
    return {facet: _strength(values, user, item, is_first, n_users, n_items) for facet, values in facets.items()}


def _strength(values: Mapping[str, I32], user: I32, item: I32, is_first: Bools, n_users: int, n_items: int) -> float:
    value_of = np.full(n_items, -1, np.int32)
    for number, numbers in enumerate(values.values()):
        value_of[numbers] = number
    value = value_of[item]
    told = is_first & (value >= 0)
    counts = np.zeros((n_users, len(values)), np.float32)
    np.add.at(counts, (user[told], value[told]), 1)
    favourite = np.where(counts.any(axis=1), counts.argmax(axis=1), -1)
    has_one = ~is_first & (value >= 0)  # of a mug no size is asked, and to take one is no word on sizes
    usual: F64 = np.bincount(value[has_one], minlength=len(values)) / max(int(has_one.sum()), 1)
    rest = has_one & (favourite[user] >= 0)
    taken = float((value[rest] == favourite[user[rest]]).sum())
    expected = float(usual[favourite[user[rest]]].sum())
    return float(np.clip((taken + USUAL_STRENGTH * PRIOR_TAKINGS) / (expected + PRIOR_TAKINGS), WEAKEST, STRONGEST))


def _told(item: Item) -> list[tuple[str, str]]:
    path = item.categories[0] if item.categories else ()
    told = [(CATEGORY, path[0])] if path else []
    if len(path) > 1:
        told.append((KIND, " > ".join(path)))
    if item.brand:
        told.append((BRAND, item.brand))
    told += [(name, value) for name, values in item.attributes.items() for value in dict.fromkeys(values)]
    return told
