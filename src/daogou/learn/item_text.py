"""Items as rows of TF-IDF over hashed features, the ground that models of content stand on."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.sparse import csr_matrix

from daogou.core.types import F32
from daogou.learn.ngrams import U64


def common_features(featured: Sequence[tuple[U64, F32]], most: int) -> tuple[U64, F32]:
    """The features worth keeping and their idf. One that a single item has links nothing, unless items are very few."""
    hashes, counts = np.unique(np.concatenate([np.empty(0, np.uint64), *(f for f, _ in featured)]), return_counts=True)
    wanted = counts >= (2 if len(featured) >= 20 else 1)
    if wanted.sum() > most:
        wanted &= counts >= np.sort(counts)[-most]
    idf = np.log((1 + len(featured)) / (1 + counts[wanted])) + 1
    return hashes[wanted], idf.astype(np.float32)


def text_table(featured: Sequence[tuple[U64, F32]], vocabulary: U64, idf: F32) -> csr_matrix:
    """(len(featured), n_features) TF-IDF with rows of length 1; features outside the vocabulary are left out."""
    rows = np.repeat(np.arange(len(featured)), [len(hashes) for hashes, _ in featured])
    hashes = np.concatenate([np.empty(0, np.uint64), *(one for one, _ in featured)])
    counts = np.concatenate([np.empty(0, np.float32), *(one for _, one in featured)])
    place = np.minimum(np.searchsorted(vocabulary, hashes), max(len(vocabulary) - 1, 0))
    known = vocabulary[place] == hashes if len(vocabulary) else np.zeros(len(hashes), bool)
    rows, place = rows[known], place[known]
    values = np.log1p(counts[known]) * idf[place]
    length = np.sqrt(np.bincount(rows, weights=values**2, minlength=len(featured)))
    values = values / length[rows] if len(rows) else values
    return csr_matrix((values, (rows, place)), shape=(len(featured), len(vocabulary)), dtype=np.float32)
