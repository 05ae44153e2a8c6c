"""The frozen view that learning reads: who did what with which item, and when.

Interactions are parallel arrays sorted by user, then time, then item. They may be memory-mapped,
so nothing here writes to them or copies them whole without need.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
from scipy.sparse import csr_matrix

from daogou.core.types import EVENT_NUMBER, F32, I32, I64, U8, Bools, Item, Query

PURCHASE = EVENT_NUMBER["purchase"]


@dataclass(frozen=True, eq=False)
class Ballot:
    """Whose word counts in lists of pairs.

    is_trusted     (n_users,) who bought or came back; empty: everybody
    basket_user    (n_baskets,) whose order it is, position in `user_ids`, -1 where unknown
    held_pairs     (n, 2) item numbers that no list may pair
    pair_shoppers  trusted shoppers that a pair needs, fewer in a small shop
    stranger_vote  what a shopper who is not trusted counts
    """

    is_trusted: Bools
    basket_user: I32
    held_pairs: I32
    pair_shoppers: int
    stranger_vote: float


@dataclass(frozen=True)
class Dataset:
    """Users, items and the interactions between them.

    user, item  (n,) positions in `user_ids` and `item_ids`
    weight      (n,) what the event is worth for learning; negative for refunds and dislikes
    at_us       (n,) when, microseconds since 1970 UTC
    event       (n,) position in EVENT_NAMES
    value       (n,) a rating or viewed portion; NaN where there is none
    items       as many as `item_ids`, in the same order; empty where no catalogue is known
    baskets     (n_baskets, n_items) 0/1: what was bought in one transaction, known shopper or not
    basket_at_us (n_baskets,) when
    vectors     (n_items, e) what the shop's encoder made of each item, rows of length 1, or 0 where it made nothing;
                e is 0 where the shop has no encoder
    encoder     fingerprint of that encoder
    ballot      whose word counts in lists of pairs; None: every shopper and every order counts alike
    """

    user_ids: Sequence[str]
    item_ids: Sequence[str]
    user: I32
    item: I32
    weight: F32
    at_us: I64
    event: U8
    value: F32
    items: Sequence[Item] = ()
    baskets: csr_matrix = field(default_factory=lambda: csr_matrix((0, 0), dtype=np.float32))
    basket_at_us: I64 = field(default_factory=lambda: np.empty(0, np.int64))
    vectors: F32 = field(default_factory=lambda: np.empty((0, 0), np.float32))
    encoder: str = ""
    ballot: Ballot | None = None

    @classmethod
    def of(
        cls,
        user: I32,
        item: I32,
        *,
        at_us: I64 | None = None,
        weight: F32 | None = None,
        event: U8 | None = None,
        value: F32 | None = None,
        n_users: int | None = None,
        n_items: int | None = None,
        user_ids: Sequence[str] | None = None,
        item_ids: Sequence[str] | None = None,
        items: Sequence[Item] = (),
        baskets: csr_matrix | None = None,
        basket_at_us: I64 | None = None,
    ) -> Dataset:
        """Build from parallel arrays in any order; what is missing gets a plain default (purchase, weight 1)."""
        n = len(user)
        times = np.arange(n, dtype=np.int64) if at_us is None else np.asarray(at_us, np.int64)
        order = np.lexsort((item, times, user))
        users = range(n_users or (int(user.max()) + 1 if n else 0)) if user_ids is None else user_ids
        products = range(n_items or (int(item.max()) + 1 if n else 0)) if item_ids is None else item_ids
        known_items = [str(one) for one in products]
        return cls(
            user_ids=[str(one) for one in users],
            item_ids=known_items,
            user=np.asarray(user, np.int32)[order],
            item=np.asarray(item, np.int32)[order],
            weight=(np.ones(n, np.float32) if weight is None else np.asarray(weight, np.float32))[order],
            at_us=times[order],
            event=(np.full(n, PURCHASE, np.uint8) if event is None else np.asarray(event, np.uint8))[order],
            value=(np.full(n, np.nan, np.float32) if value is None else np.asarray(value, np.float32))[order],
            items=items,
            baskets=csr_matrix((0, len(known_items)), dtype=np.float32) if baskets is None else baskets,
            basket_at_us=np.empty(0, np.int64) if basket_at_us is None else basket_at_us,
        )

    @property
    def n_users(self) -> int:
        return len(self.user_ids)

    @property
    def n_items(self) -> int:
        return len(self.item_ids)

    @property
    def n_interactions(self) -> int:
        return len(self.user)

    @cached_property
    def starts(self) -> I64:
        """(n_users + 1,) interactions of user u are rows starts[u]:starts[u + 1]."""
        return np.searchsorted(self.user, np.arange(self.n_users + 1)).astype(np.int64)

    @cached_property
    def fingerprint(self) -> str:
        """Sixteen hex digits that change when any interaction, item id or vector does."""
        digest = hashlib.sha256()
        for column in (self.user, self.item, self.weight, self.at_us, self.event):
            digest.update(np.ascontiguousarray(column).data)
        digest.update("\n".join(self.item_ids).encode())
        digest.update(np.ascontiguousarray(self.vectors).data if self.vectors.size else b"")
        if self.ballot is not None:
            digest.update(self.ballot.is_trusted.tobytes())
            digest.update(self.ballot.held_pairs.tobytes())
        return digest.hexdigest()[:16]

    def matrix(self, *, binary: bool = True) -> csr_matrix:
        """(n_users, n_items) float32: 1 where the summed weight is positive, or the sum itself; never ≤ 0."""
        summed = csr_matrix((self.weight, (self.user, self.item)), shape=(self.n_users, self.n_items), dtype=np.float32)
        summed.sum_duplicates()
        summed.data[summed.data < 0] = 0
        summed.eliminate_zeros()
        if binary:
            summed.data[:] = 1.0
        return summed

    def keep(self, rows: Bools, baskets: Bools | None = None) -> Dataset:
        """The same users and items with only the chosen interactions (and baskets)."""
        return replace(
            self,
            user=self.user[rows],
            item=self.item[rows],
            weight=self.weight[rows],
            at_us=self.at_us[rows],
            event=self.event[rows],
            value=self.value[rows],
            baskets=self.baskets if baskets is None else self.baskets[baskets],
            basket_at_us=self.basket_at_us if baskets is None else self.basket_at_us[baskets],
            ballot=self.ballot
            if self.ballot is None or baskets is None
            else replace(self.ballot, basket_user=self.ballot.basket_user[baskets]),
        )

    def only(self, events: Iterable[str]) -> Dataset:
        """Only these event names."""
        numbers = [EVENT_NUMBER[name] for name in events]
        return self.keep(np.isin(self.event, numbers))

    def between(self, from_us: int | None, before_us: int | None) -> Dataset:
        """Interactions and baskets with from_us ≤ at < before_us; None leaves that side open."""
        return self.keep(_within(self.at_us, from_us, before_us), _within(self.basket_at_us, from_us, before_us))

    def query_of(self, user: int, *, now_us: int = 0) -> Query:
        """One user's history as models see it: each item once at its last time, oldest first, summed weight > 0."""
        rows = slice(int(self.starts[user]), int(self.starts[user + 1]))
        return history_query(self.item[rows], self.weight[rows], self.at_us[rows], now_us=now_us)

    def queries(self, users: Iterable[int], *, now_us: int = 0) -> list[Query]:
        """`query_of` for several users."""
        return [self.query_of(int(user), now_us=now_us) for user in users]


def history_query(
    items: I32, weights: F32, at_us: I64, *, now_us: int = 0, squash: Callable[[F32], F32] | None = None
) -> Query:
    """Fold raw interactions (in time order) into a Query: each item once, summed weight > 0, oldest last-time first."""
    if not len(items):
        return Query(now_us=now_us)
    by_item = np.argsort(items, kind="stable")
    is_last = np.append(np.diff(items[by_item]) != 0, True)
    last = by_item[is_last]
    starts = np.append(0, np.flatnonzero(is_last)[:-1] + 1)
    summed = np.add.reduceat(weights[by_item].astype(np.float64), starts).astype(np.float32)
    order = np.argsort(last)
    order = order[summed[order] > 0]
    last, strengths = last[order], summed[order]
    return Query(items[last].astype(np.int32), strengths if squash is None else squash(strengths), at_us[last], now_us)


def _within(at_us: I64, from_us: int | None, before_us: int | None) -> Bools:
    chosen = np.ones(len(at_us), bool)
    if from_us is not None:
        chosen &= at_us >= from_us
    if before_us is not None:
        chosen &= at_us < before_us
    return chosen
