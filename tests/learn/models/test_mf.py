from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from daogou.core.errors import InvalidField
from daogou.core.types import Query
from daogou.data.dataset import Dataset
from daogou.learn.kernels.adam import move_rows
from daogou.learn.models.mf import Mf, parted, slopes


def groups(n_users: int = 120, n_items: int = 40, seed: int = 3) -> tuple[Dataset, np.ndarray]:
    """Shoppers of one of four tastes, each item of one taste; and the table."""
    random = np.random.default_rng(seed)
    table = random.random((n_users, n_items)) < np.where(
        np.arange(n_users)[:, None] % 4 == np.arange(n_items) % 4, 0.5, 0.02
    )
    user, item = np.nonzero(table)
    return Dataset.of(user.astype(np.int32), item.astype(np.int32), n_users=n_users, n_items=n_items), table


def loss(asked: np.ndarray, offered: np.ndarray, shopper: np.ndarray, temperature: float, stands_for: float) -> float:
    n_drawn = len(offered) - len(shopper)
    drawn = stands_for * np.exp(asked @ offered[:n_drawn].T / temperature).sum(axis=1)
    target = np.exp((asked[shopper] * offered[n_drawn:]).sum(axis=1) / temperature)
    return float(-np.log(target / (target + drawn[shopper])).sum())


def test_the_slopes_are_those_of_the_stated_loss() -> None:
    random = np.random.default_rng(0)
    asked, offered = random.standard_normal((3, 4)), random.standard_normal((9, 4))
    shopper = np.array([0, 0, 2, 1])
    found = slopes(asked.astype(np.float32), offered.astype(np.float32), shopper, 0.7, 5.0)
    for side, slope in zip((asked, offered), found, strict=True):
        for place in np.ndindex(side.shape):
            kept = side[place]
            ends = []
            for step in (1e-5, -1e-5):
                side[place] = kept + step
                ends.append(loss(asked, offered, shopper, 0.7, 5.0))
            side[place] = kept
            assert slope[place] == pytest.approx((ends[0] - ends[1]) / 2e-5, rel=1e-3, abs=1e-4)


def test_a_history_is_parted_into_what_is_seen_and_what_is_foretold() -> None:
    taken = csr_matrix((np.random.default_rng(1).random((30, 20)) < 0.4).astype(np.float32))
    histories, shopper, item = parted(taken, 0.5, np.random.default_rng(2))
    targets = csr_matrix((np.ones(len(item), np.float32), (shopper, item)), shape=taken.shape)
    assert histories.multiply(targets).nnz == 0
    both = (histories + targets).toarray()
    fit = np.asarray(histories.sum(axis=1)).ravel() > 0
    np.testing.assert_array_equal(both[fit], taken.toarray()[fit])


def test_the_first_step_of_adam_moves_each_number_by_the_learning_rate() -> None:
    values, means, squares = np.zeros((3, 2), np.float32), np.zeros((3, 2), np.float32), np.zeros((3, 2), np.float32)
    move_rows(values, means, squares, np.array([2]), np.array([[5.0, -0.1]], np.float32), 0.01, 1)
    np.testing.assert_allclose(values, [[0, 0], [0, 0], [-0.01, 0.01]], rtol=1e-4)


def test_items_of_the_same_taste_come_first() -> None:
    dataset = groups()[0]
    model = Mf(factors=8, epochs=10, negatives=16).fit(dataset)
    for item in range(8):
        best = np.argsort(-model.score_all(Query(np.array([item], np.int32))))[:8]
        assert (best % 4 == item % 4).mean() >= 0.75


def test_training_foretells_the_hidden_part_of_histories_better() -> None:
    dataset, table = groups()
    histories, shopper, item = parted(csr_matrix(table.astype(np.float32)), 0.5, np.random.default_rng(9))
    ends = []
    for epochs in (1, 30):
        model = Mf(factors=8, epochs=epochs, negatives=32, temperature=0.3).fit(dataset)
        asked = histories @ model.seen
        asked /= np.maximum(np.linalg.norm(asked, axis=1, keepdims=True), 1e-9)
        offered = np.concatenate((model.coming, model.coming[item]))
        ends.append(loss(asked, offered, shopper, 0.3, 1.0))
    assert ends[1] < 0.95 * ends[0]


def test_a_score_is_a_cosine() -> None:
    dataset = groups()[0]
    model = Mf(factors=8, epochs=2, negatives=16).fit(dataset)
    np.testing.assert_allclose(np.linalg.norm(model.item_vectors, axis=1), 1.0, rtol=1e-5)
    query = Query(np.array([1, 6], np.int32), np.array([3.0, 1.0], np.float32))
    np.testing.assert_allclose(np.linalg.norm(model.query_vectors([query])), 1.0, rtol=1e-5)
    assert np.abs(model.score_all(query)).max() <= 1.0 + 1e-5


def test_more_factors_than_items_are_no_obstacle() -> None:
    user, item = np.array([0, 0, 1, 1], np.int32), np.array([0, 1, 1, 2], np.int32)
    model = Mf(factors=32, epochs=1).fit(Dataset.of(user, item, n_users=2, n_items=3))
    assert model.seen.shape == (3, 32)
    assert np.isfinite(model.score_all(Query(np.array([0], np.int32)))).all()


@pytest.mark.parametrize("setting", [{"factors": 0}, {"temperature": 0.0}, {"seen": 1.0}, {"negatives": 0}])
def test_a_setting_out_of_range_is_refused(setting: dict[str, float]) -> None:
    with pytest.raises(InvalidField, match=next(iter(setting))):
        Mf(**setting)  # type: ignore[arg-type]


def test_scoring_does_not_load_the_compiler() -> None:
    program = (
        "import sys, numpy as np\n"
        "from daogou.core.types import Query\n"
        "from daogou.learn.models.mf import MfModel\n"
        "eye = np.eye(3, dtype=np.float32)\n"
        "assert MfModel(eye, eye).score_all(Query(np.array([1], np.int32)))[1] > 0.99\n"
        "assert 'numba' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
