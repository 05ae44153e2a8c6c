"""How many times as wanted as usual each item is in a circumstance, or by people of a kind: saved, loaded, looked up.

Cost: 4 bytes per value of a circumstance and item.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from daogou.core.errors import ArtifactRefused
from daogou.core.types import F32, Item
from daogou.learn.tensors import read_tensors, write_tensors

FORMAT = 1
LIFT_FILE, FACTORS_FILE = "lift.json", "factors.safetensors"
MOST_FILE_BYTES = 64_000_000
WITHIN = " > "


@dataclass(frozen=True, eq=False)
class Dimension:
    """One circumstance.

    values    the words it was seen in
    by_group  (n_values, n_groups) factor of each group of items; 1 where nothing is known
    by_item   (n_values, n_items) factor of each item, its group's included
    """

    name: str
    values: tuple[str, ...]
    by_group: F32
    by_item: F32


@dataclass(frozen=True, eq=False)
class Lift:
    """groups  innermost categories, as paths
    told    what was measured when it was learned
    """

    dimensions: tuple[Dimension, ...]
    groups: tuple[str, ...]
    item_ids: Sequence[str]
    told: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_useful(self) -> bool:
        """Whether it says anything at all."""
        return any((one.by_group != 1).any() or (one.by_item != 1).any() for one in self.dimensions)


def group_of(item: Item) -> str:
    """The innermost category of an item's first path, "" without one."""
    return WITHIN.join(item.categories[0]) if item.categories else ""


def save_lift(lift: Lift, folder: Path) -> None:
    """Write it into a new folder."""
    folder.mkdir(parents=True)
    written = {
        "format": FORMAT,
        "dimensions": [{"name": one.name, "values": one.values} for one in lift.dimensions],
        "groups": lift.groups,
        "item_ids": list(lift.item_ids),
        "told": dict(lift.told),
    }
    (folder / LIFT_FILE).write_text(json.dumps(written, ensure_ascii=False) + "\n", encoding="utf-8")
    arrays = {f"{number}.groups": one.by_group for number, one in enumerate(lift.dimensions)}
    arrays |= {f"{number}.items": one.by_item for number, one in enumerate(lift.dimensions)}
    write_tensors(folder / FACTORS_FILE, arrays)


def load_lift(folder: Path) -> Lift | None:
    """What `save_lift` wrote; None where there is no such folder. Raises ArtifactRefused for anything else."""
    if not folder.exists():
        return None
    try:
        if (folder / LIFT_FILE).stat().st_size > MOST_FILE_BYTES:
            raise ArtifactRefused(f"{LIFT_FILE} has more than {MOST_FILE_BYTES} bytes.")
        written = json.loads((folder / LIFT_FILE).read_bytes())
        if written["format"] != FORMAT:
            raise ArtifactRefused(f"format {written['format']} is not read here, only {FORMAT}. Train again.")
        arrays = read_tensors(folder / FACTORS_FILE)
        groups, item_ids = tuple(map(str, written["groups"])), [str(one) for one in written["item_ids"]]
        dimensions = tuple(
            _dimension(one, arrays[f"{number}.groups"], arrays[f"{number}.items"], len(groups), len(item_ids))
            for number, one in enumerate(written["dimensions"])
        )
        return Lift(dimensions, groups, item_ids, written["told"])
    except ArtifactRefused as refusal:
        raise ArtifactRefused(f"{folder}: {refusal}") from refusal
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise ArtifactRefused(f"{folder}: {type(error).__name__}: {error}") from error


def _dimension(written: Mapping[str, Any], groups: F32, items: F32, n_groups: int, n_items: int) -> Dimension:
    values = tuple(map(str, written["values"]))
    for array, n_columns in ((groups, n_groups), (items, n_items)):
        if array.shape != (len(values), n_columns) or array.dtype != np.float32:
            raise ArtifactRefused(f"{FACTORS_FILE}: {array.dtype} of shape {array.shape} for {written['name']!r}.")
        if not (np.isfinite(array) & (array > 0)).all():
            raise ArtifactRefused(f"{FACTORS_FILE}: factors of {written['name']!r} are not all above 0.")
    return Dimension(str(written["name"]), values, groups, items)
