"""What the guide keeps of a shop between turns, the same for everybody: made again when the catalogue changes."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

import numpy as np

from daogou.core.types import F32, I32, Item, Query
from daogou.decide.filters.folding import fold
from daogou.decide.guide.fields import Fields
from daogou.decide.guide.policy_parts import Part, read_policies
from daogou.decide.shop import Shop

LEAST_POPULAR = 1e-3
COARSE = ("audience", "gender", "product_type", "season", "occasion", "style", "recipient", "age_group", "packaging")
"""Attributes that say for whom or for what an item is."""


class Kept:
    """For one revision of the catalogue and one release."""

    def __init__(self, shop: Shop) -> None:
        self._shop = shop
        self._for = (shop.catalogue.revision, shop.release_name)
        self.fields = Fields(shop.catalogue)
        self._policies: tuple[tuple[tuple[str, int], ...], tuple[Part, ...]] | None = None

    @property
    def is_current(self) -> bool:
        return self._for == (self._shop.catalogue.revision, self._shop.release_name)

    @cached_property
    def popularity(self) -> F32:
        """(n_items,) logarithm of how much each is taken beside the most popular one; 0.0 for all without a model."""
        served = self._shop.models.get("popularity")
        n_items = len(self._shop.catalogue)
        scores = np.zeros(n_items, np.float32) if served is None else served.score_all(Query(now_us=self._shop.clock()))
        top = float(scores.max(initial=0.0))
        if top <= 0:
            return np.zeros(n_items, np.float32)
        shares: F32 = np.log(np.clip(scores / np.float32(top), LEAST_POPULAR, 1.0)).astype(np.float32)
        return shares

    def policies(self, folder: Path) -> tuple[Part, ...]:
        """The shop's own rules, read again when a file changed."""
        stamp = tuple((path.name, path.stat().st_mtime_ns) for path in sorted(folder.glob("*.md")))
        if self._policies is None or self._policies[0] != stamp:
            self._policies = (stamp, read_policies(folder))
        return self._policies[1]

    @cached_property
    def coarse(self) -> Mapping[str, I32]:
        """By folded category, tag or coarse attribute: the items that have it."""
        held: dict[str, list[int]] = {}
        for number, item in enumerate(self._shop.catalogue.items):
            for value in dict.fromkeys(_told(item)):
                held.setdefault(value, []).append(number)
        folded: dict[str, list[int]] = {}
        for value, numbers in held.items():
            folded.setdefault(fold(value), []).extend(numbers)
        return {value: np.array(numbers, np.int32) for value, numbers in folded.items()}


def _told(item: Item) -> list[str]:
    told = [level for path in item.categories for level in path]
    told += item.tags
    told += [value for field in COARSE for value in item.attributes.get(field, ())]
    return told
