"""Give an event without an id one that its content decides, so that reading it again counts it once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from hashlib import blake2b

import msgspec

from daogou.core.clock import SECOND_US
from daogou.core.types import EventLine

NumberOff = Callable[[bytes], int]
"""How many events with this very content came before in the same source."""


def content_digest(
    name: str,
    at_us: int,
    who: tuple[str | None, ...],
    lines: Iterable[EventLine],
    rest: tuple[object, ...],
    context: Mapping[str, object],
) -> bytes:
    """Sixteen bytes decided by what happened; ids hold no control characters, so parts cannot run together."""
    parts = f"{name}\x1f{at_us}\x1f{who}\x1f{rest}"
    for one in lines:
        parts += f"\x1e{one.item_id}\x1f{one.quantity}\x1f{one.price_minor}\x1f{one.position}"
    if context:
        told = [(name, value) for name, value in context.items() if name != "event_text"]
        if len(told) > 1 or not (told and type(told[0][1]) is str):
            parts += _sorted_json(dict(told))
        else:
            parts += f"\x1e{told[0][0]}\x1f{told[0][1]}"
    return blake2b(parts.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def event_id_of(digest: bytes, at_us: int, before: int) -> str:
    """The id of the event with this content that has `before` twins earlier in its source.

    It begins with the second of the event, so that files in time order fill the store's index from left to right;
    with ids in random order storing takes a third longer.
    """
    twin = f"-{before}" if before else ""
    return f"c{at_us // SECOND_US:09x}{digest.hex()[:24]}{twin}"


class Occurrences:
    """Counts twins within one source: two equal rows of one file are two events, one row read twice is one.

    Cost: about 100 bytes for each event that comes without an id.
    """

    def __init__(self) -> None:
        self._seen: set[bytes] = set()
        self._twins: dict[bytes, int] = {}

    def __call__(self, digest: bytes) -> int:
        key = digest[:8]
        if key not in self._seen:
            self._seen.add(key)
            return 0
        self._twins[key] = count = self._twins.get(key, 0) + 1
        return count


def _sorted_json(value: Mapping[str, object]) -> str:
    return msgspec.json.encode(value, order="sorted", enc_hook=str).decode() if value else ""
