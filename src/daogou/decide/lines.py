"""The lines of a shopper's past as four short arrays, and packed to a few bytes a line while nobody asks."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from daogou.core.types import EVENT_NUMBER, I32, I64, U8, Bools, HistoryRow

_COLUMNS: tuple[tuple[str, int], ...] = (("<i8", 8), ("<i4", 4), ("<i4", 4), ("|u1", 1))
"""How `at_us`, `numbers`, `quantities` and `kinds` are packed, and bytes of each."""
_BYTES = sum(width for _, width in _COLUMNS)
_MOST_PIECES = 2**31 - 1


@dataclass(frozen=True, slots=True, eq=False)
class Lines:
    """numbers  (n,) of each line's item in the catalogue, -1 where that does not know it
    kinds       (n,) number of the event's name in EVENT_NAMES
    at_us       (n,) when it happened
    quantities  (n,) how many pieces
    """

    numbers: I32
    kinds: U8
    at_us: I64
    quantities: I32

    @classmethod
    def of(cls, rows: Sequence[HistoryRow], number_of: Mapping[str, int]) -> Lines:
        """The same rows, in their order."""
        return cls(
            np.array([number_of.get(row.item_id, -1) for row in rows], np.int32),
            np.array([EVENT_NUMBER[row.name] for row in rows], np.uint8),
            np.array([row.at_us for row in rows], np.int64),
            np.array([min(row.quantity, _MOST_PIECES) for row in rows], np.int32),
        )

    def __len__(self) -> int:
        return len(self.numbers)

    def only(self, chosen: Bools | slice) -> Lines:
        """Some of them, in their order."""
        return Lines(self.numbers[chosen], self.kinds[chosen], self.at_us[chosen], self.quantities[chosen])

    def followed_by(self, others: Lines) -> Lines:
        """These, then the others."""
        return Lines(
            np.concatenate([self.numbers, others.numbers]),
            np.concatenate([self.kinds, others.kinds]),
            np.concatenate([self.at_us, others.at_us]),
            np.concatenate([self.quantities, others.quantities]),
        )

    def packed(self) -> bytes:
        """As few bytes: times as steps, all numbers byte by byte, so that equal bytes lie side by side."""
        steps = np.diff(self.at_us, prepend=np.int64(0))
        columns = (steps, self.numbers, self.quantities, self.kinds)
        planes = [
            np.ascontiguousarray(column, kind).view(np.uint8).reshape(-1, width).T.tobytes()
            for column, (kind, width) in zip(columns, _COLUMNS, strict=True)
        ]
        return zlib.compress(b"".join(planes), 1)

    @classmethod
    def unpacked(cls, packed: bytes) -> Lines:
        """What `packed` was made of."""
        planes = np.frombuffer(zlib.decompress(packed), np.uint8)
        n = len(planes) // _BYTES
        columns, start = [], 0
        for kind, width in _COLUMNS:
            end = start + n * width
            columns.append(np.ascontiguousarray(planes[start:end].reshape(width, n).T).view(kind).reshape(n))
            start = end
        steps, numbers, quantities, kinds = columns
        return cls(numbers, kinds, np.cumsum(steps), quantities)
