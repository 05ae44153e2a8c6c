"""Who is asked what: the users, histories and targets of one evaluation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix

from daogou.core.settings import HistorySettings
from daogou.core.types import I64, Query
from daogou.data.dataset import Dataset
from daogou.learn.evaluation.protocols import target_rows
from daogou.learn.evaluation.result import Repeats
from daogou.learn.training.history import queries_of


@dataclass(frozen=True)
class Task:
    """Users with at least one target, what they ask, and what they went on to choose.

    users           (n,) positions in the dataset
    queries         their histories at the moment of asking
    relevant        (n, n_items) stored entries are targets
    owned           (n, n_items) stored entries are items they had chosen before, by the same kind of event
    n_history       (n,) how many items they had any positive interaction with
    n_only_repeats  users left out because all they chose was a repeat
    n_available     users that would have fitted, of which `users` may be a draw
    """

    users: I64
    queries: Sequence[Query]
    relevant: csr_matrix
    owned: csr_matrix
    n_history: I64
    n_only_repeats: int
    n_available: int


def make_task(
    train: Dataset,
    test: Dataset,
    *,
    repeats: Repeats,
    now_us: int,
    history: HistorySettings | None,
    target_events: tuple[str, ...] = (),
    max_users: int | None = None,
    with_history_only: bool = False,
    seed: int = 0,
) -> Task:
    """Collect targets and histories.

    now_us     the moment all queries are asked
    max_users  draw at most so many users, with `seed`
    """
    rows, names = target_rows(test, target_events)
    wanted = test.keep(rows).matrix()
    owned = train.keep(target_rows(train, names)[0]).matrix()
    chosen = wanted
    if repeats == "excluded":
        chosen = csr_matrix(wanted - wanted.multiply(owned))
        chosen.eliminate_zeros()
    wanted_counts, counts = np.diff(wanted.indptr), np.diff(chosen.indptr)
    n_history = np.asarray(np.diff(train.matrix().indptr), np.int64)
    users = np.flatnonzero((counts > 0) & (n_history > 0) if with_history_only else counts).astype(np.int64)
    n_available = len(users)
    if max_users is not None and n_available > max_users:
        users = np.sort(np.random.default_rng(seed).choice(users, max_users, replace=False))
    return Task(
        users,
        queries_of(train, users, now_us, history),
        chosen[users],
        owned[users],
        n_history[users],
        int(np.sum((wanted_counts > 0) & (counts == 0))),
        n_available,
    )
