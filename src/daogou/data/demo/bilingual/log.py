"""The bilingual shop's event log: written in blocks of arrays, read back as rows of the import vocabulary.

Arrays hold 400 thousand lines in a few tens of megabytes; the rows are made one by one while reading.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from daogou.core.types import I32, I64
from daogou.data.demo.bilingual import seasons

NAMES = (
    "impression", "search", "select_item", "view_item", "add_to_wishlist", "add_to_cart", "remove_from_cart",
    "begin_checkout", "purchase", "refund", "rate_item", "dislike_item", "select_promotion",
)  # fmt: skip
PLACEMENTS = ("home_for_you", "search", "category", "coupons")
NUMBER = {name: number for number, name in enumerate(NAMES)}

EVENT_COLUMNS: Mapping[str, tuple[Any, float]] = {
    "name": (np.uint8, 0),
    "at_us": (np.int64, 0),
    "user": (np.int32, 0),
    "visit": (np.int32, -1),
    "slate": (np.int32, -1),
    "placement": (np.int8, -1),
    "term": (np.int32, -1),
    "transaction": (np.int32, -1),
    "coupon": (np.int16, -1),
    "value_minor": (np.int64, -1),
    "rating": (np.float32, np.nan),
    "n_lines": (np.int32, 1),
}
LINE_COLUMNS: Mapping[str, tuple[Any, float]] = {
    "item": (np.int32, 0),
    "position": (np.int16, -1),
    "propensity": (np.float64, np.nan),
    "quantity": (np.int32, 1),
    "price_minor": (np.int64, -1),
}
"""Type and default of every column; -1 and NaN mean: not said."""

Column = NDArray[Any]


@dataclass
class LogWriter:
    """Collects blocks of events; `written` puts them in order of time."""

    events: dict[str, list[Column]] = field(default_factory=lambda: {name: [] for name in EVENT_COLUMNS})
    lines: dict[str, list[Column]] = field(default_factory=lambda: {name: [] for name in LINE_COLUMNS})
    terms: list[str] = field(default_factory=list)

    def add(self, name: str, at_us: I64, items: I32, **columns: Any) -> None:
        """Add events of one name; `items` and line columns run on for `n_lines` entries per event."""
        n_events, n_lines = len(at_us), len(items)
        given = {"name": NUMBER[name], "at_us": at_us, "item": items, **columns}
        for table, known, rows in ((self.events, EVENT_COLUMNS, n_events), (self.lines, LINE_COLUMNS, n_lines)):
            for column, (kind, default) in known.items():
                table[column].append(np.broadcast_to(np.asarray(given.get(column, default), kind), (rows,)))

    def written(self) -> tuple[dict[str, Column], dict[str, Column]]:
        """Event columns in order of time, and their line columns in the same order."""
        events = {name: np.concatenate(blocks) for name, blocks in self.events.items()}
        lines = {name: np.concatenate(blocks) for name, blocks in self.lines.items()}
        starts = np.cumsum(events["n_lines"]) - events["n_lines"]
        order = np.argsort(events["at_us"], kind="stable")
        events = {name: column[order] for name, column in events.items()}
        counts = events["n_lines"].astype(np.int64)
        first = np.cumsum(counts) - counts
        places = np.repeat(starts[order] - first, counts) + np.arange(counts.sum())
        return events, {name: column[places] for name, column in lines.items()}


@dataclass(frozen=True)
class Visits:
    """Every visit: who, when, where and how.

    user, day, hour, weather, store, device  (n_visits,)
    at_us      when it began
    is_known   she was logged in
    """

    user: I32
    day: I32
    hour: I32
    weather: I32
    store: I32
    device: I32
    at_us: I64
    is_known: NDArray[np.bool_]


@dataclass(frozen=True)
class EventLog:
    """All events in order of time. Iterating gives dicts as `import_rows` takes them; it can be done many times.

    events, lines  columns as in EVENT_COLUMNS and LINE_COLUMNS
    visits         the table that the column `visit` points into
    """

    seed: int
    events: Mapping[str, Column]
    lines: Mapping[str, Column]
    visits: Visits
    terms: Sequence[str]
    item_ids: Sequence[str]
    user_ids: Sequence[str]
    coupon_codes: Sequence[str]
    is_denied: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.events["name"])

    @property
    def n_lines(self) -> int:
        """Event lines, impressions included; an event without items counts as one."""
        return int(np.maximum(self.events["n_lines"], 1).sum())

    def __iter__(self) -> Iterator[dict[str, Any]]:
        moments = np.datetime_as_string(self.events["at_us"].astype("datetime64[us]"), unit="ms")
        columns = {name: column.tolist() for name, column in self.events.items()}
        rows = zip(*(columns[name] for name in EVENT_COLUMNS), strict=True)
        contexts = self._contexts()
        lines = self._line_rows()
        for number, (name, _, user, visit, slate, placement, term, transaction, coupon, value, rating, n) in enumerate(
            rows
        ):
            row: dict[str, Any] = {
                "event_id": f"bilingual-{self.seed}-{number:06d}",
                "event_name": NAMES[name],
                "timestamp": f"{moments[number]}Z",
            }
            row.update(self._who(user, visit))
            if slate >= 0:
                row["recommendation_id"] = f"slate-{self.seed}-{slate:06d}"
            if placement >= 0:
                row["placement"] = PLACEMENTS[placement]
            if n:
                row["items"] = [next(lines) for _ in range(n)]
            if term >= 0:
                row["search_term"] = self.terms[term]
            if transaction >= 0:
                row["transaction_id"] = f"order-{self.seed}-{transaction:06d}"
            if coupon >= 0:
                row["coupon"] = self.coupon_codes[coupon]
            if value >= 0:
                row["value_minor"] = value
                row["currency"] = "CNY"
            if rating == rating:
                row["rating"] = rating
            if visit >= 0:
                row["context"] = dict(contexts[visit])
            yield row

    def _who(self, user: int, visit: int) -> dict[str, Any]:
        who: dict[str, Any] = {}
        if visit < 0 or self.visits.is_known[visit]:
            who["user_id"] = self.user_ids[user]
        if visit >= 0:
            who["visitor_id"] = self._browser(user, visit)
            who["session_id"] = f"visit-{self.seed}-{visit:06d}"
        if self.is_denied[user]:
            who["consent"] = {"personalization": "denied", "analytics": "granted"}
        return who

    def _browser(self, user: int, visit: int) -> str:
        """The visitor id: one per shopper and own device, a fresh one per visit to a kiosk in a store."""
        device = int(self.visits.device[visit])
        if seasons.DEVICES[device] == "kiosk":
            return f"kiosk-{visit:06d}"
        return f"visitor-{(user * len(seasons.DEVICES) + device) * 7919 % 1_000_003:06d}"

    def _contexts(self) -> list[dict[str, Any]]:
        visits = self.visits
        columns = (visits.store.tolist(), visits.device.tolist(), visits.weather.tolist(), visits.hour.tolist())
        return [
            {
                "store_id": seasons.STORES[store],
                "device": seasons.DEVICES[device],
                "weather": seasons.WEATHERS[weather],
                "hour": hour,
            }
            for store, device, weather, hour in zip(*columns, strict=True)
        ]

    def _line_rows(self) -> Iterator[dict[str, Any]]:
        columns = {name: column.tolist() for name, column in self.lines.items()}
        for item, position, propensity, quantity, price in zip(*(columns[name] for name in LINE_COLUMNS), strict=True):
            line: dict[str, Any] = {"item_id": self.item_ids[item]}
            if position >= 0:
                line["index"] = position
            if propensity == propensity:
                line["propensity"] = propensity
            if price >= 0:
                line["quantity"] = quantity
                line["price_minor"] = price
            yield line
