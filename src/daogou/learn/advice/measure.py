"""Evidence: fit the candidates quickly on the past of this shop and ask them what came next.

Nothing of the test part comes here. A model that does not finish within its share of the time is left out and named.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from daogou.core.errors import MissingExtra
from daogou.core.protocols import Model, Progress, silent
from daogou.core.settings import HistorySettings
from daogou.core.types import F64
from daogou.data.dataset import Dataset
from daogou.learn.evaluation.protocols import Split
from daogou.learn.metrics.intervals import Interval, bootstrap_interval, paired_bootstrap
from daogou.learn.training.learn_mix import learn_mix
from daogou.learn.tuning.attempt import REFUSALS, Candidate, stops_itself, within
from daogou.learn.tuning.deadline import TimeUp, deadline
from daogou.learn.tuning.held_out import HeldOut, sampled

MOST_INTERACTIONS = 1_000_000
"""A larger shop is measured on a sample of its shoppers, so that minutes suffice."""

MOST_BLENDED_ITEMS = 20_000
"""Models of larger catalogues are not kept in memory together for the blend."""

OWN_STOP = 0.7
"""Share of its time after which a network is told to stop of itself, so that there is time to ask it."""

FIRST_LOOK = 0.15
"""Part of its share that a model gets before the others had their turn."""

BLEND_SHARE = 0.15
"""Part of the time that is kept for the blend."""

Why = Literal["slow", "no_time", "extra", "refused"]


NO_TIME: tuple[Why, str] = ("no_time", "")


@dataclass(frozen=True)
class Row:
    """One model's figures.

    ndcg         NDCG@20, mean over shoppers with its 95 % interval
    behind       best model minus this one, paired; None for the best
    weight       share in a blend of all measured; None where no blend was learned
    fit_seconds  of processor
    is_cut_short a network that was told to stop before it was done
    """

    name: str
    recipe_name: str
    ndcg: Interval
    behind: Interval | None
    fit_seconds: float
    ms_per_query: float
    weight: float | None = None
    is_cut_short: bool = False

    @property
    def is_surely_behind(self) -> bool:
        return self.behind is not None and self.behind.low > 0

    def to_dict(self) -> dict[str, object]:
        return {
            "name": self.name,
            "recipe": self.recipe_name,
            "ndcg@20": self.ndcg.to_dict(),
            "behind_best": None if self.behind is None else self.behind.to_dict(),
            "fit_processor_seconds": round(self.fit_seconds, 3),
            "ms_per_query": round(self.ms_per_query, 4),
            "blend_weight": self.weight,
            "is_cut_short": self.is_cut_short,
        }


@dataclass(frozen=True)
class Evidence:
    """What was measured, best first, and what was not and why.

    n_train  interactions learned from; sample: the share of shoppers they are from
    """

    rows: tuple[Row, ...]
    left_out: Mapping[str, tuple[Why, str]]
    n_users: int
    n_train: int
    sample: float

    def row(self, name: str) -> Row | None:
        return next((one for one in self.rows if one.name == name), None)


@dataclass(frozen=True)
class _Fitted:
    candidate: Candidate
    model: Model | None
    per_user: F64
    fit_seconds: float
    ms_per_query: float
    is_cut_short: bool


def measure(
    asked: HeldOut,
    split: Split,
    candidates: Sequence[Candidate],
    *,
    history: HistorySettings,
    seconds: float,
    seed: int = 0,
    progress: Progress = silent,
    clock: Callable[[], float] = time.monotonic,
) -> Evidence:
    """Fit and ask the candidates in this order, each within an equal share of the time that is left.

    All get a quick look first, so that the slow ones share what the quick ones leave over.

    split  train and validation as in `asked`; its test part is empty
    """
    until = clock() + seconds
    share = min(1.0, MOST_INTERACTIONS / max(1, asked.train.n_interactions))
    train = asked.train if share == 1.0 else sampled(asked.train, share, seed)
    fitted: list[_Fitted] = []
    left_out: dict[str, tuple[Why, str]] = {}
    quick = [one for one in candidates if not stops_itself(one.recipe)]
    slow = [one for one in candidates if stops_itself(one.recipe)]

    def look(waiting: Sequence[Candidate], part: float) -> None:
        for number, candidate in enumerate(waiting):
            progress(len(fitted), len(candidates) + 1, f"measure {candidate.name}")
            left = until - clock() - BLEND_SHARE * seconds
            limit = part * left / (len(waiting) - number)
            outcome = _within(limit, asked, train, candidate, seed) if left > 0 else NO_TIME
            if isinstance(outcome, _Fitted):
                fitted.append(outcome)
                left_out.pop(candidate.name, None)
            else:
                left_out[candidate.name] = outcome

    look(quick, FIRST_LOOK)
    again = [one for one in quick if left_out.get(one.name, ("", ""))[0] in ("slow", "no_time")]
    look([*again, *slow], 1.0)
    progress(len(candidates), len(candidates) + 1, "blend")
    weights = _weights(fitted, asked, split, history, seed, max(BLEND_SHARE * seconds, until - clock()))
    progress(len(candidates) + 1, len(candidates) + 1, "measured")
    return Evidence(_rows(fitted, weights, seed), left_out, asked.n_users, train.n_interactions, share)


def _within(limit: float, asked: HeldOut, train: Dataset, candidate: Candidate, seed: int) -> _Fitted | tuple[Why, str]:
    """The candidate's figures, or why there are none."""
    try:
        with deadline(limit):
            return _one(asked, train, candidate, limit, seed)
    except TimeUp:
        return "slow", f"{limit:.0f}"
    except MissingExtra as error:
        return "extra", str(error)
    except REFUSALS as error:
        return "refused", str(error) or type(error).__name__


