"""Evidence for the rating shelf: who foretells the stars that shoppers gave next, where there are enough of them."""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np

from daogou.core.protocols import Progress, silent
from daogou.data.dataset import Dataset
from daogou.learn.metrics.intervals import Interval, bootstrap_interval
from daogou.learn.ratings import RATING_RECIPES, rating_recipe, ratings_of
from daogou.learn.tuning.attempt import REFUSALS
from daogou.learn.tuning.deadline import TimeUp, deadline

FEWEST_RATINGS = 500


@dataclass(frozen=True)
class StarRow:
    """One rating model: RMSE in stars on the validation part with its 95 % interval, and seconds of processor."""

    recipe_name: str
    rmse: Interval
    fit_seconds: float

    def to_dict(self) -> dict[str, object]:
        return {
            "recipe": self.recipe_name,
            "rmse": self.rmse.to_dict(),
            "fit_processor_seconds": round(self.fit_seconds, 3),
        }


def measure_stars(
    train: Dataset, validation: Dataset, *, seconds: float, seed: int = 0, progress: Progress = silent
) -> tuple[StarRow, ...]:
    """Fit the rating shelf on the stars of `train`, best first on those of `validation`; empty where they are few."""
    if min(_n_ratings(train), 10 * _n_ratings(validation)) < FEWEST_RATINGS:
        return ()
    given, wanted = ratings_of(train), ratings_of(validation)
    began = time.monotonic()
    rows = []
    for number, name in enumerate(RATING_RECIPES):
        progress(number, len(RATING_RECIPES), f"measure stars, {name}")
        share = (seconds - (time.monotonic() - began)) / (len(RATING_RECIPES) - number)
        try:
            with deadline(share):
                started = time.process_time()
                model = rating_recipe(name).fit(given, seed=seed)
                taken = time.process_time() - started
                squares = np.square(np.asarray(model.predict(wanted.user, wanted.item), np.float64) - wanted.stars)
        except (TimeUp, *REFUSALS):
            continue
        found = bootstrap_interval(squares, seed=seed)
        rows.append(StarRow(name, Interval(*(float(np.sqrt(one)) for one in _ends(found))), taken))
    return tuple(sorted(rows, key=lambda one: one.rmse.mean))


def _ends(found: Interval) -> tuple[float, float, float]:
    return found.mean, found.low, found.high


def _n_ratings(dataset: Dataset) -> int:
    return int(np.isfinite(dataset.only(("rate_item",)).value).sum())
