"""What each shopper's word counts when items are paired, and how many trusted ones must agree.

One vote per shopper and pair, however often they repeat it. A vote counts in full from as many different items as is
usual in the shop, so accounts made for one pair count little; a stranger's counts a tenth and never decides.
Source of the floor and the shrinkage: co-visitation attacks need the more accounts, the more shoppers a pair needs;
see Yang, Gong, Cai, "Fake co-visitation injection attacks to recommender systems", NDSS 2017.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix

from daogou.core.types import F32, I32, I64, U8, Bools
from daogou.data.dataset import Ballot, Dataset

FULL_VOTE = 20
"""Different items from which a vote counts in full, where shoppers usually take so many."""
SHOPPERS_PER_STEP = 100
"""With each so many trusted shoppers the floor rises by one, up to what the settings ask."""
FEW_TRUSTED = 20
"""With fewer trusted shoppers than this nobody is asked for trust: there is nobody to ask."""
SHRINKAGE_PER_SHOPPER = 4.0


@dataclass(frozen=True, eq=False)
class Votes:
    """Parallel to the rows of a table of shoppers or orders.

    voter     (n_rows,) whose row it is, ascending
    vote      (n_rows,) what they count, in [0, 1]
    is_firm   (n_rows,) 1 where they are trusted
    floor     trusted voters that a pair needs
    """

    voter: I32
    vote: F32
    is_firm: U8
    floor: int

    @property
    def shrinkage(self) -> float:
        """The least that may be added below the line of a similarity."""
        return SHRINKAGE_PER_SHOPPER * self.floor


def floor_of(asked: int, n_trusted: int) -> int:
    """Trusted shoppers that a pair needs in a shop of this size: with 30 orders one, with 200 two, from 500 on five.

    One order is enough only where so few people buy that two of them hardly ever agree.
    """
    return int(np.clip(n_trusted // SHOPPERS_PER_STEP, 1, asked))


def votes_of_shoppers(ballot: Ballot, table: csr_matrix) -> Votes:
    """table  (n_users, n_items) 0/1, a row per shopper"""
    n_users = table.shape[0]
    active = np.diff(table.indptr) > 0
    is_trusted = ballot.is_trusted if len(ballot.is_trusted) else np.ones(n_users, bool)
    return _votes(ballot, np.arange(n_users, dtype=np.int32), np.diff(table.indptr), is_trusted, active)


def votes_of_orders(ballot: Ballot, baskets: csr_matrix) -> tuple[csr_matrix, Votes]:
    """The orders sorted by who made them, and their votes. An order of nobody known speaks for itself, and is trusted:
    it was paid for.

    baskets  (n_baskets, n_items) 0/1
    """
    owner = ballot.basket_user.astype(np.int64)
    n_known = int(owner.max(initial=-1)) + 1
    nobody = owner < 0
    owner[nobody] = n_known + np.arange(int(nobody.sum()))
    order = np.argsort(owner, kind="stable")
    table, voter = baskets[order], owner[order]
    pairs = np.unique(np.repeat(voter, np.diff(table.indptr)) * table.shape[1] + table.indices)
    n_voters = int(voter.max(initial=-1)) + 1
    different = np.bincount(pairs // table.shape[1], minlength=n_voters)
    trusted = np.ones(n_voters, bool)
    if len(ballot.is_trusted):
        trusted[:n_known] = ballot.is_trusted[:n_known]
    by_voter = _votes(ballot, np.arange(n_voters, dtype=np.int32), different, trusted, different > 0)
    return table, Votes(voter.astype(np.int32), by_voter.vote[voter], by_voter.is_firm[voter], by_voter.floor)


def voices(dataset: Dataset) -> F32:
    """(n_users,) what each shopper counts in lists that are the same for everybody: 1, or a stranger's vote."""
    ballot = dataset.ballot
    if ballot is None or int(ballot.is_trusted.sum()) < FEW_TRUSTED:
        return np.ones(dataset.n_users, np.float32)
    return np.where(ballot.is_trusted, 1.0, ballot.stranger_vote).astype(np.float32)


def without_pairs(similar: csr_matrix, pairs: I32) -> csr_matrix:
    """The table without these pairs, in either direction."""
    if not len(pairs):
        return similar
    coo = similar.tocoo()
    both = np.concatenate([pairs, pairs[:, ::-1]]).astype(np.int64)
    gone = np.isin(coo.row.astype(np.int64) * similar.shape[1] + coo.col, both[:, 0] * similar.shape[1] + both[:, 1])
    return csr_matrix((coo.data[~gone], (coo.row[~gone], coo.col[~gone])), shape=similar.shape, dtype=np.float32)


def _votes(ballot: Ballot, voter: I32, different: I64, is_trusted: Bools, active: Bools) -> Votes:
    n_trusted = int((is_trusted & active).sum())
    firm = is_trusted if n_trusted >= FEW_TRUSTED else np.ones(len(voter), bool)
    usual = float(np.median(different[firm & active])) if np.any(firm & active) else 1.0
    full = float(np.clip(usual, 1, FULL_VOTE))
    vote = np.minimum(different / full, 1.0) * np.where(firm, 1.0, ballot.stranger_vote)
    floor = floor_of(ballot.pair_shoppers, max(n_trusted, int((firm & active).sum())))
    return Votes(voter, vote.astype(np.float32), firm.astype(np.uint8), floor)
