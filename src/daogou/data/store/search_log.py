"""How often words were searched for and found nothing, by day; never who searched.

Counts only, so there is nothing to erase: what a shopper did with what was found is in the event log.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy import bindparam, delete, select

from daogou.data.store.backend import Backend
from daogou.data.store.schema import noted_searches

KEPT_DAYS = 400


@dataclass(frozen=True, slots=True)
class NotedSearch:
    """One day's searches for the same words; `day` counts from 1970 UTC, `empty` are those that found nothing."""

    day: int
    words: str
    count: int
    empty: int


class SearchLog(Protocol):
    """What a store promises about searches."""

    def add(self, searches: Sequence[NotedSearch]) -> None:
        """Count these too, in one transaction; days more than KEPT_DAYS before the newest of them are forgotten."""
        ...

    def since(self, day: int) -> list[NotedSearch]:
        """Everything counted on this day and later, by day, then by words."""
        ...


class SqlSearchLog:
    """`SearchLog` over SQL."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend
        table = noted_searches
        names = ["id", "day", "words", "n", "n_empty"]
        insert = backend.insert(table).values({name: bindparam(name) for name in names})
        more = {name: table.c[name] + insert.excluded[name] for name in ("n", "n_empty")}
        self._add = backend.compile(insert.on_conflict_do_update(index_elements=["id"], set_=more), names)
        found = select(table.c.day, table.c.words, table.c.n, table.c.n_empty).where(table.c.day >= bindparam("first"))
        self._since = backend.compile(found.order_by(table.c.id), ["first"])
        self._forget = backend.compile(delete(table).where(table.c.day < bindparam("first")), ["first"])

    def add(self, searches: Sequence[NotedSearch]) -> None:
        if not searches:
            return
        rows = [(f"{one.day:06} {one.words}", one.day, one.words, one.count, one.empty) for one in searches]
        with self._backend.writing() as driver:
            driver.executemany(self._add, sorted(rows))
            driver.execute(self._forget, (max(one.day for one in searches) - KEPT_DAYS,))

    def since(self, day: int) -> list[NotedSearch]:
        return [NotedSearch(*row) for row in self._backend.read(self._since, (day,))]
