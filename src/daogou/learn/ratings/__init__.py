"""The rating shelf: models that predict how many stars somebody would give. Apart from the models that order a slate.

To add one: one file here, one line in RATING_RECIPES, one test file.
"""

from __future__ import annotations

import dataclasses
from importlib import import_module
from typing import Any, Literal, Protocol, cast, get_args, get_origin, get_type_hints, runtime_checkable

from daogou.core.errors import InvalidField, InvalidInput, UnknownName
from daogou.core.protocols import Recipe
from daogou.core.types import F32, I32
from daogou.learn.ratings.given import Predicted, RatedQuery, Ratings, ratings_of

__all__ = [
    "RATING_RECIPES",
    "FoldsIn",
    "Predicted",
    "RatedQuery",
    "RatingModel",
    "Ratings",
    "Unsure",
    "rating_recipe",
    "ratings_of",
]

RATING_RECIPES: dict[str, str] = {
    "baseline": "daogou.learn.ratings.baseline:Baseline",
    "knn": "daogou.learn.ratings.knn:Knn",
    "svd": "daogou.learn.ratings.svd:Svd",
    "svdpp": "daogou.learn.ratings.svdpp:Svdpp",
    "nmf": "daogou.learn.ratings.nmf:Nmf",
    "bayesian_fm": "daogou.learn.ratings.bayesian_fm:BayesianFm",
}


class RatingModel(Protocol):
    """A fitted model, a frozen dataclass of arrays and numbers."""

    @property
    def n_items(self) -> int:
        """How many items it knows."""
        ...

    def predict(self, users: I32, items: I32) -> F32:
        """(len(users),) the stars of each pair, within the scale; a number the model does not know gets the mean."""
        ...


@runtime_checkable
class FoldsIn(Protocol):
    """A rating model that also answers for somebody it was not fitted on."""

    @property
    def n_items(self) -> int:
        """How many items it knows."""
        ...

    def without_users(self) -> FoldsIn:
        """The same for new users only: it keeps no row of anybody."""
        ...

    def predict_for(self, query: RatedQuery, items: I32) -> F32:
        """(len(items),) the stars that whoever gave these ratings would give."""
        ...


@runtime_checkable
class Unsure(Protocol):
    """A rating model that says how sure it is."""

    def distribution(self, users: I32, items: I32) -> Predicted:
        """Mean and standard deviation of the stars of each pair."""
        ...

    def distribution_for(self, query: RatedQuery, items: I32) -> Predicted:
        """The same for whoever gave these ratings."""
        ...


def rating_recipe_class(name: str) -> type:
    """The recipe's class, imported now."""
    if name not in RATING_RECIPES:
        raise UnknownName("rating model", name, RATING_RECIPES)
    module, _, class_name = RATING_RECIPES[name].partition(":")
    return cast(type, getattr(import_module(module), class_name))


def rating_recipe(name: str, **settings: Any) -> Recipe[Ratings]:
    """A recipe with settings, for example rating_recipe("svd", factors=50).

    Raises UnknownName for a name that is not on the shelf, InvalidInput for a setting it does not have,
    InvalidField for a value it cannot use.
    """
    made_by = rating_recipe_class(name)
    kinds = get_type_hints(made_by)
    known = [field.name for field in dataclasses.fields(made_by)]
    for setting, value in settings.items():
        if setting not in known:
            listed = ", ".join(sorted(known))
            raise InvalidInput(f"The rating model {name!r} has no setting {setting!r}. Its settings: {listed}.")
        _refuse_wrong_kind(setting, value, kinds[setting])
    return cast(Recipe[Ratings], made_by(**settings))


def _refuse_wrong_kind(setting: str, value: object, kind: Any) -> None:
    if get_origin(kind) is Literal:
        if value not in get_args(kind):
            raise InvalidField(setting, value, " or ".join(map(str, get_args(kind))), rule="unknown_choice")
    elif isinstance(value, bool) != (kind is bool) or not isinstance(value, (int, float) if kind is float else kind):
        raise InvalidField(setting, value, f"a value of type {kind.__name__}", rule="wrong_type")
