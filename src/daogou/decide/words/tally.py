"""How often each category, brand, tag and attribute value stands in the catalogue, kept up as items change."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

from daogou.core.types import Item

CATEGORY, BRAND, TAGS = "category", "brand", "tags"


class Tally:
    """counts: facet → value → items; together: innermost or outer category → facet → items that state it."""

    def __init__(self, items: Iterable[Item] = ()) -> None:
        self.counts: dict[str, Counter[str]] = defaultdict(Counter)
        self.together: dict[str, Counter[str]] = defaultdict(Counter)
        self.parents: dict[str, Counter[str]] = defaultdict(Counter)
        self.n_items = 0
        for item in items:
            self.count(item)

    def count(self, item: Item, by: int = 1) -> None:
        """Take an item in, or out again with -1."""
        self.n_items += by
        names = {name for path in item.categories for name in path}
        counts = self.counts
        for name in names:
            counts[CATEGORY][name] += by
        for path in item.categories:
            for outer, inner in pairwise(path):
                self.parents[inner][outer] += by
        if item.brand:
            counts[BRAND][item.brand] += by
        for tag in item.tags:
            counts[TAGS][tag] += by
        for facet, values in item.attributes.items():
            of_facet = counts[facet]
            for value in values:
                of_facet[value] += by
        for name in names:
            together = self.together[name]
            for facet in item.attributes:
                together[facet] += by
            together[BRAND] += by * (item.brand is not None)
            together[TAGS] += by * bool(item.tags)

    def copy(self) -> Tally:
        """Another one with the same counts."""
        other = Tally()
        other.n_items = self.n_items
        for name in ("counts", "together", "parents"):
            theirs = getattr(other, name)
            for key, counter in getattr(self, name).items():
                theirs[key] = Counter(counter)
        return other

    def values(self) -> dict[str, frozenset[str]]:
        """The values each facet has now."""
        return {
            facet: frozenset(value for value, count in counter.items() if count > 0)
            for facet, counter in self.counts.items()
            if any(count > 0 for count in counter.values())
        }


def facts(item: Item) -> tuple[object, ...]:
    """All that a tally reads of an item."""
    return item.categories, item.brand, item.tags, item.attributes


def changed(before: Sequence[Item], now: Sequence[Item]) -> list[tuple[Item | None, Item]]:
    """Items whose facts are others than before, as (old, new); new items have no old one."""
    found: list[tuple[Item | None, Item]] = [
        (old, new) for old, new in zip(before, now, strict=False) if old is not new and facts(old) != facts(new)
    ]
    found += [(None, new) for new in now[len(before) :]]
    return found
