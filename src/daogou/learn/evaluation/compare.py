"""One model minus another for the same users, with the chance of a false alarm kept down over all that are compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from daogou.core.types import F64
from daogou.learn.evaluation.result import Comparison, ModelResult
from daogou.learn.metrics.intervals import interval_of
from daogou.learn.metrics.significance import holm, paired_p_value


def comparisons(
    results: Sequence[ModelResult],
    compare: str | None,
    pairs: Sequence[tuple[str, str]],
    drawn: F64,
    level: float,
) -> list[Comparison]:
    """`compare` against every other model, then each of `pairs`, in every metric.

    drawn  (resamples, n_models * n_metrics) means of the same draws of users, model by model

    Corrected by Holm over all comparisons of one metric: several models are asked one question. Metrics are not
    corrected for one another; they are different questions with nearly the same answer.
    """
    names = [one.name for one in results]
    against = [(compare, other) for other in names if other != compare] if compare is not None else []
    asked = list(dict.fromkeys([*against, *pairs]))
    found: dict[tuple[str, str], list[Comparison]] = {pair: [] for pair in asked}
    for column, metric in enumerate(results[0].metrics):
        one_metric = [_difference(results, names, pair, metric, column, drawn, level) for pair in asked]
        corrected = holm([one.p_value for one in one_metric])
        for pair, one, adjusted in zip(asked, one_metric, corrected, strict=True):
            found[pair].append(replace(one, adjusted=adjusted))
    return [one for several in found.values() for one in several]


def _difference(
    results: Sequence[ModelResult],
    names: Sequence[str],
    pair: tuple[str, str],
    metric: str,
    column: int,
    drawn: F64,
    level: float,
) -> Comparison:
    model, other = (results[names.index(name)] for name in pair)
    width = len(model.metrics)
    mean = model.metrics[metric].mean - other.metrics[metric].mean
    resampled = drawn[:, names.index(pair[0]) * width + column] - drawn[:, names.index(pair[1]) * width + column]
    p_value = paired_p_value(model.per_user[metric], other.per_user[metric])
    return Comparison(*pair, metric, interval_of(mean, resampled, level=level), p_value, p_value, level)
