"""Sequences cut into windows and laid into batches of about equal length, so that hardly a place is padding."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from daogou.core.types import I64
from daogou.learn.sequences import Sequences, clock

IGNORED = -1  # a target that is padding


def _nothing(random: np.random.Generator) -> None:
    return None


@dataclass(frozen=True, eq=False)
class Windows:
    """starts, ends  (n,) rows of the sequences: inputs are starts:ends - 1, their targets one place further on."""

    sequences: Sequences
    starts: I64
    ends: I64

    @classmethod
    def of(cls, sequences: Sequences, max_length: int, *, recent_only: bool = False) -> Windows:
        """Every sequence from its end backwards in windows of max_length targets; with recent_only the last alone."""
        starts, ends = [], []
        for start, end in zip(sequences.starts[:-1].tolist(), sequences.starts[1:].tolist(), strict=True):
            while end - start >= 2:
                begin = max(start, end - 1 - max_length)
                starts.append(begin)
                ends.append(end)
                end = start if recent_only else begin + 1
        return cls(sequences, np.array(starts, np.int64), np.array(ends, np.int64))

    def __len__(self) -> int:
        return len(self.starts)

    @property
    def n_targets(self) -> int:
        return int((self.ends - self.starts - 1).sum())

    def batches(
        self,
        batch_size: int,
        random: np.random.Generator,
        *,
        with_clock: bool = False,
        drawn: Callable[[np.random.Generator], I64 | None] = _nothing,
    ) -> Batches:
        """All windows once, in batches of as many targets as batch_size windows have on average, in random order.

        with_clock  adds `gaps`, `hours`, `days`; drawn  makes a `drawn` for each batch where it returns something
        """
        lengths = self.ends - self.starts - 1
        room = max(int(batch_size * lengths.mean()), int(lengths.max())) if len(lengths) else 1
        order = np.lexsort((random.random(len(lengths)), lengths))
        groups, first, longest = [], 0, 0
        for place, length in enumerate(lengths[order].tolist()):
            longest = max(longest, length)
            if (place - first + 1) * longest > room:
                groups.append(order[first:place])
                first, longest = place, length
        groups.append(order[first:])
        order = random.permutation(len(groups))
        return Batches(self, [groups[one] for one in order if len(groups[one])], with_clock, random, drawn)


@dataclass(frozen=True, eq=False)
class Batches:
    """One epoch; each batch holds `items` and `targets` (rows, length), right-padded, and the clock where asked."""

    windows: Windows
    groups: list[NDArray[np.int64]]
    with_clock: bool
    random: np.random.Generator
    drawn: Callable[[np.random.Generator], I64 | None]

    def __len__(self) -> int:
        return len(self.groups)

    def __iter__(self) -> Iterator[Mapping[str, Any]]:
        for group in self.groups:
            drawn = self.drawn(self.random)
            yield self._laid(group) if drawn is None else {**self._laid(group), "drawn": drawn}

    def _laid(self, group: NDArray[np.int64]) -> dict[str, Any]:
        whole, starts = self.windows.sequences, self.windows.starts[group]
        lengths = self.windows.ends[group] - starts - 1
        steps = np.arange(int(lengths.max()))
        is_real = steps < lengths[:, None]
        places = np.where(is_real, starts[:, None] + steps, 0)
        after = np.minimum(places + 1, len(whole.items) - 1)
        laid: dict[str, Any] = {
            "items": whole.items[places].astype(np.int64),
            "targets": np.where(is_real, whole.items[after], IGNORED).astype(np.int64),
        }
        if self.with_clock:
            told = clock(whole.at_us[places], whole.at_us[after])
            laid |= {name: one.astype(np.int64) for name, one in zip(("gaps", "hours", "days"), told, strict=True)}
        return laid
