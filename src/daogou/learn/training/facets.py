"""What a shopper's word about each side of the catalogue is worth in this shop, at training."""

from __future__ import annotations

import numpy as np

from daogou.data.dataset import Dataset
from daogou.learn.facets import facets_of, strengths


def facet_strengths(dataset: Dataset) -> dict[str, float]:
    """By facet, see `learn.facets.strengths`; each shopper's first taking of each item counts."""
    taken = dataset.keep(dataset.weight > 0)
    pairs = taken.user.astype(np.int64) * max(dataset.n_items, 1) + taken.item
    _, first = np.unique(pairs, return_index=True)
    rows = np.sort(first)
    found = strengths(facets_of(dataset.items), taken.user[rows], taken.item[rows], dataset.n_users, dataset.n_items)
    return {facet: round(value, 3) for facet, value in found.items()}
