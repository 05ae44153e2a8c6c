"""Boosted trees as arrays, read from LightGBM's text format: to answer, nobody needs LightGBM.

Format: the blocks `Tree=…` of a model file as LightGBM 4 writes it; see its `src/io/tree.cpp`. A node asks whether a
number is at most its threshold, or whether a category is in a set; a child below 0 is the leaf ~child.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from daogou.core.errors import ArtifactRefused
from daogou.core.types import F32, F64, I32, U8
from daogou.learn.kernels.forest import add_leaves


@dataclass(frozen=True, eq=False)
class Forest:
    """All trees behind one another; see `add_leaves` for the arrays."""

    roots: I32
    feature: I32
    threshold: F64
    kind: U8
    left: I32
    right: I32
    leaf: F64
    starts: I32
    bits: NDArray[np.uint32]

    def score(self, rows: F32) -> F32:
        """(n_rows,) the sum over all trees for rows (n_rows, n_features)."""
        total = np.zeros(len(rows))
        add_leaves(
            np.ascontiguousarray(rows, np.float32), self.roots, self.feature, self.threshold, self.kind, self.left,
            self.right, self.leaf, self.starts, self.bits, total,
        )  # fmt: skip
        return total.astype(np.float32)


def read_forest(text: str, n_features: int) -> Forest:
    """The trees of a model text. Raises ArtifactRefused where they would lead outside their arrays."""
    parts: dict[str, list[NDArray[Any]]] = {name: [] for name in _KINDS}
    roots, n_nodes, n_leaves, n_words, n_sets = [], 0, 0, 0, 0
    starts = [0]
    for block in text.split("\nTree=")[1:]:
        tree = _read(block.split("\n\n")[0])
        own = len(tree["split_feature"])
        roots.append(n_nodes if own else ~n_leaves)
        is_set = (tree["decision_type"] & 1) == 1
        tree["threshold"][is_set] += n_sets
        for side in ("left_child", "right_child"):
            children = tree[side]
            tree[side] = np.where(children < 0, children - n_leaves, children + n_nodes)
        for name, values in tree.items():
            if name != "cat_boundaries":
                parts[name].append(values)
        bounds = tree["cat_boundaries"]
        starts += (bounds[1:] + n_words).tolist()
        n_nodes, n_leaves = n_nodes + own, n_leaves + len(tree["leaf_value"])
        n_words, n_sets = n_words + len(tree["cat_threshold"]), n_sets + max(len(bounds) - 1, 0)
    joined = {name: np.concatenate([*values, np.empty(0, _KINDS[name])]) for name, values in parts.items()}
    forest = Forest(
        np.array(roots, np.int32),
        joined["split_feature"].astype(np.int32),
        joined["threshold"].astype(np.float64),
        joined["decision_type"].astype(np.uint8),
        joined["left_child"].astype(np.int32),
        joined["right_child"].astype(np.int32),
        joined["leaf_value"].astype(np.float64),
        np.array(starts, np.int32),
        joined["cat_threshold"].astype(np.uint32),
    )
    _refuse_outside(forest, n_features)
    return forest


_KINDS: Mapping[str, type] = {
    "split_feature": np.int64,
    "threshold": np.float64,
    "decision_type": np.int64,
    "left_child": np.int64,
    "right_child": np.int64,
    "leaf_value": np.float64,
    "cat_boundaries": np.int64,
    "cat_threshold": np.int64,
}


_OF_NODES = ("split_feature", "threshold", "decision_type", "left_child", "right_child")


def _read(block: str) -> dict[str, NDArray[Any]]:
    """The arrays of one tree; those it does not have are empty."""
    lines = dict(line.split("=", 1) for line in block.splitlines() if "=" in line)
    if lines.get("is_linear", "0") != "0":
        raise ArtifactRefused("The trees have linear leaves, which are not read.")
    try:
        words = {name: lines.get(name, "").split() for name in _KINDS}
        tree: dict[str, NDArray[Any]] = {name: np.array(words[name], kind) for name, kind in _KINDS.items()}
    except ValueError as error:
        raise ArtifactRefused(f"A tree cannot be read: {error}") from error
    if len({len(tree[name]) for name in _OF_NODES}) > 1:
        raise ArtifactRefused("A tree cannot be read: its nodes do not all have the same parts.")
    return tree


def _refuse_outside(forest: Forest, n_features: int) -> None:
    """Children lie behind their node, so that every walk ends, and all numbers point into their arrays."""
    nodes = np.arange(len(forest.feature))
    for children in (forest.left, forest.right):
        is_leaf = children < 0
        if (~children[is_leaf] >= len(forest.leaf)).any() or (children[~is_leaf] <= nodes[~is_leaf]).any():
            raise ArtifactRefused("A tree leads to a node that cannot be reached.")
        if (children >= len(nodes)).any():
            raise ArtifactRefused("A tree leads to a node that is not there.")
    if len(nodes) and (forest.feature.min() < 0 or forest.feature.max() >= n_features):
        raise ArtifactRefused(f"A tree asks for a feature beyond the {n_features} there are.")
    is_set = (forest.kind & 1) == 1
    sets = forest.threshold[is_set]
    if len(sets) and (sets.max() >= len(forest.starts) - 1 or sets.min() < 0):
        raise ArtifactRefused("A tree asks for a set of categories that is not there.")
    if (np.diff(forest.starts) < 0).any() or forest.starts[-1] > len(forest.bits):
        raise ArtifactRefused("The sets of categories of the trees overlap.")
    if (forest.roots < 0).any() and (~forest.roots[forest.roots < 0] >= len(forest.leaf)).any():
        raise ArtifactRefused("A tree has no leaf.")
