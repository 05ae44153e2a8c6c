"""The shop's view of the circumstances: reads those of a request, and knows what they change in a list."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from daogou.core.errors import UnknownName
from daogou.core.settings import PlacementSettings, Settings
from daogou.core.types import F32
from daogou.decide.catalogue import Catalogue
from daogou.decide.context.context import Context, read_context
from daogou.decide.context.lifted import Lifted, LiftTold
from daogou.decide.context.weather import Weather, weather_of
from daogou.learn.circumstances import Calendar
from daogou.learn.lift import Lift

LIFTED = frozenset({"personal", "trending", "popular"})
"""Sources whose lists the circumstances may reorder; lists about one item, or in order of time, keep their order."""

MOST_STORES_TOLD = 20
_LOG = logging.getLogger("daogou.decide")


class Contexts:
    """One per open shop.

    weather  None where the shop has no provider
    """

    def __init__(self, settings: Settings, catalogue: Catalogue) -> None:
        chosen = settings.context
        self._settings = chosen
        self._calendar = Calendar(settings.shop.timezone, chosen.hemisphere, chosen.country)
        self._catalogue = catalogue
        self._stores: tuple[int, frozenset[str]] = (-1, frozenset())
        self._unknown: dict[str, None] = {}
        self._problem = ""
        self._lifted: Lifted | None = None
        self.weather: Weather | None = None
        try:
            self.weather = weather_of(chosen.weather, chosen.weather_minutes, chosen.weather_timeout_seconds)
        except (UnknownName, ImportError, AttributeError) as error:
            self._problem = f"context.weather: {error} Lists are served without the weather."
            _LOG.warning("%s", self._problem)

    @property
    def problems(self) -> tuple[str, ...]:
        """One sentence per thing that is amiss; lists are served all the same."""
        own = (self._problem,) if self._problem else ()
        return (*own, *(self.weather.problems if self.weather is not None else ()))

    @property
    def unknown_stores(self) -> tuple[str, ...]:
        """Stores that requests named and no item of the catalogue has stock in, at most 20 of them."""
        return tuple(self._unknown)

    def take(self, lift: Lift | None) -> None:
        """Serve with what a release has learned from now on."""
        is_wanted = self._settings.learned and lift is not None and lift.is_useful
        self._lifted = Lifted(lift, self._catalogue) if is_wanted and lift is not None else None

    def read(self, given: Mapping[str, Any], now_us: int, cart_size: int = 0) -> Context:
        """The circumstances of one question. Raises InvalidField for a known name of a wrong type."""
        weather = self.weather
        if weather is not None and not given.get("weather"):
            place = given.get("store_id") or given.get("region")
            found = weather.at(place, now_us) if isinstance(place, str) else None
            given = {**given, "weather": found} if found else given
        context = read_context(given, now_us, self._calendar, cart_size)
        if context.store is not None:
            self._note_unknown(context.store)
        return context

    def factors(self, context: Context, placement: PlacementSettings) -> F32 | None:
        """(n_catalogue,) how many times as wanted as usual each item is here and now; None where nobody knows."""
        if self._lifted is None or not LIFTED.issuperset(placement.retrievers):
            return None
        return self._lifted.factors(context)

    def told(self, context: Context, placement: PlacementSettings, number: int, language: str) -> tuple[LiftTold, ...]:
        """The same for one item, a line for each circumstance that counts."""
        if self._lifted is None or not LIFTED.issuperset(placement.retrievers):
            return ()
        return self._lifted.told(context, number, language)

    def _note_unknown(self, store: str) -> None:
        if self._stores[0] != self._catalogue.revision:
            known = frozenset(stock.store_id for item in self._catalogue.items for stock in item.stores)
            self._stores = (self._catalogue.revision, known)
        known = self._stores[1]
        if known and store not in known and store not in self._unknown and len(self._unknown) < MOST_STORES_TOLD:
            self._unknown[store] = None
            _LOG.warning("A request names the store %r, which no item of the catalogue has stock in.", store)
