from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl
import pytest

from daogou.core.errors import InvalidInput
from daogou.learn.encoders.port import Encodable
from daogou.learn.encoders.precomputed import read_precomputed

IDS = ["a", "b", "c"]
VECTORS = np.array([[3.0, 4.0], [0.0, 2.0], [1.0, 0.0]], np.float32)


def npz(folder: Path, ids: object = IDS, vectors: object = VECTORS) -> Path:
    path = folder / "vectors.npz"
    np.savez(path, ids=np.array(ids), vectors=np.array(vectors))  # type: ignore[arg-type]
    return path


def parquet(folder: Path, ids: list[str] = IDS, vectors: list[list[float]] | None = None) -> Path:
    path = folder / "vectors.parquet"
    pl.DataFrame({"id": ids, "vector": VECTORS.tolist() if vectors is None else vectors}).write_parquet(path)
    return path


@pytest.mark.parametrize("write", [npz, parquet])
def test_vectors_are_found_by_id_and_have_length_one(tmp_path: Path, write: object) -> None:
    encoder = read_precomputed(write(tmp_path))  # type: ignore[operator]
    made = encoder.encode([Encodable("b"), Encodable("a")])
    np.testing.assert_allclose(made.vectors, [[0, 1], [0.6, 0.8]], atol=1e-6)
    assert made.vectors.dtype == np.float32
    assert encoder.dimension == 2
    assert not made.problems


def test_an_id_the_file_lacks_gets_zeros_and_a_problem_and_the_others_their_vectors(tmp_path: Path) -> None:
    made = read_precomputed(npz(tmp_path)).encode([Encodable("a"), Encodable("new")])
    assert made.vectors[0].any()
    assert not made.vectors[1].any()
    assert list(made.problems) == ["new"]


def test_a_file_of_another_shop_is_refused_with_examples(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match=r"none of the 2 items asked, for example 'x', 'y'"):
        read_precomputed(npz(tmp_path)).encode([Encodable("x"), Encodable("y")])


def test_a_dimension_that_is_not_the_expected_one_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match=r"shape \(3, 2\), expected \(3, 5\)"):
        read_precomputed(npz(tmp_path), dimension=5)


@pytest.mark.parametrize(
    ("ids", "vectors", "told"),
    [
        (["a", "a", "b"], VECTORS, "id 'a' stands more than once"),
        (["a", "b"], VECTORS, "2 ids for vectors of shape"),
        (IDS, [1.0, 2.0, 3.0], r"3 ids for vectors of shape \(3,\)"),
        (IDS, [[1, 2], [np.nan, 0], [1, 1]], "NaN or infinity"),
    ],
)
def test_a_file_that_is_wrong_says_what_is_wrong(tmp_path: Path, ids: object, vectors: object, told: str) -> None:
    with pytest.raises(InvalidInput, match=told):
        read_precomputed(npz(tmp_path, ids, vectors))


def test_lists_of_unequal_length_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="1 to 2 numbers, all must have equally many"):
        read_precomputed(parquet(tmp_path, vectors=[[1.0], [1.0, 2.0], [1.0, 2.0]]))


def test_pickled_objects_are_never_loaded(tmp_path: Path) -> None:
    path = tmp_path / "vectors.npz"
    np.savez(path, ids=np.array([object()], dtype=object), vectors=VECTORS[:1])
    with pytest.raises(InvalidInput, match="cannot be read as vectors"):
        read_precomputed(path)


@pytest.mark.parametrize("name", ["none.npz", "none.parquet"])
def test_a_file_that_is_not_there_is_named(tmp_path: Path, name: str) -> None:
    with pytest.raises(InvalidInput, match=f"{name} cannot be read as vectors"):
        read_precomputed(tmp_path / name)


def test_another_file_is_another_space(tmp_path: Path) -> None:
    first = read_precomputed(npz(tmp_path)).fingerprint
    assert read_precomputed(npz(tmp_path, vectors=VECTORS + 1)).fingerprint != first
