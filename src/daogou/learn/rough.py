"""The largest inner products of one query with a million vectors: exact, at a fifth of the memory traffic.

Good for: catalogues too large to multiply out for every answer. Cost: d + 12 bytes per vector beside the vectors.
The vectors are rounded to bytes and put in order of their length. Reading goes from the longest on and stops where no
shorter one can be among the best (Teflioudi, Gemulla, Mykytiuk, "LEMP: Fast retrieval of large entries in a matrix
product", SIGMOD 2015); on the way the exact product is made only where the rounded one leaves it open.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from daogou.core.types import F32, I32

WIDTH = 64
"""Codes come in parts of so many: a length known beforehand is what makes a part a few instructions."""

ROWS = 65_536
"""Vectors rounded at once."""


@dataclass(frozen=True, eq=False)
class Rough:
    """vectors  (n, d) as they are
    order    (n,) their rows, the longest first
    codes    (n, parts, WIDTH) int8: the vector at each place divided by its scale, rounded, filled up with 0
    scales, errors, lengths  (n,) of the vector at each place: its scale, how long what rounding lost is, its length
    """

    vectors: F32
    order: I32
    codes: NDArray[np.int8]
    scales: F32
    errors: F32
    lengths: F32

    @classmethod
    def of(cls, vectors: F32) -> Rough:
        """Round all vectors; the same for the same vectors."""
        n, d = vectors.shape
        lengths = np.sqrt(np.einsum("ij,ij->i", vectors, vectors))
        order = np.argsort(-lengths, kind="stable").astype(np.int32)
        codes = np.zeros((n, _padded(d)), np.int8)
        scales, errors = np.empty(n, np.float32), np.empty(n, np.float32)
        for start in range(0, n, ROWS):
            part = slice(start, start + ROWS)
            rows = vectors[order[part]]
            scales[part] = np.abs(rows).max(axis=1, initial=0.0) / 127
            rounded = np.rint(rows / np.maximum(scales[part], 1e-30)[:, None])
            codes[part, :d] = rounded
            rows -= rounded * scales[part][:, None]
            errors[part] = np.sqrt(np.einsum("ij,ij->i", rows, rows)) * np.float32(1 + 1e-5)
        return cls(vectors, order, codes.reshape(n, _padded(d) // WIDTH, WIDTH), scales, errors, lengths[order])

    def weighed(self, weights: F32, extras: F32) -> Weighed:
        """To search by weights * product + extras, both (n,) by row and the weights not negative."""
        by_place = weights[self.order]
        beside = extras[self.order]
        return Weighed(
            self, self.scales * by_place, self.errors * by_place, self.lengths * _from_here(by_place), by_place, beside,
            _from_here(beside),
        )  # fmt: skip


@dataclass(frozen=True, eq=False)
class Weighed:
    """A rough table with what each row counts; arrays as the kernel `largest` takes them."""

    rough: Rough
    scales: F32
    errors: F32
    reaches: F32
    weights: F32
    extras: F32
    rests: F32

    def largest(self, query: F32, k: int) -> tuple[I32, F32]:
        """Rows and scores of the k best positive scores, in no order; fewer where there are no more."""
        from daogou.learn.kernels.rough import largest  # small catalogues do without

        query = np.ascontiguousarray(query, np.float32)
        step = float(np.abs(query).max(initial=0.0)) / 32_767
        coded = np.zeros(_padded(len(query)), np.int16)
        coded[: len(query)] = np.rint(query / max(step, 1e-30))
        length, missed = float(np.linalg.norm(query)), float(np.linalg.norm(query - step * coded[: len(query)]))
        values, rows = np.empty(k, np.float32), np.empty(k, np.int32)
        rough = self.rough
        found = largest(
            rough.order, rough.codes, self.scales, self.errors, self.reaches, self.weights, self.extras, self.rests,
            rough.vectors, query, coded.reshape(-1, WIDTH), step, length, missed, values, rows,
        )  # fmt: skip
        return rows[:found], values[:found]


def _padded(d: int) -> int:
    return max(-(-d // WIDTH), 1) * WIDTH


def _from_here(values: F32) -> F32:
    """(n,) the largest value from each place on."""
    return np.ascontiguousarray(np.maximum.accumulate(values[::-1])[::-1])
