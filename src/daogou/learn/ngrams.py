"""Turn an item's words, in every language it has, into hashed features that need no dictionary and no tokenizer.

Letters: runs of 3 to 5 characters inside a word, so "mugs" is near "mug" and a typo is near the right word.
Chinese, Japanese, Korean: runs of 1 to 3 characters. Brand, categories, tags and attributes: whole, as name and value.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from daogou.core.types import F32, I64, Item

U64: TypeAlias = NDArray[np.uint64]

TITLE_WEIGHT, DESCRIPTION_WEIGHT, FACT_WEIGHT = 1.0, 0.3, 1.0
DESCRIPTION_CHARACTERS = 2_000
"""A longer description is cut: what the item is comes first."""

LONGEST_RUN = 5
ITEMS_AT_ONCE = 2_000
"""Items read in one go; a thousand characters of each take some 200 MB."""

_GAP = re.compile(r"[\W_]+")
_FIRST_IDEOGRAPH = 0x2E80
_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
_SHIFT = np.uint64(29)


class Features(NamedTuple):
    """Hashed features of several items, by item and ascending within one, each once.

    item    (n,) int64 place of the item
    hashed  (n,) uint64
    weight  (n,) float32 how often the item has it, weighted by where
    """

    item: I64
    hashed: U64
    weight: F32


def item_features(items: Sequence[Item]) -> Features:
    """What the words and facts of each item say."""
    parts = [
        _features(items[first : first + ITEMS_AT_ONCE], first) for first in range(0, max(len(items), 1), ITEMS_AT_ONCE)
    ]
    return Features(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def _features(items: Sequence[Item], first: int) -> Features:
    told = [(text, place, weight) for place, item in enumerate(items) for text, weight in _texts(item)]
    facts = [(_fact_hash(name, value), place) for place, item in enumerate(items) for name, value in _facts(item)]
    runs, text_of = character_runs([text for text, _, _ in told])
    hashed = np.concatenate([np.array([one for one, _ in facts], np.uint64), runs])
    speaker = np.array([place for _, place, _ in told], np.int64)[text_of]
    owner = np.concatenate([np.array([place for _, place in facts], np.int64), speaker])
    weight = np.array([weight for _, _, weight in told], np.float32)[text_of]
    weights = np.concatenate([np.full(len(facts), FACT_WEIGHT, np.float32), weight])
    order = np.lexsort((hashed, owner))
    hashed, owner, weights = hashed[order], owner[order], weights[order]
    is_new = np.ones(len(order), bool)
    is_new[1:] = (hashed[1:] != hashed[:-1]) | (owner[1:] != owner[:-1])
    start = np.flatnonzero(is_new)
    count = np.add.reduceat(weights, start) if len(start) else weights
    return Features(owner[start] + first, hashed[start], count)


def _texts(item: Item) -> Iterator[tuple[str, float]]:
    yield " ".join(item.title.values()), TITLE_WEIGHT
    yield " ".join(text[:DESCRIPTION_CHARACTERS] for text in item.description.values()), DESCRIPTION_WEIGHT


def _facts(item: Item) -> Iterator[tuple[str, str]]:
    if item.brand:
        yield "brand", item.brand
    for path in item.categories:
        for depth in range(1, len(path) + 1):
            yield "category", "\x1f".join(path[:depth])
    for tag in item.tags:
        yield "tag", tag
    for name, values in item.attributes.items():
        for value in values:
            yield f"attribute {name}", value


def _fact_hash(name: str, value: str) -> int:
    digest = hashlib.blake2b(f"{name}\x1e{value.casefold()}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "little")


def character_runs(texts: Sequence[str]) -> tuple[U64, I64]:
    """Hashes of the character runs of all texts, repeats kept, and (n,) the place of the text each is from."""
    plain = [f" {_GAP.sub(' ', unicodedata.normalize('NFKC', text).casefold()).strip()} " for text in texts]
    codes = np.frombuffer("".join(plain).encode("utf-32-le", "replace"), np.uint32)
    text_of = np.repeat(np.arange(len(plain)), [len(text) for text in plain])
    is_space, is_ideograph = codes == 32, codes >= _FIRST_IDEOGRAPH
    runs, owners = [np.empty(0, np.uint64)], [np.empty(0, np.int64)]
    for length in range(1, min(LONGEST_RUN, len(codes)) + 1):
        n = len(codes) - length + 1
        hashed = np.full(n, length, np.uint64)
        all_ideographs, gap_inside = np.ones(n, bool), np.zeros(n, bool)
        any_ideograph = np.zeros(n, bool)
        for offset in range(length):
            part = slice(offset, offset + n)
            hashed = (hashed ^ codes[part]) * _MULTIPLIER
            hashed ^= hashed >> _SHIFT
            all_ideographs &= is_ideograph[part]
            any_ideograph |= is_ideograph[part]
            if 0 < offset < length - 1:
                gap_inside |= is_space[part]
        wanted = (all_ideographs & (length <= 3)) | (~any_ideograph & ~gap_inside & (length >= 3))
        wanted &= text_of[:n] == text_of[length - 1 :]
        runs.append(hashed[wanted])
        owners.append(text_of[:n][wanted])
    return np.concatenate(runs), np.concatenate(owners)
