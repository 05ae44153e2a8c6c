"""The catalogue as figures see it: how popular each item was, what it is like, and which groups it belongs to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix

from daogou.core.clock import DAY_US
from daogou.core.types import F64, I32, I64, Bools, Item
from daogou.data.dataset import Dataset

HEAD_SHARE = 0.2
"""Items are head when they belong to this share of the sold items with most users."""

NEW_DAYS = 90
MOST_GROUPS = 12
OTHER = "other"


@dataclass(frozen=True)
class ItemGroups:
    """A division of the catalogue, for example by brand.

    of_item  (n_items,) number of each item's group, -1 for none
    """

    kind: str
    names: tuple[str, ...]
    of_item: I64


@dataclass(frozen=True)
class CatalogueFacts:
    """What the figures beyond accuracy need to know.

    n_users_of_item  (n_items,) training users who had it
    popularity       (n_items,) the same as a share of the users who had anything
    share_of_all     (n_items,) share of all training interactions
    is_sold, is_head (n_items,) had by anyone; among the best-selling fifth of those
    by_popularity    (n_items,) item numbers, most popular first
    features         (n_items, n_features) what the distance of two items is measured on, None without a catalogue
    categories       (n_items, n_categories) share of each outermost category in an item, None without a catalogue
    """

    n_users: int
    n_interactions: int
    n_users_of_item: I64
    popularity: F64
    share_of_all: F64
    is_sold: Bools
    is_head: Bools
    by_popularity: I32
    features: csr_matrix | None
    categories: csr_matrix | None
    groups: tuple[ItemGroups, ...]

    @property
    def n_items(self) -> int:
        return len(self.popularity)


def catalogue_facts(train: Dataset, ties: I64, asked_us: int) -> CatalogueFacts:
    """Everything from the training part and the item table; nothing from the test part.

    ties  (n_items,) decides among equally popular items
    """
    taken = train.matrix()
    n_users_of_item = np.bincount(taken.indices, minlength=train.n_items)
    n_users = int(np.count_nonzero(np.diff(taken.indptr)))
    counts = np.bincount(train.item[train.weight > 0], minlength=train.n_items).astype(np.float64)
    by_popularity = np.lexsort((ties, -n_users_of_item)).astype(np.int32)
    is_sold = n_users_of_item > 0
    is_head = np.zeros(train.n_items, bool)
    is_head[by_popularity[: int(np.ceil(HEAD_SHARE * is_sold.sum()))]] = True
    described = train.items if any(item.categories or item.brand for item in train.items) else ()
    return CatalogueFacts(
        n_users=n_users,
        n_interactions=int(counts.sum()),
        n_users_of_item=n_users_of_item,
        popularity=n_users_of_item / max(n_users, 1),
        share_of_all=counts / max(counts.sum(), 1.0),
        is_sold=is_sold,
        is_head=is_head,
        by_popularity=by_popularity,
        features=_features(described) if described else None,
        categories=_categories(described) if described else None,
        groups=_groups(train, is_sold, is_head, counts, asked_us),
    )


def _features(items: Sequence[Item]) -> csr_matrix:
    """0/1: every part of every category path, brand, tags and attribute values."""
    return _one_hot([_described(item) for item in items])


def _described(item: Item) -> set[str]:
    words = {"/".join(path[:depth]) for path in item.categories for depth in range(1, len(path) + 1)}
    words |= {f"brand={item.brand}"} if item.brand else set()
    words |= {f"tag={tag}" for tag in item.tags}
    return words | {f"{name}={value}" for name, values in item.attributes.items() for value in values}


def _categories(items: Sequence[Item]) -> csr_matrix:
    found = _one_hot([sorted({path[0] for path in item.categories if path}) for item in items])
    found.data /= np.repeat(np.maximum(np.diff(found.indptr), 1), np.diff(found.indptr))
    return found


def _one_hot(words_of: Sequence[Iterable[str]]) -> csr_matrix:
    number: dict[str, int] = {}
    columns = [[number.setdefault(word, len(number)) for word in sorted(words)] for words in words_of]
    starts = np.concatenate([[0], np.cumsum([len(one) for one in columns])])
    indices = np.fromiter((one for row in columns for one in row), np.int32, int(starts[-1]))
    return csr_matrix((np.ones(len(indices)), indices, starts), shape=(len(columns), max(len(number), 1)))


def _groups(train: Dataset, is_sold: Bools, is_head: Bools, counts: F64, asked_us: int) -> tuple[ItemGroups, ...]:
    popularity = np.where(is_head, 0, np.where(is_sold, 1, 2))
    found = [ItemGroups("popularity", ("head", "tail", "cold"), popularity)]
    if not train.items:
        return tuple(found)
    since = np.full(train.n_items, np.iinfo(np.int64).max)
    np.minimum.at(since, train.item, train.at_us)
    created = np.array([item.created_at_us or 0 for item in train.items])
    age = np.where(np.where(created > 0, created, since) >= asked_us - NEW_DAYS * DAY_US, 0, 1)
    found.append(ItemGroups("age", ("new", "older"), age))
    named = {
        "category": [item.category for item in train.items],
        "brand": [item.brand or "" for item in train.items],
        "seller": [next(iter(item.attributes.get("seller", ())), "") for item in train.items],
    }
    found += [_largest(kind, values, counts) for kind, values in named.items()]
    return tuple(one for one in found if len(set(one.of_item.tolist()) - {-1}) > 1)


def _largest(kind: str, values: Sequence[str], counts: F64) -> ItemGroups:
    """The groups with most interactions by name, all the rest as one."""
    total: Counter[str] = Counter()
    for value, count in zip(values, counts.tolist(), strict=True):
        if value:
            total[value] += count
    names = [name for name, _ in total.most_common(MOST_GROUPS)]
    if len(total) > MOST_GROUPS:
        names.append(OTHER)
    number = {name: place for place, name in enumerate(names)}
    rest = number.get(OTHER, -1)
    of_item = np.array([number.get(value, rest) if value else -1 for value in values], np.int64)
    return ItemGroups(kind, tuple(names), of_item)
