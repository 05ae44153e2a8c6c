"""The rankers of a release: fitted on the lists of the past, measured on the newest, fitted again on all, and saved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, cast

import numpy as np

from daogou.core.clock import isoformat
from daogou.core.errors import InvalidInput, NotReady
from daogou.core.settings import RankerSettings
from daogou.learn.metrics.calibration import Reliability, reliability
from daogou.learn.metrics.classification import auc, log_loss
from daogou.learn.rankers import Examples, RankerModel, RankerRecipe, ranker_recipe
from daogou.learn.rankers.saved import load_ranker, save_ranker
from daogou.learn.training.measured import Steps
from daogou.learn.training.release import read_info
from daogou.learn.training.shown import Goal, Shown, spec_of

RANKERS_FOLDER = "rankers"
TEST_SHARE, VALIDATION_SHARE = 0.2, 0.1
"""Shares of the lists, the newest, that quality is measured on, and before them that say when to stop."""

FEWEST_HITS = 30
"""Clicks (or purchases) below which a ranker would learn chance."""


@dataclass(frozen=True)
class Ranker:
    """One ranker to train, and what it foretells."""

    name: str
    recipe_name: str
    recipe: RankerRecipe
    goal: Goal

    def described(self) -> dict[str, Any]:
        return {"name": self.recipe_name, "settings": asdict(cast(Any, self.recipe)), "goal": self.goal}


def rankers_of(chosen: Mapping[str, RankerSettings]) -> tuple[Ranker, ...]:
    """The recipes, all built before anything is fitted, so that a wrong setting is found at once."""
    return tuple(
        Ranker(name, one.recipe, ranker_recipe(one.recipe, **one.settings), one.goal) for name, one in chosen.items()
    )


@dataclass(frozen=True)
class TrainedRankers:
    """told         by name, the recipe and what was measured
    reliability  by name, whether probabilities can be taken at their word
    notes        why a ranker was left out
    """

    told: Mapping[str, Any]
    reliability: Mapping[str, Reliability]
    notes: tuple[str, ...]


def train_rankers(
    rankers: Sequence[Ranker], shown: Shown | None, folder: Path, time_zone: str, seed: int, steps: Steps
) -> TrainedRankers:
    """Save every ranker under `folder`; one that cannot be learned is left out with a note."""
    told: dict[str, Any] = {}
    found: dict[str, Reliability] = {}
    notes = []
    for ranker in rankers:
        try:
            examples = _examples(ranker, shown, time_zone)
            steps.begin(f"measure ranker {ranker.name}")
            quality, found[ranker.name] = _measured(ranker, cast(Shown, shown), examples, seed, steps)
            steps.begin(f"fit ranker {ranker.name}")
            model = ranker.recipe.fit(examples, seed=seed, progress=steps.within)
        except InvalidInput as error:
            notes.append(f"Ranker {ranker.name} was left out: {error}")
            continue
        told[ranker.name] = {"recipe": ranker.described(), "quality": quality}
        save_ranker(
            folder / ranker.name,
            model,
            name=ranker.recipe_name,
            settings=asdict(cast(Any, ranker.recipe)),
            metrics=quality,
        )
    return TrainedRankers(told, found, tuple(notes))


def ranker_model(release: Path, name: str) -> RankerModel:
    """One ranker of a release. Raises NotReady where it has none of this name; else as `ranker_models`."""
    if name not in read_info(release).get("rankers", {}):
        raise NotReady(
            f"The release {release.name} has no ranker {name!r}. Train again; the report says why one is left out."
        )
    return load_ranker(release / RANKERS_FOLDER / name)[0]


def ranker_models(release: Path) -> dict[str, RankerModel]:
    """The rankers of a release by name. Raises ArtifactRefused."""
    return {name: load_ranker(release / RANKERS_FOLDER / name)[0] for name in read_info(release).get("rankers", {})}


def _examples(ranker: Ranker, shown: Shown | None, time_zone: str) -> Examples:
    hits = int(shown.labelled(ranker.goal)["label"].sum()) if shown is not None and len(shown) else 0
    if shown is None or hits < FEWEST_HITS:
        n_shown = len(shown) if shown is not None else 0
        raise InvalidInput(
            f"{n_shown:,} places of lists were shown and {hits:,} led to a {ranker.goal}; at least {FEWEST_HITS} are "
            "needed. Send impressions and clicks with their recommendation_id, and train again."
        )
    table = shown.labelled(ranker.goal)
    return Examples.of(table, spec_of(time_zone, table))


def _measured(
    ranker: Ranker, shown: Shown, examples: Examples, seed: int, steps: Steps
) -> tuple[dict[str, Any], Reliability]:
    """Quality on the newest lists, of a ranker that learned from those before."""
    test = shown.newest(TEST_SHARE)
    rest = np.setdiff1d(np.arange(len(examples)), test)
    held = shown.newest(TEST_SHARE + VALIDATION_SHARE)
    held = held[np.isin(held, rest)]
    train = np.setdiff1d(rest, held)
    for part in (train, held, test):
        if not len(part) or examples.labels[part].min() == examples.labels[part].max():
            raise InvalidInput("Too few lists lie apart in time to measure it. Train again when more were shown.")
    model = ranker.recipe.fit(examples.take(train), seed=seed, validation=examples.take(held), progress=steps.within)
    asked = examples.take(test)
    predicted = np.asarray(model.predict(asked.table), np.float64)
    happened = asked.labels > 0
    found = reliability(predicted, happened)
    return {
        "auc": round(auc(predicted, happened), 4),
        "log_loss": round(log_loss(predicted, happened), 4),
        "log_loss_of_the_rate": round(log_loss(np.full(len(test), float(examples.labels[rest].mean())), happened), 4),
        "ece": round(found.ece, 4),
        "n_shown": len(test),
        "n_hits": int(happened.sum()),
        "from": isoformat(int(asked.table["at_us"].min())),  # type: ignore[arg-type]
    }, found
