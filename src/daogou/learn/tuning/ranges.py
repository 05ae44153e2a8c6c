"""What a setting may be tried at: a whole number, a number, or one of a few words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any, TypeAlias

DIGITS = 3
"""Numbers are tried with so many significant digits: finer steps change no list, and shop.toml stays readable."""


@dataclass(frozen=True)
class Whole:
    """Whole numbers from `low` to `high`; with `log`, steps are ratios."""

    low: int
    high: int
    log: bool = True

    def holds(self, value: object) -> bool:
        return isinstance(value, int) and not isinstance(value, bool) and self.low <= value <= self.high

    def tidy(self, value: Any) -> int:
        return int(value)

    @property
    def values(self) -> tuple[Any, ...] | None:
        """Every value where there are few, else None."""
        return tuple(range(self.low, self.high + 1)) if self.high - self.low < FEW else None


@dataclass(frozen=True)
class Number:
    """Numbers from `low` to `high`; with `log`, steps are ratios and `low` is above 0."""

    low: float
    high: float
    log: bool = True

    def holds(self, value: object) -> bool:
        return isinstance(value, int | float) and not isinstance(value, bool) and self.low <= value <= self.high

    def tidy(self, value: Any) -> float:
        return min(self.high, max(self.low, float(f"{value:.{DIGITS}g}")))

    @property
    def values(self) -> tuple[Any, ...] | None:
        return None


@dataclass(frozen=True)
class Choice:
    """One of these."""

    options: tuple[str | int | float | bool, ...]

    def holds(self, value: object) -> bool:
        return any(value == one and type(value) is type(one) for one in self.options)

    def tidy(self, value: Any) -> Any:
        return value

    @property
    def values(self) -> tuple[Any, ...] | None:
        return self.options


Range: TypeAlias = Whole | Number | Choice
Space: TypeAlias = Mapping[str, Range]

FEW = 40
"""A setting with fewer whole values than this can be gone through one by one."""


def every_point(space: Space) -> list[dict[str, Any]] | None:
    """All combinations of a space that has few of them, else None."""
    values = {name: one.values for name, one in space.items()}
    if any(one is None for one in values.values()):
        return None
    points = [dict(zip(values, point, strict=True)) for point in product(*(one or () for one in values.values()))]
    return points if len(points) <= FEW else None


def tidied(space: Space, point: Mapping[str, Any]) -> dict[str, Any]:
    """The same point with numbers a person would write."""
    return {name: space[name].tidy(value) for name, value in point.items()}
