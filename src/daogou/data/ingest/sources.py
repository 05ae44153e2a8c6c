"""A file as the import sees it: its kind, its format, and rows under our names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from daogou.core.errors import InvalidInput, Malformed, UnknownName
from daogou.data.ingest.columns import FIELDS, KINDS, Kind
from daogou.data.ingest.containers import Opened, open_file
from daogou.data.ingest.event_names import event_name
from daogou.data.ingest.json_rows import json_array, json_lines
from daogou.data.ingest.options import ImportOptions
from daogou.data.ingest.renaming import IGNORE, Renaming, check_needed, detect_kind, named_for, rename_columns
from daogou.data.ingest.shapes import Shape, shape_of
from daogou.data.ingest.tables import BadRow, open_table

if TYPE_CHECKING:
    from daogou.data.ingest.parquet_rows import ParquetTable

Entry = tuple[int, "dict[str, Any] | BadRow | str", object]
"""(line, the row under our names or what is wrong with it or why it is left out, the row as it was)."""

_SAMPLE = 50
_DELIMITER_NAMES = {"\t": "tab-separated", ";": "semicolon-separated", "|": "bar-separated"}


@dataclass(frozen=True)
class Source:
    """One file that was recognised.

    renaming   how its columns become our fields; for JSON, of the keys its first rows have
    delimiter  of CSV, None otherwise
    n_rows     where the format says so before reading
    """

    path: Path
    kind: Kind
    announced: str
    renaming: Renaming
    shape: Shape | None = None
    delimiter: str | None = None
    n_rows: int | None = None

    @property
    def has_titles(self) -> bool:
        """Whether items come with titles."""
        return self.kind != "items" or self.shape is not None or "title" in self.renaming.fields

    @property
    def has_items(self) -> bool:
        """Whether events can name items, or need none."""
        own = {"item_id", "items", "search_term"}
        return self.kind != "events" or self.shape is not None or bool(own & self.renaming.fields)


def recognise(path: Path, options: ImportOptions) -> Source:
    """Tell format and kind from the content.

    Raises Malformed where it cannot be read, InvalidInput where a needed column is missing or the kind is unclear.
    """
    opened = open_file(path)
    with closing(opened):
        header, n_rows, delimiter = _header(opened, options)
    shape = shape_of(frozenset(header))
    kind = options.kind or (cast(Kind, shape.kind) if shape else detect_kind(header, options.columns))
    if kind is None:
        raise InvalidInput(_unclear(path, header))
    shape = shape if shape is not None and shape.kind == kind else None
    renaming = renaming_for(kind, header, options)
    if shape is None:
        check_needed(renaming, str(path))
    notes = [opened.announced]
    if delimiter in _DELIMITER_NAMES:
        notes.insert(1, _DELIMITER_NAMES[delimiter])
    if shape is not None:
        notes.insert(0, shape.name)
    return Source(path, kind, ", ".join(notes), renaming, shape, delimiter, n_rows)


def renaming_for(kind: Kind, header: Sequence[str], options: ImportOptions) -> Renaming:
    """The renaming of a header under these options; rows of a file without event names get the likely one."""
    own = {name.strip().lower() for name in header}
    columns = {
        theirs: ours
        for theirs, ours in options.columns.items()
        if theirs.strip().lower() in own and (ours == IGNORE or named_for(kind, ours).split(".")[0] in FIELDS[kind])
    }
    for ours in options.columns.values():
        if ours != IGNORE and not any(ours.split(".")[0] in FIELDS[one] for one in KINDS):
            raise UnknownName(f"field of {kind}", ours, sorted(FIELDS[kind]))
    language = options.defaults.language
    renaming = rename_columns(kind, header, columns, language=language)
    if kind != "events" or "event_name" in renaming.fields:
        return renaming
    name = options.event_name
    if name is None:
        name = (
            "purchase" if "transaction_id" in renaming.fields else "rate_item" if "rating" in renaming.fields else None
        )
    if name is None:
        return renaming
    return rename_columns(kind, header, columns, {"event_name": event_name(name)}, language)


def _header(opened: Opened, options: ImportOptions) -> tuple[tuple[str, ...], int | None, str | None]:
    """The columns, and where the format tells them the number of rows and the delimiter."""
    if opened.container == "csv":
        table = open_table(opened, options.encoding)
        return table.header, None, table.delimiter
    if opened.container == "parquet":
        parquet = _parquet_table(opened)
        with closing(parquet):
            return parquet.header, parquet.n_rows, None
    rows = json_array(opened) if opened.container == "json" else json_lines(opened)
    return _keys(opened, rows), None, None


def _keys(opened: Opened, rows: Iterator[tuple[int, Mapping[str, Any]] | BadRow]) -> tuple[str, ...]:
    """Every key that the first rows have."""
    keys: dict[str, None] = {}
    first_bad = ""
    try:
        for row in islice(rows, _SAMPLE):
            if isinstance(row, BadRow):
                first_bad = first_bad or f"line {row.line}: use {row.allowed}"
            else:
                keys.update(dict.fromkeys(row[1]))
    except Malformed:
        if not keys:
            raise
    if not keys:
        why = opened.damage or first_bad or "it has no rows"
        raise Malformed(f"{opened.path}: no row at its start can be read; {why}.")
    return tuple(keys)


def entries(source: Source, opened: Opened, options: ImportOptions) -> Iterator[Entry]:
    """Every row of the file. Raises Malformed after the last good row where the file breaks off."""
    if opened.container == "csv":
        yield from _table_entries(source, opened, options)
    elif opened.container == "parquet":
        yield from _parquet_entries(source, opened)
    else:
        yield from _json_entries(source, opened, options)
    if opened.damage is not None:
        raise Malformed(f"{opened.path}: {opened.damage}.")


def _table_entries(source: Source, opened: Opened, options: ImportOptions) -> Iterator[Entry]:
    apply, shape, header = source.renaming.apply, source.shape, source.renaming.header
    for row in open_table(opened, options.encoding).rows():
        if isinstance(row, BadRow):
            yield row.line, row, row.value
        elif shape is not None:
            yield row[0], shape.reshape(dict(zip(header, row[1], strict=True))), row[1]
        else:
            yield row[0], apply(row[1]), row[1]


def _parquet_table(opened: Opened) -> ParquetTable:
    from daogou.data.ingest.parquet_rows import ParquetTable  # here, for a server reads rows and never a file

    return ParquetTable(opened)


def _parquet_entries(source: Source, opened: Opened) -> Iterator[Entry]:
    table = _parquet_table(opened)
    with closing(table):
        for number, values in table.rows():
            row = dict(zip(table.header, values, strict=True))
            yield number, source.shape.reshape(row) if source.shape else source.renaming.apply(values), row


def _json_entries(source: Source, opened: Opened, options: ImportOptions) -> Iterator[Entry]:
    rows = json_array(opened) if opened.container == "json" else json_lines(opened)
    renamings: dict[tuple[str, ...], Renaming] = {}
    for row in rows:
        if isinstance(row, BadRow):
            yield row.line, row, row.value
            continue
        line, held = row
        if source.shape is not None:
            yield line, source.shape.reshape(held), held
            continue
        yield line, renamed(source.kind, held, options, renamings), held


def renamed(
    kind: Kind, row: Mapping[str, Any], options: ImportOptions, renamings: dict[tuple[str, ...], Renaming]
) -> dict[str, Any]:
    """A row with any keys under our names; rows with the same keys share one renaming."""
    keys = tuple(row)
    renaming = renamings.get(keys)
    if renaming is None:
        if len(renamings) > 10_000:
            renamings.clear()
        renaming = renamings[keys] = renaming_for(kind, keys, options)
    return renaming.apply(tuple(row.values()))


def _unclear(path: Path, header: Sequence[str]) -> str:
    columns = ", ".join(header[:20])
    return (
        f"{path}: these columns could be items, users or events: {columns}. "
        "Say the kind (--kind events), or map columns, for example --map COLUMN=item_id --map COLUMN=user_id "
        "--map COLUMN=timestamp."
    )
