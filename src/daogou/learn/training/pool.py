"""The validation users' candidates with every member's score: small enough to try hundreds of mixes on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix

from daogou.core.protocols import Model, Progress, silent
from daogou.core.types import F32, F64, I32, I64, Bools, Query
from daogou.learn.evaluation.lists import block_rows, score_block
from daogou.learn.evaluation.task import Task
from daogou.learn.topk import top_k

DEPTH = 60
"""Best items of each member that stay in the running per user: three screens of twenty."""

SPREAD_OF = 100
"""Best scores whose spread is a member's scale."""

TIE_STEP = 1e-6
"""Largest nudge that decides ties; scaled scores are of the order of 1."""


@dataclass(frozen=True)
class Pool:
    """Scores of the candidates, member by member.

    names       (n_members,) the order of `scores`
    scales      (n_members,) usual spread of the member's best scores, > 0
    scores      (n_members, n_users, width) already divided by `scales`
    nudges      (n_users, width) decides ties; -inf where a place is empty
    is_target   (n_users, width)
    n_relevant  (n_users,) all targets, also those that no member found
    """

    names: tuple[str, ...]
    scales: F64
    scores: F32
    nudges: F32
    is_target: Bools
    n_relevant: I64


def gather(
    models: Mapping[str, Model],
    task: Task,
    ties: I64,
    *,
    masked: csr_matrix | None = None,
    progress: Progress = silent,
) -> Pool:
    """Score every user of the task with every member and keep the union of the members' best items."""
    n_items, names = len(ties), tuple(models)
    rows = block_rows(n_items * len(names))
    parts = []
    for start in range(0, len(task.queries), rows):
        block = slice(start, min(start + rows, len(task.queries)))
        parts.append(_gather_block(models, task, block, ties, None if masked is None else masked[block]))
        progress(block.stop, len(task.queries), "score validation users")
    width = max(part.items.shape[1] for part in parts)
    items = np.concatenate([_widened(part.items, width, -1) for part in parts])
    scores = np.concatenate([_widened(part.scores, width, 0.0) for part in parts], axis=1)
    is_target = np.concatenate([_widened(part.is_target, width, False) for part in parts])
    scales = scales_of(np.concatenate([part.spreads for part in parts], axis=1))
    nudges = np.where(items >= 0, -TIE_STEP * ties[items] / n_items, -np.inf).astype(np.float32)
    scores /= scales.astype(np.float32)[:, None, None]
    n_relevant = np.asarray(np.diff(task.relevant.indptr), np.int64)
    return Pool(names, scales, scores, nudges, is_target, n_relevant)


def spreads_of(scores: F32) -> F64:
    """(n_users,) the spread of each user's best finite scores; 0 where the member says nothing."""
    best = -np.partition(-scores, min(SPREAD_OF, scores.shape[1]) - 1, axis=1)[:, :SPREAD_OF]
    finite = np.isfinite(best)
    counts = np.maximum(finite.sum(axis=1), 1)
    values = np.where(finite, best, 0.0).astype(np.float64)
    mean = values.sum(axis=1) / counts
    return np.asarray(np.sqrt((np.square(values - mean[:, None]) * finite).sum(axis=1) / counts), np.float64)


@dataclass(frozen=True)
class _Part:
    items: I32
    scores: F32
    is_target: Bools
    spreads: F64


def _gather_block(models: Mapping[str, Model], task: Task, block: slice, ties: I64, masked: csr_matrix | None) -> _Part:
    queries: Sequence[Query] = task.queries[block]
    n_users, n_items = len(queries), len(ties)
    scores = np.empty((len(models), n_users, n_items), np.float32)
    for number, model in enumerate(models.values()):
        scores[number] = score_block(model, queries)
    if masked is not None:
        scores[:, np.repeat(np.arange(n_users), np.diff(masked.indptr)), masked.indices] = -np.inf
    chosen = np.zeros((n_users, n_items), bool)
    for one in scores:
        best = top_k(one, DEPTH, ties)
        user, place = np.nonzero(best >= 0)
        chosen[user, best[user, place]] = True
    user, item = np.nonzero(chosen)
    counts = chosen.sum(axis=1)
    place = np.arange(len(user)) - np.repeat(np.cumsum(counts) - counts, counts)
    width = int(counts.max())
    items = np.full((n_users, width), -1, np.int32)
    items[user, place] = item
    kept = np.zeros((len(models), n_users, width), np.float32)
    kept[:, user, place] = scores[:, user, item]
    relevant = task.relevant[block].toarray() > 0
    is_target = np.zeros((n_users, width), bool)
    is_target[user, place] = relevant[user, item]
    return _Part(items, kept, is_target, np.stack([spreads_of(one) for one in scores]))


def _widened(array: np.ndarray, width: int, filler: float) -> np.ndarray:
    """Pad the last axis to `width`."""
    return np.pad(array, [(0, 0)] * (array.ndim - 1) + [(0, width - array.shape[-1])], constant_values=filler)


def scales_of(spreads: F64) -> F64:
    """(n_members,) root mean square over the users to whom the member has something to say; 1 where to nobody."""
    speaks = spreads > 0
    squares = np.square(spreads).sum(axis=1) / np.maximum(speaks.sum(axis=1), 1)
    return np.where(speaks.any(axis=1), np.sqrt(squares), 1.0)
