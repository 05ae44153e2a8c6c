"""The catalogue as a shopper browses it: by category, by words, sorted; kept until the catalogue changes."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import cast

from daogou.core.clock import Clock
from daogou.core.types import Item, text_in
from daogou.decide.search.request import Order, SearchRequest
from daogou.decide.shop import Shop
from daogou.serve.api.wire.items import CategoryCount

KEPT_LISTINGS = 64
_NEVER_PRICED = 1 << 62

SortKey = Callable[[Item, str], tuple[object, ...]]

SORTS: dict[str, SortKey] = {
    "title": lambda item, language: (text_in(item.title, language).casefold(), item.id),
    "price": lambda item, language: (_NEVER_PRICED if item.price_minor is None else item.price_minor, item.id),
    "-price": lambda item, language: (_NEVER_PRICED if item.price_minor is None else -item.price_minor, item.id),
    "newest": lambda item, language: (-(item.created_at_us or 0), item.id),
}
"""Every order a listing can have; items without a price come last in both price orders."""


class Shelf:
    """Listings and category counts of the visible items, remembered per catalogue revision."""

    def __init__(self, shop: Shop, clock: Clock) -> None:
        self._shop = shop
        self._clock = clock
        self._listing = lru_cache(KEPT_LISTINGS)(self._list)
        self._counts = lru_cache(KEPT_LISTINGS)(self._count)

    def listing(self, *, category: tuple[str, ...], words: str, sort: str, language: str) -> tuple[Item, ...]:
        """All visible items of a category, in order; with words, those that a search finds without giving anything up.

        sort  one of SORTS, or `relevance`, which needs words
        """
        self._shop.refresh()
        if words:
            return self._found(category, words, cast("Order", sort), language)
        return self._listing(self._moment(), category, sort, language)

    def categories(self) -> tuple[CategoryCount, ...]:
        """The category tree, parents before children, each with its number of visible items."""
        self._shop.refresh()
        return self._counts(self._moment())

    def is_visible(self, item: Item) -> bool:
        """Not hidden, already on sale, not expired. Sold-out items stay visible, marked as such."""
        now_us = self._clock()
        return (
            not item.is_hidden
            and (item.available_at_us is None or item.available_at_us <= now_us)
            and (item.expires_at_us is None or item.expires_at_us > now_us)
        )

    def _moment(self) -> tuple[int, int]:
        """Listings are kept for a minute at most, so that sales start and end on time."""
        return self._shop.catalogue.revision, self._clock() // 60_000_000

    def _found(self, category: tuple[str, ...], words: str, order: Order, language: str) -> tuple[Item, ...]:
        asked = SearchRequest(
            words=words,
            category=category,
            order=order,
            limit=0,
            language=language,
            personalize=False,
            count_facets=False,
            one_per_group=False,
            relax=False,
        )
        numbers = self._shop.search.search(asked).numbers.tolist()
        return tuple(self._shop.catalogue.items[number] for number in numbers)

    def _list(self, moment: tuple[int, int], category: tuple[str, ...], sort: str, language: str) -> tuple[Item, ...]:
        found = (item for item in self._shop.catalogue.items if self.is_visible(item))
        if category:
            depth = len(category)
            found = (item for item in found if any(path[:depth] == category for path in item.categories))
        order = SORTS[sort]
        return tuple(sorted(found, key=lambda item: order(item, language)))

    def _count(self, moment: tuple[int, int]) -> tuple[CategoryCount, ...]:
        counts: dict[tuple[str, ...], int] = {}
        for item in self._shop.catalogue.items:
            if self.is_visible(item):
                nodes = {path[:depth] for path in item.categories for depth in range(1, len(path) + 1)}
                for node in nodes:
                    counts[node] = counts.get(node, 0) + 1
        return tuple(CategoryCount(node[-1], node, counts[node]) for node in sorted(counts))
