"""Copy a shop from one database to another, exactly: the same numbers, the same order, every table.

A copy that was broken off goes on where it stopped. What comes out is compared, table by table, by the number of rows
and a SHA-256 over all of them in order. Cost: each side is read once more for that; memory for one page.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import Integer, Table, bindparam, func, literal_column, select, update

from daogou.core.errors import Conflict, InvalidInput, StorageUnavailable
from daogou.core.protocols import Progress, silent
from daogou.data.store.backend import Backend, Row
from daogou.data.store.schema import events, lake_state, metadata

_PAGE = 5_000
_encode = msgspec.msgpack.Encoder().encode


@dataclass(frozen=True, slots=True)
class Copied:
    """One table after the copy, the same on both sides."""

    table: str
    rows: int
    sha256: str


def copy_shop(source: Backend, target: Backend, progress: Progress = silent) -> list[Copied]:
    """Copy every table; nobody may write to either meanwhile.

    Raises Conflict, and writes nothing, when the target holds what the source does not; StorageUnavailable when in the
    end both are not the same, because somebody wrote meanwhile. Run it again to go on.
    """
    tables = [_Copy(source, target, table) for table in metadata.sorted_tables if table is not lake_state]
    for one in tables:
        one.check()
    total, done = sum(one.missing for one in tables), 0
    for one in tables:
        for n_rows in one.run():
            done += n_rows
            progress(done, total, "rows copied")
    _copy_lake_state(source, target)
    return [one.compared() for one in tables]


class _Side:
    """One table in one database, a page at a time in the order of its key."""

    def __init__(self, backend: Backend, table: Table) -> None:
        self._backend = backend
        (key,) = table.primary_key.columns
        self._place = list(table.c).index(key)
        self._before_all: Any = -1 if isinstance(key.type, Integer) else ""
        page = select(*table.c).where(key > bindparam("after"), key <= bindparam("until")).order_by(key)
        limited = page.limit(bindparam("most")).offset(literal_column("0", Integer))
        self._page = backend.compile(limited, ["after", "until", "most"])
        self._ends = backend.compile(select(func.count(), func.max(key)), [])
        up_to = select(func.count()).select_from(table).where(key <= bindparam("until"))
        self._count = backend.compile(up_to, ["until"])

    def ends(self) -> tuple[int, Any]:
        """How many rows there are, and the last key."""
        n_rows, last = self._backend.read(self._ends)[0]
        return n_rows, self._before_all if last is None else last

    def count(self, until: Any) -> int:
        """How many rows there are up to this key."""
        return int(self._backend.read(self._count, (until,))[0][0])

    def pages(self, after: Any, until: Any) -> Iterator[list[Row]]:
        """Rows with after < key ≤ until; None begins with the first."""
        after = self._before_all if after is None else after
        while page := self._backend.read(self._page, (after, until, _PAGE)):
            yield [tuple(row) for row in page]
            after = page[-1][self._place]

    def digest(self, until: Any) -> str:
        """SHA-256 over all rows up to this key."""
        told = hashlib.sha256()
        for page in self.pages(None, until):
            told.update(b"".join(map(_encode, page)))
        return told.hexdigest()


class _Copy:
    """One table on its way."""

    def __init__(self, source: Backend, target: Backend, table: Table) -> None:
        self._table, self._backend = table, target
        self._source, self._target = _Side(source, table), _Side(target, table)
        (self._key,) = table.primary_key.columns
        self._adding = target.adding(table, [column.name for column in table.c], key=self._key.name)
        self.missing = 0

    def check(self) -> None:
        """Raises Conflict unless the target holds the first rows of the source and nothing else."""
        there, last = self._target.ends()
        self.missing = self._source.ends()[0] - there
        if there != self._source.count(last) or (there and self._target.digest(last) != self._source.digest(last)):
            raise Conflict(
                f"The target has {there:,} rows in {self._table.name} that are not the first ones of the source. "
                "Nothing was written; name an empty database, or one into which this shop was being moved."
            )

    def run(self) -> Iterator[int]:
        """Copy what is missing, a transaction per page; gives the rows of each."""
        _, after = self._target.ends()
        _, last = self._source.ends()
        for page in self._source.pages(after, last):
            with self._backend.writing() as driver:
                (answer,) = self._adding.groups(driver, [page])
                if isinstance(answer, InvalidInput):
                    raise answer
            yield len(page)
        if isinstance(self._key.type, Integer) and self._key.autoincrement is True:
            with self._backend.writing() as driver:
                self._backend.raise_counter(driver, self._table, self._key.name, last)

    def compared(self) -> Copied:
        """Both sides, read again."""
        (n_rows, last), (n_copied, _) = self._source.ends(), self._target.ends()
        sha256, copied = self._source.digest(last), self._target.digest(last)
        if (n_rows, sha256) != (n_copied, copied):
            raise StorageUnavailable(
                f"Table {self._table.name} has {n_rows:,} rows in the source and {n_copied:,} in the target, or rows "
                "that differ: somebody wrote meanwhile. Stop what uses the shop, empty the target and move again."
            )
        return Copied(self._table.name, n_rows, sha256)


def _copy_lake_state(source: Backend, target: Backend) -> None:
    """What the lake holds; no event may get a number again that the lake knows, even where the log was pruned."""
    names = [column.name for column in lake_state.c]
    ((_, version, watermark),) = source.read(source.compile(select(*lake_state.c), []))
    set_: dict[str, Any] = {name: bindparam(f"to_{name}") for name in names[1:]}
    advance = target.compile(update(lake_state).values(set_), [f"to_{name}" for name in names[1:]])
    with target.writing() as driver:
        driver.execute(advance, (version, watermark))
        target.raise_counter(driver, events, "seq", watermark)
