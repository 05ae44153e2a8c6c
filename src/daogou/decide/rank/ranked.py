"""What the ranking stage made of the candidates."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from daogou.core.types import F32
from daogou.decide.pool import Pool


@dataclass(frozen=True, slots=True)
class Ranked:
    """name     of the ranker
    pool     the candidates as they came, best first by blended score
    chances  (n,) how likely each is taken
    """

    name: str
    pool: Pool
    chances: F32

    def best(self, keep: int) -> Pool:
        """The candidates likeliest to be taken, with those chances as their scores."""
        order = np.argsort(-self.chances, kind="stable")[:keep]
        return Pool(self.pool.numbers[order], self.chances[order])
