import numpy as np
import pytest
from scipy.sparse import csr_matrix
from sklearn.metrics.pairwise import cosine_distances

from daogou.learn.metrics.diversity import intra_list_distance, serendipity


def test_distance_within_a_list_is_the_mean_over_all_its_pairs():
    generator = np.random.default_rng(1)
    features = csr_matrix((generator.random((30, 12)) < 0.3) * generator.random((30, 12)))
    lists = np.stack([generator.permutation(30)[:7] for _ in range(20)]).astype(np.int32)
    lists[3, 5:] = -1
    dense = features.toarray()
    for found, one in zip(intra_list_distance(lists, features), lists, strict=True):
        chosen = dense[one[one >= 0]]
        by_pairs = cosine_distances(chosen)[np.triu_indices(len(chosen), 1)]
        assert found == pytest.approx(by_pairs.mean())


def test_twins_are_at_distance_zero_and_strangers_at_one():
    features = csr_matrix(np.array([[1, 0], [3, 0], [0, 2], [0, 0]]))
    assert intra_list_distance(np.array([[0, 1], [0, 2], [0, 3]], np.int32), features) == pytest.approx([0, 1, 1])


def test_a_list_of_one_item_has_no_distance():
    assert np.isnan(intra_list_distance(np.array([[0, -1]], np.int32), csr_matrix(np.ones((1, 2))))).all()


def test_serendipity_counts_hits_that_the_baseline_does_not_have():
    """Both of the first shopper's hits are best-sellers; of the second's one is, of the third's none."""
    ranked = np.array([[0, 1, 5, 6], [0, 7, 5, 6], [8, 7, 5, 6]], np.int32)
    hit = np.array([[1, 1, 0, 0], [1, 1, 0, 0], [1, 1, 0, 0]], bool)
    best_sellers = np.tile(np.array([0, 1, 2, 3], np.int32), (3, 1))
    assert serendipity(ranked, hit, best_sellers) == pytest.approx([0.0, 0.25, 0.5])


def test_the_baseline_itself_is_never_serendipitous():
    lists = np.random.default_rng(0).integers(0, 50, (10, 5)).astype(np.int32)
    assert serendipity(lists, np.ones((10, 5), bool), lists).tolist() == [0.0] * 10
