"""What a row of a page is worth: how many clicks it is expected to get, from counts of what was shown and clicked.

Places further right are clicked less, and items that only fill a row less again. So a row is compared with what all
rows get at the same places: its clicks over those expected there, shrunk towards the mean the more, the less was shown.
Good for: rows that were shown some hundred times. Says nothing of a row that was never shown.
Source: Marshall, "Mapping disease and mortality rates using empirical Bayes estimators", Applied Statistics 1991.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from daogou.core.errors import ArtifactRefused
from daogou.core.types import F64

ROWS_FILE = "rows.json"
FORMAT = 1
PLACES = 20
"""Places of a row that are told apart; later ones count as the last."""

CHOSEN, FILLER = 0, 1
PRIOR_VIEWS = 100.0
"""A place's own rate and that of all places weigh alike where it was seen so often."""


@dataclass(frozen=True, eq=False)
class RowCounts:
    """What was shown and clicked, by placement.

    shown, clicked  (n_placements, 2, PLACES) items chosen for the row and items that filled it, by place
    """

    placements: tuple[str, ...]
    shown: F64
    clicked: F64

    def save(self, folder: Path) -> None:
        """Write it into a release that is being built."""
        rows = {
            name: {"shown": shown.astype(int).tolist(), "clicked": clicked.astype(int).tolist()}
            for name, shown, clicked in zip(self.placements, self.shown, self.clicked, strict=True)
        }
        (folder / ROWS_FILE).write_text(json.dumps({"format": FORMAT, "rows": rows}) + "\n", encoding="utf-8")


def read_rows(path: Path) -> RowCounts:
    """The counts of a release, none where it has none. Raises ArtifactRefused for a file that cannot be read."""
    if not path.is_file():
        return RowCounts((), np.zeros((0, 2, PLACES)), np.zeros((0, 2, PLACES)))
    try:
        rows = json.loads(path.read_bytes())["rows"]
        shown, clicked = (
            np.array([row[what] for row in rows.values()], np.float64).reshape(len(rows), 2, PLACES)
            for what in ("shown", "clicked")
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ArtifactRefused(f"{path} cannot be read: {error}") from error
    return RowCounts(tuple(rows), shown, clicked)


@dataclass(frozen=True, eq=False)
class RowValues:
    """What is expected of rows.

    rates  (2, PLACES) share of items clicked over all rows, of chosen items and of fillers, by place
    lifts  by how much a row's clicks exceed that; only of rows that were shown
    """

    rates: F64 = field(default_factory=lambda: np.zeros((2, PLACES)))
    lifts: Mapping[str, float] = field(default_factory=dict)

    @classmethod
    def of(cls, counts: RowCounts) -> RowValues:
        """Estimated from counts; without any, nothing is known of any row."""
        total = counts.shown.sum()
        if not total:
            return cls()
        shown, clicked = counts.shown.sum(axis=0), counts.clicked.sum(axis=0)
        mean = clicked.sum() / total
        rates = (clicked + PRIOR_VIEWS * mean) / (shown + PRIOR_VIEWS)
        seen = counts.shown.sum(axis=(1, 2)) > 0
        expected = (counts.shown[seen] * rates).sum(axis=(1, 2))
        names = [name for name, is_seen in zip(counts.placements, seen, strict=True) if is_seen]
        lifts = _shrunk(counts.clicked[seen].sum(axis=(1, 2)), expected)
        return cls(rates, dict(zip(names, lifts.tolist(), strict=True)))

    def expected(self, placement: str, is_filler: Sequence[bool]) -> float | None:
        """Clicks expected when this row is seen once; None where the row was never shown.

        is_filler  of each item of the row, by place
        """
        lift = self.lifts.get(placement)
        if lift is None:
            return None
        kinds = np.array(is_filler, int)
        places = np.minimum(np.arange(len(kinds)), PLACES - 1)
        return lift * float(self.rates[kinds, places].sum())


def _shrunk(clicks: F64, expected: F64) -> F64:
    """(n,) clicks over expected clicks, each drawn towards the mean of all as far as chance alone would move it."""
    if not expected.sum():
        return np.ones(len(clicks))
    raw = np.divide(clicks, expected, out=np.ones(len(clicks)), where=expected > 0)
    mean = clicks.sum() / expected.sum()
    spread = (expected * (raw - mean) ** 2).sum() / expected.sum() - mean / expected.mean()
    if spread <= 0:  # the rows differ by no more than chance would make them
        return np.full(len(clicks), mean)
    kept = spread * expected / (spread * expected + mean)
    return np.asarray(mean + kept * (raw - mean), np.float64)
