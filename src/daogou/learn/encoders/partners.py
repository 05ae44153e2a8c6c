"""Which items count as belonging together while an encoder learns: those the same shoppers take."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix

from daogou.core.types import F32, I64
from daogou.learn.neighbours import nearest

NEIGHBOURS, SHRINKAGE, FLOOR = 10, 5.0, 2
"""Partners per item, and what a pair needs so that one odd shopper makes none: two shoppers, and more to count much."""


@dataclass(frozen=True, eq=False)
class Partners:
    """near   (n_items, n_items) rows sum to 1: how likely each partner is drawn; an empty row has none
    often  (n_items,) log of how often an item is drawn as a partner, over all items
    """

    near: csr_matrix
    often: F32

    def draw(self, items: I64, random: np.random.Generator) -> I64:
        """(len(items),) one partner each; the item itself where it has none."""
        starts, ends = self.near.indptr[items], self.near.indptr[items + 1]
        found = items.copy()
        for row in np.flatnonzero(ends > starts):
            span = slice(starts[row], ends[row])
            found[row] = random.choice(self.near.indices[span], p=self.near.data[span].astype(np.float64))
        return found


def partners_of(taken: csr_matrix) -> Partners:
    """Partners from a table of shoppers and items, by cosine: being popular alone makes no partner."""
    near = nearest(taken, neighbours=NEIGHBOURS, shrinkage=SHRINKAGE, similarity="cosine", floor=FLOOR)
    lengths = np.diff(near.indptr)
    sums = np.bincount(np.repeat(np.arange(near.shape[0]), lengths), weights=near.data, minlength=near.shape[0])
    near.data = near.data / np.repeat(np.maximum(sums, 1e-12), lengths)
    drawn = np.bincount(near.indices, weights=near.data, minlength=near.shape[0])
    often = np.log(np.maximum(drawn, 1e-6) / max(drawn.sum(), 1e-6))
    return Partners(near, often.astype(np.float32))


def no_partners(n_items: int) -> Partners:
    """For a catalogue that nobody has taken anything of yet."""
    return Partners(csr_matrix((n_items, n_items), dtype=np.float32), np.zeros(n_items, np.float32))
