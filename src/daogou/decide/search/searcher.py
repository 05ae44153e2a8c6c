"""Search, whole: words to a page of items with counts, corrections and reasons."""

from __future__ import annotations

import logging
import secrets
import threading
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from daogou.core.types import F32, I32, Bools, Reason, SlateItem, User
from daogou.data.store.store import person_keys
from daogou.decide.rules.pins import Pin, weave
from daogou.decide.search.facets import FacetField, count_values, facet_fields, price_range, useful
from daogou.decide.search.finding import Found, find
from daogou.decide.search.index import SMALL, Index
from daogou.decide.search.matching import match_slots
from daogou.decide.search.order import Titles, ordered
from daogou.decide.search.request import Completion, Facet, Relaxed, SearchRequest, SearchResult
from daogou.decide.search.slots import slots_of
from daogou.decide.search.wording import reason_text

if TYPE_CHECKING:
    from daogou.decide.search.scope import Scope
    from daogou.decide.shop import Shop

_LOG = logging.getLogger("daogou.decide")
MOST_ITEMS = 100
AT_ONCE = 5_000
"""Items that a first search waits for; a larger shop is taken in beside the answering, where it is served."""


class Searcher:
    """Held by the shop, which tells it what changed. Building goes on beside the answering once `warm_up` began it."""

    def __init__(self, shop: Shop) -> None:
        self._shop = shop
        self.index = Index(shop.catalogue.items)
        self._titles = Titles(shop.catalogue)
        self._changed: dict[int, None] = dict.fromkeys(range(len(shop.catalogue)))
        self._lock = threading.RLock()
        self._warming: threading.Thread | None = None
        self._facets: tuple[FacetField, ...] = ()
        self._facets_at = -1

    def take(self, numbers: Sequence[int]) -> None:
        """Note which items changed their words; the next search takes them over."""
        self._changed.update(dict.fromkeys(numbers))

    def warm_up(self) -> None:
        """Begin to take in the catalogue in a thread; until it is done, search finds what is in."""
        if self._warming is None and self._changed:
            self._warming = threading.Thread(target=self._take_in, name="daogou-search", daemon=True)
            self._warming.start()

    def refresh(self) -> None:
        """Take over changed items; microseconds when nothing changed."""
        if not self._changed or self.is_warming:
            return
        with self._lock:
            self._take_changed()

    @property
    def is_warming(self) -> bool:
        """Whether part of the catalogue is still to be taken in."""
        return self._warming is not None and self._warming.is_alive()

    def _take_in(self) -> None:
        try:
            while self._changed:
                self._take_changed()
        except Exception:
            _LOG.exception("The search index could not be built.")

    def _take_changed(self) -> None:
        changed, self._changed = sorted(self._changed), {}
        for start in range(0, len(changed), SMALL):
            part = changed[start : start + SMALL]
            with self._lock:
                self.index.take(part)

    def facets(self) -> dict[str, FacetField]:
        """What can be chosen, by name."""
        catalogue = self._shop.catalogue
        if self._facets_at < 0 or len(catalogue) > 1.1 * self._facets_at + 10:
            self._facets, self._facets_at = facet_fields(catalogue.items), len(catalogue)
        return {one.name: one for one in self._facets}

    def match(self, words: str, *, language: str | None = None, most: int = 1000) -> tuple[I32, F32]:
        """What the words find, whoever may see it: numbers and scores, best first."""
        self.refresh()
        with self._lock:
            found = find(words, self.index, None)
        best = np.lexsort((found.numbers, -found.scores))[:most]
        return found.numbers[best], found.scores[best]

    def complete(self, words: str, *, limit: int = 8, language: str | None = None) -> tuple[Completion, ...]:
        """What somebody who typed this may go on to type."""
        self.refresh()
        return ()

    def search(self, request: SearchRequest) -> SearchResult:
        """One page. Raises InvalidFilter; words alone never raise."""
        from daogou.decide.search.scope import PLACEMENT, scope_of, visit_of

        shop, catalogue = self._shop, self._shop.catalogue
        shop.refresh()
        self.refresh()
        now_us = shop.clock()
        language = (request.language or shop.language).split("-")[0].lower()
        user, may_know = self._shopper(request)
        context = shop.contexts.read(request.context, now_us, 0)
        attributes = user.attributes if user is not None and may_know else {}
        ruling = shop.rules.live.ruling(catalogue, PLACEMENT, now_us, context=context, attributes=lambda: attributes)
        visit = visit_of(shop, request, now_us, ruling, user if may_know else None)
        fields = self.facets()
        scope = scope_of(shop, request, visit, fields)
        with self._lock:
            passing = scope.mask()
            found = find(request.words, self.index, passing, language)
        numbers, scores = found.numbers, found.scores
        if ruling.factors is not None:
            scores = scores * ruling.factors[numbers]
        places = ordered(numbers, scores, scope.is_sold_out[numbers], request.order, catalogue, self._titles, language)
        places = places[_first_of_each(catalogue.group[numbers[places]])]
        limit = max(0, min(request.limit, MOST_ITEMS))
        page = places[request.offset : request.offset + limit]
        items = [
            SlateItem(
                catalogue.items[number].id,
                float(scores[place]),
                request.offset + position,
                PLACEMENT,
                self._reason(found, place, language, bool(scope.is_sold_out[number])),
            )
            for position, (place, number) in enumerate(zip(page.tolist(), numbers[page].tolist(), strict=True))
        ]
        all_numbers = numbers[places]
        return SearchResult(
            recommendation_id=secrets.token_urlsafe(12),
            items=tuple(items),
            total=len(places),
            facets=self._counted(request, scope, found, fields) if request.count_facets else (),
            price=None,
            corrected=found.corrected,
            suggestion=found.suggestion,
            relaxed=found.relaxed,
            understood={},
            is_personalized=False,
            numbers=all_numbers,
            degraded=(*shop.degraded, *(("search_warming_up",) if self.is_warming else ())),
        )

    def _counted(
        self, request: SearchRequest, scope: Scope, found: Found, fields: dict[str, FacetField]
    ) -> tuple[Facet, ...]:
        counted = {}
        for name, field in fields.items():
            numbers = found.everyone[scope.mask(without=name)[found.everyone]]
            facet = count_values(self._shop.catalogue, field, numbers, request.facets.get(name, ()))
            if facet is not None:
                counted[name] = facet
        return useful(counted, len(found.numbers))

    def _shopper(self, request: SearchRequest) -> tuple[User | None, bool]:
        return None, False

    def _reason(self, found: Found, place: int, language: str, is_sold_out: bool) -> Reason:
        words = found.words_of(place)
        code = "matched" if words else "listed" if not found.slots else "related"
        return Reason(code, reason_text(code, words, language, is_sold_out=is_sold_out))


def _first_of_each(group: I32) -> I32:
    """Places of the first of each group, in order."""
    _, first = np.unique(group, return_index=True)
    return np.sort(first).astype(np.int32)
