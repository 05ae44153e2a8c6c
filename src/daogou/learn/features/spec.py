"""One description of the features, for every ranker: fitted on training rows only, then the same rule for every row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from functools import cached_property
from importlib import import_module
from typing import Any, cast

import numpy as np
import polars as pl

from daogou.core.errors import InvalidField, InvalidInput, UnknownName
from daogou.core.types import F32, I32, I64
from daogou.learn.features.category import Category
from daogou.learn.features.column import Column, FittedColumn
from daogou.learn.features.field import About, Encoded, Field, Part, nothing
from daogou.learn.features.history import History

KINDS: dict[str, str] = {
    "category": "daogou.learn.features.category:Category",
    "number": "daogou.learn.features.number:Number",
    "buckets": "daogou.learn.features.buckets:Buckets",
    "moment": "daogou.learn.features.moment:Moment",
    "history": "daogou.learn.features.history:History",
    "text": "daogou.learn.features.text:Text",
    "vector": "daogou.learn.features.vector:Vector",
}


@dataclass(frozen=True)
class FeatureSpec:
    """columns  how each column of a table is to be read; columns not named are not used"""

    columns: tuple[Column, ...]

    @classmethod
    def of(cls, *columns: Column) -> FeatureSpec:
        return cls(columns)

    def __post_init__(self) -> None:
        names = [column.name for column in self.columns]
        for name in names:
            if names.count(name) > 1:
                raise InvalidField("columns", name, "every column once", rule="duplicate")
        if not names:
            raise InvalidInput("A FeatureSpec needs at least one column.")

    def fit(self, table: pl.DataFrame) -> FittedFeatures:
        """Learn values, scales and ranges from these rows.

        Raises InvalidInput for a missing column, or a value of the wrong type.
        """
        fitted: dict[str, FittedColumn] = {}
        for column in sorted(self.columns, key=lambda one: isinstance(one, History)):  # histories use categories
            fitted[column.name] = column.fit(self._values(table, column), fitted)
        return FittedFeatures(tuple(fitted[column.name] for column in self.columns))

    def _values(self, table: pl.DataFrame, column: Column) -> pl.Series:
        """The column, with what histories list of it where it is a category."""
        values = column_of(table, column.name)
        if not isinstance(column, Category):
            return values
        listed = [
            one.entries(column_of(table, one.name))
            for one in self.columns
            if isinstance(one, History) and one.of == column.name
        ]
        texts = [series.cast(pl.String).alias(column.name) for series in (values, *listed) if not _nested(series)]
        return pl.concat(texts) if listed and texts else values


@dataclass(frozen=True)
class FittedFeatures:
    """columns  in the order of the spec"""

    columns: tuple[FittedColumn, ...]

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """Every feature with its place; parts of one column follow each other."""
        return _placed(self.columns)

    @property
    def n_rows(self) -> int:
        """Rows of the table that all id and bag fields share, row 0 being nobody's."""
        return 1 + max((field.first_row + field.n_rows - 1 for field in self.fields if field.n_rows), default=0)

    def of_kind(self, kind: str) -> tuple[Field, ...]:
        return tuple(field for field in self.fields if field.kind == kind)

    def encode(self, table: pl.DataFrame, *, about: Iterable[About] = ("user", "item", "context")) -> Encoded:
        """Rows as arrays. With `about`, only columns that describe these; the others say nothing and may be absent.

        Raises InvalidInput for a missing column or a value of the wrong type. Values never learned are no error.
        """
        encoded = nothing(len(table), self.fields)
        bags = list(encoded.bags)
        wanted = set(about)
        place = 0
        for fitted in self.columns:
            fields = self.fields[place : place + len(fitted.parts)]
            place += len(fields)
            if fitted.column.about not in wanted:
                continue
            block = fitted.encode(column_of(table, fitted.column.name))
            first = fields[0]
            if first.kind == "bag":
                bags[first.start] = np.where(block < 0, 0, block + first.first_row).astype(np.int32)
            elif first.kind == "numbers":
                encoded.numbers[:, first.start : first.start + first.width] = block
            else:
                for column, field in enumerate(fields):
                    encoded.ids[:, field.start] = block[:, column] + field.first_row
        return Encoded(encoded.ids, encoded.numbers, tuple(bags))

    def candidates(self, visit: Encoded, catalogue: Encoded, items: I64 | I32) -> Encoded:
        """One visit beside each of these items: (len(items),) examples ready to be scored.

        visit      one row, encoded with about=("user", "context")
        catalogue  all items, encoded once with about=("item",)
        """
        if len(visit) != 1:
            raise InvalidInput(f"One visit is one row, not {len(visit)}.")
        chosen = catalogue.take(np.asarray(items, np.int64))
        ids: I32 = chosen.ids + visit.ids  # each is 0 where the other speaks
        numbers: F32 = chosen.numbers + visit.numbers
        bags = tuple(
            (chosen if field.about == "item" else visit).bags[place] for place, field in enumerate(self.of_kind("bag"))
        )
        return Encoded(ids, numbers, bags)

    def to_json(self) -> list[dict[str, Any]]:
        return [
            {"kind": one.column.kind, "settings": asdict(cast(Any, one.column)), "learned": one.learned}
            for one in self.columns
        ]

    @classmethod
    def from_json(cls, described: list[Mapping[str, Any]]) -> FittedFeatures:
        """What to_json told. Raises InvalidInput or TypeError where it does not fit."""
        columns = [column_class(str(one["kind"]))(**one["settings"]) for one in described]
        restored: dict[str, FittedColumn] = {}
        pairs = sorted(zip(columns, described, strict=True), key=lambda pair: isinstance(pair[0], History))
        for column, one in pairs:
            restored[column.name] = column.restore(one["learned"], restored)
        return cls(tuple(restored[column.name] for column in columns))


def column_class(kind: str) -> type:
    """The class that reads columns of this kind, imported now."""
    if kind not in KINDS:
        raise UnknownName("kind of column", kind, KINDS)
    module, _, name = KINDS[kind].partition(":")
    return cast(type, getattr(import_module(module), name))


def column_of(table: pl.DataFrame, name: str) -> pl.Series:
    """One column. Raises InvalidInput where the table has no such column."""
    if name not in table.columns:
        raise InvalidInput(f"The table has no column {name!r}. It has: {', '.join(table.columns) or 'none'}.")
    return table[name]


def _nested(series: pl.Series) -> bool:
    return series.dtype.is_nested()


def _placed(columns: tuple[FittedColumn, ...]) -> tuple[Field, ...]:
    """Rows from 1 in the order of the columns, with shared rows counted once."""
    first_row: dict[str, int] = {}
    next_row = 1
    for part in (part for one in columns for part in one.parts):
        if part.n_rows and not part.rows_of:
            first_row[part.name] = next_row
            next_row += part.n_rows
    starts = {"id": 0, "numbers": 0, "bag": 0}
    fields = []
    for one in columns:
        for part in one.parts:
            fields.append(
                _field(part, one.column.about, starts[part.kind], first_row.get(part.rows_of or part.name, 0))
            )
            starts[part.kind] += part.width if part.kind == "numbers" else 1
    return tuple(fields)


def _field(part: Part, about: About, start: int, first_row: int) -> Field:
    return Field(part.name, about, part.kind, start, part.width, first_row, part.n_rows, part.ordered)
