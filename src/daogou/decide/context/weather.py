"""Weather by a provider plug-in, never waited for: lists are served with what is known, the next ones with more.

A provider is any callable `weather(place, now_us) -> str | None`, registered under the entry point group
`daogou.weather`. It is called in a thread of its own, at most one call per place at a time.
"""

from __future__ import annotations

import logging
import threading
import time
from importlib.metadata import entry_points
from typing import Protocol

from daogou.core.clock import SECOND_US
from daogou.core.errors import UnknownName

GROUP = "daogou.weather"
MOST_PLACES = 1_000
_LOG = logging.getLogger("daogou.decide")


class WeatherProvider(Protocol):
    """What a plug-in promises; None where it does not know."""

    def __call__(self, place: str, now_us: int) -> str | None: ...


def weather_provider(name: str) -> WeatherProvider:
    """The plug-in of this name. Raises UnknownName."""
    found = {one.name: one for one in entry_points(group=GROUP)}
    if name not in found:
        raise UnknownName("weather provider", name, found)
    provider: WeatherProvider = found[name].load()
    return provider


class Weather:
    """What a provider last said of each place.

    keep_us          how long that counts as the weather now; then it is asked again, and the old word holds meanwhile
    timeout_seconds  after which a call counts as hanging
    """

    def __init__(self, provider: WeatherProvider, keep_us: int, timeout_seconds: float) -> None:
        self._provider = provider
        self._keep_us = keep_us
        self._timeout_seconds = timeout_seconds
        self._said: dict[str, tuple[str | None, int]] = {}
        self._asked: dict[str, float] = {}
        self._failed: dict[str, str] = {}

    @property
    def problems(self) -> tuple[str, ...]:
        """One sentence per place whose weather could not be had when it was last asked for."""
        now = time.monotonic()
        hanging = {
            place: f"The weather of {place!r}: no answer within {self._timeout_seconds:g} s."
            for place, asked in list(self._asked.items())
            if now - asked > self._timeout_seconds
        }
        return tuple({**self._failed, **hanging}.values())

    def at(self, place: str, now_us: int) -> str | None:
        """The last word on this place, None before the first; asks anew in the background when that is old."""
        said = self._said.get(place)
        if (said is None or not 0 <= now_us - said[1] < self._keep_us) and place not in self._asked:
            self._begin(place, now_us)
        return None if said is None or now_us - said[1] >= 2 * self._keep_us else said[0]

    def _begin(self, place: str, now_us: int) -> None:
        if len(self._asked) + len(self._said) >= MOST_PLACES:  # callers may name any place
            self._said.clear()
            if len(self._asked) >= MOST_PLACES:
                return
        self._asked[place] = time.monotonic()
        threading.Thread(target=self._ask, args=(place, now_us), name=f"weather {place}", daemon=True).start()

    def _ask(self, place: str, now_us: int) -> None:
        word: str | None = None
        try:
            word = self._provider(place, now_us)
            if word is not None and not isinstance(word, str):
                raise TypeError(f"{word!r} is not text")
            self._failed.pop(place, None)
        except Exception as error:  # a plug-in may raise anything
            word = None
            self._failed[place] = f"The weather of {place!r}: {type(error).__name__}: {error}"
            _LOG.warning("%s", self._failed[place])
        took = time.monotonic() - self._asked[place]
        if took > self._timeout_seconds:
            _LOG.warning("The weather of %r came after %.1f s.", place, took)
        self._said[place] = (word, now_us)
        del self._asked[place]


def weather_of(name: str, keep_minutes: float, timeout_seconds: float) -> Weather | None:
    """The weather as the shop's settings want it; None where they name no provider."""
    if not name:
        return None
    return Weather(weather_provider(name), int(keep_minutes * 60 * SECOND_US), timeout_seconds)
