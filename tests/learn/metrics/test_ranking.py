import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from ranx import Qrels, Run
from ranx import evaluate as ranx_evaluate
from scipy.sparse import csr_matrix
from sklearn.metrics import ndcg_score

from daogou.learn.metrics.ranking import METRICS, f1, hit_rate, hits, mrr, ndcg, precision, recall


def relevant(*rows, n_items=10):
    table = np.zeros((len(rows), n_items), np.float32)
    for user, row in enumerate(rows):
        table[user, list(row)] = 1
    return csr_matrix(table)


def counts(table):
    return np.diff(table.indptr).astype(np.int64)


def test_a_place_is_a_hit_where_its_item_is_relevant_to_that_user():
    table = relevant({1, 3}, {0}, set())
    ranked = np.array([[3, 0, 1], [1, 0, 3], [1, 2, 3]], np.int32)
    assert hits(ranked, table).tolist() == [[True, False, True], [False, True, False], [False, False, False]]


def test_an_empty_place_is_never_a_hit():
    assert not hits(np.array([[-1, -1]], np.int32), relevant({0, 9})).any()


def test_empty_places_of_later_users_do_not_reach_into_the_row_before():
    table = relevant({9}, {5})
    assert not hits(np.array([[0, 1], [-1, 2]], np.int32), table).any()


def test_figures_worked_by_hand():
    """List of 4 with hits at ranks 2 and 3, three relevant items in all."""
    hit = np.array([[False, True, True, False]])
    n = np.array([3])
    assert recall(hit, n, 4) == pytest.approx([2 / 3])
    assert precision(hit, n, 4) == pytest.approx([2 / 4])
    assert f1(hit, n, 4) == pytest.approx([2 * (1 / 2) * (2 / 3) / (1 / 2 + 2 / 3)])
    assert hit_rate(hit, n, 1) == pytest.approx([0.0])
    assert hit_rate(hit, n, 2) == pytest.approx([1.0])
    assert mrr(hit, n, 4) == pytest.approx([1 / 2])
    best = 1 / np.log2(2) + 1 / np.log2(3) + 1 / np.log2(4)
    assert ndcg(hit, n, 4) == pytest.approx([(1 / np.log2(3) + 1 / np.log2(4)) / best])


def test_the_ideal_list_has_no_more_places_than_k():
    hit = np.array([[True, True]])
    assert ndcg(hit, np.array([50]), 2) == pytest.approx([1.0])


@pytest.fixture(scope="module")
def random_lists():
    generator = np.random.default_rng(7)
    n_users, n_items, k = 60, 80, 20
    table = csr_matrix((generator.random((n_users, n_items)) < 0.08).astype(np.float32))
    table = table[np.diff(table.indptr) > 0]
    scores = generator.permuted(np.tile(np.arange(n_items, dtype=np.float32), (table.shape[0], 1)), axis=1)
    ranked = np.argsort(-scores, axis=1)[:, :k].astype(np.int32)
    return table, scores, ranked


@pytest.mark.filterwarnings("ignore::numba.core.errors.NumbaTypeSafetyWarning")  # raised inside ranx
@pytest.mark.parametrize("k", [1, 5, 10, 20])
@pytest.mark.parametrize("name", METRICS)
def test_every_metric_agrees_with_ranx(random_lists, name, k):
    table, _, ranked = random_lists
    qrels = Qrels({f"u{u}": {f"i{i}": 1 for i in table[u].indices} for u in range(table.shape[0])})
    run = Run({f"u{u}": {f"i{i}": float(100 - r) for r, i in enumerate(row)} for u, row in enumerate(ranked)})
    expected = ranx_evaluate(qrels, run, f"{name}@{k}")
    seen = METRICS[name](hits(ranked, table), counts(table), k).mean()
    assert seen == pytest.approx(expected, abs=1e-9)


def test_ndcg_agrees_with_scikit_learn(random_lists):
    table, scores, ranked = random_lists
    expected = ndcg_score(table.toarray(), scores, k=20)
    assert ndcg(hits(ranked, table), counts(table), 20).mean() == pytest.approx(expected, abs=1e-9)


@given(st.data())
def test_every_figure_lies_between_0_and_1_and_a_perfect_list_reaches_1(data):
    n_items, k = 12, data.draw(st.integers(1, 12))
    wanted = data.draw(st.sets(st.integers(0, n_items - 1), min_size=1, max_size=n_items))
    order = data.draw(st.permutations(range(n_items)))
    table = relevant(wanted, n_items=n_items)
    n = counts(table)
    seen = {name: float(metric(hits(np.array([order], np.int32), table), n, k)[0]) for name, metric in METRICS.items()}
    assert all(0.0 <= value <= 1.0 + 1e-12 for value in seen.values())
    perfect = np.array([[*sorted(wanted), *(set(range(n_items)) - wanted)]], np.int32)
    assert ndcg(hits(perfect, table), n, k)[0] == pytest.approx(1.0)
    assert mrr(hits(perfect, table), n, k)[0] == 1.0
