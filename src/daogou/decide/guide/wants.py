"""How what is said now changes what was wanted before."""

from __future__ import annotations

from collections.abc import Sequence

from daogou.decide.filters.folding import fold
from daogou.decide.guide.acts import PRICE, Want

BOUNDS = ("at_least", "at_most", "about")


def merged(before: Sequence[Want], said: Sequence[Want]) -> tuple[Want, ...]:
    """The wants before with those said now; what is said later holds where both cannot.

    A new value of a field takes the place of its earlier ones, what is unwanted adds up, a bound takes the place of the
    same bound, and a range or "about" takes the place of every bound of its field.
    """
    fresh = _ranges_in_order(said)
    kept = [one for one in before if not any(_gives_way(one, new, fresh) for new in fresh)]
    trimmed = [trim for one in kept if (trim := _trimmed(one, fresh)) is not None]
    result: list[Want] = []
    for want in (*trimmed, *fresh):
        same = next((place for place, one in enumerate(result) if _joins(one, want)), None)
        if same is None:
            result.append(want)
        else:
            result[same] = _joined(result[same], want)
    return tuple(result)


def without(wants: Sequence[Want], field: str, values: Sequence[str] = ()) -> tuple[Want, ...]:
    """What is left when everything said of a field is taken back, or only what was said of these values."""
    if not values:
        return tuple(one for one in wants if one.field != field)
    gone = {fold(value) for value in values}
    left = []
    for want in wants:
        if want.field != field or want.op in BOUNDS:
            left.append(want)
        else:
            kept = tuple(value for value in want.values if fold(value) not in gone)
            if kept:
                left.append(Want(want.field, want.op, kept, want.number, want.is_hard))
    return tuple(left)


def _gives_way(old: Want, new: Want, said: Sequence[Want]) -> bool:
    if old.field != new.field:
        return False
    if old.op in BOUNDS and new.op in BOUNDS:
        return old.op == new.op or "about" in (old.op, new.op) or _contradict(old, new)
    if old.op == "is" and new.op == "is":
        return True
    return (old.op in BOUNDS and new.op == "is") or (old.op == "is" and new.op in BOUNDS)


def _contradict(old: Want, new: Want) -> bool:
    low, high = (old, new) if old.op == "at_least" else (new, old)
    return (low.number or 0) > (high.number or 0)


def _trimmed(old: Want, said: Sequence[Want]) -> Want | None:
    """An earlier want without the values that what is said now turns round."""
    other = {"is": "is_not", "is_not": "is"}.get(old.op)
    turned = {fold(value) for new in said if new.field == old.field and new.op == other for value in new.values}
    if not turned:
        return old
    values = tuple(value for value in old.values if fold(value) not in turned)
    return Want(old.field, old.op, values, old.number, old.is_hard) if values else None


def _joins(one: Want, other: Want) -> bool:
    return one.field == other.field and one.op == other.op == "is_not"


def _joined(one: Want, other: Want) -> Want:
    values = tuple(dict.fromkeys((*one.values, *other.values)))
    return Want(one.field, one.op, values, None, one.is_hard or other.is_hard)


def _ranges_in_order(said: Sequence[Want]) -> list[Want]:
    """Lower bounds below upper ones, whichever way round they were said."""
    lows = {one.field: one for one in said if one.op == "at_least"}
    highs = {one.field: one for one in said if one.op == "at_most"}
    turned = {name for name in lows if name in highs and _contradict(lows[name], highs[name])}
    if not turned:
        return list(said)
    swapped = []
    for one in said:
        if one.field in turned and one.op in ("at_least", "at_most"):
            other = (highs if one.op == "at_least" else lows)[one.field]
            one = Want(one.field, one.op, (), other.number, one.is_hard)
        swapped.append(one)
    return swapped


def price_bounds(wants: Sequence[Want]) -> tuple[float | None, float | None]:
    """The lowest and the highest price that is wanted."""
    return amount_bounds(wants, PRICE)


def amount_bounds(wants: Sequence[Want], field: str) -> tuple[float | None, float | None]:
    """The least and the most that is wanted of a field."""
    low = [one.number for one in wants if one.field == field and one.op == "at_least"]
    high = [one.number for one in wants if one.field == field and one.op == "at_most"]
    return (low[-1] if low else None), (high[-1] if high else None)
