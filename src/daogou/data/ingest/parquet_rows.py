"""Read Parquet in slices, as rows of plain Python values."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Any

import polars as pl

from daogou.core.errors import Malformed
from daogou.data.ingest.containers import Opened, unpacked

_SLICE = 20_000


class ParquetTable:
    """A Parquet file that could be opened: its columns, how many rows, and the rows themselves."""

    def __init__(self, opened: Opened) -> None:
        self.path = opened.path
        self._file, damage = unpacked(opened)
        try:
            self._look(damage)
        except BaseException:
            self._file.close()
            raise

    def _look(self, damage: str | None) -> None:
        if damage is not None:
            why = "Parquet keeps its table of contents at the end, so nothing can be read"
            raise Malformed(f"{self.path}: {damage}. {why}.")
        self.schema = dict(_checked(self, lambda file: pl.read_parquet_schema(file)))
        self.n_rows = int(_checked(self, lambda file: pl.scan_parquet(file).select(pl.len()).collect().item()))
        if not self.n_rows:
            raise Malformed(f"{self.path}: nothing to import, it has columns but no rows.")

    @property
    def header(self) -> tuple[str, ...]:
        return tuple(self.schema)

    def rows(self, start: int = 0) -> Iterator[tuple[int, tuple[Any, ...]]]:
        """(row number from 1, values in header order), from row `start` (counted from 0)."""
        for offset in range(start, self.n_rows, _SLICE):
            frame = _checked(self, lambda file, at=offset: pl.scan_parquet(file).slice(at, _SLICE).collect())
            for place, values in enumerate(frame.iter_rows()):
                yield offset + place + 1, values

    def close(self) -> None:
        self._file.close()


def _checked(table: ParquetTable, read: Any) -> Any:
    """Run a read and say in our words what is wrong with the file."""
    file: IO[bytes] = table._file
    file.seek(0)
    try:
        return read(file)
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError, ValueError) as error:
        first = str(error).strip().splitlines()[:1] or ["unknown reason"]
        raise Malformed(
            f"{table.path} cannot be read as Parquet: {first[0]}. Get the file again, or export it anew."
        ) from None
