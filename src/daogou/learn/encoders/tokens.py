"""A text as a short list of numbers that a network can look up: hashed runs of characters, no dictionary needed.

The runs are those of `daogou.learn.ngrams`, so Chinese needs no word splitter and a typo stays near the right word.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from daogou.core.types import I32
from daogou.learn.ngrams import ITEMS_AT_ONCE, character_runs

NOTHING = 0
"""The number that fills up a short list; no run hashes to it."""


def tokens_of(texts: Sequence[str], *, length: int, buckets: int) -> I32:
    """(len(texts), length) hashed runs, each once, 1 to `buckets` - 1, filled up with 0.

    Of a text with more runs than `length` some are left out evenly, the same ones every time.
    """
    table = np.full((len(texts), length), NOTHING, np.int32)
    for first in range(0, len(texts), ITEMS_AT_ONCE):
        runs, text_of = character_runs(texts[first : first + ITEMS_AT_ONCE])
        found = np.unique(np.stack([text_of.astype(np.uint64), runs % np.uint64(buckets - 1)]), axis=1)
        ends = np.cumsum(np.bincount(found[0].astype(np.int64)))
        for row, each in enumerate(np.split(found[1].astype(np.int32) + 1, ends[:-1]), first):
            kept = each[np.linspace(0, len(each) - 1, length).astype(np.int64)] if len(each) > length else each
            table[row, : len(kept)] = kept
    return table
