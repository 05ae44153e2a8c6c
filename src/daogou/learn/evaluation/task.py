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
    """Who is asked what: users with at least one target, those with history first known by `has_history`.

    users     (n,) positions in the dataset
    queries   their histories at the start of the test
    relevant  (n, n_items) stored entries are targets
    owned     (n, n_items) stored entries are items the user had any positive interaction with
    """

    users: I64
    queries: Sequence[Query]
    relevant: csr_matrix
    owned: csr_matrix
    n_only_repeats: int

    @property
    def n_history(self) -> I64:
        """(n,) how many items each user had."""
        return np.asarray(np.diff(self.owned.indptr), np.int64)


def make_task(
    train: Dataset,
    test: Dataset,
    *,
    repeats: Repeats,
    now_us: int,
    history: HistorySettings | None,
    target_events: tuple[str, ...] = (),
) -> Task:
    """Collect targets and histories. `now_us` is the moment all queries are asked."""
    rows, _ = target_rows(test, target_events)
    wanted = test.keep(rows).matrix()
    owned = train.matrix()
    chosen = wanted
    if repeats == "excluded":
        chosen = csr_matrix(wanted - wanted.multiply(owned))
        chosen.eliminate_zeros()
    wanted_counts, counts = np.diff(wanted.indptr), np.diff(chosen.indptr)
    users = np.flatnonzero(counts)
    queries = queries_of(train, users, now_us, history)
    only_repeats = int(np.sum((wanted_counts > 0) & (counts == 0)))
    return Task(users, queries, chosen[users], owned[users], only_repeats)
