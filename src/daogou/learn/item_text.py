"""Items as rows of TF-IDF over hashed features, the ground that models of content stand on."""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_matrix

from daogou.core.types import F32
from daogou.learn.ngrams import U64, Features


def common_features(featured: Features, n_items: int, most: int) -> tuple[U64, F32]:
    """The features worth keeping and their idf. One that a single item has links nothing, unless items are very few."""
    hashes, counts = np.unique(featured.hashed, return_counts=True)
    wanted = counts >= (2 if n_items >= 20 else 1)
    if wanted.sum() > most:
        wanted &= counts >= np.sort(counts)[-most]
    idf = np.log((1 + n_items) / (1 + counts[wanted])) + 1
    return hashes[wanted], idf.astype(np.float32)


def text_table(featured: Features, n_items: int, vocabulary: U64, idf: F32) -> csr_matrix:
    """(n_items, n_features) TF-IDF with rows of length 1; features outside the vocabulary are left out."""
    place = np.minimum(np.searchsorted(vocabulary, featured.hashed), max(len(vocabulary) - 1, 0))
    known = vocabulary[place] == featured.hashed if len(vocabulary) else np.zeros(len(place), bool)
    rows, place = featured.item[known], place[known]
    values = np.log1p(featured.weight[known]) * idf[place]
    length = np.sqrt(np.bincount(rows, weights=values**2, minlength=n_items))
    values = values / length[rows] if len(rows) else values
    return csr_matrix((values, (rows, place)), shape=(n_items, len(vocabulary)), dtype=np.float32)
