"""What an item's change means for lists that show it: a new card, or that it must leave; worked out once for everybody.

Whether it may stay is asked of the gate that every list goes by, as far as the answer does not hang on what the shopper
did. What the merchant's rules hide, and what a shopper owns or turned down, leaves with the list that is made next.
"""

from __future__ import annotations

import numpy as np

from daogou.decide.catalogue import KINDS
from daogou.decide.eligibility import Visit, admit
from daogou.decide.filters import parse_filter
from daogou.decide.moment import allows
from daogou.decide.request import RecommendRequest
from daogou.decide.suitability import requirements
from daogou.serve.api.endpoint import ENCODER
from daogou.serve.api.service import Service
from daogou.serve.api.wire.items import ItemCard
from daogou.serve.api.wire.slates import ItemNews
from daogou.serve.push.messages import Patch


class News:
    """One item as it is now; made anew for each change.

    revision  of the catalogue that says so
    """

    def __init__(self, service: Service, item_id: str) -> None:
        catalogue = service.shop.catalogue
        self.item_id = item_id
        self.revision = catalogue.revision
        self._service = service
        self._numbers = catalogue.numbers([item_id])
        self._item = catalogue.items[self._numbers[0]]
        self._is_for_some = self._asks_who_looks()
        self._admitted: dict[tuple[str, str | None, str | None], bool] = {}
        self._patches: dict[tuple[tuple[int, ...], str | None], Patch] = {}

    def language(self, asked: RecommendRequest) -> str | None:
        """The language in which the lists of a question show it; None where it must not be in them."""
        user_id = asked.user_id if self._is_for_some and asked.personalize else None
        group = (asked.placement, asked.filter, user_id)
        if group not in self._admitted:
            self._admitted[group] = self._is_admitted(asked, user_id)
        return self._service.language(asked.language) if self._admitted[group] else None

    def card(self, language: str | None) -> ItemCard | None:
        """How it looks in a language; None where it must not be seen."""
        return None if language is None else self._service.card(self._item, language)

    def patch(self, questions: tuple[int, ...], language: str | None) -> Patch:
        """What to send to streams in which it changes the lists of these questions; encoded once for all of them."""
        made = self._patches.get((questions, language))
        if made is None:
            card = self.card(language)
            facts = ENCODER.encode(ItemNews(self.item_id, self.revision, list(questions), card))
            made = Patch(self.item_id, self.revision, questions, card, b"event: item\ndata: %b\n\n" % facts)
            self._patches[questions, language] = made
        return made

    def _is_admitted(self, asked: RecommendRequest, user_id: str | None) -> bool:
        shop = self._service.shop
        placement = shop.settings.placements[asked.placement]
        user = None if user_id is None else shop.reach.require(lambda: shop.store.user(user_id))
        visit = Visit(
            now_us=shop.clock(),
            is_kind_held=np.array([kind in placement.kinds for kind in KINDS]),
            filters=tuple(parse_filter(one) for one in (placement.filter, asked.filter) if one is not None),
            suitability=requirements(shop.settings.suitability, user if allows(user) else None),
        )
        return bool(admit(shop.catalogue, self._numbers, visit)[0][0])

    def _asks_who_looks(self) -> bool:
        shop = self._service.shop
        rules = requirements(shop.settings.suitability, None)
        return any(rule.bars(shop.catalogue, self._numbers) is not None for rule in rules)
