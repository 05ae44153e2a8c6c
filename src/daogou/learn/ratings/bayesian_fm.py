"""Bayesian factorisation machine: every parameter drawn many times, the answer is the mean, and how sure it is.

Good for: the most accurate stars on this shelf; few ratings; saying how sure it is; hardly a setting to choose.
Weak for: very many ratings, and memory: it keeps many draws of everything.
Cost: 40 * factors multiply-adds per rating and draw, on one core; 2 * draws * (factors + 1) bytes per user and day and
twice as many per item.
Sources: Rendle, "Factorization Machines with libFM", ACM TIST 3(3), 2012; Freudenthaler, Schmidt-Thieme, Rendle,
"Bayesian Factorization Machines", NIPS workshop 2011; who rated what as features: Koren, KDD 2008, and Rendle, Zhang,
Koren, "On the Difficulty of Evaluating Baselines", arXiv:1905.01395, 2019.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from daogou.core.errors import InvalidInput
from daogou.core.protocols import Progress, silent
from daogou.core.types import F32, I32, U8
from daogou.learn.checks import at_least
from daogou.learn.ratings.attributes import Attributes
from daogou.learn.ratings.factors import refuse_more_factors_than_items
from daogou.learn.ratings.fm_blocks import Block, blocks_of
from daogou.learn.ratings.fm_chain import Chain
from daogou.learn.ratings.fm_likelihood import Likelihood, Normal, OrderedProbit
from daogou.learn.ratings.fm_model import ATTRIBUTES, F16, NOTHING, RATINGS, BayesianFmModel
from daogou.learn.ratings.given import Ratings

NO_DAYS = np.empty(0, np.int32)
MOST_LEVELS = 30
"""Stars of more different values than this are a number, not levels."""


@dataclass(frozen=True)
class BayesianFm:
    """Recipe.

    factors          numbers per user, item, day and everything told of them
    draws            how often every parameter is drawn and kept
    burn_in          draws before those, not kept: the chain must first get to where it stays
    likelihood       normal: stars are a number with noise; ordered: they are levels, which may lie unevenly
    implicit         tell of each user what they rated, and of each item who rated it
    day              tell the calendar day, where the ratings have one
    attributes       tell what else is known of users and items
    memory_limit_mb  refuse what would keep more
    """

    factors: int = 10
    draws: int = 400
    burn_in: int = 50
    likelihood: Literal["normal", "ordered"] = "normal"
    implicit: bool = True
    day: bool = True
    attributes: bool = True
    memory_limit_mb: int = 4_000

    def __post_init__(self) -> None:
        for name in ("factors", "draws", "memory_limit_mb"):
            at_least(name, getattr(self, name), 1)
        at_least("burn_in", self.burn_in, 0)

    def fit(self, ratings: Ratings, *, seed: int = 0, progress: Progress = silent) -> BayesianFmModel:
        """Same ratings and seed, same model. Raises InvalidInput where the draws exceed the memory limit."""
        refuse_more_factors_than_items(self.factors, ratings)
        days = np.unique(ratings.day).astype(np.int32) if self.day and ratings.day is not None else NO_DAYS
        blocks = blocks_of(ratings, implicit=self.implicit, attributes=self.attributes, day_numbers=days)
        self._refuse_too_large(blocks)
        likelihood = self._likelihood(ratings)
        chain = Chain(blocks, likelihood, self.factors, np.random.default_rng(seed))
        kept = _Kept(blocks, self.draws, self.factors, len(likelihood.cuts))
        total = self.burn_in + self.draws
        for number in range(total):
            progress(number, total, "drawing")
            chain.draw()
            if number >= self.burn_in:
                kept.add(number - self.burn_in, chain)
        progress(total, total, "drawing")
        return self._model(ratings, likelihood, days, kept)

    def _likelihood(self, ratings: Ratings) -> Likelihood:
        n_levels = len(np.unique(ratings.stars))
        if self.likelihood == "normal" or n_levels == 1:
            return Normal(ratings.stars)
        if n_levels > MOST_LEVELS:
            raise InvalidInput(
                f'The ratings have {n_levels} different values, too many for levels. Set likelihood = "normal".'
            )
        return OrderedProbit(ratings.stars)

    def _refuse_too_large(self, blocks: Sequence[Block]) -> None:
        rows = sum(len(block.is_rated) for block in blocks) + _n_told(blocks[0])
        needed_mb = 2e-6 * rows * self.draws * (self.factors + 1)
        if needed_mb > self.memory_limit_mb:
            raise InvalidInput(
                f"{self.draws:,} draws need {needed_mb:,.0f} MB, more than memory_limit_mb = {self.memory_limit_mb:,}. "
                "Use fewer draws or factors, raise the limit, or use the model svdpp."
            )

    def _model(self, ratings: Ratings, likelihood: Likelihood, days: I32, kept: _Kept) -> BayesianFmModel:
        levels = likelihood.levels if isinstance(likelihood, OrderedProbit) else np.empty(0)
        return BayesianFmModel(
            kept.rows[0],
            kept.rows[1],
            kept.rows[2] if len(days) else np.zeros((1, *kept.told.shape[1:]), np.float16),
            days,
            kept.told,
            kept.centres[0],
            kept.precisions[0],
            kept.precisions[1],
            kept.bias,
            kept.noise,
            kept.cuts,
            levels.astype(np.float32),
            _evidence(ratings.user, ratings.n_users, ratings.user_attributes if self.attributes else None),
            _evidence(ratings.item, ratings.n_items, ratings.item_attributes if self.attributes else None),
            ratings.n_items if self.implicit else 0,
            ratings.mean,
            ratings.lowest,
            ratings.highest,
        )


class _Kept:
    """The draws so far, in the shapes of `BayesianFmModel`."""

    def __init__(self, blocks: Sequence[Block], draws: int, d: int, n_cuts: int) -> None:
        self.rows: list[F16] = [np.zeros((len(block.is_rated), draws, 1 + d), np.float16) for block in blocks]
        self.told: F16 = np.zeros((_n_told(blocks[0]), draws, 1 + d), np.float16)
        self.centres = [np.zeros((draws, 1 + d), np.float32) for _ in blocks]
        self.precisions = [np.zeros((draws, 1 + d), np.float32) for _ in blocks]
        self.bias: F32 = np.zeros(draws, np.float32)
        self.noise: F32 = np.zeros(draws, np.float32)
        self.cuts: F32 = np.zeros((draws, n_cuts), np.float32)

    def add(self, number: int, chain: Chain) -> None:
        for rows, drawn in zip(self.rows, chain.drawn(), strict=True):
            rows[:, number, 0] = drawn.level
            rows[:, number, 1:] = drawn.taste
        users = chain.blocks[0]
        told = slice(users.n_own, users.n_features)
        self.told[:, number, 0] = chain.weights[told]
        self.told[:, number, 1:] = chain.factors[:, told].T
        for b, group in enumerate(chain.first_group):
            self.centres[b][number], self.precisions[b][number] = chain.centres[:, group], chain.precisions[:, group]
        self.bias[number], self.noise[number] = chain.likelihood.bias, chain.likelihood.noise
        self.cuts[number] = chain.likelihood.cuts


def _evidence(numbers: I32, n: int, attributes: Attributes | None) -> U8:
    """(n + 1,) what is known of each row, and of the unknown one."""
    found = np.full(n + 1, NOTHING, np.uint8)
    if attributes is not None:
        found[:-1][np.diff(attributes.table.indptr) > 0] = ATTRIBUTES
    found[:-1][np.bincount(numbers, minlength=n) > 0] = RATINGS
    return found


def _n_told(block: Block) -> int:
    return block.n_features - block.n_own
