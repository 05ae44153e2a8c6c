"""When nothing fits: which single want stands in the way, by how much, and which buttons lead on.

First every want is dropped alone, then in pairs. A bound is moved to the nearest item that has all else.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from daogou.core.types import F32, I32, Bools
from daogou.decide.guide.acts import BRAND, CATEGORY, PRICE, Act, Inform, Plain, Undo, Want
from daogou.decide.guide.find import Board, Constraint, caps, varied
from daogou.decide.guide.labels import Labels
from daogou.decide.guide.reply import Choice, Said
from daogou.decide.guide.view import numbers_of
from daogou.decide.guide.words import button, say

I16: TypeAlias = NDArray[np.int16]

MOST_WAYS = 3
WORDS = "words"
"""The field under which free words are taken back."""


@dataclass(frozen=True, eq=False)
class Relaxed:
    """said: what is in the way; near: numbers of what comes closest; ways: buttons"""

    said: tuple[Said, ...]
    near: tuple[int, ...]
    ways: tuple[Choice, ...]


def relaxed(board: Board, labels: Labels, language: str, limit: int) -> Relaxed:
    """What to say, show and offer where no item has all that must hold."""
    parts = board.constraints
    fails = [~one.has & board.base for one in parts]
    n_fails = np.zeros(len(board.base), np.int16)
    for failing in fails:
        n_fails += failing
    singles = [(one, numbers) for one, failing in zip(parts, fails, strict=True)
               if len(numbers := numbers_of(failing & (n_fails == 1)))]  # fmt: skip
    singles.sort(key=lambda pair: _cost(pair[0]))
    singles = [pair for pair in singles if not _is_kind(pair[0])] or singles
    ways = [_way(board, one, numbers, labels, language) for one, numbers in singles[:MOST_WAYS]]
    if not ways:
        ways = _pairs(parts, fails, n_fails, labels, language)
    said = _blocked(board, singles, labels, language)
    if said is None:
        said = say("none", language, {"wants": len(parts)}, wants=_told(parts, labels.in_sentences()))
    near = _nearest(board, limit)
    if len(ways) < 2:
        ways += _only_the_kind(board, labels, language)
        ways.append(Choice(button("reset", language), (Plain("reset"),)))
        ways.append(Choice(button("popular", language), (Plain("reset"), Plain("popular"))))
    notes = (said, say("near", language)) if near else (said,)
    return Relaxed(notes, tuple(near), tuple(ways))


def _cost(one: Constraint) -> float:
    """How much it hurts to give this up: bounds least, what kind of thing it is most."""
    if one.phrase:
        return 3.0
    assert one.want is not None
    if one.want.field == CATEGORY:
        return 5.0
    if one.want.op in ("at_least", "at_most", "about"):
        return (0.5 if one.want.op == "at_most" else 0.55) if one.want.field == PRICE else 0.6
    return 2.0 if one.want.field == BRAND else 1.0


def _nearest(board: Board, limit: int) -> list[int]:
    """Items that lack least, as far as they have anything of what is wanted."""
    n_items = len(board.base)
    lacks = np.zeros(n_items, np.float32)
    for one in board.constraints:
        lacks += np.where(one.has, 0.0, _lack(board, one)).astype(np.float32)
    everything = sum(_cost(one) for one in board.constraints)
    close = board.base & (lacks < 0.999 * everything)
    numbers = np.flatnonzero(close)
    if not len(numbers):
        return []
    keys = 3.0 * lacks[numbers] - board.scores[numbers]
    first = numbers[np.argsort(keys, kind="stable")[: 40 * limit]].astype(np.int32)
    return varied(board.view, first, limit, caps(board.focus, limit))


def _lack(board: Board, one: Constraint) -> F32 | float:
    """What missing this costs each item: a bound by how far it is missed, what is not stated a little less."""
    cost = _cost(one)
    want = one.want
    if want is None or want.op in ("is", "is_not"):
        return np.where(one.stated, cost, 0.7 * cost).astype(np.float32)
    low, high = board.view.fields.amounts(want.field)
    reached = high if want.op == "at_least" else low
    with np.errstate(divide="ignore", invalid="ignore"):
        apart = np.abs(np.log(np.maximum(reached, 1e-9) / max(want.number or 0.0, 1e-9)))
    return (cost * np.where(one.stated, np.minimum(0.2 + 1.5 * np.nan_to_num(apart, nan=9.0), 4.0), 2.0)).astype(
        np.float32
    )


def _blocked(board: Board, singles: Sequence[tuple[Constraint, I32]], labels: Labels, language: str) -> Said | None:
    """One sentence about the want that is cheapest to move, where it is a bound; else None."""
    if not singles:
        return None
    one, numbers = singles[0]
    want = one.want
    if want is None or want.op not in ("at_least", "at_most"):
        return None
    number, amount = nearest(board, want, numbers)
    if math.isnan(amount):
        return None
    item = board.view.items[number]
    words = labels.in_sentences()
    facts = {"field": want.field, "asked": want.number, "nearest": amount, "item_id": item.id}
    title, price = f"{{title:{item.id}}}", f"{{price:{item.id}}}"
    if want.field == PRICE:
        rest = _told([other for other in board.constraints if other is not one and not _goes_unsaid(other)], words)
        rest = rest or ("商品" if language.startswith("zh") else "any item")
        code = "none_price" if want.op == "at_most" else "none_price_low"
        return say(code, language, facts, rest=rest, title=title, price=price)
    has = words.amount(want.field, amount)
    return say("none_number", language, facts, want=words.want(want), title=title, has=has)


def nearest(board: Board, want: Want, numbers: I32) -> tuple[int, float]:
    """Of these items the one that misses a bound least, and its amount."""
    low, high = board.view.fields.amounts(want.field)
    amounts = (low if want.op == "at_most" else high)[numbers]
    if np.isnan(amounts).all():
        return int(numbers[0]), math.nan
    place = int(np.nanargmin(amounts) if want.op == "at_most" else np.nanargmax(amounts))
    return int(numbers[place]), float(amounts[place])


def _way(board: Board, one: Constraint, numbers: I32, labels: Labels, language: str) -> Choice:
    """The button that moves or drops one want."""
    want = one.want
    if want is not None and want.op in ("at_least", "at_most"):
        _, amount = nearest(board, want, numbers)
        if not math.isnan(amount):
            moved = Want(want.field, want.op, (), human(amount, up=want.op == "at_most"), want.is_hard)
            has, _ = board.view.fields.answers(moved)
            count = int(np.count_nonzero(has[numbers]))
            return Choice(button("instead", language, want=labels.want(moved)), (Inform((moved,)),), count)
    label = button("without", language, want=_told([one], labels))
    return Choice(label, (_dropped(one),), len(numbers))


def _dropped(one: Constraint) -> Act:
    if one.want is None:
        return Undo(WORDS, (one.phrase,))
    return Undo(one.want.field, one.want.values)


def _pairs(
    parts: Sequence[Constraint], fails: Sequence[Bools], n_fails: I16, labels: Labels, language: str
) -> list[Choice]:
    """Buttons that drop two wants at once."""
    found = []
    twice = n_fails == 2
    for one, other in combinations(range(len(parts)), 2):
        count = int(np.count_nonzero(twice & fails[one] & fails[other]))
        if count:
            found.append((_cost(parts[one]) + _cost(parts[other]), count, parts[one], parts[other]))
    found = [one for one in found if not (_is_kind(one[2]) or _is_kind(one[3]))] or found
    found.sort(key=lambda pair: (pair[0], -pair[1]))
    return [
        Choice(button("without", language, want=_told([one, other], labels)), (_dropped(one), _dropped(other)), count)
        for _, count, one, other in found[:MOST_WAYS]
    ]


def _only_the_kind(board: Board, labels: Labels, language: str) -> list[Choice]:
    """A button that takes back everything but what kind of thing it is."""
    kinds = [one for one in board.constraints if _is_kind(one)]
    others = [one for one in board.constraints if not _is_kind(one)]
    left = board.base.copy()
    for one in kinds:
        left &= one.has
    if not kinds or not others or not left.any():
        return []
    label = button("only", language, want=_told(kinds, labels))
    return [Choice(label, tuple(_dropped(one) for one in others), int(np.count_nonzero(left)))]


def _is_kind(one: Constraint) -> bool:
    return bool(one.phrase) or (one.want is not None and one.want.field == CATEGORY and one.want.op == "is")


def _told(parts: Sequence[Constraint], labels: Labels) -> str:
    words = [labels.want(one.want) if one.want is not None else labels.phrase(one.phrase) for one in parts]
    return labels.listed(words)


def _goes_unsaid(one: Constraint) -> bool:
    """Whether a sentence about the price can do without it."""
    return one.want is not None and (one.want.field == PRICE or one.want.op == "is_not")


def human(amount: float, *, up: bool) -> float:
    """A number as people say it, not tighter than `amount`: two leading digits."""
    if amount <= 0:
        return amount
    step = 10.0 ** (math.floor(math.log10(amount)) - 1)
    return float((math.ceil if up else math.floor)(round(amount / step, 6)) * step)
