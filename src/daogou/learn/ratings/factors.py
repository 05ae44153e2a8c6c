"""What the factor models share: settings that make sense, and fitting one user to items that stand fixed."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from daogou.core.errors import InvalidField, InvalidInput
from daogou.core.types import F32
from daogou.learn.ratings.given import Ratings


def refuse_more_factors_than_items(factors: int, ratings: Ratings) -> None:
    """Such factors could store every rating by heart."""
    if factors > ratings.n_items:
        raise InvalidField("factors", factors, f"at most the {ratings.n_items} items", rule="out_of_range")


def refuse_diverged(arrays: Sequence[F32], learning_rate: float) -> None:
    """Raise InvalidInput when the steps were so long that the numbers left the finite range."""
    if not all(np.isfinite(array).all() for array in arrays):
        raise InvalidInput(
            f"The steps with learning_rate = {learning_rate:g} grew without end. Use a smaller learning_rate."
        )


def clear_unrated(table: F32, numbers: np.ndarray) -> None:
    """Set rows that no rating touched to 0, so that their random start says nothing."""
    table[np.bincount(numbers, minlength=len(table)) == 0] = 0.0


def ridge(rows: F32, wanted: F32, regularization: float) -> tuple[float, F32]:
    """A bias b and factors p with the least  sum (wanted - b - rows p)^2 + regularization n (b^2 + |p|^2).

    rows    (n, d) factors of the items rated
    wanted  (n,) what their ratings leave to explain
    """
    if not len(rows):
        return 0.0, np.zeros(rows.shape[1], np.float32)
    design = np.column_stack([np.ones(len(rows)), rows.astype(np.float64)])
    # A small floor keeps the matrix invertible without any regularization.
    pull = max(regularization, 1e-9) * len(rows)
    normal = design.T @ design + pull * np.eye(design.shape[1])
    solved = np.linalg.solve(normal, design.T @ wanted)
    return float(solved[0]), solved[1:].astype(np.float32)
