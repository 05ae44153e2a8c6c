"""The rating models of a release: fitted on the past, measured on the newest stars, fitted again on all, and saved.

They are saved without a row per shopper, and measured as they will answer: from what somebody rated before.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import numpy as np

from daogou.core.clock import isoformat
from daogou.core.errors import InvalidInput
from daogou.core.protocols import Recipe
from daogou.core.settings import RatingSettings
from daogou.data.dataset import Dataset
from daogou.learn.artifact import load_artifact, save_artifact
from daogou.learn.metrics.rating import mae, rmse
from daogou.learn.models import settings_of
from daogou.learn.ratings import FoldsIn, RatedQuery, Ratings, rating_recipe, ratings_of
from daogou.learn.training.measured import Steps
from daogou.learn.training.release import read_info

RATINGS_FOLDER = "ratings"
SHELF = "ratings"
TEST_SHARE = 0.1
"""Share of the ratings, the newest, that quality is measured on."""

MOST_MEASURED = 300
"""Users whose newest ratings are predicted, evenly chosen where there are more."""


@dataclass(frozen=True)
class Rater:
    """One rating model to train."""

    name: str
    recipe_name: str
    recipe: Recipe[Ratings]

    def described(self) -> dict[str, Any]:
        return {"name": self.recipe_name, "settings": settings_of(self.recipe)}


def raters_of(chosen: Mapping[str, RatingSettings]) -> tuple[Rater, ...]:
    """The recipes, all built before anything is fitted, so that a wrong setting is found at once."""
    return tuple(Rater(name, one.recipe, rating_recipe(one.recipe, **one.settings)) for name, one in chosen.items())


def train_raters(
    raters: Sequence[Rater], dataset: Dataset, folder: Path, seed: int, steps: Steps
) -> tuple[dict[str, Any], list[str]]:
    """Save every model under `folder`; what was measured of each, and a note for each that was left out."""
    if not raters:
        return {}, []
    rated = dataset.only(["rate_item"])
    if not rated.n_interactions:
        return {}, [f"No stars were given yet, so these were left out: {', '.join(one.name for one in raters)}."]
    told: dict[str, Any] = {}
    notes = []
    for rater in raters:
        try:
            steps.begin(f"measure stars by {rater.name}")
            quality = measure_stars(rater.recipe, rated, seed)
            steps.begin(f"fit stars by {rater.name}")
            model = _fitted(rater.recipe, ratings_of(rated), seed).without_users()
        except InvalidInput as error:
            notes.append(f"Rating model {rater.name} was left out: {error}")
            continue
        told[rater.name] = {"recipe": rater.described(), "quality": quality}
        save_artifact(
            folder / rater.name,
            model,
            recipe=rater.described(),
            dataset_fingerprint=dataset.fingerprint,
            item_ids=dataset.item_ids,
            metrics=quality or {},
            shelf=SHELF,
        )
    return told, notes


def rating_models(release: Path) -> dict[str, tuple[FoldsIn, Sequence[str]]]:
    """The rating models of a release by name, each with the item id behind every item number."""
    found = {}
    for name in read_info(release).get("ratings", {}):
        artifact = load_artifact(release / RATINGS_FOLDER / name, shelf=SHELF)
        found[name] = (cast(FoldsIn, artifact.model), artifact.item_ids)
    return found


def measure_stars(recipe: Recipe[Ratings], rated: Dataset, seed: int) -> dict[str, Any] | None:
    """Error on the newest tenth of the ratings, asked of a model of the others; None where time does not part them."""
    cut_us = int(np.quantile(rated.at_us, 1 - TEST_SHARE, method="lower"))
    before, after = rated.between(None, cut_us), rated.between(cut_us, None)
    if not before.n_interactions:
        return None
    known, newest = ratings_of(before), ratings_of(after)
    model = _fitted(recipe, known, seed)
    users = np.unique(newest.user)
    if len(users) > MOST_MEASURED:
        users = users[np.linspace(0, len(users) - 1, MOST_MEASURED).astype(int)]
    rows = [np.flatnonzero(newest.user == user) for user in users]
    told = [
        model.predict_for(rated_by(known, int(user)), newest.item[asked])
        for user, asked in zip(users, rows, strict=True)
    ]
    predicted = np.concatenate(told).astype(np.float64)
    given = newest.stars[np.concatenate(rows)].astype(np.float64)
    return {
        "rmse": round(rmse(predicted, given), 4),
        "mae": round(mae(predicted, given), 4),
        "rmse_of_the_mean": round(rmse(np.full(len(given), known.mean), given), 4),
        "n_ratings": len(given),
        "n_users": len(users),
        "from": isoformat(cut_us),
    }


def rated_by(ratings: Ratings, user: int) -> RatedQuery:
    """What a user gave, as somebody new would bring it; nothing for a user without ratings."""
    rows = slice(*np.searchsorted(ratings.user, [user, user + 1]))
    return RatedQuery(ratings.item[rows], ratings.stars[rows])


def _fitted(recipe: Recipe[Ratings], ratings: Ratings, seed: int) -> FoldsIn:
    model = recipe.fit(ratings, seed=seed)
    if not isinstance(model, FoldsIn):
        raise InvalidInput('It answers only for users it was fitted on. For a shop set by = "item".')
    return model
