"""The question every trial answers: learn from what came first, foretell what these shoppers chose next.

Shoppers of the validation part are cut in two by lot. One half guides the search; the other is never looked at by the
search and says afterwards whether the settings it chose are better, or only lucky with the first half. The test part
does not come here: the function is given only what happened before it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from daogou.core.errors import InvalidInput
from daogou.core.protocols import Model
from daogou.core.settings import HistorySettings
from daogou.core.types import F64, I64, Bools
from daogou.data.dataset import Dataset
from daogou.learn.evaluation.lists import rank_lists
from daogou.learn.evaluation.result import Repeats
from daogou.learn.evaluation.task import Task, make_task
from daogou.learn.metrics.ranking import hits, ndcg
from daogou.learn.topk import tie_order

K = 20
FEWEST_USERS = 40
MOST_USERS, MOST_SCORES = 2_000, 60_000_000
"""Shoppers are drawn so that no trial ranks more scores than this: a second or two in a large catalogue."""


@dataclass(frozen=True)
class HeldOut:
    """What is learned from, and what must be foretold.

    train    everything before validation begins
    guides   (n_users,) True for the shoppers whose figures guide the search, False for those who check it
    """

    train: Dataset
    task: Task
    repeats: Repeats
    guides: Bools
    ties: I64

    @property
    def n_users(self) -> int:
        return len(self.task.users)

    def ask(self, model: Model) -> tuple[F64, float]:
        """(n_users,) NDCG@20 of each shopper's list over the full catalogue, and milliseconds per query."""
        masked = self.task.owned if self.repeats == "excluded" else None
        lists = rank_lists(model, self.task.queries, K, self.ties, masked=masked)
        n_relevant = np.diff(self.task.relevant.indptr).astype(np.int64)
        return ndcg(hits(lists.ranked, self.task.relevant), n_relevant, K), 1000.0 * lists.seconds / self.n_users

    def guide(self, per_user: F64) -> float:
        """The one figure that the search may see."""
        return float(per_user[self.guides].mean())


def held_out(
    known: Dataset, validation_from_us: int, *, repeats: Repeats, history: HistorySettings | None, seed: int
) -> HeldOut:
    """Cut what is known before the test into train and validation, and draw the shoppers.

    Raises InvalidInput when too few shoppers come back: every difference would be chance.
    """
    train = known.between(None, validation_from_us)
    validation = known.between(validation_from_us, None)
    task = make_task(
        train,
        validation,
        repeats=repeats,
        now_us=validation_from_us,
        history=history,
        max_users=int(min(MOST_USERS, max(FEWEST_USERS * 10, MOST_SCORES // max(known.n_items, 1)))),
        with_history_only=True,
        seed=seed,
    )
    n = len(task.users)
    if n < FEWEST_USERS:
        raise InvalidInput(
            f"Only {n} shoppers came back in the validation part; at least {FEWEST_USERS} are needed to tell settings "
            "apart. Import more events first: daogou import FILE"
        )
    guides = np.zeros(n, bool)
    guides[np.random.default_rng([seed, n]).permutation(n)[: (n + 1) // 2]] = True
    return HeldOut(train, task, repeats, guides, tie_order(known.n_items, seed))


def sampled(dataset: Dataset, share: float, seed: int) -> Dataset:
    """A share of the users with all they did, and the same share of the baskets, drawn by lot."""
    generator = np.random.default_rng(seed)
    users = generator.random(dataset.n_users) < share
    return dataset.keep(users[dataset.user], generator.random(dataset.baskets.shape[0]) < share)
