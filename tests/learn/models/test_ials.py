from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from daogou.core.types import Query
from daogou.data.dataset import Dataset
from daogou.learn.kernels.least_squares import solve_rows
from daogou.learn.kernels.subspace import sweep_rows
from daogou.learn.models.ials import Ials, diagonalised


def random_dataset(n_users: int = 60, n_items: int = 25, density: float = 0.2, seed: int = 5) -> Dataset:
    user, item = np.nonzero(np.random.default_rng(seed).random((n_users, n_items)) < density)
    return Dataset.of(user.astype(np.int32), item.astype(np.int32), n_users=n_users, n_items=n_items)


def solved_densely(
    history: np.ndarray, weights: np.ndarray, factors: np.ndarray, alpha: float, ridge: float
) -> np.ndarray:
    """The normal equations of the module's docstring, written out in float64."""
    f = factors.astype(np.float64)
    normal = alpha * f.T @ f + ridge * np.eye(f.shape[1])
    right = np.zeros(f.shape[1])
    for item, weight in zip(history, weights, strict=True):
        normal += weight * np.outer(f[item], f[item])
        right += weight * f[item]
    return np.linalg.solve(normal, right)


def loss(users: np.ndarray, items: np.ndarray, table: np.ndarray, recipe: Ials) -> float:
    scores = users @ items.T
    user_ridge = recipe.regularization * (table.sum(1) + recipe.alpha * len(items)) ** recipe.exponent
    item_ridge = recipe.regularization * (table.sum(0) + recipe.alpha * len(users)) ** recipe.exponent
    return float(
        (table * (scores - 1) ** 2).sum()
        + recipe.alpha * (scores**2).sum()
        + (user_ridge * (users**2).sum(1)).sum()
        + (item_ridge * (items**2).sum(1)).sum()
    )


def test_folding_in_solves_the_normal_equations() -> None:
    recipe = Ials(factors=6, iterations=4, regularization=0.05, alpha=0.2)
    model = recipe.fit(random_dataset())
    history, weights = np.array([3, 9, 14], np.int32), np.array([1.0, 4.0, 0.5], np.float32)
    ridge = 0.05 * (5.5 + 0.2 * 25)
    expected = solved_densely(history, weights, model.factors, 0.2, ridge)
    np.testing.assert_allclose(model.fold_in(Query(history, weights)), expected, rtol=1e-4, atol=1e-5)


def test_the_compiled_kernel_solves_the_same_equations_as_numpy() -> None:
    random = np.random.default_rng(1)
    factors, spectrum = diagonalised(random.standard_normal((30, 7)).astype(np.float32))
    table = csr_matrix((random.random((50, 30)) < 0.2).astype(np.float32))
    table.data[:] = random.integers(1, 5, table.nnz)
    ridge = random.random(50).astype(np.float32) + 0.1
    solved = random.standard_normal((50, 7)).astype(np.float32)
    shared = np.float32(0.3) * spectrum
    solve_rows(table.indptr, table.indices, table.data, factors, shared, ridge, 12, solved)
    for row in range(50):
        part = slice(table.indptr[row], table.indptr[row + 1])
        expected = solved_densely(table.indices[part], table.data[part], factors, 0.3, float(ridge[row]))
        np.testing.assert_allclose(solved[row], expected, rtol=2e-3, atol=2e-4)


def test_a_row_without_history_becomes_zero() -> None:
    table = csr_matrix(np.array([[0.0, 0.0], [1.0, 0.0]], np.float32))
    factors, spectrum = diagonalised(np.array([[1.0, 0.5], [0.2, 1.0]], np.float32))
    solved = np.ones((2, 2), np.float32)
    ridge = np.full(2, 0.1, np.float32)
    solve_rows(table.indptr, table.indices, table.data, factors, spectrum, ridge, 3, solved)
    assert (solved[0] == 0).all()
    assert (solved[1] != 0).any()


def test_rotating_the_factors_changes_no_product_and_makes_their_gram_diagonal() -> None:
    factors = np.random.default_rng(2).standard_normal((40, 5)).astype(np.float32)
    rotated, spectrum = diagonalised(factors)
    np.testing.assert_allclose(rotated @ rotated.T, factors @ factors.T, atol=1e-4)
    np.testing.assert_allclose(rotated.T @ rotated, np.diag(spectrum), atol=1e-4)


