"""What the headline hides: figures beyond accuracy, and every figure by group of shoppers and of items."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from daogou.core.types import F64, I32, I64, Bools
from daogou.data.dataset import Dataset
from daogou.learn.evaluation.catalogue_facts import CatalogueFacts
from daogou.learn.evaluation.exposure import item_exposure
from daogou.learn.evaluation.figures import best_sellers, beyond_columns, catalogue_figures, means
from daogou.learn.evaluation.result import GroupGap, ModelResult, Repeats, Segment
from daogou.learn.evaluation.segments import Groups, popularity_segments, user_groups, user_segments
from daogou.learn.evaluation.task import Task
from daogou.learn.metrics.intervals import Draws, Interval, interval_of, resampled_means


@dataclass(frozen=True)
class Scene:
    """What all models share: the users, who of them has a history, and how many targets each has."""

    task: Task
    train: Dataset
    known: Bools
    n_relevant: I64
    ks: tuple[int, ...]
    repeats: Repeats


@dataclass(frozen=True)
class Ran:
    """One model's lists for all users of the task."""

    name: str
    ranked: I32
    hit: Bools
    ms_per_query: float


def beyond_accuracy(
    results: Sequence[ModelResult], ran: Sequence[Ran], scene: Scene, facts: CatalogueFacts, draws: Draws
) -> list[ModelResult]:
    """Add what lies beyond accuracy: novelty, diversity, calibration, how much of the catalogue is shown."""
    known, k = scene.known, max(scene.ks)
    owned = scene.task.owned[known] if scene.repeats == "excluded" else None
    expected = best_sellers(facts, owned, int(known.sum()), k)
    histories = scene.train.matrix(binary=False)[scene.task.users[known]]
    found = []
    for result, one in zip(results, ran, strict=True):
        ranked = one.ranked[known]
        columns = beyond_columns(ranked, one.hit[known], expected, histories, facts, scene.ks)
        whole = catalogue_figures(ranked, facts.n_items, scene.ks)
        beyond = {**whole, **means(columns)}
        found.append(replace(result, beyond=beyond, intervals=_mean_intervals(columns, draws)))
    return found


def _mean_intervals(columns: Mapping[str, F64], draws: Draws) -> dict[str, Interval]:
    """Intervals of means over those users who have a figure."""
    names = [name for name, values in columns.items() if not np.isnan(values).all()]
    values = np.stack([columns[name] for name in names], axis=1)
    has = ~np.isnan(values)
    both = np.concatenate([np.where(has, values, 0.0), has], axis=1)
    drawn = resampled_means(both, resamples=draws.resamples, seed=draws.seed)
    ratio = drawn[:, : len(names)] / np.maximum(drawn[:, len(names) :], 1e-300)
    mean = np.nanmean(values, axis=0)
    return {name: interval_of(mean[at], ratio[:, at], level=draws.level) for at, name in enumerate(names)}


def by_group(
    results: Sequence[ModelResult],
    ran: Sequence[Ran],
    scene: Scene,
    facts: CatalogueFacts,
    groups: Groups,
    draws: Draws,
) -> list[ModelResult]:
    """Add figures by group of shoppers and of items, the gaps between the former and the exposure of the latter."""
    task, known = scene.task, scene.known
    hit = [one.hit for one in ran]
    lists = [one.ranked[known] for one in ran]
    segments: list[list[Segment]] = [[] for _ in ran]
    gaps: list[list[GroupGap]] = [[] for _ in ran]
    for division in user_groups(task, scene.train, groups):
        for model, (parts, between) in enumerate(user_segments(division, hit, scene.n_relevant, scene.ks, draws)):
            segments[model].extend(parts)
            gaps[model].extend(between)
    relevant = task.relevant[known]
    by_popularity = popularity_segments(lists, relevant, facts, scene.ks, draws)
    exposure = item_exposure(lists, relevant, facts, draws)
    return [
        replace(one, segments=(*segments[n], *by_popularity[n]), gaps=tuple(gaps[n]), exposure=exposure[n])
        for n, one in enumerate(results)
    ]
