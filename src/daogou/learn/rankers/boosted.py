"""Boosted trees: many small decision trees, each correcting the ones before. The first choice for tables of numbers.

Good for: some thousand to a million rows of numbers and categories of few values; needs no scaling.
Weak for: categories of many values, such as item numbers; texts and long histories, of which it sees only the length
and how often the candidate occurs. Needs the extra `boost` to fit; answers without it.
Cost: trees * leaves * features * rows comparisons; some 100 kB per model.
Source: Ke et al., "LightGBM: A Highly Efficient Gradient Boosting Decision Tree", NIPS 2017.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import polars as pl
from numpy.typing import NDArray

from daogou.core.errors import MissingExtra
from daogou.core.protocols import Progress, silent
from daogou.core.types import F32
from daogou.learn.checks import at_least, between, more_than
from daogou.learn.features.field import Encoded, nothing
from daogou.learn.features.spec import FittedFeatures
from daogou.learn.rankers.chance import chance
from daogou.learn.rankers.examples import Examples

if TYPE_CHECKING:
    from daogou.learn.rankers.forest import Forest

U8: TypeAlias = NDArray[np.uint8]


@dataclass(frozen=True)
class Boosted:
    """Recipe.

    trees           at most so many; with examples held out for validation, as many as those ask for
    leaves          of each tree; more is finer and overfits sooner
    learning_rate   how much of each tree counts
    least_examples  in a leaf
    regularization  pulls the values of leaves towards zero
    subsample       share of rows and of features each tree sees
    patience        stop after so many trees without gain on the validation
    held_out        share of the examples held out for validation, where none are given
    """

    trees: int = 500
    leaves: int = 15
    learning_rate: float = 0.05
    least_examples: int = 20
    regularization: float = 1.0
    subsample: float = 0.8
    patience: int = 30
    held_out: float = 0.1

    def __post_init__(self) -> None:
        for name in ("trees", "least_examples", "patience"):
            at_least(name, getattr(self, name), 1)
        at_least("leaves", self.leaves, 2)
        more_than("learning_rate", self.learning_rate, 0)
        at_least("regularization", self.regularization, 0)
        between("subsample", self.subsample, 0.01, 1)
        between("held_out", self.held_out, 0.01, 0.5)

    def fit(
        self,
        examples: Examples,
        *,
        seed: int = 0,
        validation: Examples | None = None,
        progress: Progress = silent,
    ) -> BoostedModel:
        """Same examples and seed, same model.

        Raises InvalidInput for labels of one kind, MissingExtra without LightGBM.
        """
        examples.refuse_one_class()
        if validation is None:
            examples, validation = examples.split(self.held_out, seed=seed)
        features = examples.spec.fit(examples.table)
        trees = _grow(features, examples, validation, self, seed, progress)
        return BoostedModel(features, np.frombuffer(trees.encode(), np.uint8))


@dataclass(frozen=True, eq=False)
class BoostedModel:
    """trees  (bytes,) in LightGBM's own text format"""

    features: FittedFeatures
    trees: U8

    def score(self, encoded: Encoded) -> F32:
        """(n,) sums over all trees."""
        if not len(encoded):
            return np.empty(0, np.float32)
        return self._forest.score(tree_table(self.features, encoded))

    def predict(self, table: pl.DataFrame) -> F32:
        """(n,) probabilities."""
        return chance(self.score(self.features.encode(table)))

    @cached_property
    def _forest(self) -> Forest:
        from daogou.learn.rankers.forest import read_forest  # compiled loops, which no other ranker needs

        width = tree_table(self.features, nothing(1, self.features.fields)).shape[1]
        return read_forest(self.trees.tobytes().decode(), width)


def tree_table(features: FittedFeatures, encoded: Encoded) -> F32:
    """(n, columns) ids by their own numbers, then the numbers, then two counts per bag.

    The counts: how many entries a bag has, and for a history how often the candidate's own value occurs in it.
    """
    fields = features.of_kind("id")
    columns = []
    for field in features.of_kind("bag"):
        bag = encoded.bags[field.start]
        columns.append(np.broadcast_to((bag > 0).sum(axis=1), len(encoded)))
        own = [one for one in fields if one.first_row == field.first_row]
        if own:
            columns.append((bag == encoded.ids[:, own[0].start][:, None]).sum(axis=1))
    ids = encoded.ids[:, [field.start for field in fields]] - np.array([field.first_row for field in fields], np.int32)
    counts = np.stack(columns, axis=1) if columns else np.empty((len(encoded), 0), np.int32)
    return np.concatenate([ids, counts, encoded.numbers], axis=1, dtype=np.float32, casting="unsafe")


def _grow(
    features: FittedFeatures, examples: Examples, validation: Examples, recipe: Boosted, seed: int, progress: Progress
) -> str:
    lightgbm = _lightgbm()
    settings = {
        "objective": "binary",
        "metric": "binary_logloss",
        "num_leaves": recipe.leaves,
        "learning_rate": recipe.learning_rate,
        "min_data_in_leaf": recipe.least_examples,
        "lambda_l2": recipe.regularization,
        "bagging_fraction": recipe.subsample,
        "bagging_freq": 1,
        "feature_fraction": recipe.subsample,
        "seed": seed,
        "deterministic": True,
        "force_row_wise": True,
        "num_threads": 1,  # so that the sums, and with them the model, are the same on every machine
        "verbosity": -1,
    }
    n_ids = len(features.of_kind("id"))

    def table(part: Examples, reference: Any = None) -> Any:
        rows = tree_table(features, features.encode(part.table))
        return lightgbm.Dataset(rows, part.labels, reference=reference, categorical_feature=list(range(n_ids)))

    def report(state: Any) -> None:
        progress(state.iteration + 1, recipe.trees, "boosted trees")

    learned = table(examples)
    stop = lightgbm.early_stopping(recipe.patience, verbose=False)
    forest = lightgbm.train(
        settings, learned, recipe.trees, valid_sets=[table(validation, learned)], callbacks=[stop, report]
    )
    return str(forest.model_to_string(num_iteration=forest.best_iteration))


def _lightgbm() -> Any:
    try:
        import lightgbm
    except ImportError as error:
        raise MissingExtra("LightGBM", "boost", "The ranker 'boosted'") from error
    return lightgbm
