"""A chain of draws: every parameter of a factorisation machine in turn, given the ratings and all the others.

Sources: Freudenthaler, Schmidt-Thieme, Rendle, "Bayesian Factorization Machines", NIPS workshop 2011 (the draws and
the priors of the priors); Rendle, PVLDB 6(5), 2013 (blocks).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from daogou.core.types import F64, I32
from daogou.learn.ratings.fm_blocks import Block
from daogou.learn.ratings.fm_likelihood import Likelihood

PRIOR_SHAPE, PRIOR_RATE, PRIOR_RATINGS = 1.0, 1.0, 1.0
"""Of every precision a Gamma(shape / 2, rate / 2); of every centre a normal around 0, worth so many features."""

START = 0.1
"""Standard deviation of the factors before the first draw."""


class Drawn(NamedTuple):
    """What one draw says of the rows of one block.

    level  (n_rows,) what a row adds to a prediction by itself
    taste  (n_rows, d) its factors; two rows of one rating add their product
    """

    level: F64
    taste: F64


class Chain:
    """The state of the draws; `draw` goes on by one.

    weights     (n_features,) of all blocks, one after the other
    factors     (d, n_features)
    centres     (1 + d, n_groups) of the weights and of each factor; precisions: the same
    """

    def __init__(self, blocks: Sequence[Block], likelihood: Likelihood, d: int, random: np.random.Generator) -> None:
        self.blocks, self.likelihood, self.random = blocks, likelihood, random
        ends = np.cumsum([block.n_features for block in blocks])
        self.parts = [slice(end - block.n_features, end) for block, end in zip(blocks, ends, strict=True)]
        firsts = np.cumsum([0, *(int(block.groups[-1]) + 1 for block in blocks)])
        self.groups: I32 = np.concatenate(
            [block.groups + first for block, first in zip(blocks, firsts, strict=False)]
        ).astype(np.int32)
        self.first_group = firsts[:-1]
        self._group_starts = np.searchsorted(self.groups, np.arange(firsts[-1]))
        self._group_sizes = np.bincount(self.groups).astype(np.float64)
        self.weights: F64 = np.zeros(ends[-1])
        self.factors: F64 = START * random.standard_normal((d, ends[-1]))
        self.centres: F64 = np.zeros((1 + d, firsts[-1]))
        self.precisions: F64 = np.ones((1 + d, firsts[-1]))
        self._linear = [np.zeros(len(block.is_rated)) for block in blocks]
        self._sums = [np.stack([_summed(block, row) for row in self.factors[:, part]]) for block, part in self._each()]
        self._squares = [
            np.stack([_summed(block, row, power=2) for row in self.factors[:, part]]) for block, part in self._each()
        ]
        self.error: F64 = likelihood.wanted() - self._predicted()

    def draw(self) -> None:
        """Every parameter once."""
        from daogou.learn.kernels.gibbs import draw_factor, draw_weights

        self.likelihood.draw(self.error, self.random)
        self._draw_priors()
        noise = self.likelihood.noise
        normals = self.random.standard_normal((len(self.factors) + 1, len(self.weights)))
        for b, part in enumerate(self.parts):
            draw_weights(
                *self._shape(b), self.centres[0], self.precisions[0], noise, normals[0, part], self.weights[part],
                self._linear[b], self.error,
            )  # fmt: skip
        for f, factor in enumerate(self.factors):
            total = sum(sums[f][block.row_of] for sums, block in zip(self._sums, self.blocks, strict=True))
            for b, part in enumerate(self.parts):
                draw_factor(
                    *self._shape(b), self.centres[1 + f], self.precisions[1 + f], noise, normals[1 + f, part],
                    factor[part], self._sums[b][f], self._squares[b][f], total, self.error,
                )  # fmt: skip

    def drawn(self) -> list[Drawn]:
        """This draw by block. A row without ratings has for itself what is usual: the centre of the prior."""
        found = []
        for b, block in enumerate(self.blocks):
            sums, squares = self._sums[b], self._squares[b]
            level = self._linear[b] + 0.5 * (sums**2 - squares).sum(axis=0)
            taste = sums.T.copy()
            own = self.centres[:, self.first_group[b]]
            unrated = ~block.is_rated
            level[unrated] += own[0] + taste[unrated] @ own[1:]
            taste[unrated] += own[1:]
            found.append(Drawn(level, taste))
        return found

    def _each(self) -> list[tuple[Block, slice]]:
        return list(zip(self.blocks, self.parts, strict=True))

    def _shape(self, b: int) -> tuple[I32, I32, F64, I32, I32]:
        block = self.blocks[b]
        return block.indptr, block.rows, block.values, block.row_of, self.groups[self.parts[b]]

    def _predicted(self) -> F64:
        total = np.zeros(len(self.blocks[0].row_of))
        for f in range(len(self.factors)):
            sums = sum(self._sums[b][f][block.row_of] for b, block in enumerate(self.blocks))
            squares = sum(self._squares[b][f][block.row_of] for b, block in enumerate(self.blocks))
            total += 0.5 * (sums**2 - squares)
        return total

    def _draw_priors(self) -> None:
        """Centre and precision of each group of features, for the weights and for every factor."""
        values = np.vstack([self.weights, self.factors])
        n, starts = self._group_sizes, self._group_starts
        spread = np.add.reduceat((values - self.centres[:, self.groups]) ** 2, starts, axis=1)
        rate = PRIOR_RATE + spread + PRIOR_RATINGS * self.centres**2
        self.precisions = self.random.gamma((PRIOR_SHAPE + n + 1) / 2, 2 / rate)
        summed = np.add.reduceat(values, starts, axis=1)
        weight = n + PRIOR_RATINGS
        normals = self.random.standard_normal(self.centres.shape)
        self.centres = summed / weight + normals / np.sqrt(weight * self.precisions)


def _summed(block: Block, factor: F64, power: int = 1) -> F64:
    features = np.repeat(np.arange(block.n_features), np.diff(block.indptr))
    terms = (block.values * factor[features]) ** power
    return np.bincount(block.rows, terms, minlength=len(block.is_rated)).astype(np.float64)
