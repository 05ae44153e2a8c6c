"""From raw rows of the event log to what is counted: which item, what was done with it, when and in which store."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

import msgspec
import numpy as np

from daogou.core.types import EVENT_NUMBER, I32, I64
from daogou.data.store.rows import ANALYTICS_DENIED, HAPPENED_COLUMNS, decode_many_lines
from daogou.data.store.store import SESSION_PREFIX, EventRow

Action = Literal["view", "cart", "buy"]
ACTIONS: tuple[Action, ...] = ("view", "cart", "buy")
ACTION_OF: Mapping[int, int] = MappingProxyType(
    {
        EVENT_NUMBER["view_item"]: 0,
        EVENT_NUMBER["select_item"]: 0,
        EVENT_NUMBER["add_to_cart"]: 1,
        EVENT_NUMBER["purchase"]: 2,
    }
)
"""Event number → place in ACTIONS, of COUNTED_EVENTS. Impressions and all other events are not counted."""

BUY = ACTIONS.index("buy")
_, _NAME, _AT, _DENIED, _PERSON, _SESSION, _CONTEXT, _LINES = range(len(HAPPENED_COLUMNS))
_decode_context = msgspec.json.Decoder(dict[str, object]).decode


@dataclass(frozen=True, slots=True)
class Happened:
    """One entry per line that counts.

    action  (n,) places in ACTIONS
    number  (n,) catalogue numbers
    at_us   (n,) when
    store   of each line that was bought in a store that the event names: (line, store)
    """

    action: I32
    number: I32
    at_us: I64
    stores: Sequence[tuple[int, str]]


def read(rows: Sequence[EventRow], number_of: Mapping[str, int], held: Set[str] = frozenset()) -> Happened:
    """What counts among these rows of `store.happened`: of items the catalogue knows, and where the shopper lets us.

    held  keys of shoppers held back as programs
    """
    counted = [row for row in rows if row[_LINES] and not row[_DENIED] & ANALYTICS_DENIED]
    if held:
        counted = [row for row in counted if shopper_of(row) not in held]
    actions: list[int] = []
    numbers: list[int] = []
    times: list[int] = []
    stores: list[tuple[int, str]] = []
    lines_of = decode_many_lines("[" + ",".join([row[_LINES] for row in counted]) + "]")
    for row, lines in zip(counted, lines_of, strict=True):
        known = [number_of[line[0]] for line in lines if line[0] in number_of]
        action = ACTION_OF[row[_NAME]]
        store = store_of(row[_CONTEXT]) if action == BUY else None
        if store is not None:
            stores += [(len(numbers) + place, store) for place in range(len(known))]
        actions += [action] * len(known)
        numbers += known
        times += [row[_AT]] * len(known)
    return Happened(np.array(actions, np.int32), np.array(numbers, np.int32), np.array(times, np.int64), stores)


def shopper_of(row: EventRow) -> str | None:
    """Whose event it is, as marks name shoppers; None where it names nobody."""
    if row[_PERSON] is not None:
        return str(row[_PERSON])
    return None if row[_SESSION] is None else SESSION_PREFIX + str(row[_SESSION])


def store_of(context: str | None) -> str | None:
    """The store that an event's context names, if any."""
    if context is None or '"store_id"' not in context:
        return None
    store = _decode_context(context).get("store_id")
    return store if isinstance(store, str) and store else None
