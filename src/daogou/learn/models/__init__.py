"""The shelf: every recipe by name. Nothing heavy is imported before a name is asked for.

To add a model: one file here, one line in RECIPES, one test file.
"""

from __future__ import annotations

import dataclasses
from importlib import import_module
from typing import Any, Literal, cast, get_args, get_origin, get_type_hints

from daogou.core.errors import InvalidField, InvalidInput, UnknownName
from daogou.core.protocols import Recipe
from daogou.data.dataset import Dataset

RECIPES: dict[str, str] = {
    "popularity": "daogou.learn.models.popularity:Popularity",
    "trending": "daogou.learn.models.trending:Trending",
    "repeat": "daogou.learn.models.repeat:Repeat",
    "item_knn": "daogou.learn.models.item_knn:ItemKnn",
    "bought_together": "daogou.learn.models.bought_together:BoughtTogether",
    "ease": "daogou.learn.models.ease:Ease",
    "sparse_ease": "daogou.learn.models.sparse_ease:SparseEase",
    "ials": "daogou.learn.models.ials:Ials",
    "mf": "daogou.learn.models.mf:Mf",
    "graph_filter": "daogou.learn.models.graph_filter:GraphFilter",
    "user_knn": "daogou.learn.models.user_knn:UserKnn",
    "content": "daogou.learn.models.content:Content",
    "modality_graph": "daogou.learn.models.modality_graph:ModalityGraph",
    "sasrec": "daogou.learn.models.sasrec:Sasrec",
    "gru4rec": "daogou.learn.models.gru4rec:Gru4Rec",
    "sequential_rules": "daogou.learn.models.sequential_rules:SequentialRules",
    "stan": "daogou.learn.models.stan:Stan",
    "vstan": "daogou.learn.models.vstan:Vstan",
}


def recipe_class(name: str) -> type:
    """The recipe's class, imported now."""
    if name not in RECIPES:
        raise UnknownName("model", name, RECIPES)
    module, _, class_name = RECIPES[name].partition(":")
    return cast(type, getattr(import_module(module), class_name))


def model_class(name: str) -> type:
    """The class of the fitted model: what the recipe's `fit` returns; of several, the first."""
    made = get_type_hints(recipe_class(name).fit)["return"]  # type: ignore[attr-defined]
    return cast(type, (get_args(made) or (made,))[0])


def recipe(name: str, **settings: Any) -> Recipe[Dataset]:
    """A recipe with settings, for example recipe("ease", regularization=300.0).

    Raises UnknownName for a name that is not on the shelf, InvalidInput for a setting it does not have,
    InvalidField for a value it cannot use.
    """
    made_by = recipe_class(name)
    kinds = get_type_hints(made_by)
    known = {field.name: kinds[field.name] for field in dataclasses.fields(made_by)}
    for setting, value in settings.items():
        if setting not in known:
            listed = ", ".join(sorted(known)) or "none"
            raise InvalidInput(f"The model {name!r} has no setting {setting!r}. Its settings: {listed}.")
        _refuse_wrong_kind(setting, value, known[setting])
    return cast(Recipe[Dataset], made_by(**settings))


def settings_of(recipe: object) -> dict[str, Any]:
    """Every setting of a recipe with its value, as it goes into a manifest."""
    return dataclasses.asdict(cast(Any, recipe))


def _refuse_wrong_kind(setting: str, value: object, kind: Any) -> None:
    choices = get_args(kind) if get_origin(kind) is Literal else ()
    if choices:
        if value not in choices:
            raise InvalidField(setting, value, " or ".join(map(str, choices)), rule="unknown_choice")
        return
    accepted = (int, float) if kind is float else (kind,)
    if isinstance(value, bool) != (kind is bool) or not isinstance(value, accepted):
        raise InvalidField(setting, value, f"a value of type {kind.__name__}", rule="wrong_type")
