"""The circumstances of one question: when, where, on what, in which weather."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from daogou.core.errors import InvalidField
from daogou.learn.circumstances import Calendar, Moment, moment_at

LONGEST = 100
MOST_IN_CART = 100_000


@dataclass(frozen=True, slots=True)
class Context:
    """hour, weekday, month  local, 0-23, Monday 0, January 1
    moment               the same and more in the words of `learn.circumstances`
    store, region, device, weather, query  as the caller names them; None where unknown
    cart_size            items in the cart
    given                everything the caller said, as it came
    """

    now_us: int
    hour: int
    weekday: int
    month: int
    moment: Moment
    store: str | None = None
    region: str | None = None
    device: str | None = None
    weather: str | None = None
    query: str | None = None
    cart_size: int = 0
    given: Mapping[str, Any] = field(default_factory=dict)

    def said(self, name: str) -> str | None:
        """One circumstance in the word that rules and lifts know it by; None where unknown."""
        found: str | None = getattr(self if name in _OF_THE_CALLER else self.moment, name)
        return found


_OF_THE_CALLER = ("store", "region", "device", "weather")


def read_context(given: Mapping[str, Any], now_us: int, calendar: Calendar, cart_size: int = 0) -> Context:
    """The circumstances that a request names, at this moment of the shop's own days.

    cart_size  what the request's cart holds, where its context says nothing

    Raises InvalidField for a known name of a wrong type; names that nobody knows are kept as they came.
    """
    moment = moment_at(now_us, calendar)
    if not given:
        return Context(now_us, moment.hour, moment.weekday, moment.month, moment, cart_size=cart_size)
    return Context(
        now_us, moment.hour, moment.weekday, moment.month, moment,
        store=_text(given, "store_id"),
        region=_text(given, "region"),
        device=_text(given, "device"),
        weather=_text(given, "weather"),
        query=_text(given, "query", longest=1_000),
        cart_size=_count(given, "cart_size", cart_size),
        given=given,
    )  # fmt: skip


def _text(given: Mapping[str, Any], name: str, longest: int = LONGEST) -> str | None:
    value = given.get(name)
    if value is None:
        return None
    if not isinstance(value, str) or len(value) > longest:
        raise InvalidField(f"context.{name}", value, f"text of at most {longest} characters", rule="wrong_type")
    return value or None


def _count(given: Mapping[str, Any], name: str, usual: int) -> int:
    value = given.get(name)
    if value is None:
        return usual
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= MOST_IN_CART:
        raise InvalidField(f"context.{name}", value, f"a whole number from 0 to {MOST_IN_CART}", rule="wrong_type")
    return value
