"""What a person should take away: each finding in plain words, with what to do about it.

A finding is made by a rule that stands here with its threshold, and speaks only where the interval does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from daogou.learn.evaluation.findings_words import ADVICE, FINDINGS
from daogou.learn.evaluation.glossary import Text
from daogou.learn.evaluation.over_time import Demand
from daogou.learn.evaluation.result import Comparison, Evaluation, ModelResult, Segment
from daogou.learn.evaluation.words import LANGUAGES, kind_name, metric_name, segment_name

Tone = Literal["act", "watch", "good", "know"]
TONES: tuple[Tone, ...] = ("act", "watch", "good", "know")
"""Most pressing first."""

FEW_SHOPPERS = 300
FEW_COLD_TARGETS = 0.02
MANY_STRANGERS = 0.2
NARROW_COVERAGE = 0.25
STRONG_LIFT = 0.1
SMALL_GROUP, SHORT_CHANGE = 0.03, 0.67
BASELINE = "popularity"


@dataclass(frozen=True)
class Finding:
    """One thing to know.

    tone    act (do something), watch (look again), good (keep it), know (for information)
    key     short name that stays the same from report to report
    advice  what to do; empty where there is nothing to do
    anchor  id of the part of the report that shows it
    """

    tone: Tone
    key: str
    text: Text
    advice: Text
    anchor: str

    def to_dict(self) -> dict[str, Any]:
        return {"tone": self.tone, "key": self.key, "text": dict(self.text), "advice": dict(self.advice)}


def finding(tone: Tone, key: str, anchor: str, **values: object) -> Finding:
    """Fill the sentences called `key`; a value that is a mapping is worded by language itself."""
    return Finding(tone, key, _filled(FINDINGS[key], values), _filled(ADVICE.get(key, {}), values), anchor)


def findings_of(evaluation: Evaluation, demand: Demand | None = None) -> list[Finding]:
    """What one evaluation says, most pressing first; about the model that is compared with the others, or the first."""
    model = foremost(evaluation)
    rules = (
        _against_best_sellers,
        _against_the_best_single,
        _sample,
        _strangers,
        _cold_items,
        _coverage,
        _exposure,
        _gaps,
    )
    found = [one for rule in rules for one in rule(evaluation, model)]
    return in_order([*found, *_popularity(evaluation, model, demand)])


def in_order(found: list[Finding]) -> list[Finding]:
    """Most pressing first."""
    return sorted(found, key=lambda one: TONES.index(one.tone))


def foremost(evaluation: Evaluation) -> ModelResult:
    """The model the report is about."""
    return evaluation.model(evaluation.comparisons[0].model) if evaluation.comparisons else evaluation.models[0]


def _filled(text: Text, values: Mapping[str, object]) -> Text:
    def of(language: str) -> dict[str, object]:
        return {name: value[language] if isinstance(value, Mapping) else value for name, value in values.items()}

    return {language: text[language].format(**of(language)) for language in LANGUAGES if language in text}


def _longest(evaluation: Evaluation, metric: str) -> str:
    return f"{metric}@{max(evaluation.setup.ks)}"


def _compared(evaluation: Evaluation, model: str, baseline: str) -> Comparison | None:
    wanted = (model, baseline, _longest(evaluation, "ndcg"))
    return next((one for one in evaluation.comparisons if (one.model, one.baseline, one.metric) == wanted), None)


def _against_best_sellers(evaluation: Evaluation, model: ModelResult) -> Iterator[Finding]:
    found = _compared(evaluation, model.name, BASELINE)
    if found is None:
        return
    key = found.metric
    own, other = model.metrics[key].mean, evaluation.model(BASELINE).metrics[key].mean
    values = {"metric": metric_name(key), "own": own, "other": other}
    if found.verdict == "sure":
        times = f"{own / other:.1f}" if other > 0 else "∞"
        yield finding("good", "beats_best_sellers", "quality", times=times, **values)
    elif found.verdict == "unsure":
        yield finding("watch", "not_better_than_best_sellers", "quality", **values)
    else:
        yield finding("act", "worse_than_best_sellers", "quality", **values)


def _against_the_best_single(evaluation: Evaluation, model: ModelResult) -> Iterator[Finding]:
    key = _longest(evaluation, "ndcg")
    others = [one for one in evaluation.models if one.name != model.name]
    if not others:
        return
    best = max(others, key=lambda one: one.metrics[key].mean)
    found = _compared(evaluation, model.name, best.name)
    if found is not None and found.verdict != "sure":
        yield finding("watch", "no_better_than_one_model", "compared", model=model.name, best=best.name)


def _sample(evaluation: Evaluation, model: ModelResult) -> Iterator[Finding]:
    if evaluation.setup.n_users < FEW_SHOPPERS:
        yield finding("watch", "few_shoppers", "method", n=evaluation.setup.n_users)


def _strangers(evaluation: Evaluation, model: ModelResult) -> Iterator[Finding]:
    setup, stranger, key = evaluation.setup, _segment(model, "history", "0"), _longest(evaluation, "recall")
    share = setup.n_users_without_history / (setup.n_users + setup.n_users_without_history)
    if share >= MANY_STRANGERS and stranger is not None:
        values = {"share": share, "strangers": stranger.metrics[key], "others": model.metrics[key].mean}
        yield finding("watch", "strangers", "whom", **values)


def _cold_items(evaluation: Evaluation, model: ModelResult) -> Iterator[Finding]:
    share, key = evaluation.setup.share_cold_targets, _longest(evaluation, "recall")
    cold, tail = _segment(model, "popularity", "cold"), _segment(model, "popularity", "tail")
    if share < FEW_COLD_TARGETS or cold is None:
        return
    found = finding("watch", "cold_items", "whom", share=share, found=cold.metrics[key])
    is_fair = tail is not None and cold.intervals[key].high >= tail.metrics[key]
    yield Finding("know", found.key, found.text, {}, found.anchor) if is_fair else found


def _coverage(evaluation: Evaluation, model: ModelResult) -> Iterator[Finding]:
    coverage = model.beyond.get(_longest(evaluation, "coverage"))
    if coverage is not None:
        narrow = coverage < NARROW_COVERAGE
        values = {"coverage": coverage, "k": max(evaluation.setup.ks)}
        yield finding("watch" if narrow else "good", "narrow" if narrow else "wide", "catalogue", **values)


def _popularity(evaluation: Evaluation, model: ModelResult, demand: Demand | None) -> Iterator[Finding]:
    lift = model.intervals.get(_longest(evaluation, "popularity_lift"))
    if lift is None:
        return
    if lift.low > STRONG_LIFT and demand is not None and demand.direction == "rising":
        yield finding("act", "feedback_loop", "bias", lift=lift.mean)
    elif lift.low > STRONG_LIFT:
        yield finding("watch", "popularity_bias", "bias", lift=lift.mean)
    elif lift.high < 0.0:
        yield finding("good", "no_popularity_bias", "bias", less=-lift.mean)


def _exposure(evaluation: Evaluation, model: ModelResult) -> Iterator[Finding]:
    """The group of items, if any, that gets surely less than two thirds of the attention its choices call for.

    Popularity has a finding of its own.
    """
    short = [
        (one.parity.mean, one)
        for one in model.exposure
        if one.kind != "popularity"
        and one.parity is not None
        and one.chosen.mean >= SMALL_GROUP
        and one.parity.high < SHORT_CHANGE
    ]
    for _, one in sorted(short, key=lambda pair: pair[0])[:1]:
        values = {"name": segment_name(one.kind, one.name), "kind": kind_name(one.kind)}
        yield finding("watch", "exposure", "bias", shown=one.shown.mean, chosen=one.chosen.mean, **values)


def _gaps(evaluation: Evaluation, model: ModelResult) -> Iterator[Finding]:
    """Groups of shoppers served surely unlike, by what the shop knows of them; length of history is no complaint."""
    key = _longest(evaluation, "recall")
    for one in model.gaps:
        if one.metric != key or one.kind == "history" or not one.gap.is_more_than_chance:
            continue
        own = {part.name: part.metrics[key] for part in model.segments if part.kind == one.kind}
        best, worst = (segment_name(one.kind, name) for name in (one.best, one.worst))
        values = {"kind": kind_name(one.kind), "best": best, "worst": worst}
        yield finding("watch", "gap", "whom", high=own[one.best], low=own[one.worst], **values)


def _segment(model: ModelResult, kind: str, name: str) -> Segment | None:
    return next((one for one in model.segments if (one.kind, one.name) == (kind, name)), None)
