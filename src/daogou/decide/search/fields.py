"""Which texts of an item search reads, and what a word counts in each of them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import rjieba

from daogou.core.types import Item
from daogou.decide.words.cut import CHUNK, is_cjk, stem
from daogou.decide.words.fold import fold
from daogou.decide.words.measures import attribute_measure


class Field(NamedTuple):
    """weight: of one word in a text of usual length; evenness: how much longer texts count less per word, 0 to 1."""

    weight: float
    evenness: float


FIELDS = {
    "title": Field(2.5, 0.6),
    "category": Field(2.0, 0.5),
    "brand": Field(2.0, 0.0),
    "attribute": Field(0.6, 0.9),
    "tag": Field(1.0, 0.3),
    "description": Field(0.7, 0.6),
    "id": Field(3.0, 0.0),
    "detail": Field(0.02, 0.8),
}
BITS = {name: 1 << min(place, 6) for place, name in enumerate(FIELDS)}
TITLE, CATEGORY, BRAND, ATTRIBUTE, TAG, DESCRIPTION = list(BITS.values())[:6]
BITS |= {"detail": DESCRIPTION, "id": BRAND}
WHOLE = 1 << 6
"""The word stands by itself somewhere, not only within a longer one."""
LONGEST_VALUE = 40
"""Characters from which on an attribute's value is a text and not a value to choose."""
HEAD = 1 << 7
"""The word that says what the thing is, in its title."""
ABOUT = TITLE | CATEGORY | BRAND | ATTRIBUTE | TAG
"""Everything but mentions in a description."""

_YES = frozenset(("yes", "true", "是", "有", "支持"))
_NO = frozenset(("no", "false", "否", "无", "不支持"))


def fields_of(item: Item) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The texts of each field that has any."""
    yield "title", tuple(item.title.values())
    if item.categories:
        yield "category", tuple(path[-1] for path in item.categories if path)
        outer = tuple(dict.fromkeys(" ".join(path[:-1]) for path in item.categories if len(path) > 1))
        if outer:
            yield "tag", outer
    if item.brand:
        yield "brand", (item.brand,)
    if item.attributes:
        values = tuple(_values(item))
        yield "attribute", ("; ".join(one for one in values if len(one) <= LONGEST_VALUE),)
        yield "detail", ("; ".join(one for one in values if len(one) > LONGEST_VALUE),)
    if item.tags:
        yield "tag", item.tags
    if item.description:
        yield "description", tuple(item.description.values())
    yield "id", (item.id,)


def _values(item: Item) -> Iterator[str]:
    """Values of attributes as words; of one that is simply true, its name."""
    for name, values in item.attributes.items():
        for value in values:
            plain = value.strip().lower()
            if plain in _YES:
                yield name.replace("_", " ")
            elif plain not in _NO and plain:
                yield attribute_measure(name, plain) or value


def head_terms(item: Item) -> Iterator[str]:
    """What the thing is, beside what describes it: the last words of its categories' names and of Chinese runs."""
    for path in item.categories:
        yield from _last_words(path[-1]) if path else ()
    for text in item.title.values():
        if not text.isascii():
            yield from _ends_of_runs(text)


@lru_cache(20_000)
def _last_words(text: str) -> tuple[str, ...]:
    chunks = CHUNK.findall(fold(text))
    if not chunks:
        return ()
    return (_last(chunks[-1]),) if is_cjk(chunks[-1]) else (stem(chunks[-1]),)


def _ends_of_runs(text: str) -> Iterator[str]:
    return (_last(chunk) for chunk in CHUNK.findall(fold(text)) if is_cjk(chunk))


@lru_cache(50_000)
def _last(run: str) -> str:
    return str(rjieba.cut(run)[-1])
