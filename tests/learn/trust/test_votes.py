"""One vote per shopper and pair, more shoppers for a pair in a larger shop, little weight for thin accounts."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from daogou.core.types import I32, Bools
from daogou.data.dataset import Ballot
from daogou.learn.neighbours import nearest
from daogou.learn.trust.votes import floor_of, votes_of_orders, votes_of_shoppers, without_pairs

NO_PAIRS = np.empty((0, 2), np.int32)


def ballot(is_trusted: Bools, owners: I32 | None = None, floor: int = 5) -> Ballot:
    return Ballot(is_trusted, np.empty(0, np.int32) if owners is None else owners, NO_PAIRS, floor, 0.1)


def table(rows: list[list[int]], n_items: int) -> csr_matrix:
    dense = np.zeros((len(rows), n_items), np.float32)
    for number, row in enumerate(rows):
        dense[number, row] = 1
    return csr_matrix(dense)


@pytest.mark.parametrize(("n_trusted", "floor"), [(0, 1), (30, 1), (200, 2), (499, 4), (500, 5), (1_000_000, 5)])
def test_a_pair_needs_more_shoppers_in_a_larger_shop(n_trusted: int, floor: int) -> None:
    assert floor_of(5, n_trusted) == floor


def test_strangers_never_make_a_pair_however_many_they_are() -> None:
    rows = [[0, 1, 2]] * 300 + [[3, 4]] * 900
    taken = table(rows, 5)
    votes = votes_of_shoppers(ballot(np.arange(1_200) < 300), taken)
    assert votes.floor == 3
    found = nearest(taken, neighbours=4, shrinkage=0, similarity="cosine", floor=1, votes=votes).toarray()
    assert found[0, 1] > 0
    assert found[3, 4] == 0


def test_an_order_repeated_by_one_shopper_is_one_vote() -> None:
    orders = table([[0, 1]] * 50 + [[1, 2]] * 3, 3)
    owners = np.array([7] * 50 + [0, 1, 2], np.int32)
    rows, votes = votes_of_orders(ballot(np.ones(8, bool), owners), orders)
    found = nearest(rows, neighbours=2, shrinkage=0, similarity="cosine", floor=2, votes=votes).toarray()
    assert found[0, 1] == 0
    assert found[1, 2] > 0


def test_orders_of_unknown_shoppers_speak_for_themselves() -> None:
    orders = table([[0, 1]] * 3, 2)
    _, votes = votes_of_orders(ballot(np.ones(4, bool), np.full(3, -1, np.int32)), orders)
    assert len(set(votes.voter.tolist())) == 3
    assert votes.is_firm.all()


def test_an_account_made_for_one_pair_counts_a_tenth_where_shoppers_take_twenty_items() -> None:
    rng = np.random.default_rng(0)
    rows = [rng.choice(200, 40, replace=False).tolist() for _ in range(50)]
    votes = votes_of_shoppers(ballot(np.ones(51, bool)), table([*rows, [0, 1]], 200))
    assert votes.vote[0] == 1
    assert votes.vote[50] == pytest.approx(0.1)


def test_in_a_shop_without_trusted_shoppers_everybody_is_heard() -> None:
    votes = votes_of_shoppers(ballot(np.zeros(30, bool)), table([[0, 1]] * 30, 2))
    assert votes.vote.tolist() == [1] * 30
    assert votes.floor == 1


def test_equal_full_votes_give_what_plain_counting_gives() -> None:
    rng = np.random.default_rng(4)
    taken = csr_matrix((rng.random((80, 30)) < 0.4).astype(np.float32))
    rows = [np.flatnonzero(row).tolist()[:8] for row in taken.toarray()]
    taken = table([row for row in rows if len(row) == 8], 30)
    votes = votes_of_shoppers(ballot(np.ones(taken.shape[0], bool)), taken)
    for similarity in ("cosine", "jaccard", "lift"):
        plain = nearest(taken, neighbours=9, shrinkage=votes.shrinkage, similarity=similarity, floor=1)
        voted = nearest(taken, neighbours=9, shrinkage=0, similarity=similarity, floor=1, votes=votes)
        np.testing.assert_allclose(voted.toarray(), plain.toarray(), rtol=1e-6)


def test_held_pairs_are_in_neither_direction() -> None:
    similar = csr_matrix(np.array([[0, 1, 2], [1, 0, 3], [2, 3, 0]], np.float32))
    left = without_pairs(similar, np.array([[2, 0]], np.int32)).toarray()
    assert left.tolist() == [[0, 1, 0], [1, 0, 3], [0, 3, 0]]
