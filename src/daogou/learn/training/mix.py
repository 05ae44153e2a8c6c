"""How much each retriever counts: non-negative weights learned on a validation part that comes before the test."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from daogou.core.errors import ArtifactRefused, InvalidInput
from daogou.core.protocols import Attributing, Model
from daogou.core.types import F32, I32, Query
from daogou.learn.evaluation.lists import score_block


@dataclass(frozen=True)
class Mix:
    """The blended score is the sum of weights[name] / scales[name] * score of that member.

    weights  ≥ 0; they sum to 1
    scales   > 0; the usual spread of the member's best scores, fixed when trained, so that weights compare
    """

    weights: Mapping[str, float]
    scales: Mapping[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name, weight in self.weights.items():
            if not weight >= 0 or not self.scales.get(name, 1.0) > 0:
                raise InvalidInput(
                    f"Member {name!r} has weight {weight} and scale {self.scales.get(name, 1.0)}. "
                    "Use a weight ≥ 0 and a scale > 0."
                )

    def factor(self, name: str) -> float:
        """What a member's raw score is multiplied with; 0 for a member it does not know."""
        return self.weights.get(name, 0.0) / self.scales.get(name, 1.0)

    @property
    def members(self) -> tuple[str, ...]:
        """Names with a weight above 0, the heaviest first."""
        used = [name for name, weight in self.weights.items() if weight > 0]
        return tuple(sorted(used, key=lambda name: (-self.weights[name], name)))

    def to_dict(self) -> dict[str, Any]:
        return {"weights": dict(self.weights), "scales": dict(self.scales)}

    @classmethod
    def from_dict(cls, raw: Mapping[str, Any]) -> Mix:
        """Raises ArtifactRefused when it is not what `to_dict` writes."""
        try:
            weights = {str(name): float(value) for name, value in raw["weights"].items()}
            return cls(weights, {str(name): float(value) for name, value in raw["scales"].items()})
        except (KeyError, TypeError, ValueError, AttributeError, InvalidInput) as error:
            raise ArtifactRefused(f"The mix {raw!r:.80} cannot be read: {error}") from error


@dataclass(frozen=True)
class Blend:
    """Several models as one: a sum, so every share of a score is exact."""

    models: Mapping[str, Model]
    mix: Mix

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
            total += np.float32(self.mix.factor(name)) * self.models[name].score(query, items)
        return total

    def score_all(self, query: Query) -> F32:
        """One blended score per item, shape (n_items,)."""
        total = np.zeros(self.n_items, np.float32)
        for name in self.mix.members:
            total += np.float32(self.mix.factor(name)) * self.models[name].score_all(query)
        return total

    def score_batch(self, queries: Sequence[Query]) -> F32:
        """(len(queries), n_items)"""
        total = np.zeros((len(queries), self.n_items), np.float32)
        for name in self.mix.members:
            total += np.float32(self.mix.factor(name)) * score_block(self.models[name], queries)
        return total

    def contributions(self, query: Query, items: I32) -> F32:
        """(len(query.history), len(items)); columns sum to the part of the score that comes from the history.

        The rest of the score is what members say to everybody, such as trending: see `member_scores`.
        """
        total = np.zeros((len(query.history), len(items)), np.float32)
        for name in self.mix.members:
            model = self.models[name]
            if isinstance(model, Attributing):
                total += np.float32(self.mix.factor(name)) * model.contributions(query, items)
        return total

    def member_scores(self, query: Query, items: I32) -> dict[str, F32]:
        """Each member's part of the blended score, (len(items),) each; they sum to `score`."""
        return {
            name: np.float32(self.mix.factor(name)) * self.models[name].score(query, items) for name in self.mix.members
        }
