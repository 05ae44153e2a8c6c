"""The stars that people gave: what rating models learn from, checked once, here."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy.sparse import csr_matrix

from daogou.core.errors import InvalidField, InvalidInput
from daogou.core.types import EVENT_NUMBER, F32, I32, I64
from daogou.data.dataset import Dataset
from daogou.learn.ratings.attributes import Attributes, attributes_of_items, day_of


@dataclass(frozen=True, eq=False)
class Ratings:
    """Who gave which item how many stars. Build it with `of` or `ratings_of`, which check.

    user, item       (n,) numbers from 0, sorted by user, then item; no pair occurs twice
    stars            (n,) finite, from lowest to highest
    lowest, highest  the ends of the scale; predictions stay between them
    day              (n,) the calendar day each was given, as a number; None where it is not known
    user_attributes, item_attributes  what else is known of each user and each item; None where nothing is
    """

    user: I32
    item: I32
    stars: F32
    n_users: int
    n_items: int
    lowest: float
    highest: float
    day: I32 | None = None
    user_attributes: Attributes | None = None
    item_attributes: Attributes | None = None

    @classmethod
    def of(
        cls,
        user: ArrayLike,
        item: ArrayLike,
        stars: ArrayLike,
        *,
        lowest: float = 1.0,
        highest: float = 5.0,
        n_users: int | None = None,
        n_items: int | None = None,
        day: ArrayLike | None = None,
        user_attributes: Attributes | None = None,
        item_attributes: Attributes | None = None,
    ) -> Ratings:
        """From parallel arrays in any order. Where a user rated an item again, the last one given counts.

        Raises InvalidInput for no ratings, arrays of different lengths, NaN, or a number outside its range.
        """
        users, items, values = _numbers("user", user), _numbers("item", item), np.asarray(stars, np.float64)
        days = None if day is None else _numbers("day", day)
        if not len(users) == len(items) == len(values):
            raise InvalidInput(
                f"{len(users)} users, {len(items)} items and {len(values)} stars. Use one of each per rating."
            )
        if days is not None and len(days) != len(values):
            raise InvalidInput(f"{len(days)} days for {len(values)} ratings. Use one day per rating, or none at all.")
        if not len(values):
            raise InvalidInput("There are no ratings. Give at least one.")
        _refuse_bad_stars(values, lowest, highest)
        sizes = _size("user", users, n_users), _size("item", items, n_items)
        _refuse_other_size("user", user_attributes, sizes[0])
        _refuse_other_size("item", item_attributes, sizes[1])
        order = np.lexsort((items, users))
        last = np.ones(len(order), bool)
        same = (np.diff(users[order]) == 0) & (np.diff(items[order]) == 0)
        last[:-1] = ~same
        kept = order[last]
        return cls(
            users[kept].astype(np.int32),
            items[kept].astype(np.int32),
            values[kept].astype(np.float32),
            sizes[0],
            sizes[1],
            float(lowest),
            float(highest),
            None if days is None else days[kept].astype(np.int32),
            user_attributes,
            item_attributes,
        )

    def __len__(self) -> int:
        return len(self.stars)

    @cached_property
    def mean(self) -> float:
        return float(self.stars.mean(dtype=np.float64))

    @cached_property
    def by_user(self) -> csr_matrix:
        """(n_users, n_items) the stars; a star of 0 is stored like any other."""
        starts = np.searchsorted(self.user, np.arange(self.n_users + 1)).astype(np.int32)
        return csr_matrix((self.stars, self.item, starts), shape=(self.n_users, self.n_items))

    @cached_property
    def by_item(self) -> csr_matrix:
        """(n_items, n_users) the same, turned."""
        order = np.argsort(self.item, kind="stable")
        starts = np.searchsorted(self.item[order], np.arange(self.n_items + 1)).astype(np.int32)
        return csr_matrix((self.stars[order], self.user[order], starts), shape=(self.n_items, self.n_users))


class Predicted(NamedTuple):
    """mean (n,) the expected stars; deviation (n,) the standard deviation of what would be given"""

    mean: F32
    deviation: F32


@dataclass(frozen=True, eq=False)
class RatedQuery:
    """What somebody who need not be known rated so far, each item once.

    history     (n,) item numbers
    stars       (n,) how many stars each got
    day         the calendar day the question is for; None: any
    attributes  (n_attributes,) what else is known of them, as a row of the user attributes; None: nothing
    """

    history: I32
    stars: F32
    day: int | None = None
    attributes: F32 | None = None

    def __post_init__(self) -> None:
        if len(self.history) != len(self.stars):
            raise InvalidInput(f"{len(self.history)} items with {len(self.stars)} stars. Use one star value per item.")

    def known(self, n_items: int, lowest: float, highest: float) -> tuple[I32, F32]:
        """The part a model can use: items it knows. Raises InvalidInput for NaN or stars off the scale."""
        _refuse_bad_stars(np.asarray(self.stars, np.float64), lowest, highest)
        inside = (self.history >= 0) & (self.history < n_items)
        return np.asarray(self.history[inside], np.int32), np.asarray(self.stars[inside], np.float32)


def ratings_of(dataset: Dataset, *, lowest: float = 1.0, highest: float = 5.0) -> Ratings:
    """The `rate_item` events of a shop with their day (UTC), and brand, category and tags of the items.

    Where a user rated an item again, the last one in time counts.
    """
    rows = dataset.event == EVENT_NUMBER["rate_item"]
    return Ratings.of(
        dataset.user[rows],
        dataset.item[rows],
        dataset.value[rows],
        lowest=lowest,
        highest=highest,
        n_users=dataset.n_users,
        n_items=dataset.n_items,
        day=day_of(dataset.at_us[rows]),
        item_attributes=attributes_of_items(dataset.items) if dataset.items else None,
    )


def _numbers(field: str, values: ArrayLike) -> I64:
    found = np.asarray(values)
    if found.ndim != 1 or (len(found) and found.dtype.kind not in "iu"):
        raise InvalidField(field, f"{found.dtype} {found.shape}", "whole numbers in one dimension", rule="wrong_type")
    return found.astype(np.int64)


def _refuse_bad_stars(stars: np.ndarray, lowest: float, highest: float) -> None:
    if not lowest < highest:
        raise InvalidField("lowest", lowest, f"a number below highest = {highest:g}", rule="out_of_range")
    bad = np.flatnonzero(~((stars >= lowest) & (stars <= highest)))  # NaN is neither
    if len(bad):
        more = f" ({len(bad):,} ratings are wrong)" if len(bad) > 1 else ""
        allowed = f"stars from {lowest:g} to {highest:g}, or name the scale with lowest and highest{more}"
        raise InvalidField(f"stars[{bad[0]}]", float(stars[bad[0]]), allowed, rule="out_of_range")


def _refuse_other_size(side: str, attributes: Attributes | None, size: int) -> None:
    if attributes is not None and attributes.table.shape[0] != size:
        raise InvalidInput(
            f"{attributes.table.shape[0]} rows of {side} attributes for {size} {side}s. Use one row each."
        )


def _size(field: str, numbers: I64, size: int | None) -> int:
    needed = int(numbers.max()) + 1
    bound = needed if size is None else size
    wrong = np.flatnonzero((numbers < 0) | (numbers >= bound))
    if len(wrong):
        raise InvalidField(
            f"{field}[{wrong[0]}]", int(numbers[wrong[0]]), f"a number from 0 to {bound - 1}", rule="out_of_range"
        )
    return bound
