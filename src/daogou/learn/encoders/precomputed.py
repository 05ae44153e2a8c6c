"""Vectors made elsewhere, read from a file by item id: for a shop that already has embeddings.

.npz: arrays `ids` (n,) and `vectors` (n, d).  .parquet: a column `id` and a column `vector` of lists of equal length.
"""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl

from daogou.core.errors import InvalidInput
from daogou.core.protocols import Progress, silent
from daogou.core.types import F32
from daogou.learn.encoders.port import Encodable, Encoded, checked_vectors

NAMED = 5
"""Missing ids that an error names."""


@dataclass(frozen=True, eq=False)
class Precomputed:
    """vectors      (n_known, dimension) rows of length 1
    place        row of each id
    fingerprint  of the file's bytes
    """

    vectors: F32
    place: Mapping[str, int]
    fingerprint: str

    @property
    def dimension(self) -> int:
        return int(self.vectors.shape[1])

    def encode(self, things: Sequence[Encodable], *, progress: Progress = silent) -> Encoded:
        """Look each id up; an id that the file lacks gets zeros and a problem.

        Raises InvalidInput when the file has none of them: then it is most likely another shop's.
        """
        rows = np.array([self.place.get(thing.id, -1) for thing in things], np.int64)
        missing = [thing.id for thing, row in zip(things, rows, strict=True) if row < 0]
        if len(missing) == len(things) and things:
            raise InvalidInput(
                f"The file of vectors has none of the {len(things):,} items asked, for example "
                f"{', '.join(map(repr, missing[:NAMED]))}. Its ids must be the item ids of the catalogue."
            )
        vectors = np.zeros((len(things), self.dimension), np.float32)
        vectors[rows >= 0] = self.vectors[rows[rows >= 0]]
        progress(len(things), len(things), "look up vectors")
        return Encoded(vectors, dict.fromkeys(missing, "The file of vectors does not have this id."))


def read_precomputed(path: Path, *, dimension: int | None = None) -> Precomputed:
    """Read a .npz or .parquet file; no pickled object is ever loaded.

    dimension  what the vectors must have; None takes what the file has

    Raises InvalidInput for a file that is missing or of another layout, ids that stand twice, vectors of unequal or
    unexpected dimension, and numbers that are not finite.
    """
    try:
        ids, vectors = _npz(path) if path.suffix == ".npz" else _parquet(path)
        digest = hashlib.sha256(path.read_bytes()).hexdigest()[:16]
    except (OSError, ValueError, KeyError, zipfile.BadZipFile, pl.exceptions.PolarsError) as error:
        raise InvalidInput(
            f"{path} cannot be read as vectors: {error}. Use .npz with ids and vectors, or .parquet with id and vector."
        ) from error
    if vectors.ndim != 2 or len(ids) != len(vectors):
        raise InvalidInput(f"{path}: {len(ids)} ids for vectors of shape {vectors.shape}; one row per id is needed.")
    place = {one: row for row, one in enumerate(ids)}
    if len(place) != len(ids):
        twice = next(one for row, one in enumerate(ids) if place[one] != row)
        raise InvalidInput(f"{path}: id {twice!r} stands more than once. Keep one vector per item.")
    wanted = vectors.shape[1] if dimension is None else dimension
    return Precomputed(checked_vectors(vectors, len(ids), wanted, str(path)), place, f"precomputed-{digest}")


def _npz(path: Path) -> tuple[list[str], F32]:
    with np.load(path, allow_pickle=False) as arrays:
        return list(map(str, arrays["ids"].tolist())), np.asarray(arrays["vectors"], np.float32)


def _parquet(path: Path) -> tuple[list[str], F32]:
    table = pl.read_parquet(path, columns=["id", "vector"])
    lengths = table["vector"].list.len() if table["vector"].dtype == pl.List else table["vector"].arr.len()
    if lengths.n_unique() > 1 or table["vector"].null_count():
        raise ValueError(f"vectors have {lengths.min()!r} to {lengths.max()!r} numbers, all must have equally many")
    flat = table["vector"].explode().cast(pl.Float32).to_numpy()
    return table["id"].cast(pl.String).to_list(), flat.reshape(len(table), -1)
