"""Turn an item's words, in every language it has, into hashed features that need no dictionary and no tokenizer.

Letters: runs of 3 to 5 characters inside a word, so "mugs" is near "mug" and a typo is near the right word.
Chinese, Japanese, Korean: runs of 1 to 3 characters. Brand, categories, tags and attributes: whole, as name and value.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from daogou.core.types import F32, Item

U64: TypeAlias = NDArray[np.uint64]

TITLE_WEIGHT, DESCRIPTION_WEIGHT, FACT_WEIGHT = 1.0, 0.3, 1.0
DESCRIPTION_CHARACTERS = 2_000
"""A longer description is cut: what the item is comes first."""

_GAP = re.compile(r"[\W_]+")
_FIRST_IDEOGRAPH = 0x2E80
_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
_SHIFT = np.uint64(29)


def item_features(item: Item) -> tuple[U64, F32]:
    """Hashed features of one item, ascending and each once, and how often each occurs, weighted by where."""
    hashes: list[U64] = []
    weights: list[F32] = []
    for text, weight in _texts(item):
        for found in character_runs(text):
            hashes.append(found)
            weights.append(np.full(len(found), weight, np.float32))
    facts = np.array([_fact_hash(name, value) for name, value in _facts(item)], np.uint64)
    unique, place = np.unique(np.concatenate([facts, *hashes]), return_inverse=True)
    counted = np.concatenate([np.full(len(facts), FACT_WEIGHT, np.float32), *weights])
    return unique, np.bincount(place, weights=counted, minlength=len(unique)).astype(np.float32)


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


def character_runs(text: str) -> Iterator[U64]:
    """Hashes of the character runs of one text, one array per length, repeats kept."""
    plain = f" {_GAP.sub(' ', unicodedata.normalize('NFKC', text).casefold()).strip()} "
    codes = np.frombuffer(plain.encode("utf-32-le", "replace"), np.uint32)
    is_space, is_ideograph = codes == 32, codes >= _FIRST_IDEOGRAPH
    for length in range(1, 6):
        n = len(codes) - length + 1
        if n < 1:
            return
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
        yield hashed[wanted]
