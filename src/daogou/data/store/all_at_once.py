"""Many rows into a table in one round trip, for a database at the other end of a wire."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import Any

from sqlalchemy import BigInteger, Float, Integer, Table, bindparam, exists, func, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import TypeEngine

from daogou.core.errors import InvalidInput
from daogou.data.store.backend import Compiler, Row

_LOWEST, _HIGHEST = -(2**63), 2**63 - 1


class AllAtOnce:
    """`Adding` by one INSERT for all rows of all groups, each column an array.

    Values that cannot be stored are found while the arrays are put together, before anything is sent: then every group
    is tried alone, and no savepoint is needed.

    refusing  turns what the driver says of such values into InvalidInput
    """

    def __init__(
        self,
        compiler: Compiler,
        refusing: Callable[[Any], AbstractContextManager[None]],
        table: Table,
        columns: Sequence[str],
        *,
        key: str,
        gone: Table | None,
    ) -> None:
        self._refusing = refusing
        self._key = columns.index(key)
        self._kinds = [table.c[name].type for name in columns]
        arrays = [bindparam(name, type_=ARRAY(table.c[name].type)) for name in columns]
        given = func.unnest(*arrays).table_valued(*columns, with_ordinality="place").render_derived()
        new = select(*(given.c[name] for name in columns)).order_by(given.c.place)  # numbers are given in this order
        if gone is not None:
            new = new.where(~exists().where(gone.c[key] == given.c[key]))
        adding = compiler.insert(table).from_select(list(columns), new).on_conflict_do_nothing(index_elements=[key])
        self._sql = compiler.compile(adding.returning(table.c[key]), columns)

    def groups(self, driver: Any, groups: Sequence[Sequence[Row]]) -> list[int | InvalidInput]:
        try:
            added = self._add(driver, [row for group in groups for row in group])
        except InvalidInput as error:
            if len(groups) == 1:
                return [error]
            return [self.groups(driver, [group])[0] for group in groups]
        return [self._taken(added, group) for group in groups]

    def _add(self, driver: Any, rows: Sequence[Row]) -> Counter[Any]:
        """The keys that went in."""
        if not rows:
            return Counter()
        with self._refusing(driver):
            columns = [_column(kind, values) for kind, values in zip(self._kinds, zip(*rows, strict=True), strict=True)]
            return Counter(key for (key,) in driver.execute(self._sql, columns).fetchall())

    def _taken(self, added: Counter[Any], group: Sequence[Row]) -> int:
        """How many of these went in; of rows with one key it was the first."""
        taken = 0
        for row in group:
            if added.pop(row[self._key], 0):
                taken += 1
        return taken


def _column(kind: TypeEngine[Any], values: Sequence[Any]) -> list[Any]:
    """One column as an array; an array has one type, and whole numbers only up to 64 bits."""
    if isinstance(kind, Float):
        return [None if one is None else float(one) for one in values]
    if isinstance(kind, Integer | BigInteger):
        known = [one for one in values if one is not None]
        if known and not _LOWEST <= min(known) <= max(known) <= _HIGHEST:
            raise OverflowError("a whole number needs more than 64 bits")
    return list(values)
