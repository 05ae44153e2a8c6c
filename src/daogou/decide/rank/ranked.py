"""What the ranking stage made of the candidates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from daogou.core.types import F32, I32, I64
from daogou.decide.pool import Pool

if TYPE_CHECKING:
    from daogou.learn.features.field import Encoded  # reads tables, which no list without a ranker needs


@dataclass(frozen=True, slots=True)
class Ranked:
    """name     of the ranker
    pool     the candidates as they came, best first by blended score
    chances  (n,) how likely each is taken
    asked    (n rows) what the ranker was told of each
    """

    name: str
    pool: Pool
    chances: F32
    asked: Encoded

    def best(self, keep: int) -> Pool:
        """The candidates likeliest to be taken, with those chances as their scores."""
        order = np.argsort(-self.chances, kind="stable")[:keep]
        return Pool(self.pool.numbers[order], self.chances[order])

    def places_of(self, numbers: I32) -> I64:
        """(len(numbers),) where these items are among the candidates; -1 where not."""
        order = np.argsort(self.pool.numbers, kind="stable")
        near = np.minimum(np.searchsorted(self.pool.numbers, numbers, sorter=order), len(order) - 1)
        return np.where(self.pool.numbers[order[near]] == numbers, order[near], -1)
