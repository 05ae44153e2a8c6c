"""What an evaluation found, as frozen data that prints, serialises and is tested against."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from daogou.core.types import F64
from daogou.learn.metrics.intervals import Interval

Repeats = Literal["counted", "excluded"]


@dataclass(frozen=True)
class Setup:
    """What was done, in data: everything needed to do it again.

    repeats                     counted: items a user chose before may be recommended and are targets;
                                excluded: they are masked from lists and removed from targets
                                (chose: by the target events, so an item only viewed is no repeat of a purchase)
    n_users                     users with history and at least one target: the figures are means over these
    n_users_without_history     users with targets but no history; they are the segment "history 0"
    n_users_only_repeats        users with history left out because all their targets were repeats
    n_users_available           users with a target, of which the evaluated ones may be a random draw
    share_cold_targets          share of targets that are items nobody had before the test
    half_life_days, history_rows  how histories were weighed and cut, as in serving; None where they were not
    """

    protocol: str
    description: str
    repeats: Repeats
    target_events: tuple[str, ...]
    train_from_us: int
    train_before_us: int
    test_from_us: int
    test_until_us: int
    n_train: int
    n_items: int
    n_users: int
    n_users_without_history: int
    n_users_only_repeats: int
    n_users_available: int
    n_targets: int
    share_cold_targets: float
    ks: tuple[int, ...]
    half_life_days: float | None
    history_rows: int | None
    resamples: int
    level: float
    seed: int

    def to_dict(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__dataclass_fields__} | {
            "ks": list(self.ks),
            "target_events": list(self.target_events),
        }


@dataclass(frozen=True)
class Segment:
    """The same figures over a part of the users or of the targets.

    kind  history (users by number of items they had) or popularity (targets by how many users had them)
    """

    kind: Literal["history", "popularity"]
    name: str
    n_users: int
    n_targets: int
    metrics: Mapping[str, float]

    def to_dict(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "name": self.name,
            "n_users": self.n_users,
            "n_targets": self.n_targets,
            "metrics": dict(self.metrics),
        }


@dataclass(frozen=True)
class ModelResult:
    """One model's figures.

    metrics   "ndcg@20" → mean over users with its interval
    beyond    "coverage@20", "novelty@20", "gini@20" → one figure of all lists
    curves    "ndcg" → mean at k = 1, 2, … max(ks)
    per_user  "ndcg@20" → (n_users,) the figures behind the means, for paired tests; not serialised
    """

    name: str
    metrics: Mapping[str, Interval]
    beyond: Mapping[str, float]
    curves: Mapping[str, tuple[float, ...]]
    segments: tuple[Segment, ...]
    ms_per_query: float
    per_user: Mapping[str, F64] = field(default_factory=dict, repr=False, compare=False)

    def to_dict(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "metrics": {name: interval.to_dict() for name, interval in self.metrics.items()},
            "beyond": dict(self.beyond),
            "curves": {name: list(values) for name, values in self.curves.items()},
            "segments": [segment.to_dict() for segment in self.segments],
            "ms_per_query": self.ms_per_query,
        }


@dataclass(frozen=True)
class Comparison:
    """One model minus another for the same users; `difference` has the paired interval."""

    model: str
    baseline: str
    metric: str
    difference: Interval

    def to_dict(self) -> dict[str, Any]:
        return {
            "model": self.model,
            "baseline": self.baseline,
            "metric": self.metric,
            "difference": self.difference.to_dict(),
            "is_more_than_chance": self.difference.excludes_zero,
        }


@dataclass(frozen=True)
class Evaluation:
    """Several models on the same users, lists and targets."""

    setup: Setup
    models: tuple[ModelResult, ...]
    comparisons: tuple[Comparison, ...] = ()

    def model(self, name: str) -> ModelResult:
        """The figures of one model; KeyError when it was not evaluated."""
        return {one.name: one for one in self.models}[name]

    def to_dict(self) -> dict[str, Any]:
        return {
            "setup": self.setup.to_dict(),
            "models": [one.to_dict() for one in self.models],
            "comparisons": [one.to_dict() for one in self.comparisons],
        }
