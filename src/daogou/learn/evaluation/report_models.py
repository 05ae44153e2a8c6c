"""An evaluation arranged for the page: drawings made, rows in order, nothing left to compute in the template."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from markupsafe import Markup

from daogou.learn.evaluation import charts, words
from daogou.learn.evaluation.findings import BASELINE, foremost
from daogou.learn.evaluation.over_time import Demand
from daogou.learn.evaluation.result import Comparison, Evaluation, Exposure, ModelResult, Segment
from daogou.learn.metrics.calibration import Reliability
from daogou.learn.metrics.intervals import Interval

COLD = ("history", "0")


def models_view(evaluation: Evaluation, mixes: Mapping[Any, Any]) -> dict[str, Any]:
    """One section of the page."""
    setup, models = evaluation.setup, evaluation.models
    chosen = foremost(evaluation)
    k = max(setup.ks)
    headline = [f"ndcg@{k}", f"recall@{k}"]
    has_reference = chosen.name != BASELINE and BASELINE in [one.name for one in models]
    reference = evaluation.model(BASELINE) if has_reference else None
    mix = mixes.get(setup.repeats)
    compared = evaluation.comparisons[0].model if evaluation.comparisons else None
    return {
        "id": setup.repeats,
        "title": words.word(setup.repeats),
        "sentences": words.sentences(setup),
        "level": f"{setup.level:.0%}",
        "k": k,
        "models": models,
        "foremost": compared,
        "shown": chosen.name,
        "reference": reference.name if reference else None,
        "headline": [(key, _bars(models, key)) for key in headline],
        "curves": [(name, _curves(models, name, compared)) for name in models[0].curves],
        "by_place": _by_place(chosen),
        "legend": [(one.name, Markup(charts.swatch(number))) for number, one in enumerate(models)],
        "metrics": list(models[0].metrics),
        "beyond": [key for key in chosen.beyond if key.endswith(f"@{k}")],
        "comparisons": _comparisons(evaluation, headline, compared),
        "group_metric": f"recall@{k}",
        "groups": _groups(chosen, reference, f"recall@{k}"),
        "segments": _segments(models, f"recall@{k}"),
        "exposure": _exposure(chosen.exposure),
        "weights": sorted(mix.weights.items(), key=lambda pair: (-pair[1], pair[0])) if mix else [],
    }


def demand_view(demand: Demand) -> dict[str, Any]:
    """Concentration of demand by month."""
    names = [one.month for one in demand.months]
    first, last = demand.months[0], demand.months[-1]
    title = f"{first.month}: {first.head_share:.1%}; {last.month}: {last.head_share:.1%}"
    drawing = Markup(charts.series([one.head_share for one in demand.months], names, title=title))
    return {"per": demand.per, "direction": demand.direction, "tau": demand.tau, "p_value": demand.p_value,
            "drawing": drawing}  # fmt: skip


def reliability_view(reliability: Mapping[str, Reliability]) -> list[tuple[str, Reliability, Markup]]:
    """One drawing for each that predicts probabilities."""
    return [
        (name, one, Markup(charts.reliability_plot(one, title=f"{name}: ECE {one.ece:.4f}")))
        for name, one in reliability.items()
    ]


def _comparisons(
    evaluation: Evaluation, headline: Sequence[str], compared: str | None
) -> list[tuple[str, list[Comparison]]]:
    """One row per pair, one entry per headline figure."""
    rows: dict[tuple[str, str], list[Comparison]] = {}
    for one in evaluation.comparisons:
        if one.metric in headline:
            rows.setdefault((one.model, one.baseline), []).append(one)
    return [
        (baseline if model == compared else f"{model} − {baseline}", several)
        for (model, baseline), several in rows.items()
    ]


def _bars(models: Sequence[ModelResult], key: str) -> list[tuple[str, Markup, Any]]:
    most = max(one.metrics[key].high for one in models)
    ordered = sorted(models, key=lambda one: -one.metrics[key].mean)
    return [(one.name, Markup(charts.bar(one.metrics[key], most)), one.metrics[key]) for one in ordered]


def _curves(models: Sequence[ModelResult], name: str, chosen: str | None) -> Markup:
    lines = {one.name: one.curves[name] for one in models}
    last = ", ".join(f"{model} {values[-1]:.4f}" for model, values in lines.items())
    n = len(next(iter(lines.values())))
    title = f"{words.METRIC_NAMES[name]['en']}@k, k = 1 … {n}. k = {n}: {last}"
    return Markup(charts.curves(lines, title=title, foremost=chosen))


def _by_place(model: ModelResult) -> Markup:
    title = ", ".join(f"{place}: {share:.1%}" for place, share in enumerate(model.by_place, 1))
    names = [str(place) for place in range(1, len(model.by_place) + 1)]
    values = [Interval(share, share, share) for share in model.by_place]
    return Markup(charts.columns(values, names, title=title, unit=100.0))


def _groups(model: ModelResult, reference: ModelResult | None, key: str) -> list[dict[str, Any]]:
    """Groups of shoppers and of targets with their figures, one table body per division."""
    others = {(one.kind, one.name): one.metrics[key] for one in reference.segments} if reference else {}
    most = max((one.intervals[key].high for one in model.segments), default=0.0)
    gaps = {one.kind: one for one in model.gaps if one.metric == key}

    def row(one: Segment) -> dict[str, Any]:
        other = others.get((one.kind, one.name))
        return {
            "name": words.segment_name(one.kind, one.name),
            "n_users": one.n_users,
            "n_targets": one.n_targets,
            "own": one.intervals[key],
            "reference": other if other is not None else 0.0,
            "drawing": Markup(charts.dots(one.intervals[key], other, most)),
        }

    return [
        {"name": words.kind_name(kind), "gap": gaps.get(kind), "rows": [row(one) for one in parts]}
        for kind, parts in groupby(model.segments, key=lambda one: one.kind)
    ]


def _segments(models: Sequence[ModelResult], key: str) -> list[dict[str, Any]]:
    """Rows of the table of all models: one per segment, one cell per model."""
    return [
        {
            "name": words.segment_name(segment.kind, segment.name),
            "n_users": segment.n_users,
            "n_targets": segment.n_targets,
            "cells": [one.segments[number].metrics[key] for one in models],
        }
        for number, segment in enumerate(models[0].segments)
    ]


def _exposure(exposure: Sequence[Exposure]) -> list[dict[str, Any]]:
    found = []
    for kind, parts in groupby(exposure, key=lambda one: one.kind):
        several = list(parts)
        most = max(max(one.chosen.mean, one.shown.mean) for one in several)
        rows = [
            {
                "name": words.segment_name(kind, one.name),
                "one": one,
                "drawing": Markup(charts.pair(one.chosen.mean, one.shown.mean, most)),
            }
            for one in several
        ]
        found.append({"name": words.kind_name(kind), "rows": rows})
    return found
