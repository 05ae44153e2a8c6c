"""Event rows as a table with one row per line: what the lake's files hold and what a Dataset is made of."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import chain
from types import MappingProxyType

import numpy as np
import polars as pl

from daogou.core.types import EVENT_NAMES
from daogou.data.store.rows import EVENT_COLUMNS, decode_many_lines
from daogou.data.store.store import EventRow

EVENT_SCHEMA: Mapping[str, pl.DataType] = MappingProxyType(
    {
        "seq": pl.Int64(),
        "event_id": pl.String(),
        "name": pl.String(),
        "at_us": pl.Int64(),
        "person": pl.String(),
        "visitor_id": pl.String(),
        "session_id": pl.String(),
        "recommendation_id": pl.String(),
        "placement": pl.String(),
        "search_term": pl.String(),
        "transaction_id": pl.String(),
        "value_minor": pl.Int64(),
        "currency": pl.String(),
        "rating": pl.Float64(),
        "coupon": pl.String(),
        "denied": pl.Int8(),
        "context": pl.String(),
    }
)
LINE_SCHEMA: Mapping[str, pl.DataType] = MappingProxyType(
    {
        "item_id": pl.String(),
        "quantity": pl.Int64(),
        "price_minor": pl.Int64(),
        "position": pl.Int32(),
        "propensity": pl.Float64(),
    }
)
COLUMNS = ("seq", "event_id", "line", *tuple(EVENT_SCHEMA)[2:], *LINE_SCHEMA)
"""Columns of a lake file, in order. An event without lines is one row whose item_id is null."""

_PLACE = {name: number for number, name in enumerate(("seq", *EVENT_COLUMNS))}
_NO_LINE = (None,) * len(LINE_SCHEMA)


def frame_of(rows: Sequence[EventRow], columns: Collection[str] = COLUMNS) -> pl.DataFrame:
    """One row per line of these events, in their order, with the chosen columns."""
    lines_column = _PLACE["lines"]
    lines_of = decode_many_lines("[" + ",".join([row[lines_column] or "[]" for row in rows]) + "]")
    n_lines = np.fromiter((len(lines) for lines in lines_of), np.int64, len(rows))
    n_rows = np.maximum(n_lines, 1)
    event = np.repeat(np.arange(len(rows)), n_rows)
    series = [_event_column(rows, name).gather(event) for name in EVENT_SCHEMA if name in columns]
    if "line" in columns:
        first = np.repeat(np.cumsum(n_rows) - n_rows, n_rows)
        series.append(pl.Series("line", np.arange(len(event)) - first, pl.Int32))
    flat = list(chain.from_iterable(lines or (_NO_LINE,) for lines in lines_of))
    for place, (name, kind) in enumerate(LINE_SCHEMA.items()):
        if name in columns:
            series.append(pl.Series(name, [line[place] for line in flat], kind))
    return pl.DataFrame(series).select([name for name in COLUMNS if name in columns])


def _event_column(rows: Sequence[EventRow], name: str) -> pl.Series:
    place = _PLACE[name]
    values = [row[place] for row in rows]
    if name == "name":
        values = [EVENT_NAMES[number] for number in values]
    return pl.Series(name, values, EVENT_SCHEMA[name])
