"""A side of the catalogue that shoppers speak of: its name, its values, its unit, and which value comes after which."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Literal

from daogou.decide.words.units import Unit

Kind = Literal["choice", "number", "flag"]

_LADDERS = (
    ("nb", "xxxs", "xxs", "xs", "s", "m", "l", "xl", "xxl", "xxxl", "xxxxl"),
    ("mini", "extra small", "small", "medium", "large", "extra large", "jumbo"),
    ("迷你", "小号", "中号", "大号", "特大号"),
    ("single", "double", "queen", "king"),
    ("a8", "a7", "a6", "b6", "a5", "b5", "a4", "b4", "a3", "a2", "a1"),
)
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_YES = frozenset(("yes", "true", "y", "1", "是", "有", "支持"))
_NO = frozenset(("no", "false", "n", "0", "否", "无", "没有", "不支持"))


@dataclass(frozen=True, slots=True)
class ValueInfo:
    """How a value is called in each language, in what other ways it may be said, and how many items have it."""

    count: int
    labels: Mapping[str, str] = field(default_factory=dict)
    spellings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FacetInfo:
    """One facet. concept: what it is about in the words of the trade (colour, weight…), None where not known.

    unit      of its numbers
    patterns  how a number of it reads, by language, with {} for the number
    ladders   values in ascending order, each sequence by itself: S to XXL, 35 to 44
    """

    name: str
    labels: Mapping[str, str]
    kind: Kind
    values: Mapping[str, ValueInfo]
    concept: str | None = None
    unit: Unit | None = None
    patterns: Mapping[str, str] = field(default_factory=dict)
    ladders: tuple[tuple[str, ...], ...] = ()

    @property
    def count(self) -> int:
        """How many values items state, all together."""
        return sum(value.count for value in self.values.values())

    @property
    def is_ordered(self) -> bool:
        """Whether it makes sense to ask for more or less of it."""
        return self.kind == "number" or bool(self.ladders)

    @property
    def yes(self) -> str | None:
        """The value of a flag that says that it is so."""
        return next((value for value in self.values if value.casefold() in _YES), None)

    @property
    def no(self) -> str | None:
        """The value of a flag that says that it is not so."""
        return next((value for value in self.values if value.casefold() in _NO), None)

    def after(self, value: str, steps: int) -> str | None:
        """The value so many steps up the ladder, or down with a negative number; None beyond its ends."""
        for ladder in self.ladders:
            if value in ladder:
                place = ladder.index(value) + steps
                return ladder[place] if 0 <= place < len(ladder) else None
        return None


def kind_of(values: Collection[str]) -> Kind:
    """Numbers where all values are, a flag where all mean yes or no."""
    if values and all(value.casefold() in _YES or value.casefold() in _NO for value in values):
        return "flag"
    if values and all(_NUMBER.fullmatch(value) for value in values):
        return "number"
    return "choice"


def ladders_of(values: Collection[str], *, is_size: bool) -> tuple[tuple[str, ...], ...]:
    """The ascending sequences among the values of a facet; bare numbers are one where the facet is a size."""
    folded = {value.casefold(): value for value in values}
    found = []
    for ladder in _LADDERS:
        own = tuple(folded[step] for step in ladder if step in folded)
        if len(own) > 1:
            found.append(own)
    if is_size:
        numbers = sorted((value for value in values if _NUMBER.fullmatch(value)), key=float)
        if len(numbers) > 1:
            found.append(tuple(numbers))
    return tuple(found)
