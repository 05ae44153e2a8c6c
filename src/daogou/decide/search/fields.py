"""Which texts of an item search reads, and what a word counts in each of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from daogou.core.types import Item
from daogou.decide.words.cut import CHUNK, is_cjk, stem
from daogou.decide.words.fold import fold
from daogou.decide.words.measures import attribute_measure


class Field(NamedTuple):
    """weight: of one word in a text of usual length; evenness: how much longer texts count less per word, 0 to 1."""

    weight: float
    evenness: float


FIELDS = {
    "title": Field(3.0, 0.5),
    "category": Field(2.0, 0.5),
    "brand": Field(2.0, 0.0),
    "attribute": Field(1.5, 0.3),
    "tag": Field(1.0, 0.3),
    "description": Field(0.5, 0.6),
    "id": Field(3.0, 0.0),
}
BITS = {name: 1 << place for place, name in enumerate(FIELDS)}
TITLE, CATEGORY, BRAND, ATTRIBUTE, TAG, DESCRIPTION, ID = BITS.values()
HEAD = 1 << 7
"""The word that says what the thing is, in its title."""
ABOUT = TITLE | CATEGORY | BRAND | ATTRIBUTE | TAG | ID
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
        yield "attribute", tuple(_values(item))
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


_ENDS_NAME = re.compile(r"\s[-–—|(]|[,;:(|/]|\s(?:for|with|in|of|from|by|to|without)\s")


def head_terms(item: Item) -> Iterator[str]:
    """The terms of what the titles call the thing: in English the last word before anything that describes it."""
    for text in item.title.values():
        folded = fold(text)
        start = _ENDS_NAME.split(folded, maxsplit=1)[0]
        chunks = CHUNK.findall(start)
        named = next((chunk for chunk in reversed(chunks) if is_cjk(chunk) or chunk.isalpha()), None)
        if named is not None and not is_cjk(named):
            yield stem(named)
