"""Pins: items at the places where the shop put them, whoever else speaks for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from daogou.core.types import I32, Bools

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Pin:
    """One item at one place: `number` in the catalogue, `position` from 0, and the rule that says so."""

    number: int
    position: int
    rule_id: str


def settle(pins: Sequence[Pin], is_admitted: Bools, group: I32, limit: int) -> list[Pin]:
    """The pins that are shown, by position.

    pins         as the rules name them; of two for one place, or of one item, the first counts
    is_admitted  (n_pins,) whether the gate lets each pass
    group        (n_pins,) numbers of the variant groups, of which a list takes one item each

    A pin whose place is taken moves on to the next free one.
    """
    taken: dict[int, Pin] = {}
    waiting: list[Pin] = []
    groups: set[int] = set()
    for pin, may_pass, one_group in zip(pins, is_admitted.tolist(), group.tolist(), strict=True):
        if not may_pass or one_group in groups or pin.position >= limit:
            continue
        groups.add(one_group)
        if pin.position in taken:
            waiting.append(pin)
        else:
            taken[pin.position] = pin
    for pin in waiting:
        free = next((place for place in range(pin.position, limit) if place not in taken), None)
        if free is not None:
            taken[free] = Pin(pin.number, free, pin.rule_id)
    return [taken[position] for position in sorted(taken)]


def weave(others: Sequence[T], pinned: Sequence[T], positions: Sequence[int]) -> list[T]:
    """`others` in their order with each of `pinned` at its position (ascending), or last in a list that is shorter."""
    woven = list(others)
    for one, position in zip(pinned, positions, strict=True):
        woven.insert(position, one)
    return woven
