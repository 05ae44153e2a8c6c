"""How alike the candidates of one list are, by what the shop knows of them."""

from __future__ import annotations

from weakref import WeakKeyDictionary

import numpy as np
from numba import types

from daogou.core.types import F32, I32
from daogou.decide.catalogue import Catalogue
from daogou.decide.retrieve.signal import Occasion
from daogou.learn.kernels.compiled import compiled, read_only
from daogou.learn.models.content import ContentModel
from daogou.learn.vectors import unit_rows

CATEGORY, BRAND, GROUP, CONTENT = 0.4, 0.2, 0.1, 0.3
"""What each part counts; without a content model the others count more, in the same proportion."""

CONTENT_MODEL = "content"
KEPT = 32
"""Numbers kept of a vector: its first ones, which say most."""

_LEVELS: WeakKeyDictionary[Catalogue, I32] = WeakKeyDictionary()


def likeness(numbers: I32, occasion: Occasion) -> F32:
    """(n, n) of the items with these catalogue numbers: 1 = nothing tells them apart, 0 = nothing in common.

    Overlap of category paths (levels shared from the outermost on, over the root of the product of both depths), same
    brand, same group of variants, and the cosine of the content model's vectors where that model serves. Each part is
    a product of vectors, so the sum is positive semi-definite, as `determinantal` needs.
    """
    catalogue = occasion.catalogue
    vectors = _vectors(numbers, occasion)
    total = CATEGORY + BRAND + GROUP + (CONTENT if vectors.shape[1] else 0.0)
    alike = np.empty((len(numbers), len(numbers)), np.float32)
    levels = _levels(catalogue)[catalogue.category[numbers]]
    parts = np.array([CATEGORY, BRAND, GROUP, CONTENT], np.float32) / np.float32(total)
    _fill(levels, catalogue.brand[numbers], catalogue.group[numbers], vectors, parts, alike)
    return alike


def _levels(catalogue: Catalogue) -> I32:
    """(n_categories, deepest) numbers of the beginnings of each category's path, outermost first; -1 past its end."""
    paths = catalogue.category_paths
    table = _LEVELS.get(catalogue)
    if table is None or len(table) < len(paths):
        beginnings: dict[tuple[str, ...], int] = {}
        table = np.full((len(paths), max(map(len, paths), default=0)), -1, np.int32)
        for row, path in enumerate(paths):
            for n in range(len(path)):
                table[row, n] = beginnings.setdefault(path[: n + 1], len(beginnings))
        _LEVELS[catalogue] = table
    return table


def _vectors(numbers: I32, occasion: Occasion) -> F32:
    """(n, KEPT) rows of length 1, zeros where the content model does not know the item; (n, 0) where none serves."""
    served = occasion.models.get(CONTENT_MODEL)
    if served is None or not isinstance(served.model, ContentModel):
        return np.empty((len(numbers), 0), np.float32)
    positions = served.positions(numbers)
    rows = unit_rows(served.model.vectors[positions, :KEPT])
    rows[positions < 0] = 0.0
    return rows


@compiled(
    types.void(
        read_only(types.int32, 2), read_only(types.int32), read_only(types.int32), read_only(types.float32, 2),
        read_only(types.float32), types.float32[:, ::1],
    )
)  # fmt: skip
def _fill(levels: I32, brand: I32, group: I32, vectors: F32, parts: F32, alike: F32) -> None:
    n, deepest = levels.shape
    depth = np.zeros(n, np.float32)
    for one in range(n):
        for level in range(deepest):
            depth[one] += levels[one, level] >= 0
    for one in range(n):
        alike[one, one] = 1.0
        for other in range(one):
            found = np.float32(0.0)
            for place in range(vectors.shape[1]):
                found += vectors[one, place] * vectors[other, place]
            found *= parts[3]
            shared = 0
            while shared < deepest and levels[one, shared] >= 0 and levels[one, shared] == levels[other, shared]:
                shared += 1
            if shared:
                found += parts[0] * shared / np.sqrt(depth[one] * depth[other])
            if brand[one] == brand[other]:
                found += parts[1]
            if group[one] == group[other]:
                found += parts[2]
            alike[one, other] = found
            alike[other, one] = found
