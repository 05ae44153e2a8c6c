"""The ranker shelf: models that say how likely a shopper is to click or buy, from any features of who, what and when.

To add one: one file here, one line in RANKER_RECIPES, one test file.
"""

from __future__ import annotations

import dataclasses
from importlib import import_module
from typing import Any, Literal, Protocol, cast, get_args, get_origin, get_type_hints

import polars as pl

from daogou.core.errors import InvalidField, InvalidInput, UnknownName
from daogou.core.protocols import Progress, silent
from daogou.core.types import F32
from daogou.learn.features.field import Encoded
from daogou.learn.features.spec import FittedFeatures
from daogou.learn.rankers.examples import Examples

__all__ = ["RANKER_RECIPES", "Examples", "RankerModel", "RankerRecipe", "ranker_recipe"]

RANKER_RECIPES: dict[str, str] = {
    "lr": "daogou.learn.rankers.lr:Lr",
    "fm": "daogou.learn.rankers.fm:Fm",
    "deepfm": "daogou.learn.rankers.deepfm:DeepFm",
    "dcnv2": "daogou.learn.rankers.dcnv2:Dcnv2",
    "finalnet": "daogou.learn.rankers.finalnet:FinalNet",
    "finalmlp": "daogou.learn.rankers.finalmlp:FinalMlp",
    "din": "daogou.learn.rankers.din:Din",
    "ncf": "daogou.learn.rankers.ncf:Ncf",
    "boosted": "daogou.learn.rankers.boosted:Boosted",
}


class RankerModel(Protocol):
    """A fitted ranker, a frozen dataclass of arrays and numbers that needs no learning library to score."""

    @property
    def features(self) -> FittedFeatures:
        """How to encode what it is asked about."""
        ...

    def score(self, encoded: Encoded) -> F32:
        """(n,) one number per example; higher is likelier."""
        ...

    def predict(self, table: pl.DataFrame) -> F32:
        """(n,) the probability of each row of a table with the columns of the spec."""
        ...


class RankerRecipe(Protocol):
    """Settings that know how to fit; a frozen dataclass."""

    def fit(
        self,
        examples: Examples,
        *,
        seed: int = 0,
        validation: Examples | None = None,
        progress: Progress = silent,
    ) -> RankerModel:
        """Same examples and seed, same model. A recipe that must know when to stop holds a part out if given none."""
        ...


def ranker_class(name: str) -> type:
    """The recipe's class, imported now."""
    if name not in RANKER_RECIPES:
        raise UnknownName("ranker", name, RANKER_RECIPES)
    module, _, class_name = RANKER_RECIPES[name].partition(":")
    return cast(type, getattr(import_module(module), class_name))


def ranker_model_class(name: str) -> type:
    """The class of the fitted model: what the recipe's `fit` says it returns."""
    return cast(type, get_type_hints(ranker_class(name).fit)["return"])  # type: ignore[attr-defined]


def ranker_recipe(name: str, **settings: Any) -> RankerRecipe:
    """A recipe with settings, for example ranker_recipe("deepfm", factors=16).

    Raises UnknownName for a name that is not on the shelf, InvalidInput for a setting it does not have,
    InvalidField for a value it cannot use.
    """
    made_by = ranker_class(name)
    kinds = get_type_hints(made_by)
    known = [field.name for field in dataclasses.fields(made_by)]
    given = {}
    for setting, value in settings.items():
        if setting not in known:
            raise InvalidInput(f"The ranker {name!r} has no setting {setting!r}. Its settings: {', '.join(known)}.")
        given[setting] = _of_kind(setting, value, kinds[setting])
    return cast(RankerRecipe, made_by(**given))


def _of_kind(setting: str, value: Any, kind: Any) -> Any:
    """The value, with a list turned into the tuple a frozen recipe holds; refused where it is of another kind."""
    if get_origin(kind) is tuple:
        if not isinstance(value, list | tuple) or not all(type(one) is int and one > 0 for one in value):
            raise InvalidField(setting, value, "whole numbers above 0, such as [400, 400]", rule="wrong_type")
        return tuple(value)
    if get_origin(kind) is Literal:
        if value not in get_args(kind):
            raise InvalidField(setting, value, " or ".join(map(str, get_args(kind))), rule="unknown_choice")
    elif isinstance(value, bool) != (kind is bool) or not isinstance(value, (int, float) if kind is float else kind):
        raise InvalidField(setting, value, f"a value of type {kind.__name__}", rule="wrong_type")
    return value
