"""The shop's products as one assistant may see them: found, narrowed, gated, priced now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from daogou.core.types import I32
from daogou.decide.anybody import showable, visit_of_anybody
from daogou.decide.filters import Filter, parse_filter
from daogou.decide.filters.fields import attribute_names
from daogou.serve.agents.asked import Context, Filters
from daogou.serve.agents.narrowing import narrowed
from daogou.serve.agents.products import LONGEST_DESCRIPTION, LONGEST_TITLE, product_of
from daogou.serve.api.service import Service
from daogou.serve.offers.offer import Offer, Teller, offer_of

MOST_VARIANTS, MOST_IN_LISTS = 100, 10
PRICED = "price exists"

Message = dict[str, str]


class AgentShelf:
    """One answer's view of the catalogue. Every number that goes out has passed `allowed` in this very answer.

    filter    what was asked, and a price
    messages  what was not done as asked, and what else is worth saying
    """

    def __init__(self, service: Service, context: Context, filters: Filters) -> None:
        self.service = service
        self.language = service.language(context.language)
        self.context = {"region": region} if (region := context.address_region or context.address_country) else {}
        service.shop.refresh()
        self.catalogue = service.shop.catalogue
        self.messages: list[Message] = []
        self._visit = visit_of_anybody(service.shop, self.context)
        self.filter = self._read(filters, context.currency)
        self._teller = Teller.of(
            service.settings, self.language, longest_title=LONGEST_TITLE, longest_description=LONGEST_DESCRIPTION
        )

    def allowed(self, numbers: I32) -> I32:
        """Those of these that may be shown, have a price, and pass what was asked; in the same order."""
        kept: I32 = numbers[showable(self.service.shop, numbers, self._visit)]
        passing: I32 = kept[self.filter.mask(self.catalogue, kept, self._visit.now_us)]
        return passing

    def with_variants(self, number: int) -> list[int]:
        """An item and the other variants of its product that may be shown, a few of them, as lists hold them."""
        others = [one for one in self.variants(number).tolist() if one != number]
        return [number, *others[: MOST_IN_LISTS - 1]]

    def variants(self, number: int) -> I32:
        """All variants of an item's product that may be shown, itself among them."""
        group = self.catalogue.items[number].group_id
        return self.allowed(self.catalogue.variants(group) if group else np.array([number], np.int32))

    def product(self, shown: Sequence[int], **more: Any) -> dict[str, Any]:
        """The product of these variants; the first stands for it."""
        first = self.offer(shown[0])
        every = [offer for offer in self.offers(self.variants(shown[0]).tolist()) if offer.currency == first.currency]
        chosen = [offer for offer in self.offers(shown[:MOST_VARIANTS]) if offer.currency == first.currency]
        return product_of(every, chosen, **more)

    def offers(self, numbers: Iterable[int]) -> list[Offer]:
        """These items, cleaned."""
        return [self.offer(number) for number in numbers]

    def offer(self, number: int) -> Offer:
        """One item, cleaned; price and stock as the catalogue has them now."""
        return offer_of(self.catalogue.items[number], self._teller)

    def _read(self, filters: Filters, currency: str | None) -> Filter:
        own = self.service.settings.shop.currency
        is_ours = currency is None or currency.upper() == own
        found, unknown = narrowed(filters, lambda: attribute_names(self.catalogue.items), with_price=is_ours)
        if "price" in filters and not is_ours:
            self.warn("price_filter_ignored", f"Prices are in {own}; bounds in another currency were not applied.")
        if unknown:
            self.warn("filter_ignored", "The shop knows nothing called " + ", ".join(map(repr, unknown[:5])) + ".")
        return parse_filter(PRICED if found is None else f"{PRICED} and ({found})")

    def warn(self, code: str, content: str) -> None:
        """Say what was not done as asked."""
        self.messages.append({"type": "warning", "code": code, "content": content})

    def tell(self, code: str, content: str) -> None:
        """Say something worth knowing."""
        self.messages.append({"type": "info", "code": code, "content": content})


def by_product(shelf: AgentShelf, numbers: I32) -> list[list[int]]:
    """The numbers put together by variant group, in the order of each group's first."""
    groups: dict[int, list[int]] = {}
    for number, group in zip(numbers.tolist(), shelf.catalogue.group[numbers].tolist(), strict=True):
        groups.setdefault(group, []).append(number)
    return list(groups.values())
