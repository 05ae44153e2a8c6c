"""All products that anybody may see, in an order that only the catalogue decides, with what was left out and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import groupby

import numpy as np

from daogou.core.types import I32
from daogou.decide.anybody import visit_of_anybody
from daogou.decide.eligibility import bars
from daogou.decide.shop import Shop


def shown(shop: Shop) -> tuple[I32, dict[str, int]]:
    """Numbers of the items that a feed may carry, by product and id, and how many each gate turned away."""
    numbers = np.arange(len(shop.catalogue), dtype=np.int32)
    is_open, left_out = np.ones(len(numbers), bool), Counter[str]()
    for name, barred in bars(shop.catalogue, numbers, visit_of_anybody(shop)):
        if name == "out_of_stock":
            continue  # a feed says so instead
        left_out[name] += int(np.count_nonzero(barred & is_open))
        is_open &= ~barred
    items, group = shop.catalogue.items, shop.catalogue.group
    kept = numbers[is_open].tolist()
    kept.sort(key=lambda number: (items[number].group_id or items[number].id, int(group[number]), items[number].id))
    return np.array(kept, np.int32), {name: count for name, count in left_out.items() if count}


def by_product(shop: Shop, numbers: I32) -> Iterator[list[int]]:
    """The numbers of `shown`, product by product."""
    group = shop.catalogue.group
    for _, ones in groupby(numbers.tolist(), key=lambda number: int(group[number])):
        yield list(ones)
