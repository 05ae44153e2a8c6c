"""How much each retriever counts: non-negative weights learned on a validation part that comes before the test."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from daogou.core.errors import ArtifactRefused, InvalidInput
from daogou.core.protocols import Attributing, Model
from daogou.core.types import F32, I32, Bools, Query
from daogou.learn.evaluation.lists import score_block


@dataclass(frozen=True)
class Mix:
    """The blended score is the sum of weights[name] / scales[name] * score of that member.

    weights  ≥ 0; they sum to 1
    scales   > 0; the usual spread of the member's best scores, fixed when trained, so that weights compare
    cold     the same as weights for items that nobody took yet, of which most members know nothing, so that they
             stand beside the others at their right rate; empty means that the weights hold for them too
    """

    weights: Mapping[str, float]
    scales: Mapping[str, float] = field(default_factory=dict)
    cold: Mapping[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name, weight in (*self.weights.items(), *self.cold.items()):
            if not weight >= 0 or not self.scales.get(name, 1.0) > 0:
                raise InvalidInput(
                    f"Member {name!r} has weight {weight} and scale {self.scales.get(name, 1.0)}. "
                    "Use a weight ≥ 0 and a scale > 0."
                )

    def factor(self, name: str) -> float:
        """What a member's raw score is multiplied with; 0 for a member it does not know."""
        return self.weights.get(name, 0.0) / self.scales.get(name, 1.0)

    def cold_factor(self, name: str) -> float:
        """The same for an item that nobody took yet."""
        return self.cold.get(name, 0.0) / self.scales.get(name, 1.0) if self.cold else self.factor(name)

    def factors(self, name: str, is_cold: Bools) -> F32:
        """(len(is_cold),) what a member's raw score of each item is multiplied with."""
        return np.where(is_cold, np.float32(self.cold_factor(name)), np.float32(self.factor(name)))

    @property
    def members(self) -> tuple[str, ...]:
        """Names with a weight above 0, for taken or for new items; the heaviest first."""
        used = [name for name, weight in (*self.weights.items(), *self.cold.items()) if weight > 0]
        return tuple(sorted(dict.fromkeys(used), key=lambda name: (-self.weights.get(name, 0.0), name)))

    def to_dict(self) -> dict[str, Any]:
        return {"weights": dict(self.weights), "scales": dict(self.scales), "cold": dict(self.cold)}

    @classmethod
    def from_dict(cls, raw: Mapping[str, Any]) -> Mix:
        """Raises ArtifactRefused when it is not what `to_dict` writes."""
        try:
            parts = (raw["weights"], raw["scales"], raw.get("cold", {}))
            return cls(*({str(name): float(value) for name, value in part.items()} for part in parts))
        except (KeyError, TypeError, ValueError, AttributeError, InvalidInput) as error:
            raise ArtifactRefused(f"The mix {raw!r:.80} cannot be read: {error}") from error


@dataclass(frozen=True)
class Blend:
    """Several models as one: a sum, so every share of a score is exact.

    is_cold  (n_items,) items that nobody took yet; None where none is to be treated as such
    """

    models: Mapping[str, Model]
    mix: Mix
    is_cold: Bools | None = None

    def __post_init__(self) -> None:
        missing = [name for name in self.mix.members if name not in self.models]
        if missing:
            raise InvalidInput(f"The mix names {', '.join(missing)}, but the models are {', '.join(self.models)}.")

    @property
    def n_items(self) -> int:
        return next(iter(self.models.values())).n_items

    def score(self, query: Query, items: I32) -> F32:
        """One blended score per asked item, shape (len(items),)."""
        total = np.zeros(len(items), np.float32)
        for name in self.mix.members:
            total += self._factors[name][items] * self.models[name].score(query, items)
        return total

    def score_all(self, query: Query) -> F32:
        """One blended score per item, shape (n_items,)."""
        total = np.zeros(self.n_items, np.float32)
        for name in self.mix.members:
            total += self._factors[name] * self.models[name].score_all(query)
        return total

    def score_batch(self, queries: Sequence[Query]) -> F32:
        """(len(queries), n_items)"""
        total = np.zeros((len(queries), self.n_items), np.float32)
        for name in self.mix.members:
            total += self._factors[name] * score_block(self.models[name], queries)
        return total

    def contributions(self, query: Query, items: I32) -> F32:
        """(len(query.history), len(items)); columns sum to the part of the score that comes from the history.

        The rest of the score is what members say to everybody, such as trending: see `member_scores`.
        """
        total = np.zeros((len(query.history), len(items)), np.float32)
        for name in self.mix.members:
            model = self.models[name]
            if isinstance(model, Attributing):
                total += self._factors[name][items] * model.contributions(query, items)
        return total

    def member_scores(self, query: Query, items: I32) -> dict[str, F32]:
        """Each member's part of the blended score, (len(items),) each; they sum to `score`."""
        return {name: self._factors[name][items] * self.models[name].score(query, items) for name in self.mix.members}

    @cached_property
    def _factors(self) -> dict[str, F32]:
        is_cold = np.zeros(self.n_items, bool) if self.is_cold is None else self.is_cold
        return {name: self.mix.factors(name, is_cold) for name in self.mix.members}
