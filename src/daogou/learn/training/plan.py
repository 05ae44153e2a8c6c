"""What a training will do, decided before it starts: the cuts in time, the recipes, and how many steps there are."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from daogou.core.errors import InvalidInput
from daogou.core.protocols import Bounded, Compactable, Model, Progress, Recipe, Resumable, silent
from daogou.core.settings import ModelSettings
from daogou.data.dataset import Dataset
from daogou.learn.evaluation.protocols import Split, split_global_time, time_cuts
from daogou.learn.models import recipe, settings_of


@dataclass(frozen=True)
class Member:
    """One model to train: its recipe, and the event names it learns from (empty means all)."""

    name: str
    recipe_name: str
    recipe: Recipe[Dataset]
    events: tuple[str, ...]

    def fit(
        self, dataset: Dataset, seed: int, *, checkpoints: Path | None = None, progress: Progress = silent
    ) -> Model:
        """Fitted to what the member learns from, as it will be served. A fit that takes long goes on where one of the
        same stopped.

        checkpoints  folder of the fits under way, one folder each
        """
        part = dataset.only(self.events) if self.events else dataset
        model: Model
        if isinstance(self.recipe, Resumable):
            told = f"{self.described()} {part.fingerprint} {seed}"
            own = checkpoints and checkpoints / f"{self.name}-{hashlib.sha256(told.encode()).hexdigest()[:16]}"
            model = self.recipe.fit(part, seed=seed, checkpoint=own, progress=progress)
        else:
            model = self.recipe.fit(part, seed=seed)
        return model.compact() if isinstance(model, Compactable) else model

    def described(self) -> dict[str, Any]:
        """The recipe as it goes into a manifest."""
        return {"name": self.recipe_name, "settings": settings_of(self.recipe)}


def members_of(models: Mapping[str, ModelSettings]) -> tuple[Member, ...]:
    """The recipes, all built before anything is fitted, so that a wrong setting is found at once."""
    if not models:
        raise InvalidInput('No model is set. Add one to shop.toml, for example [models.ease] with recipe = "ease".')
    return tuple(
        Member(name, chosen.recipe, recipe(chosen.recipe, **chosen.settings), chosen.events)
        for name, chosen in models.items()
    )


def fitting(members: tuple[Member, ...], n_items: int) -> tuple[tuple[Member, ...], list[str]]:
    """The members that this catalogue is not too large for, and a note for each that is left out.

    Raises InvalidInput when none is left.
    """
    refusals = {member.name: member.recipe.refusal(n_items) for member in members if isinstance(member.recipe, Bounded)}
    notes = [f"Model {name} was left out: {refusal}" for name, refusal in refusals.items() if refusal]
    kept = tuple(member for member in members if not refusals.get(member.name))
    if not kept:
        raise InvalidInput(" ".join(notes))
    return kept, notes


def split_of(dataset: Dataset, cuts: tuple[int, int] | None) -> Split | None:
    """Train, validation and test by time; None where the data do not reach over enough time."""
    chosen = cuts or time_cuts(dataset)
    return None if chosen is None else split_global_time(dataset, *chosen)


def check(dataset: Dataset) -> None:
    """Refuse data that nothing can be learned from, with the next step."""
    if not dataset.n_items:
        raise InvalidInput("There is no item yet. Import a catalogue or events first: daogou import FILE")
    if not dataset.n_interactions and not dataset.baskets.nnz:
        raise InvalidInput("There is no event yet, so there is nothing to learn from. Run: daogou import FILE")
