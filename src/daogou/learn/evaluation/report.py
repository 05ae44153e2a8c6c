"""An evaluation as one HTML page: charts, tables, what was done; English and Chinese, with nothing from outside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import resources
from pathlib import Path
from typing import Any, Protocol

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

import daogou
from daogou.learn.evaluation import charts, words
from daogou.learn.evaluation.result import Evaluation, ModelResult

TEMPLATE = "report.html.j2"


class Weighed(Protocol):
    """What the report needs of a mix."""

    @property
    def weights(self) -> Mapping[str, float]: ...


def html_report(
    evaluations: Evaluation | Sequence[Evaluation], path: Path | str, *, mixes: Mapping[Any, Weighed] | None = None
) -> None:
    """Write the page to `path`, one section per evaluation.

    mixes  learned weights by how repeats are treated ("counted", "excluded"); shown where given
    """
    chosen = [evaluations] if isinstance(evaluations, Evaluation) else list(evaluations)
    Path(path).write_text(render(chosen, mixes or {}), encoding="utf-8")


def render(evaluations: Sequence[Evaluation], mixes: Mapping[Any, Weighed]) -> str:
    """The page as text."""
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.globals.update(say=_say, word=words.word, metric_name=words.metric_name)
    environment.globals.update(segment_name=words.segment_name, meanings=words.METRIC_MEANINGS)
    source = resources.files(__package__ or "").joinpath(TEMPLATE).read_text(encoding="utf-8")
    return environment.from_string(source).render(
        sections=[_section(one, mixes) for one in evaluations],
        languages=words.LANGUAGES,
        version=daogou.__version__,
    )


def _say(text: Mapping[str, str]) -> Markup:
    """Every language of a text; the page shows the chosen one."""
    return Markup("").join(
        Markup('<span lang="{}">{}</span>').format(language, value) for language, value in text.items()
    )


def _section(evaluation: Evaluation, mixes: Mapping[Any, Weighed]) -> dict[str, Any]:
    setup, models = evaluation.setup, evaluation.models
    foremost = evaluation.comparisons[0].model if evaluation.comparisons else None
    k = max(setup.ks)
    headline = [f"ndcg@{k}", f"recall@{k}"]
    mix = mixes.get(setup.repeats)
    return {
        "id": setup.repeats,
        "title": words.word(setup.repeats),
        "sentences": words.sentences(setup),
        "level": f"{setup.level:.0%}",
        "models": models,
        "foremost": foremost,
        "headline": [(key, _bars(models, key)) for key in headline],
        "curves": [(name, _curves(models, name, foremost)) for name in models[0].curves],
        "legend": [(one.name, Markup(charts.swatch(number))) for number, one in enumerate(models)],
        "metrics": list(models[0].metrics),
        "beyond": list(models[0].beyond),
        "comparisons": [one for one in evaluation.comparisons if one.metric in headline],
        "segments": _segments(models, headline),
        "segment_metrics": headline,
        "weights": sorted(mix.weights.items(), key=lambda pair: (-pair[1], pair[0])) if mix else [],
    }


def _bars(models: Sequence[ModelResult], key: str) -> list[tuple[str, Markup, Any]]:
    most = max(one.metrics[key].high for one in models)
    ordered = sorted(models, key=lambda one: -one.metrics[key].mean)
    return [(one.name, Markup(charts.bar(one.metrics[key], most)), one.metrics[key]) for one in ordered]


def _curves(models: Sequence[ModelResult], name: str, foremost: str | None) -> Markup:
    lines = {one.name: one.curves[name] for one in models}
    last = ", ".join(f"{model} {values[-1]:.4f}" for model, values in lines.items())
    n = len(next(iter(lines.values())))
    title = f"{words.METRIC_NAMES[name]['en']}@k, k = 1 … {n}. k = {n}: {last}"
    return Markup(charts.curves(lines, title=title, foremost=foremost))


def _segments(models: Sequence[ModelResult], keys: Sequence[str]) -> list[dict[str, Any]]:
    """Rows of the segment table: one per segment, one cell per model and metric."""
    return [
        {
            "name": words.segment_name(segment.kind, segment.name),
            "n_users": segment.n_users,
            "n_targets": segment.n_targets,
            "cells": {key: [one.segments[number].metrics[key] for one in models] for key in keys},
        }
        for number, segment in enumerate(models[0].segments)
    ]
