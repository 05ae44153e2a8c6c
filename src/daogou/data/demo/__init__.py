"""The bundled shops: a real one with English titles, and a generated bilingual one whose truth is known.

Their data are from years past, or from nowhen. A demo moves all times by whole weeks, so that the last event
happened within the week before the import; weekdays and hours of the day stay what they were.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.resources import files
from typing import Any

from daogou.core.clock import DAY_US, to_us
from daogou.core.errors import UnknownName
from daogou.data.ingest.defaults import Defaults
from daogou.data.ingest.moments import read_moment_us

Row = Mapping[str, Any]
WEEK_US = 7 * DAY_US
TIME_FIELDS = ("timestamp", "created_at", "available_at", "expires_at")


@dataclass(frozen=True)
class DemoShop:
    """A bundled shop in the vocabulary of the importers.

    settings     text of its shop.toml
    last_at_us   when its last event happened, in its own time
    n_events     how many rows `events` yields
    """

    settings: str
    items: Iterable[Row]
    users: Iterable[Row]
    events: Iterable[Row]
    n_events: int
    last_at_us: int


def _giftware() -> DemoShop:
    from daogou.data.demo import online_retail

    last_at_us = to_us(datetime(2011, 12, 9, 12, 50, tzinfo=UTC))
    return DemoShop(
        online_retail.shop_settings(),
        online_retail.items(),
        (),
        online_retail.events(),
        online_retail.n_events(),
        last_at_us,
    )


def _bilingual() -> DemoShop:
    from daogou.data.demo import bilingual
    from daogou.data.demo.bilingual.seasons import END_US

    made = bilingual.generate()
    return DemoShop(bilingual.shop_settings(), made.items, made.users, made.events, len(made.events), END_US)


DEMO_SHOPS: dict[str, Callable[[], DemoShop]] = {"giftware": _giftware, "bilingual": _bilingual}
"""Every bundled shop by the name `daogou demo --shop` takes."""


def demo_shop(name: str) -> DemoShop:
    """The bundled shop called `name`."""
    make = DEMO_SHOPS.get(name)
    if make is None:
        raise UnknownName("bundled shop", name, DEMO_SHOPS)
    return make()


def demo_policies() -> dict[str, str]:
    """What a bundled shop tells of delivery, returns, payment and privacy, by file name: that it is a demonstration."""
    folder = files(__package__).joinpath("policies")
    return {one.name: one.read_text(encoding="utf-8") for one in sorted(folder.iterdir(), key=lambda one: one.name)}


def weeks_to_now(last_at_us: int, now_us: int) -> int:
    """Microseconds, a whole number of weeks, that bring `last_at_us` into the week before `now_us`."""
    return (now_us - last_at_us) // WEEK_US * WEEK_US


def moved(rows: Iterable[Row], by_us: int) -> Iterator[Row]:
    """The rows with every time moved."""
    for row in rows:
        times = {field: _moved_time(row[field], by_us) for field in TIME_FIELDS if row.get(field) is not None}
        yield {**row, **times}


def _moved_time(value: Any, by_us: int) -> int:
    return read_moment_us(value, "time", Defaults()) + by_us
