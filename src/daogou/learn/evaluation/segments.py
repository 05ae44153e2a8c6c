"""Where a mean hides something: figures by length of history and by popularity of what was chosen."""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_matrix

from daogou.core.types import I32, I64, Bools
from daogou.learn.evaluation.result import Segment
from daogou.learn.metrics.ranking import hits, ndcg, recall

HISTORY_BOUNDS = (0, 1, 5, 20, 100)
"""Lower ends of the user segments, in items the user already had."""

HEAD_SHARE = 0.2
"""Items are head when they belong to this share of the sold items with most users."""


def history_segments(hit: Bools, n_relevant: I64, n_history: I64, ks: tuple[int, ...]) -> tuple[Segment, ...]:
    """Users by how many items they had; 0 are those the headline figures leave out."""
    uppers = (*HISTORY_BOUNDS[1:], None)
    found = []
    for low, high in zip(HISTORY_BOUNDS, uppers, strict=True):
        inside = (n_history >= low) & (n_history < high if high is not None else True)
        if not inside.any():
            continue
        name = f"{low}" if high == low + 1 else f"{low}–{high - 1}" if high else f"{low}+"
        found.append(_segment("history", name, hit[inside], n_relevant[inside], ks))
    return tuple(found)


def popularity_segments(
    ranked: I32, relevant: csr_matrix, known: Bools, n_users_of_item: I64, ks: tuple[int, ...]
) -> tuple[Segment, ...]:
    """Targets by popularity in training: head, tail, and cold (never seen); the other targets are left out.

    known  (n_users,) users with history; only they are counted
    """
    sold = n_users_of_item > 0
    n_head = int(np.ceil(HEAD_SHARE * sold.sum()))
    by_popularity = np.argsort(-n_users_of_item, kind="stable")
    head = np.zeros(len(n_users_of_item), bool)
    head[by_popularity[:n_head]] = True
    found = []
    for name, chosen in (("head", head), ("tail", sold & ~head), ("cold", ~sold)):
        part = csr_matrix(relevant[known])
        part.data = chosen[part.indices].astype(np.float32)
        part.eliminate_zeros()
        n_relevant = np.diff(part.indptr).astype(np.int64)
        users = np.flatnonzero(n_relevant)
        if len(users):
            hit = hits(ranked[known][users], part[users])
            found.append(_segment("popularity", name, hit, n_relevant[users], ks))
    return tuple(found)


def _segment(kind: str, name: str, hit: Bools, n_relevant: I64, ks: tuple[int, ...]) -> Segment:
    metrics = {}
    for k in ks:
        metrics[f"ndcg@{k}"] = float(ndcg(hit, n_relevant, k).mean())
        metrics[f"recall@{k}"] = float(recall(hit, n_relevant, k).mean())
    assert kind in ("history", "popularity")
    return Segment("history" if kind == "history" else "popularity", name, len(hit), int(n_relevant.sum()), metrics)
