"""Did the list hold what the shopper went on to choose, and how near the top?

Every function takes `hits`, whether position p of a user's list was relevant, and `n_relevant`, how many
items were relevant to that user, and returns one figure per user; the mean over users is the reported one.
Users without a relevant item have no figure (0 / 0): leave them out before asking.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

import numpy as np
from scipy.sparse import csr_matrix

from daogou.core.types import F64, I32, I64, Bools

Metric = Callable[[Bools, I64, int], F64]


def hits(ranked: I32, relevant: csr_matrix) -> Bools:
    """Say for each place of each list whether its item was relevant.

    ranked    (n_users, k) item numbers, best first; -1 marks an empty place
    relevant  (n_users, n_items) stored entries are the relevant items
    """
    n_users, n_items = relevant.shape
    counts = np.diff(relevant.indptr)
    row = np.repeat(np.arange(n_users, dtype=np.int64), counts)
    keys = np.sort(row * n_items + relevant.indices)
    asked = np.arange(n_users, dtype=np.int64)[:, None] * n_items + ranked
    if not len(keys):
        return np.zeros(ranked.shape, bool)
    found = keys[np.minimum(np.searchsorted(keys, asked), len(keys) - 1)] == asked
    inside: Bools = found & (ranked >= 0)
    return inside


def recall(hits: Bools, n_relevant: I64, k: int) -> F64:
    """Share of a user's relevant items that the first k places hold."""
    return _found(hits, k) / n_relevant


def precision(hits: Bools, n_relevant: I64, k: int) -> F64:
    """Share of the first k places that are relevant; a list shorter than k still counts as k places."""
    return _found(hits, k) / k


def f1(hits: Bools, n_relevant: I64, k: int) -> F64:
    """Harmonic mean of a user's precision and recall; 0 where both are 0."""
    return np.asarray(2.0 * _found(hits, k) / (k + n_relevant), np.float64)


def hit_rate(hits: Bools, n_relevant: I64, k: int) -> F64:
    """1 where at least one of the first k places is relevant."""
    return np.asarray(hits[:, :k].any(axis=1), np.float64)


def mrr(hits: Bools, n_relevant: I64, k: int) -> F64:
    """One over the rank of the first relevant item; 0 where the first k places hold none."""
    first = hits[:, :k].argmax(axis=1)
    return np.asarray(hits[:, :k].any(axis=1) / (first + 1.0), np.float64)


def ndcg(hits: Bools, n_relevant: I64, k: int) -> F64:
    """Discounted gain over that of the best possible list, which has min(k, n_relevant) hits on top.

    Source: Järvelin & Kekäläinen, "Cumulated gain-based evaluation of IR techniques", TOIS 2002, with
    binary gain and discount 1 / log2(rank + 1).
    """
    discount = 1.0 / np.log2(np.arange(2, k + 2))
    ideal = np.cumsum(discount)[np.minimum(n_relevant, k) - 1]
    shown = hits[:, :k]
    gain: F64 = (shown @ discount[: shown.shape[1]]) / ideal
    return gain


def _found(hits: Bools, k: int) -> F64:
    """(n_users,) how many of the first k places are relevant."""
    return np.asarray(hits[:, :k].sum(axis=1), np.float64)


METRICS: Mapping[str, Metric] = MappingProxyType(
    {"ndcg": ndcg, "recall": recall, "precision": precision, "f1": f1, "hit_rate": hit_rate, "mrr": mrr}
)
"""Every ranking metric by name, in the order reports show them."""
