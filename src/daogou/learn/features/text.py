"""A text in any language as a bag of hashed words and ideographs: no dictionary to learn, none to keep."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
import polars as pl

from daogou.core.types import I32
from daogou.learn.checks import at_least
from daogou.learn.features.column import Known, as_texts
from daogou.learn.features.field import About, Part

_WORDS = re.compile(r"[⺀-鿿豈-﫿]+|[^\W_⺀-鿿豈-﫿]+")
_FIRST_IDEOGRAPH, _LAST_IDEOGRAPH = "⺀", "﫿"


@dataclass(frozen=True)
class Text:
    """buckets  how many different words it can tell apart
    length   only so many different words of a text count, the first ones
    """

    name: str
    about: About = "item"
    buckets: int = 4096
    length: int = 32

    kind: ClassVar[str] = "text"

    def __post_init__(self) -> None:
        at_least("buckets", self.buckets, 1)
        at_least("length", self.length, 1)

    def fit(self, values: pl.Series, known: Known) -> FittedText:
        return FittedText(self)

    def restore(self, learned: Mapping[str, Any], known: Known) -> FittedText:
        return FittedText(self)


@dataclass(frozen=True)
class FittedText:
    column: Text

    @property
    def parts(self) -> tuple[Part, ...]:
        return (Part(self.column.name, "bag", self.column.length, self.column.buckets),)

    @property
    def learned(self) -> dict[str, Any]:
        return {}

    def encode(self, values: pl.Series) -> I32:
        """A list of texts, such as tags, is read as one text."""
        if isinstance(values.dtype, pl.List):
            values = values.cast(pl.List(pl.String)).list.join(" ", ignore_nulls=True)
        table = np.full((len(values), self.column.length), -1, np.int32)
        for row, text in enumerate(as_texts(values)):
            found = list(dict.fromkeys(words(text or "")))[: self.column.length]
            table[row, : len(found)] = [_bucket(word, self.column.buckets) for word in found]
        return table


def words(text: str) -> Iterator[str]:
    """Words in lower case; of a run of ideographs each one and each two neighbours."""
    for run in _WORDS.findall(unicodedata.normalize("NFKC", text).casefold()):
        if not _FIRST_IDEOGRAPH <= run[0] <= _LAST_IDEOGRAPH:
            yield run
            continue
        yield from run
        yield from (run[place : place + 2] for place in range(len(run) - 1))


def _bucket(word: str, buckets: int) -> int:
    return int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest(), "little") % buckets