def test_alternating_reaches_a_point_where_no_exact_half_step_lowers_the_loss() -> None:
    recipe = Ials(factors=3, iterations=400, regularization=0.02, alpha=0.3, steps=8)
    dataset = random_dataset(40, 15, 0.3)
    model = recipe.fit(dataset)
    table = dataset.matrix().toarray().astype(np.float64)
    queries = dataset.queries(range(40))
    users = np.stack([model.fold_in(Query(one.history)) for one in queries]).astype(np.float64)
    item_ridge = recipe.regularization * (table.sum(0) + recipe.alpha * 40) ** recipe.exponent
    better = np.stack(
        [
            solved_densely(np.flatnonzero(column), np.ones(int(column.sum())), users, recipe.alpha, ridge)
            for column, ridge in zip(table.T, item_ridge, strict=True)
        ]
    )
    before = loss(users, model.factors.astype(np.float64), table, recipe)
    assert before - loss(users, better, table, recipe) < 1e-4 * before


def test_more_rounds_lower_the_loss() -> None:
    dataset = random_dataset()
    table = dataset.matrix().toarray()
    losses = []
    for iterations in (1, 3, 12):
        recipe = Ials(factors=8, iterations=iterations)
        model = recipe.fit(dataset)
        users = np.stack([model.fold_in(Query(one.history)) for one in dataset.queries(range(60))])
        losses.append(loss(users, model.factors, table, recipe))
    assert losses[0] > losses[1] > losses[2]


def test_exponent_zero_regularises_every_history_alike() -> None:
    model = Ials(factors=4, exponent=0.0, regularization=0.5, alpha=0.1).fit(random_dataset())
    history = np.array([1, 2, 3, 4], np.int32)
    expected = solved_densely(history, np.ones(4), model.factors, 0.1, 0.5)
    np.testing.assert_allclose(model.fold_in(Query(history)), expected, rtol=1e-4, atol=1e-5)


def test_another_seed_gives_another_model_of_the_same_quality() -> None:
    dataset = random_dataset()
    one, other = (Ials(factors=8).fit(dataset, seed=seed) for seed in (0, 1))
    assert not np.array_equal(one.factors, other.factors)
    query = Query(np.array([0, 5, 7], np.int32))
    assert np.corrcoef(one.score_all(query), other.score_all(query))[0, 1] > 0.9


def test_scoring_does_not_load_the_compiler() -> None:
    program = (
        "import sys, numpy as np\n"
        "from daogou.core.types import Query\n"
        "from daogou.learn.models.ials import IalsModel\n"
        "eye = np.eye(3, dtype=np.float32)\n"
        "model = IalsModel(eye, np.ones(3, np.float32), 0.1, 0.1, 1.0)\n"
        "assert model.score_all(Query(np.array([1], np.int32)))[1] > 0\n"
        "assert 'numba' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


@pytest.mark.parametrize("block", [1, 3, 7, 50])
def test_sweeps_over_blocks_of_factors_end_at_the_solution_of_the_normal_equations(block: int) -> None:
    random = np.random.default_rng(1)
    factors, spectrum = diagonalised(random.standard_normal((30, 7)).astype(np.float32))
    table = csr_matrix((random.random((20, 30)) < 0.2).astype(np.float32))
    table.data[:] = random.integers(1, 5, table.nnz)
    ridge = random.random(20).astype(np.float32) + 0.5
    solved = random.standard_normal((20, 7)).astype(np.float32)
    for _ in range(60 if block < 7 else 1):
        sweep_rows(
            table.indptr, table.indices, table.data, factors, np.float32(0.3) * spectrum, ridge, min(block, 7), solved
        )
    for row in range(20):
        part = slice(table.indptr[row], table.indptr[row + 1])
        expected = solved_densely(table.indices[part], table.data[part], factors, 0.3, float(ridge[row]))
        np.testing.assert_allclose(solved[row], expected if part.stop > part.start else 0, rtol=5e-3, atol=5e-4)


def test_solving_by_blocks_lowers_the_loss_as_far_as_conjugate_gradients() -> None:
    dataset = random_dataset()
    table = dataset.matrix().toarray()
    ends = []
    for block in (0, 3):
        recipe = Ials(factors=8, iterations=30, block=block)
        model = recipe.fit(dataset)
        users = np.stack([model.fold_in(Query(one.history)) for one in dataset.queries(range(60))])
        ends.append(loss(users, model.factors, table, recipe))
    assert ends[1] == pytest.approx(ends[0], rel=0.02)
