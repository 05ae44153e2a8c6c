"""A learned lift beside the live catalogue: one row of factors per circumstance, multiplied when asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import msgspec
import numpy as np

from daogou.core.types import F32
from daogou.decide.catalogue import Catalogue
from daogou.decide.context.context import Context
from daogou.decide.context.wording import lift_words
from daogou.learn.lift import Dimension, Lift, group_of

MOST_KEPT = 128
LEAST_TOLD = 1.05
"""A circumstance that changes less than this, or its inverse, is not worth a line."""

Key = tuple[tuple[int, int], ...]


class LiftTold(msgspec.Struct, frozen=True):
    """What one circumstance does to one item's score."""

    name: str
    value: str
    factor: float
    text: str


class Lifted:
    """Costs one look-up per circumstance while they repeat; some tens of microseconds for new ones.

    Memory: 4 bytes per item for each of at most 128 different circumstances, and for each word of the lift.
    """

    def __init__(self, lift: Lift, catalogue: Catalogue) -> None:
        self._lift = lift
        self._catalogue = catalogue
        self._places = [{value: row for row, value in enumerate(one.values)} for one in lift.dimensions]
        self._revision = (-1, -1)
        self._rows: list[F32] = []
        self._kept: dict[Key, F32] = {}

    def factors(self, context: Context) -> F32 | None:
        """(n_catalogue,) of all that is known here and now; None where nothing is."""
        return self._of(self._key((one.name, context.said(one.name)) for one in self._lift.dimensions))

    def factors_of(self, attributes: Mapping[str, tuple[str, ...]]) -> F32 | None:
        """(n_catalogue,) of a person with these attributes; None where nothing was learned of any."""
        said = {f"{name}:{value}" for name, values in attributes.items() for value in values}
        return self._of(self._key((one.name, "yes" if one.name in said else None) for one in self._lift.dimensions))

    def told(self, context: Context, number: int, language: str) -> tuple[LiftTold, ...]:
        """What each known circumstance does to one item, the strongest first."""
        self._refresh()
        found = []
        for place, row in self._key((one.name, context.said(one.name)) for one in self._lift.dimensions):
            name, value = self._lift.dimensions[place].name, self._lift.dimensions[place].values[row]
            factor = round(float(self._rows[place][row, number]), 3)
            if max(factor, 1 / factor) >= LEAST_TOLD:
                found.append(LiftTold(name, value, factor, lift_words(name, value, factor, language)))
        return tuple(sorted(found, key=lambda one: -max(one.factor, 1 / one.factor)))

    def _key(self, said: Iterable[tuple[str, str | None]]) -> Key:
        """(place of the dimension, row of its value) of all that is known."""
        return tuple(self._known(said))

    def _known(self, said: Iterable[tuple[str, str | None]]) -> Iterator[tuple[int, int]]:
        for place, (_, value) in enumerate(said):
            row = None if value is None else self._places[place].get(value)
            if row is not None:
                yield place, row

    def _of(self, key: Key) -> F32 | None:
        if not key:
            return None
        self._refresh()
        found = self._kept.get(key)
        if found is None:
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            rows = [self._rows[place][row] for place, row in key]
            found = self._kept[key] = np.multiply.reduce(rows)
        return found

    def _refresh(self) -> None:
        """Line the rows up with the catalogue: an item that nobody had taken follows its group, any other is 1."""
        revision = (self._catalogue.revision, len(self._catalogue))
        if revision == self._revision:
            return
        number_of, lift = self._catalogue.number_of, self._lift
        group_places = {one: place for place, one in enumerate(lift.groups)}
        group = np.array([group_places.get(group_of(item), -1) for item in self._catalogue.items], np.int64)
        known = [(number_of[one], place) for place, one in enumerate(lift.item_ids) if one in number_of]
        numbers, places = (np.array(one, np.int64) for one in zip(*known, strict=True)) if known else (_NONE, _NONE)
        self._rows = [_row(one, group, numbers, places) for one in lift.dimensions]
        self._kept.clear()
        self._revision = revision


_NONE = np.empty(0, np.int64)


def _row(
    dimension: Dimension, group: np.ndarray[tuple[int, ...], np.dtype[np.int64]],
    numbers: np.ndarray[tuple[int, ...], np.dtype[np.int64]], places: np.ndarray[tuple[int, ...], np.dtype[np.int64]],
) -> F32:  # fmt: skip
    """(n_values, n_catalogue)"""
    padded = np.concatenate([dimension.by_group, np.ones((len(dimension.values), 1), np.float32)], axis=1)
    rows = padded[:, group]
    rows[:, numbers] = dimension.by_item[:, places]
    return np.asarray(rows, np.float32)
