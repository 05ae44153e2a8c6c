"""Give an event without an id one that its content decides, so that reading it again counts it once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from hashlib import blake2b

import msgspec

from daogou.core.types import EventLine

NumberOff = Callable[[bytes], int]
"""How many events with this very content came before in the same source."""


def content_digest(
    name: str,
    at_us: int,
    who: Iterable[str | None],
    lines: Iterable[EventLine],
    rest: Iterable[object],
    context: Mapping[str, object],
) -> bytes:
    """Sixteen bytes decided by what happened; ids hold no control characters, so the parts cannot run together."""
    parts = [name, str(at_us), *[one or "" for one in who]]
    parts += [f"{one.item_id}\x1e{one.quantity}\x1e{one.price_minor}\x1e{one.position}" for one in lines]
    parts += ["" if one is None else str(one) for one in rest]
    if context:
        parts.append(_sorted_json({name: value for name, value in context.items() if name != "event_text"}))
    return blake2b("\x1f".join(parts).encode("utf-8", "surrogatepass"), digest_size=16).digest()


def event_id_of(digest: bytes, before: int) -> str:
    """The id of the event with this content that has `before` twins earlier in its source."""
    return f"c{digest.hex()}-{before}" if before else f"c{digest.hex()}"


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
