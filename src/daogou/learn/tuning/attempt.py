"""Fit one model with given settings and ask it: what every trial does, on a sample first where the shop is large."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, cast

import numpy as np

from daogou.core.errors import DaogouError
from daogou.core.protocols import Bounded, Recipe
from daogou.core.types import F64
from daogou.data.dataset import Dataset
from daogou.learn.models import recipe, settings_of
from daogou.learn.tuning.held_out import HeldOut, sampled

LARGE = 500_000
"""Interactions from which on a trial is tried on a sample first."""

RUNG = 0.25
"""Share of the shoppers on that sample."""


def stops_itself(wanted: Recipe[Dataset]) -> bool:
    """Whether this recipe trains for as long as it is told, and was not told yet: its setting `minutes` is 0."""
    return getattr(wanted, "minutes", None) == 0


def within(wanted: Recipe[Dataset], seconds: float) -> Recipe[Dataset]:
    """The same recipe, told to stop of itself in time where it is one that can."""
    if not stops_itself(wanted):
        return wanted
    return cast(Recipe[Dataset], replace(cast(Any, wanted), minutes=max(seconds, 1.0) / 60.0))


@dataclass(frozen=True)
class Candidate:
    """A model to search: its recipe, the settings in force, and the event names it learns from (empty means all).

    is_new  it is not among the shop's models yet
    """

    name: str
    recipe_name: str
    settings: Mapping[str, Any]
    events: tuple[str, ...] = ()
    is_new: bool = False

    @cached_property
    def recipe(self) -> Recipe[Dataset]:
        return recipe(self.recipe_name, **self.settings)

    @property
    def present(self) -> dict[str, Any]:
        """Every setting in force, the recipe's own where shop.toml says nothing."""
        return settings_of(self.recipe)

    @property
    def defaults(self) -> dict[str, Any]:
        return settings_of(recipe(self.recipe_name))

    @property
    def key(self) -> str:
        """Names the question: another recipe or other events under the same name are another one."""
        return "|".join((self.name, self.recipe_name, *self.events))

    def refusal(self, n_items: int) -> str | None:
        """Why a catalogue of this size is too large, None where it is not."""
        return self.recipe.refusal(n_items) if isinstance(self.recipe, Bounded) else None


@dataclass(frozen=True)
class Answer:
    """per_user (n_users,) NDCG@20, or empty where it was given up after the sample; rungs: figure by rung."""

    per_user: F64
    ms_per_query: float
    seconds: float
    rungs: Mapping[int, float]

    @property
    def is_complete(self) -> bool:
        return len(self.per_user) > 0


@dataclass(frozen=True)
class Examiner:
    """Asks every model the same question.

    rung_above  shops with more interactions than this are tried on a sample first
    """

    asked: HeldOut
    seed: int
    rung_above: int = LARGE
    clock: Callable[[], float] = time.monotonic

    @cached_property
    def sample(self) -> Dataset | None:
        """The train part of some of the shoppers, None in a shop that needs no such thing."""
        if self.asked.train.n_interactions <= self.rung_above:
            return None
        return sampled(self.asked.train, RUNG, self.seed)

    def examine(
        self, candidate: Candidate, settings: Mapping[str, Any], is_hopeless: Callable[[int, float], bool]
    ) -> Answer:
        """Fit and ask. `is_hopeless(rung, figure)` may end it after the sample.

        Raises what the recipe raises: DaogouError for settings or data it refuses, MemoryError.
        """
        began = self.clock()
        wanted = recipe(candidate.recipe_name, **settings)
        rungs = {}
        if self.sample is not None:
            figures, _ = self.asked.ask(self._fit(wanted, candidate, self.sample))
            rungs[0] = self.asked.guide(figures)
            if is_hopeless(0, rungs[0]):
                return Answer(figures[:0], float("nan"), self.clock() - began, rungs)
        figures, ms_per_query = self.asked.ask(self._fit(wanted, candidate, self.asked.train))
        return Answer(figures, ms_per_query, self.clock() - began, rungs)

    def _fit(self, wanted: Recipe[Dataset], candidate: Candidate, train: Dataset) -> Any:
        return wanted.fit(train.only(candidate.events) if candidate.events else train, seed=self.seed)


REFUSALS = (DaogouError, MemoryError, np.linalg.LinAlgError, AssertionError)
"""What may come of settings or data that a recipe cannot use. AssertionError is how ranking says that a model scored
NaN, as one does that diverged. Anything else is a fault of ours and is not hidden."""