def _one(asked: HeldOut, train: Dataset, candidate: Candidate, limit: float, seed: int) -> _Fitted:
    recipe = within(candidate.recipe, OWN_STOP * limit)
    began, started = time.process_time(), time.monotonic()
    model = recipe.fit(train.only(candidate.events) if candidate.events else train, seed=seed)
    seconds = time.process_time() - began
    is_cut_short = stops_itself(candidate.recipe) and time.monotonic() - started > 0.9 * OWN_STOP * limit
    per_user, ms_per_query = asked.ask(model)
    is_kept = train.n_items <= MOST_BLENDED_ITEMS
    return _Fitted(candidate, model if is_kept else None, per_user, seconds, ms_per_query, is_cut_short)


def _weights(
    fitted: Sequence[_Fitted], asked: HeldOut, split: Split, history: HistorySettings, seed: int, seconds: float
) -> Mapping[str, float]:
    models = {one.candidate.name: one.model for one in fitted if one.model is not None}
    if len(models) < 2:
        return {}
    try:
        with deadline(seconds):
            mix = learn_mix(
                models, split.train, split.validation, repeats=asked.repeats, history=history,
                now_us=split.cuts[0], seed=seed,
            )  # fmt: skip
    except (TimeUp, *REFUSALS):
        return {}
    return mix.weights


def _rows(fitted: Sequence[_Fitted], weights: Mapping[str, float], seed: int) -> tuple[Row, ...]:
    ordered = sorted(fitted, key=lambda one: (-one.per_user.mean(), one.candidate.name))
    return tuple(
        Row(
            one.candidate.name,
            one.candidate.recipe_name,
            bootstrap_interval(one.per_user, seed=seed),
            None if one is ordered[0] else paired_bootstrap(ordered[0].per_user, one.per_user, seed=seed),
            one.fit_seconds,
            one.ms_per_query,
            float(np.round(weights[one.candidate.name], 4)) if one.candidate.name in weights else None,
            one.is_cut_short,
        )
        for one in ordered
    )
