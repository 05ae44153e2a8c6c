"""Turn a tree into array operations over columns, once per expression."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial, reduce
from typing import Any, TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

from daogou.core.clock import DAY_US
from daogou.core.types import F64, I32, Bools
from daogou.decide.filters.check import window_of
from daogou.decide.filters.column import TextColumn
from daogou.decide.filters.columns import Columns
from daogou.decide.filters.fields import PATH_FIELD, NumberField, TextField, field_of
from daogou.decide.filters.folding import fold
from daogou.decide.filters.tree import ATTRIBUTE, And, Claim, Node, Not

Mask: TypeAlias = Callable[[Columns, I32 | None, int], Bools]
"""(columns, item numbers or None for all, now_us) -> a fresh array, True where the item passes."""

Scalar = TypeVar("Scalar", bound=np.generic)

COMPARE: dict[str, Callable[[F64, Any], Any]] = {
    "=": np.equal,
    "<": np.less,
    "<=": np.less_equal,
    ">": np.greater,
    ">=": np.greater_equal,
    "!=": lambda values, value: (values != value) & ~np.isnan(values),
    "in": np.isin,
    "exists": lambda values, _: ~np.isnan(values),
    "missing": lambda values, _: np.isnan(values),
}
"""A missing number is NaN, for which every one of these but the last is false."""


def compiled(node: Node) -> Mask:
    """One function for the whole tree."""
    if isinstance(node, Not):
        inner = compiled(node.part)
        return lambda columns, numbers, now_us: ~inner(columns, numbers, now_us)
    if isinstance(node, Claim):
        return _claim(node)
    joined = np.logical_and if isinstance(node, And) else np.logical_or
    parts = [compiled(part) for part in node.parts]
    return lambda columns, numbers, now_us: reduce(joined, (part(columns, numbers, now_us) for part in parts))


def _claim(claim: Claim) -> Mask:
    field = field_of(claim.field)
    if isinstance(field, NumberField):
        return _number(claim, field)
    return _words(claim, field) if field.kind == "words" else _texts(claim, field)


def _number(claim: Claim, field: NumberField) -> Mask:
    holds = _moment(claim) if field.kind == "moment" else _amount(claim, field)

    def mask(columns: Columns, numbers: I32 | None, now_us: int) -> Bools:
        return holds(_of(columns.number(claim.field, field.read).values, numbers), now_us)

    return mask


def _amount(claim: Claim, field: NumberField) -> Callable[[F64, int], Bools]:
    compare = COMPARE[claim.operator]
    amounts = [float(one) for one in claim.values]
    if claim.operator == "in":
        return lambda column, now_us: compare(column, amounts)
    amount = amounts[0] if amounts else 0.0
    if field.kind != "age":
        return lambda column, now_us: compare(column, amount)
    if field.is_ahead:
        return lambda column, now_us: compare(column - now_us, amount * DAY_US)
    return lambda column, now_us: compare(now_us - column, amount * DAY_US)


def _moment(claim: Claim) -> Callable[[F64, int], Bools]:
    """A day stands for all of it: <= holds until its last moment, > from the first one after it."""
    if not claim.values:
        return lambda column, now_us: COMPARE[claim.operator](column, 0.0)
    start_us, end_us = window_of(str(claim.values[0]))
    windows: dict[str, Callable[[F64, int], Bools]] = {
        "<": lambda column, now_us: column < start_us,
        "<=": lambda column, now_us: column < end_us,
        ">": lambda column, now_us: column >= end_us,
        ">=": lambda column, now_us: column >= start_us,
        "=": lambda column, now_us: (column >= start_us) & (column < end_us),
        "!=": lambda column, now_us: (column < start_us) | (column >= end_us),
    }
    return windows[claim.operator]


def _texts(claim: Claim, field: TextField) -> Mask:
    is_under = claim.operator == "under"
    read = PATH_FIELD if is_under else field
    column_of = _column_of(f"{claim.field} under" if is_under else claim.field, read)
    texts = [read.fold(str(one)) for one in claim.values]

    def mask(columns: Columns, numbers: I32 | None, now_us: int) -> Bools:
        column = column_of(columns)
        if column is None:
            n_asked = len(columns) if numbers is None else len(numbers)
            return np.full(n_asked, claim.operator == "missing", bool)
        table = _passing(column, claim.operator, texts)
        passing: Bools = table[_of(column.combinations, numbers)]
        return passing

    return mask


def _passing(column: TextColumn, operator: str, texts: list[str]) -> Bools:
    """(n_combinations,) which combinations of texts pass; the first one is the empty one."""
    if operator == "missing":
        return ~_passing(column, "exists", texts)
    table = np.zeros(column.n_combinations, bool) if operator == "exists" else column.holding(texts)
    if operator in ("!=", "exists"):
        table = ~table
        table[0] = False
    return table


def _column_of(name: str, field: TextField) -> Callable[[Columns], TextColumn | None]:
    if name.startswith(ATTRIBUTE):
        return partial(Columns.attribute, name=name.removeprefix(ATTRIBUTE), field=field)
    return partial(Columns.text, name=name, field=field)


def _words(claim: Claim, field: TextField) -> Mask:
    words = [fold(str(one)) for one in claim.values]

    def mask(columns: Columns, numbers: I32 | None, now_us: int) -> Bools:
        column = columns.words(claim.field, field)
        if claim.operator == "has":
            return _of(column.having(words[0]), numbers).copy()
        is_known = _of(column.is_known, numbers)
        return is_known if claim.operator == "exists" else ~is_known

    return mask


def _of(values: NDArray[Scalar], numbers: I32 | None) -> NDArray[Scalar]:
    """The values of these items, or of all."""
    return values if numbers is None else values[numbers]
