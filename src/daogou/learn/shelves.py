"""The shelves that a saved model may stand on, and which kinds of model a recipe of theirs makes."""

from __future__ import annotations

from importlib import import_module
from typing import get_args, get_type_hints

from daogou.core.errors import UnknownName

SHELVES: dict[str, str] = {
    "models": "daogou.learn.models:recipe_class",
    "ratings": "daogou.learn.ratings:rating_recipe_class",
}
"""Each with the function that gives a recipe's class by its name."""


def model_classes(shelf: str, name: str) -> tuple[type, ...]:
    """What the recipe's `fit` says it returns: one class, or one of several. Raises UnknownName."""
    if shelf not in SHELVES:
        raise UnknownName("shelf", shelf, SHELVES)
    module, _, function = SHELVES[shelf].partition(":")
    made = get_type_hints(getattr(import_module(module), function)(name).fit)["return"]
    return get_args(made) or (made,)
