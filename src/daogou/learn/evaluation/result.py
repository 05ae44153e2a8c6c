"""What an evaluation found, as frozen data that prints, serialises and is tested against."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from daogou.core.types import F64
from daogou.learn.evaluation.catalogue_facts import HEAD_SHARE
from daogou.learn.metrics.fairness import Gap
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
    distance                    what "diversity" is measured on; None where there is no catalogue to measure it on
    baseline                    whose list a hit must not stand in to count as serendipity
    head_share                  items are head when they belong to this share of the sold ones with most users
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
    distance: str | None = None
    baseline: str = "best_sellers"
    head_share: float = HEAD_SHARE

    def to_dict(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__dataclass_fields__} | {
            "ks": list(self.ks),
            "target_events": list(self.target_events),
        }


@dataclass(frozen=True)
class Segment:
    """The same figures over a part of the users or of the targets.

    kind       history (users by number of items they had), visits (by days they were seen on), popularity (targets by
               how many users had them), or the name of a user attribute
    intervals  the metrics with how sure they are
    """

    kind: str
    name: str
    n_users: int
    n_targets: int
    metrics: Mapping[str, float]
    intervals: Mapping[str, Interval] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "name": self.name,
            "n_users": self.n_users,
            "n_targets": self.n_targets,
            "metrics": dict(self.metrics),
            "intervals": {name: interval.to_dict() for name, interval in self.intervals.items()},
        }


@dataclass(frozen=True)
class GroupGap:
    """The best-served group of users minus the worst-served one, in one metric; `kind` as in Segment."""

    kind: str
    metric: str
    best: str
    worst: str
    gap: Gap

    def to_dict(self) -> dict[str, Any]:
        return {"kind": self.kind, "metric": self.metric, "best": self.best, "worst": self.worst} | self.gap.to_dict()


@dataclass(frozen=True)
class Exposure:
    """How much attention the lists give a group of items, beside how much shoppers chose from it.

    kind       popularity, age, category, brand or seller
    catalogue  share of the items
    chosen     share of a shopper's choices, mean over shoppers
    shown      share of a list's attention (a place counts 1 / log2(rank + 1)), mean over shoppers
    parity     shown / chosen: 1 = as much attention as choices, 0.5 = half as much; None where nothing was chosen
    """

    kind: str
    name: str
    catalogue: float
    chosen: Interval
    shown: Interval
    parity: Interval | None

    def to_dict(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "name": self.name,
            "catalogue": self.catalogue,
            "chosen": self.chosen.to_dict(),
            "shown": self.shown.to_dict(),
            "parity": self.parity and self.parity.to_dict(),
        }


@dataclass(frozen=True)
class ModelResult:
    """One model's figures.

    metrics    "ndcg@20" → mean over users with its interval
    beyond     "coverage@20", "novelty@20", "gini@20", … → one figure of all lists, or a mean over users
    intervals  those of `beyond` that are means over users, with how sure they are
    curves     "ndcg" → mean at k = 1, 2, … max(ks)
    by_place   share of lists with a hit at place 0, 1, …: it should fall from place to place
    per_user   "ndcg@20" → (n_users,) the figures behind the means, for paired tests; not serialised
    """

    name: str
    metrics: Mapping[str, Interval]
    beyond: Mapping[str, float]
    curves: Mapping[str, tuple[float, ...]]
    segments: tuple[Segment, ...]
    ms_per_query: float
    intervals: Mapping[str, Interval] = field(default_factory=dict)
    by_place: tuple[float, ...] = ()
    gaps: tuple[GroupGap, ...] = ()
    exposure: tuple[Exposure, ...] = ()
    per_user: Mapping[str, F64] = field(default_factory=dict, repr=False, compare=False)

    def to_dict(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "metrics": {name: interval.to_dict() for name, interval in self.metrics.items()},
            "beyond": dict(self.beyond),
            "beyond_intervals": {name: interval.to_dict() for name, interval in self.intervals.items()},
            "curves": {name: list(values) for name, values in self.curves.items()},
            "hits_by_place": list(self.by_place),
            "segments": [segment.to_dict() for segment in self.segments],
            "gaps": [gap.to_dict() for gap in self.gaps],
            "exposure": [one.to_dict() for one in self.exposure],
            "ms_per_query": self.ms_per_query,
        }


@dataclass(frozen=True)
class Comparison:
    """One model minus another for the same users.

    difference  with the interval of the paired bootstrap
    p_value     of the paired t-test
    adjusted    the same after Holm's correction over all comparisons of this metric
    level       of confidence: sure is what keeps adjusted ≤ 1 - level and an interval without 0
    """

    model: str
    baseline: str
    metric: str
    difference: Interval
    p_value: float = 1.0
    adjusted: float = 1.0
    level: float = 0.95

    @property
    def is_more_than_chance(self) -> bool:
        return self.difference.excludes_zero and self.adjusted <= 1.0 - self.level + 1e-12

    @property
    def verdict(self) -> str:
        """ "sure", "surely_worse" or "unsure"."""
        if not self.is_more_than_chance:
            return "unsure"
        return "sure" if self.difference.mean > 0 else "surely_worse"

    def to_dict(self) -> dict[str, Any]:
        return {
            "model": self.model,
            "baseline": self.baseline,
            "metric": self.metric,
            "difference": self.difference.to_dict(),
            "p_value": self.p_value,
            "p_adjusted": self.adjusted,
            "is_more_than_chance": self.is_more_than_chance,
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
