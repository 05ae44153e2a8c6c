"""Rows into a table one by one, for a database within this process, where a statement costs microseconds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import Any

from sqlalchemy import Table, bindparam, exists, select

from daogou.core.errors import InvalidInput
from daogou.data.store.backend import Compiler, Row


class RowByRow:
    """`Adding` by one INSERT per row.

    part  a part of a transaction that is taken back alone, as InvalidInput, when a value cannot be stored
    """

    def __init__(
        self,
        compiler: Compiler,
        part: Callable[[Any], AbstractContextManager[None]],
        table: Table,
        columns: Sequence[str],
        *,
        key: str,
        gone: Table | None,
    ) -> None:
        self._part = part
        new = select(*(bindparam(name, type_=table.c[name].type) for name in columns))
        self._key = None if gone is None else columns.index(key)
        if gone is None:
            blanks = list(columns)
            adding = compiler.insert(table).values({name: bindparam(name) for name in columns})
        else:
            blanks = [*columns, "known"]
            came_before = exists().where(gone.c[key] == bindparam("known"))
            adding = compiler.insert(table).from_select(list(columns), new.where(~came_before))
        self._sql = compiler.compile(adding.on_conflict_do_nothing(index_elements=[key]), blanks)

    def groups(self, driver: Any, groups: Sequence[Sequence[Row]]) -> list[int | InvalidInput]:
        return [self._guarded(driver, rows) for rows in groups]

    def _guarded(self, driver: Any, rows: Sequence[Row]) -> int | InvalidInput:
        if not rows:
            return 0
        asked = rows if self._key is None else [(*row, row[self._key]) for row in rows]
        try:
            with self._part(driver):
                return max(int(driver.executemany(self._sql, asked).rowcount), 0)
        except InvalidInput as error:
            return error
